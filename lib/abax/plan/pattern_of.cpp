#include <abax/plan/pattern_of.hpp>

#include <string>
#include <unordered_map>
#include <utility>

namespace abax::detail {

pattern pattern_of(const pattern_argument& text, verb operation) {
    if (text.is_literal())
        return parse_packed(text.text(), operation, text.tokens());
    static constexpr std::size_t most_kept = 1024;
    thread_local std::unordered_map<std::string, pattern> known;
    thread_local std::string key;
    key.assign(1, static_cast<char>(operation));
    key += text.text();
    if (const auto found = known.find(key); found != known.end())
        return found->second;
    pattern made = parse(text.text(), operation);
    if (known.size() >= most_kept)
        known.clear();
    return known.emplace(key, std::move(made)).first->second;
}

}  // namespace abax::detail
