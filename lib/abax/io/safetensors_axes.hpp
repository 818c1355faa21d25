#pragma once

#include <abax/shape/shape.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace abax::io {

/// Under which key of __metadata__ the axes of a tensor stand: this, and then the tensor's name.
inline constexpr std::string_view axes_key = "abax.axes.";

/// The axes as text, with the extents of factors: "b s (m: h=12 d=64)". An axis without a name is its extent.
/// @return  nothing if an axis has a name that no pattern can spell, so that reading would not give it back
/// @post   parse_axes(*format_axes(s), s.extents()) == s
[[nodiscard]] std::optional<std::string> format_axes(const shape& axes);

/// Reads such a text for a tensor with these extents. Unlike in a pattern, a name may be a factor of several axes.
/// @throws abax::error  of any category: malformed, too few or too many axes, factors that do not multiply to the
///                      extent, a name twice
[[nodiscard]] shape parse_axes(std::string_view text, const std::vector<std::int64_t>& extents);

}  // namespace abax::io
