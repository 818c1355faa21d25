#pragma once

#include <abax/ops/typed_patterns.hpp>
#include <abax/ops/view_of.hpp>

/// `view_of` and `is_view` with the pattern as a template argument: the compiler checks it against the axes of the tensor's type.
namespace abax {

namespace detail {

[[nodiscard]] any_tensor run_view_of(const pending& call);
[[nodiscard]] any_tensor run_value_view_of(const pending& call);

/// What `view_of<Text>` does with sizes of these types.
template <fixed_text Text, class... Sizes, element T, static_axes Axes>
[[nodiscard, gnu::always_inline]] inline auto typed_view_of(
    const tensor<T, Axes>& x, axis_sizes sizes
) {
    using check = transform_check<Text, verb::rearrange, Axes, Sizes...>;
    require<check>();
    using result = tensor<T, check::says.axes>;
    const literal_header& text = static_text<Text, verb::rearrange>::stored.header;
    if constexpr (reads_names<check::says.axes, Axes>)
        return typed<result>(pending_value_transform{
            {{run_value_view_of}, x.any(), text, sizes}, check::says.axes.view()});
    else
        return typed<result>(pending_transform{{run_view_of}, x.any(), text, sizes});
}

/// What `is_view<Text>` does.
template <fixed_text Text, class... Sizes, element T, static_axes Axes>
[[nodiscard]] bool typed_is_view(const tensor<T, Axes>& x, axis_sizes sizes) {
    require<transform_check<Text, verb::rearrange, Axes, Sizes...>>();
    const literal_header& text = static_text<Text, verb::rearrange>::stored.header;
    return is_view(x.any(), pattern_argument(text), sizes);
}

}  // namespace detail

///@{
/// Reorders `x` if that needs no copy: `view_of<"b s (h d) -> b h s d">(x, "h"_ax = 12)`.
///
/// @return  as `view_of(x, text, sizes)`, with the axes of the right side in its type, as of `rearrange<...>`
/// @throws abax::error  usage: the elements would have to be copied; else as `rearrange<...>`
/// @cost    0 FLOPs, 0 bytes: a view, on the bill as one
template <fixed_text Text, element T, static_axes Axes>
[[nodiscard, gnu::always_inline]] inline auto view_of(const tensor<T, Axes>& x) {
    return detail::typed_view_of<Text>(x, {});
}
template <fixed_text Text, element T, static_axes Axes>
[[nodiscard, gnu::always_inline]] inline auto view_of(const tensor<T, Axes>& x, axis_sizes sizes) {
    return detail::typed_view_of<Text, axis_sizes>(x, sizes);
}
template <fixed_text Text, element T, static_axes Axes, size_argument First, size_argument... More>
[[nodiscard, gnu::always_inline]] inline auto view_of(
    const tensor<T, Axes>& x, First first, More... more
) {
    return detail::typed_view_of<Text, First, More...>(x, axis_sizes{first, more...});
}
///@}

///@{
/// Whether `rearrange<Text>(x, sizes)` would be a view. The compiler checks the pattern, the strides are known when it runs.
/// @throws abax::error  as `rearrange<...>` @cost  none: on no bill
template <fixed_text Text, element T, static_axes Axes>
[[nodiscard]] bool is_view(const tensor<T, Axes>& x) {
    return detail::typed_is_view<Text>(x, {});
}
template <fixed_text Text, element T, static_axes Axes>
[[nodiscard]] bool is_view(const tensor<T, Axes>& x, axis_sizes sizes) {
    return detail::typed_is_view<Text, axis_sizes>(x, sizes);
}
template <fixed_text Text, element T, static_axes Axes, size_argument First, size_argument... More>
[[nodiscard]] bool is_view(const tensor<T, Axes>& x, First first, More... more) {
    return detail::typed_is_view<Text, First, More...>(x, axis_sizes{first, more...});
}
///@}

}  // namespace abax
