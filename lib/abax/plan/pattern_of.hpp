#pragma once

#include <abax/pattern/pattern.hpp>
#include <abax/plan/pattern_literal.hpp>

namespace abax::detail {

/// The pattern behind an argument: a literal was read while compiling, other text is parsed, and kept, since loops use the same
/// few again and again. @throws abax::error  as `parse`
[[nodiscard]] pattern pattern_of(const pattern_argument& text, verb operation);

}  // namespace abax::detail
