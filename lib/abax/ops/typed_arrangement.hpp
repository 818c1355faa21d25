#pragma once

#include <abax/ops/typed_view_of.hpp>
#include <abax/pattern/arrangement.hpp>

/// Arrangements as template arguments: `static constexpr arrangement p = ...; rearrange<p>(x)`.
namespace abax {

namespace detail {

/// The text of an arrangement as a template argument.
template <const arrangement& P>
inline constexpr fixed_text<P.text().size() + 1> text_of{P.text()};

}  // namespace detail

///@{
/// Reorders `x` by an arrangement that the compiler knows, a `constexpr` variable of namespace or static: `rearrange<p>(x, "h"_ax = 12)`.
/// @return, @throws, @cost  as of `rearrange<"...">` and `view_of<"...">` with its text
template <const arrangement& P, element T, static_axes Axes>
[[nodiscard]] auto rearrange(const tensor<T, Axes>& x, axis_sizes sizes) {
    return rearrange<detail::text_of<P>>(x, sizes);
}
template <const arrangement& P, element T, static_axes Axes, size_argument... Sizes>
[[nodiscard]] auto rearrange(const tensor<T, Axes>& x, Sizes... sizes) {
    return rearrange<detail::text_of<P>>(x, sizes...);
}
template <const arrangement& P, element T, static_axes Axes>
[[nodiscard]] auto view_of(const tensor<T, Axes>& x, axis_sizes sizes) {
    return view_of<detail::text_of<P>>(x, sizes);
}
template <const arrangement& P, element T, static_axes Axes, size_argument... Sizes>
[[nodiscard]] auto view_of(const tensor<T, Axes>& x, Sizes... sizes) {
    return view_of<detail::text_of<P>>(x, sizes...);
}
///@}

}  // namespace abax
