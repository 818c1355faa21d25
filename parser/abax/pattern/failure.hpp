#pragma once

#include <abax/pattern/fault.hpp>
#include <abax/pattern/token.hpp>
#include <abax/pattern/verb.hpp>

#include <cstdint>
#include <string_view>

// Why the grammar gave up: the engines only say where.
namespace abax::detail {

/// The bytes of the UTF-8 character at `at`; 1 where the bytes are none, 0 at the end.
[[nodiscard]] constexpr std::uint32_t character_length(
    std::string_view text, std::uint32_t at
) noexcept {
    if (at >= text.size())
        return 0;
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::uint32_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    for (std::uint32_t i = 1; i < wanted; ++i)
        if (at + i >= text.size() || (static_cast<unsigned char>(text[at + i]) & 0xC0U) != 0x80U)
            return 1;
    return wanted;
}

/// The fault behind a failure.
///
/// @param found   the tokens up to the failure, and its offset
/// @param end     where the list of axes ends in which it lies
/// @param opened  the '(' that is open there; of length 0 if none is
[[nodiscard]] constexpr fault cause_of_failure(
    std::string_view text, verb operation, token_view found, std::uint32_t end, text_range opened
) noexcept {
    const std::uint32_t at = found.failure;
    const text_range character{at, character_length(text, at)};
    const token last = found.tokens.empty() ? token{} : found.tokens.back();

    // Behind a ':' or '=' that was read: no other failure leaves one right before it.
    if (last.kind == token_kind::label && last.end() == at)
        return {fault_kind::colon_without_space, character, {}};
    const bool read_equals = at > 0 && text[at - 1] == '=' && last.end() + 1 == at;
    if (last.kind == token_kind::word && last.length > 0 && read_equals)
        return {fault_kind::bad_extent, character, {}};

    if (at >= end) {
        const bool arrow = text.substr(at, 2) == "->";
        return {fault_kind::unclosed_group, {at, arrow ? 2 : character.length}, opened};
    }
    switch (text[at]) {
    case '(': return {fault_kind::nested_group, character, opened};
    case ')': return {fault_kind::unopened_group, character, {}};
    case ',': return {fault_kind::stray_comma, character, {}};
    case '=': return {fault_kind::stray_equals, character, {}};
    case ':': return {fault_kind::stray_colon, character, {}};
    default: break;
    }
    if (!has_arrow(operation) && text.substr(at, 2) == "->")
        return {fault_kind::arrow_in_axes, {at, 2}, {}};
    return {fault_kind::stray_character, character, {}};
}

}  // namespace abax::detail
