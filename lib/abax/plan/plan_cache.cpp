#include <abax/plan/plan_cache.hpp>

#include <bit>
#include <cstring>
#include <unordered_map>
#include <utility>

namespace abax::detail {

// Words are mixed one by one; keys are a few dozen words of small numbers and pointers.
struct plan_key_hash {
    std::size_t operator()(const plan_key& key) const noexcept {
        std::uint64_t h = key.words_.size();
        for (const std::uint64_t word : key.words_)
            h = std::rotl((h ^ word) * 0x9E3779B97F4A7C15U, 29);
        return h ^ (h >> 32U);
    }
};

namespace {

// A plan of rank 4 is about 5 kB.
constexpr std::size_t most_kept = 256;

using cache = std::unordered_map<plan_key, plan, plan_key_hash>;

cache& kept_plans() {
    thread_local cache kept;
    return kept;
}

// Interned: one text, one address.
std::uint64_t word_of(name label) {
    return std::bit_cast<std::uint64_t>(label.text().data());
}

std::uint64_t word_of(std::int64_t extent) {
    return static_cast<std::uint64_t>(extent);
}

}  // namespace

plan_key& plan_key::add(std::string_view text) {
    words_.push_back(text.size());
    const std::size_t begin = words_.size();
    words_.resize(begin + (text.size() + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t), 0);
    if (!text.empty())
        std::memcpy(words_.data() + begin, text.data(), text.size());
    return *this;
}

plan_key& plan_key::add(const layout& x) {
    add(x.rank()).add(word_of(x.offset));
    for (std::size_t i = 0; i < x.rank(); ++i) {
        const axis& a = x.axes[i];
        add(word_of(a.label)).add(word_of(a.extent)).add(word_of(x.stride[i]));
        add(a.memory == nullptr ? 0 : a.memory->size());
        if (a.memory != nullptr)
            for (const factor& f : *a.memory)
                add(word_of(f.label)).add(word_of(f.extent));
    }
    return *this;
}

plan_key& plan_key::add(axis_sizes sizes) {
    for (const axis_size& s : sizes)
        add(s.axis).add(word_of(s.extent));
    return *this;
}

plan_key& plan_key::add(const axes_argument& which) {
    add(which.axes().size());
    for (const axis_argument& a : which.axes()) {
        add(a.by_position() ? 1 : 0);
        if (a.by_position())
            add(word_of(a.position()));
        else
            add(a.label());
    }
    return *this;
}

const plan* find_plan(const plan_key& key) {
    const cache& kept = kept_plans();
    const auto found = kept.find(key);
    return found == kept.end() ? nullptr : &found->second;
}

const plan& keep_plan(const plan_key& key, plan made) {
    cache& kept = kept_plans();
    if (kept.size() >= most_kept)
        kept.clear();
    return kept.emplace(key, std::move(made)).first->second;
}

}  // namespace abax::detail
