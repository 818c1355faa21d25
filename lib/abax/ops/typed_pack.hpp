#pragma once

#include <abax/ops/pack.hpp>
#include <abax/ops/parse_shape.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/pack_rule.hpp>

#include <concepts>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

/// `pack`, `unpack` and `parse_shape` with the pattern as a template argument. Names are checked while compiling where the operands
/// have them in their types, and when the verb runs where they are in a value.
namespace abax {

namespace detail {

template <tensor_like X>
[[nodiscard]] packed<X> typed_pack(const literal_header& text, std::span<const any_tensor> parts) {
    packed<any_tensor> made = pack(pattern_argument(text), parts);
    return {typed<X>(std::move(made.values)), std::move(made.shapes)};
}

}  // namespace detail

///@{
/// Flattens the axes under '*' of each tensor to one, and puts the tensors one after another along it:
/// `auto [x, shapes] = pack<"b * c">(image, token)`, or a list or vector of tensors of one type.
///
/// @return  the axes of the pattern; the one at '*' has a name if every tensor has that one axis there, else it is "_". If a tensor
///          has its names in its value, so has the result
/// @throws abax::error  as `pack(text, parts...)` @cost as it
template <fixed_text Text, element T, static_axes First, static_axes... More>
[[nodiscard]] auto pack(const tensor<T, First>& first, const tensor<T, More>&... more) {
    using check = detail::pack_check<Text, First, More...>;
    require<check>();
    const any_tensor parts[] = {first.any(), more.any()...};
    return detail::typed_pack<tensor<T, check::says.axes>>(
        static_text<Text, verb::pack>::stored.header, parts
    );
}
template <fixed_text Text, element T, static_axes Axes>
[[nodiscard]] auto pack(const std::vector<tensor<T, Axes>>& parts) {
    using check = detail::pack_check<Text, Axes>;
    require<check>();
    const std::vector<any_tensor> untyped(parts.begin(), parts.end());
    return detail::typed_pack<tensor<T, check::says.axes>>(
        static_text<Text, verb::pack>::stored.header, untyped
    );
}
template <fixed_text Text, element T, static_axes Axes>
[[nodiscard]] auto pack(std::initializer_list<tensor<T, Axes>> parts) {
    return pack<Text>(std::vector<tensor<T, Axes>>(parts));
}
///@}

/// Takes apart what `pack` put together: `unpack<"b * c">(x, shapes)`.
///
/// @return  views, each with as many axes in place of '*' as its shape has, so their names are in their values
/// @throws abax::error  as `unpack(x, shapes, text)` @cost as it
template <fixed_text Text, element T, static_axes Axes>
[[nodiscard]] std::vector<tensor<T>> unpack(const tensor<T, Axes>& x, const packed_shapes& shapes) {
    using check = detail::list_check<Text, verb::unpack, Axes>;
    require<check>();
    std::vector<tensor<T>> parts;
    const pattern_argument text(static_text<Text, verb::unpack>::stored.header);
    for (any_tensor& part : unpack(x.any(), shapes, text))
        parts.emplace_back(std::move(part));
    return parts;
}

/// The extents of axes by name, as sizes for another verb: `parse_shape<"_ h w _">(image)`.
/// @throws abax::error  as `parse_shape(x, text)` @cost as it
template <fixed_text Text, element T, static_axes Axes>
[[nodiscard]] std::vector<axis_size> parse_shape(const tensor<T, Axes>& x) {
    using check = detail::list_check<Text, verb::parse_shape, Axes>;
    require<check>();
    return parse_shape(
        x.any(), pattern_argument(static_text<Text, verb::parse_shape>::stored.header)
    );
}

}  // namespace abax
