#pragma once

#include <abax/pattern/check.hpp>
#include <abax/pattern/fault.hpp>
#include <abax/pattern/literal.hpp>
#include <abax/pattern/verb.hpp>
#include <abax/pattern/walker.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace abax {

/// The first fault of a pattern that is known while compiling: what `parse` finds at run time.
///
/// @return  nothing for a legal pattern; `too_many_tokens` for one that only run-time text may be
[[nodiscard]] constexpr std::optional<fault> static_fault(std::string_view text, verb operation) {
    token_array found;
    walk(text, operation, found);
    if (found.overflowed)
        return fault{fault_kind::too_many_tokens, {0, static_cast<std::uint32_t>(text.size())}, {}};
    return first_fault(text, operation, found.view());
}

/// Reads a pattern literal: what is wrong with it, or the tokens that it is to carry.
///
/// @param tokens  filled if nothing is wrong; else unspecified
/// @return  what `static_fault` finds; `too_many_tokens` for more than `Capacity`,
///          `literal_too_long` for what four bytes a token cannot say
template <std::size_t Capacity>
[[nodiscard]] constexpr std::optional<fault> read_literal(
    std::string_view text, verb operation, literal_tokens<Capacity>& tokens
) {
    token_array found;
    walk(text, operation, found);
    if (found.overflowed || found.count > Capacity)
        return fault{fault_kind::too_many_tokens, {0, static_cast<std::uint32_t>(text.size())}, {}};
    if (const auto wrong = first_fault(text, operation, found.view()))
        return wrong;
    if (text.size() > max_literal_word)
        if (const auto wrong = wrong_length(text, found.view().tokens))
            return wrong;
    pack_tokens(found.view().tokens, tokens);
    return std::nullopt;
}

}  // namespace abax
