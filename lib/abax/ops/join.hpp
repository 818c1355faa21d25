#pragma once

#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

#include <concepts>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

namespace abax {

///@{
/// As for typed tensors, below.
[[nodiscard]] any_tensor concat(std::span<const any_tensor> parts, axis_argument along);
[[nodiscard]] any_tensor stack(std::span<const any_tensor> parts, std::string_view label = {});
///@}

/// The parts one after another along an axis that all have; the other axes are the same in all. Named
/// parts may have them in any order.
///
/// @return  the axes of the first part; the joined one loses its memory
/// @throws abax::error  unknown_axis, rank_mismatch, size_mismatch, dtype_mismatch; name_mismatch: other names, or `(h d)`,
///                      which has no name of its own; other: no parts; overflow, allocation
/// @cost    0 FLOPs; each element read and written once
template <element T, static_axes Axes>
[[nodiscard]] tensor<T> concat(const std::vector<tensor<T, Axes>>& parts, axis_argument along) {
    const std::vector<any_tensor> untyped(parts.begin(), parts.end());
    return tensor<T>(concat(std::span<const any_tensor>(untyped), along));
}
/// concat({a, b}, "s")
template <element T>
[[nodiscard]] tensor<T> concat(std::initializer_list<tensor<T>> parts, axis_argument along) {
    return concat(std::vector<tensor<T>>(parts), along);
}
/// As for typed tensors. A template, so that a list of different types is no list of `any_tensor` by itself.
template <std::same_as<any_tensor> X>
[[nodiscard]] any_tensor concat(std::initializer_list<X> parts, axis_argument along) {
    return concat(std::span<const any_tensor>(parts.begin(), parts.size()), along);
}

/// Tensors of equal axes along a new leading axis. Named parts may have theirs in any order.
///
/// @param label  the name of the new axis; without it the axis has none, also beside named ones
/// @return  the new axis, then those of the first part
/// @throws abax::error  other: no parts; size_mismatch, rank_mismatch, name_mismatch, dtype_mismatch; duplicate_axis: the
///                      parts have this name; allocation
/// @cost    0 FLOPs; each element read and written once
template <element T, static_axes Axes>
[[nodiscard]] tensor<T> stack(
    const std::vector<tensor<T, Axes>>& parts, std::string_view label = {}
) {
    const std::vector<any_tensor> untyped(parts.begin(), parts.end());
    return tensor<T>(stack(std::span<const any_tensor>(untyped), label));
}
/// stack({a, b}, "n")
template <element T>
[[nodiscard]] tensor<T> stack(std::initializer_list<tensor<T>> parts, std::string_view label = {}) {
    return stack(std::vector<tensor<T>>(parts), label);
}
/// As for typed tensors.
template <std::same_as<any_tensor> X>
[[nodiscard]] any_tensor stack(std::initializer_list<X> parts, std::string_view label = {}) {
    return stack(std::span<const any_tensor>(parts.begin(), parts.size()), label);
}

}  // namespace abax
