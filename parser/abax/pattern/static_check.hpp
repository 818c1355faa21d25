#pragma once

#include <abax/pattern/check.hpp>
#include <abax/pattern/fault.hpp>
#include <abax/pattern/verb.hpp>
#include <abax/pattern/walker.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace abax {

/// The first fault of a pattern that is known while compiling: what `parse` finds at run time.
///
/// @return  nothing for a legal pattern; `too_many_tokens` for one that only run-time text may be
[[nodiscard]] constexpr std::optional<fault> static_fault(std::string_view text, verb operation) {
    const token_array found = walk(text, operation);
    if (found.overflowed)
        return fault{fault_kind::too_many_tokens, {0, static_cast<std::uint32_t>(text.size())}, {}};
    return first_fault(text, operation, found.view());
}

}  // namespace abax
