#pragma once

#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

namespace abax {

/// The extents under '*' of each tensor that was packed; in `unpack` one of them may be -1.
using packed_shapes = std::vector<std::vector<std::int64_t>>;

/// What `pack` gives: `auto [x, shapes] = pack("b *", a, b)`.
template <tensor_like X>
struct packed {
    X values;              ///< all tensors in one
    packed_shapes shapes;  ///< what `unpack` needs to take it apart
};

///@{
/// As for typed tensors, below.
[[nodiscard]] packed<any_tensor> pack(
    const pattern_argument& text, std::span<const any_tensor> parts
);
[[nodiscard]] inline packed<any_tensor> pack(
    const pattern_literal<verb::pack>& text, std::span<const any_tensor> parts
) {
    return pack(pattern_argument(text), parts);
}
template <tensor_like... Parts, std::same_as<any_tensor> Result = detail::any_among<Parts...>>
[[nodiscard]] packed<Result> pack(const pattern_literal<verb::pack>& text, const Parts&... parts) {
    const any_tensor all[] = {detail::untyped(parts)...};
    return pack(pattern_argument(text), std::span<const any_tensor>(all));
}
template <std::same_as<any_tensor> X>
[[nodiscard]] packed<any_tensor> pack(
    const pattern_literal<verb::pack>& text, std::initializer_list<X> parts
) {
    return pack(pattern_argument(text), std::span<const any_tensor>(parts.begin(), parts.size()));
}
[[nodiscard]] std::vector<any_tensor> unpack(
    const any_tensor& x, const packed_shapes& shapes, const pattern_argument& text
);
[[nodiscard]] inline std::vector<any_tensor> unpack(
    const any_tensor& x, const packed_shapes& shapes, const pattern_literal<verb::unpack>& text
) {
    return unpack(x, shapes, pattern_argument(text));
}
///@}

///@{
/// Flattens the axes under '*' of each tensor to one, row-major, and puts the tensors one after another along it:
/// an image "b h w c" and a token "b c" become one "b * c". Written pack("b * c", image, token), or with a list of them.
///
/// @param text   names and one '*', which stands for any number of axes, also none: "b * c". A named tensor must have
///               these names at their places
///               The tensors are equal in all axes but those under '*'; there is at least one
/// @return  the axes of the pattern, named if the tensors are. The axis at '*' keeps its name if every tensor has that
///          one axis there, else it has none; it remembers no factors. With it the extents under '*'
/// @throws abax::error  syntax, duplicate_axis; other: no tensors; rank_mismatch, name_mismatch, dtype_mismatch,
///                      size_mismatch, overflow
/// @post    unpack(values, shapes, text) has the elements and extents of the parts
/// @cost    0 FLOPs; each element read and written once
/// @see     Rogozhnikov, "Einops", ICLR 2022
template <element T, static_axes... More>
[[nodiscard]] packed<tensor<T>> pack(
    const pattern_literal<verb::pack>& text, const tensor<T>& first, const tensor<T, More>&... more
) {
    const any_tensor parts[] = {first.any(), more.any()...};
    packed<any_tensor> made = pack(pattern_argument(text), std::span<const any_tensor>(parts));
    return {tensor<T>(std::move(made.values)), std::move(made.shapes)};
}
template <element T, static_axes Axes>
[[nodiscard]] packed<tensor<T>> pack(
    const pattern_literal<verb::pack>& text, const std::vector<tensor<T, Axes>>& parts
) {
    const std::vector<any_tensor> untyped(parts.begin(), parts.end());
    packed<any_tensor> made = pack(pattern_argument(text), std::span<const any_tensor>(untyped));
    return {tensor<T>(std::move(made.values)), std::move(made.shapes)};
}
template <element T, static_axes Axes>
[[nodiscard]] packed<tensor<T>> pack(
    const pattern_literal<verb::pack>& text, std::initializer_list<tensor<T, Axes>> parts
) {
    return pack(text, std::vector<tensor<T, Axes>>(parts));
}
///@}

/// Takes apart what `pack` put together: one tensor for each shape, a view of its part of the axis at '*'.
///
/// @param x       has exactly the axes of the pattern
/// @param shapes  the extents that each tensor has in place of '*', {} for no axis. One of them all may be -1: what
///                the others leave
/// @return  views of the buffer of `x`. Where '*' becomes one axis it keeps its name, else its axes have none
/// @throws abax::error  syntax, duplicate_axis, rank_mismatch, name_mismatch; ambiguous_size: -1 in two shapes;
///                      size_mismatch: the shapes do not add up to the axis, or another extent is negative
/// @cost    none: views, one record
template <element T>
[[nodiscard]] std::vector<tensor<T>> unpack(
    const tensor<T>& x, const packed_shapes& shapes, const pattern_literal<verb::unpack>& text
) {
    std::vector<tensor<T>> parts;
    for (any_tensor& part : unpack(x.any(), shapes, pattern_argument(text)))
        parts.emplace_back(std::move(part));
    return parts;
}

}  // namespace abax
