#pragma once

#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

#include <vector>

namespace abax {

///@{
/// The extents of axes by name, in order: `rearrange(x, "b (h w) c -> b h w c", parse_shape(y, "_ h w _"))`.
///
/// @param text  one list: names, `_` for an axis that is not wanted, `...` for any number of them, numbers (which must be
///              the extents) and units (which must be 1). `h=12` demands that extent. A named tensor must have these
///              names at their places; `_` and `...` take any
/// @return  what other verbs take as sizes. Names are kept as long as the program runs, so nothing dangles
/// @throws abax::error  syntax, duplicate_axis, ellipsis; other: a merged axis of several; rank_mismatch, name_mismatch,
///                      size_mismatch
/// @cost    none, and no record: extents are known without looking at an element
[[nodiscard]] std::vector<axis_size> parse_shape(const any_tensor& x, const pattern_argument& text);
[[nodiscard]] inline std::vector<axis_size> parse_shape(
    const any_tensor& x, const pattern_literal<verb::parse_shape>& text
) {
    return parse_shape(x, pattern_argument(text));
}
template <element T>
[[nodiscard]] std::vector<axis_size> parse_shape(
    const tensor<T>& x, const pattern_literal<verb::parse_shape>& text
) {
    return parse_shape(x.any(), pattern_argument(text));
}
///@}

}  // namespace abax
