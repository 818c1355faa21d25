#pragma once

#include <abax/core/error.hpp>
#include <abax/pattern/fault.hpp>
#include <abax/pattern/verb.hpp>

#include <string_view>

namespace abax {

/// Puts a fault into words: message, caret, what was expected, what was there, and how to mend it.
///
/// @param text       the pattern in which `what` was found
/// @param operation  the verb under which it was read
/// @param what       from `first_fault`
[[nodiscard]] diagnosis diagnose(std::string_view text, verb operation, const fault& what);

}  // namespace abax
