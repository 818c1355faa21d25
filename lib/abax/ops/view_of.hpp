#pragma once

#include <abax/ops/veneer.hpp>
#include <abax/pattern/verb.hpp>
#include <abax/plan/arguments.hpp>

/// The rearrange that refuses to copy.
namespace abax {

/// @name The compiled verbs
/// What the templates below call: the pattern was read already or is read now.
///@{
[[nodiscard]] any_tensor view_of(
    const any_tensor& x, const pattern_argument& text, axis_sizes sizes = {}
);
[[nodiscard]] bool is_view(
    const any_tensor& x, const pattern_argument& text, axis_sizes sizes = {}
);
///@}

///@{
/// Reorders `x` as `rearrange` does, if that needs no copy: `view_of(x, "b s m -> s b m")`.
///
/// Whether it does is known from the strides of x: axes can always change places and be split, and neighbours can be merged where a
/// step of the outer one is as long as all of the inner one.
/// Behind the text stands what the shapes alone cannot tell, as of rearrange.
/// @return  the same elements in the same buffer; named if x is
/// @throws abax::error  usage: the elements would have to be copied; the message says which axes do not chain, and by how much.
///                      Else as rearrange
/// @post    result.shares_with(x)
/// @cost    0 FLOPs, 0 bytes: a view, on the bill as one
template <tensor_like X>
[[nodiscard]] detail::dynamic<X> view_of(
    const X& x, const pattern_literal<verb::rearrange>& text, axis_sizes sizes = {}
) {
    return detail::dynamic<X>(view_of(detail::untyped(x), pattern_argument(text), sizes));
}
template <tensor_like X, size_argument First, size_argument... More>
[[nodiscard]] detail::dynamic<X> view_of(
    const X& x, const pattern_literal<verb::rearrange>& text, First first, More... more
) {
    return view_of(x, text, axis_sizes{first, more...});
}
///@}

///@{
/// Whether `rearrange(x, text, sizes)` would be a view, and `view_of` would not throw: `is_view(x, "b s m -> b (s m)")`.
/// @throws abax::error  as rearrange @cost  none: on no bill @see  `plan::is_view`
template <tensor_like X>
[[nodiscard]] bool is_view(
    const X& x, const pattern_literal<verb::rearrange>& text, axis_sizes sizes = {}
) {
    return is_view(detail::untyped(x), pattern_argument(text), sizes);
}
template <tensor_like X, size_argument First, size_argument... More>
[[nodiscard]] bool is_view(
    const X& x, const pattern_literal<verb::rearrange>& text, First first, More... more
) {
    return is_view(x, text, axis_sizes{first, more...});
}
///@}

}  // namespace abax
