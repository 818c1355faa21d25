#pragma once

#include <abax/pattern/check_pack.hpp>
#include <abax/pattern/check_rules.hpp>
#include <abax/pattern/check_side.hpp>
#include <abax/pattern/fault.hpp>
#include <abax/pattern/token.hpp>
#include <abax/pattern/verb.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace abax {

namespace detail {

/// What people write for '->'; the caret goes there instead of to the end.
[[nodiscard]] constexpr text_range arrow_lookalike(std::string_view text) noexcept {
    for (const std::string_view wrong : {"\xE2\x86\x92", "=>", "- >", "<-"})
        if (const auto at = text.find(wrong); at != std::string_view::npos)
            return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(wrong.size())};
    return {static_cast<std::uint32_t>(text.size()), 0};
}

/// Arrows are counted before anything else is read. A text that the grammar matched has one.
[[nodiscard]] constexpr std::optional<fault> wrong_arrows(std::string_view text) noexcept {
    const auto first = text.find("->");
    if (first == std::string_view::npos)
        return fault{fault_kind::missing_arrow, arrow_lookalike(text), {}};
    const auto second = text.find("->", first + 2);
    if (second == std::string_view::npos)
        return std::nullopt;
    return fault{
        fault_kind::second_arrow,
        {static_cast<std::uint32_t>(second), 2},
        {static_cast<std::uint32_t>(first), 2}};
}

/// Where the first character of this kind stands within [at, end); `end` if none does.
[[nodiscard]] constexpr std::uint32_t find_character(
    const char* text, char wanted, std::uint32_t at, std::uint32_t end
) noexcept {
    while (at < end && text[at] != wanted)
        ++at;
    return at;
}

/// Where the arrow stands in a text that has one.
[[nodiscard]] constexpr std::uint32_t find_arrow(const char* text) noexcept {
    std::uint32_t at = 0;
    while (text[at] != '-' || text[at + 1] != '>')
        ++at;
    return at;
}

}  // namespace detail

/// The first fault of a pattern, in the order in which einops looks; nothing for a legal one.
///
///  1. the number of arrows
///  2. the left side (in einsum term by term): first its dots, then from left to right whatever
///     the grammar refuses, and each word: twice, no legal name, 0; at most 32 axes
///  3. the right side likewise
///  4. `...` on the right only; then `...` in parentheses on the left
///  5. the rules of the verb: numbers, then names on one side
///  6. numbers too large; two extents for one name
///
/// The patterns of pack and unpack have an order of their own, see `check_pack.hpp`.
///
/// Everything that needs extents or ranks comes after these and is the planner's.
///
/// @param found  what an engine made of `text` under the same `operation`
/// @cost  linear in the length of the text: every list that is searched has at most 32 axes
[[nodiscard]] constexpr std::optional<fault> first_fault(
    std::string_view text, verb operation, token_view found
) {
    if (has_star(operation))
        return detail::wrong_pack(text, found.tokens);
    const auto size = static_cast<std::uint32_t>(text.size());
    std::size_t arrow_token = found.tokens.size();
    detail::side_checker sides{text, operation, found};
    detail::contents left;
    if (!has_arrow(operation)) {
        if (sides.is_wrong({0, size, false}))
            return sides.found();
    } else {
        if (found.failure != no_failure)
            if (const auto wrong = detail::wrong_arrows(text))
                return wrong;
        const auto arrow = detail::find_arrow(text.data());
        const bool several = operation == verb::einsum;
        std::size_t operands = 0;
        for (std::uint32_t begin = 0; begin <= arrow;) {
            // As in einops a comma ends a term even inside parentheses, which then stay open.
            const auto end =
                several ? detail::find_character(text.data(), ',', begin, arrow) : arrow;
            if (++operands > max_operands)
                return fault{fault_kind::too_many_operands, {begin - 1, 1}, {}};
            if (sides.is_wrong({begin, end, several}))
                return sides.found();
            begin = end + 1;
        }
        left = sides.seen();
        arrow_token = sides.next() - 1;
        if (sides.is_wrong({arrow + 2, size, false}))
            return sides.found();
    }
    detail::rule_checker rules{text, operation, found.tokens, arrow_token, left, sides.seen()};
    if (rules.is_wrong())
        return rules.found();
    return std::nullopt;
}

}  // namespace abax
