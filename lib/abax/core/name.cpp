#include <abax/core/name.hpp>

#include <mutex>
#include <unordered_set>

namespace abax {

namespace {

struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
    }
};

// Node-based, so that the addresses of its strings never change; never destroyed, so that names
// in static objects stay valid to the end.
struct interned {
    std::mutex guard;
    std::unordered_set<std::string, text_hash, std::equal_to<>> texts;
};

interned& table() {
    static auto* const the_table = new interned;
    return *the_table;
}

}  // namespace

name::name(std::string_view text) {
    if (text.empty())
        return;
    auto& known = table();
    const std::lock_guard lock(known.guard);
    const auto found = known.texts.find(text);
    entry_ = found != known.texts.end() ? &*found : &*known.texts.emplace(text).first;
}

name name::unprimed() const {
    std::string_view bare = text();
    while (bare.ends_with('\''))
        bare.remove_suffix(1);
    return name(bare);
}

}  // namespace abax
