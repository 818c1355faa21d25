#pragma once

#include <abax/ops/elementwise.hpp>
#include <abax/ops/from.hpp>
#include <abax/ops/names.hpp>
#include <abax/ops/shape_argument.hpp>
#include <abax/ops/veneer.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

/// Tensors that are made of a rule. What is made of elements that exist already is in <abax/ops/from.hpp>, what is made
/// of chance in <abax/ops/random.hpp>.
///
/// Shapes are given as `axes("b s", {2, 3})`, in short `zeros<float>("b s", {2, 3})`, or without names: {2, 3}.
namespace abax {

/// An element type that one can count with: all but bool.
template <class T>
concept number_element = element<T> && !std::same_as<T, bool>;

///@{
/// All elements `value`; in `zeros` 0, in `ones` 1: full<float>("b s", {2, 3}, 0.5F), zeros<float>({2, 3}).
/// @throws abax::error overflow, allocation; dtype_mismatch: the value does not fit
/// @cost 0 FLOPs; writes volume * sizeof(T) bytes
[[nodiscard]] any_tensor full(dtype type, const shape& axes, scalar value);
template <element T>
[[nodiscard]] tensor<T> full(const shape_argument& axes, T value) {
    return tensor<T>(full(dtype_of<T>, axes.axes(), value));
}
template <element T>
[[nodiscard]] tensor<T> full(
    axis_names names, const std::vector<std::int64_t>& extents, std::type_identity_t<T> value
) {
    return full<T>(axes_or_none(names, extents), value);
}
template <element T>
[[nodiscard]] tensor<T> zeros(const shape_argument& axes) {
    return full<T>(axes, T{0});
}
template <element T>
[[nodiscard]] tensor<T> zeros(axis_names names, const std::vector<std::int64_t>& extents) {
    return full<T>(names, extents, T{0});
}
template <element T>
[[nodiscard]] tensor<T> ones(const shape_argument& axes) {
    return full<T>(axes, T{1});
}
template <element T>
[[nodiscard]] tensor<T> ones(axis_names names, const std::vector<std::int64_t>& extents) {
    return full<T>(names, extents, T{1});
}
///@}

namespace detail {
[[nodiscard]] any_tensor full_like(const any_tensor& x, scalar value);
}  // namespace detail
///@{
/// A new tensor with the axes and the element type of x, all elements `value`, 0 or 1; dry if x is.
/// @throws abax::error as `full`
template <tensor_like X>
[[nodiscard]] X full_like(const X& x, scalar value) {
    return detail::typed<X>(detail::full_like(detail::untyped(x), value));
}
template <tensor_like X>
[[nodiscard]] X zeros_like(const X& x) {
    return full_like(x, 0);
}
template <tensor_like X>
[[nodiscard]] X ones_like(const X& x) {
    return full_like(x, 1);
}
///@}

///@{
/// first, first + 1, ... in row-major order: iota<float>("b s", {2, 3}), iota<float>({2, 3}).
/// @throws abax::error overflow, allocation; dtype_mismatch: the last one does not fit the integers
/// @cost 0 FLOPs; writes volume * sizeof(T) bytes
[[nodiscard]] any_tensor iota(dtype type, const shape& axes, std::int64_t first = 0);
template <element T>
[[nodiscard]] tensor<T> iota(const shape_argument& axes, std::int64_t first = 0) {
    return tensor<T>(iota(dtype_of<T>, axes.axes(), first));
}
template <element T>
[[nodiscard]] tensor<T> iota(
    axis_names names, const std::vector<std::int64_t>& extents, std::int64_t first = 0
) {
    return iota<T>(axes_or_none(names, extents), first);
}
///@}

///@{
/// start, start + step, ... below `stop` (above it, if the step is negative) along one axis.
///
/// Integers are exact. Floats are start + i * step rounded once, ceil((stop - start) / step) of them in double precision:
/// arange<float>(0, 0.3, 0.1) has three. A last one that rounding would lift to `stop` is left out, so `stop` never
/// occurs; an end that is meant to occur is linspace's.
///
/// The axis has a name if one is given first: arange<float>("s", 10), arange<float>(10).
/// @throws abax::error  usage: a step of 0, or something that is not finite; dtype_mismatch: 0.5 among integers, or an
///                      element does not fit; overflow, allocation
/// @cost   0 FLOPs; writes each element
[[nodiscard]] any_tensor arange(
    dtype type, axis_names along, scalar start, scalar stop, scalar step = 1
);
template <number_element T>
[[nodiscard]] tensor<T> arange(axis_names along, scalar stop) {
    return tensor<T>(arange(dtype_of<T>, along, 0, stop));
}
template <number_element T>
[[nodiscard]] tensor<T> arange(axis_names along, scalar start, scalar stop, scalar step = 1) {
    return tensor<T>(arange(dtype_of<T>, along, start, stop, step));
}
template <number_element T>
[[nodiscard]] tensor<T> arange(scalar stop) {
    return arange<T>(axis_names(), stop);
}
template <number_element T>
[[nodiscard]] tensor<T> arange(scalar start, scalar stop, scalar step = 1) {
    return arange<T>(axis_names(), start, stop, step);
}
///@}

///@{
/// `count` numbers from `start` to `stop`, evenly spaced; both ends are among them, exactly. One number is `start`.
/// @throws abax::error  usage: an end that is not finite; dtype_mismatch: it does not fit, or the elements are integers;
///                      size_mismatch: a negative count; overflow, allocation
/// @cost   0 FLOPs; writes each element
[[nodiscard]] any_tensor linspace(
    dtype type, axis_names along, scalar start, scalar stop, std::int64_t count
);
template <std::floating_point T>
[[nodiscard]] tensor<T> linspace(axis_names along, scalar start, scalar stop, std::int64_t count) {
    return tensor<T>(linspace(dtype_of<T>, along, start, stop, count));
}
template <std::floating_point T>
[[nodiscard]] tensor<T> linspace(scalar start, scalar stop, std::int64_t count) {
    return linspace<T>(axis_names(), start, stop, count);
}
///@}

///@{
/// 1 where the positions on both axes are equal, else 0: eye<float>("i j", 3), eye<float>("i j", 2, 3), eye<float>(3).
/// @param columns  the extent of the second axis; that of the first, if not given
/// @throws abax::error  rank_mismatch: not two names; duplicate_axis; size_mismatch: a negative extent; overflow,
///                      allocation
/// @cost   0 FLOPs; writes each element
[[nodiscard]] any_tensor eye(
    dtype type,
    axis_names names,
    std::int64_t rows,
    std::optional<std::int64_t> columns = std::nullopt
);
template <element T>
[[nodiscard]] tensor<T> eye(
    axis_names names, std::int64_t rows, std::optional<std::int64_t> columns = std::nullopt
) {
    return tensor<T>(eye(dtype_of<T>, names, rows, columns));
}
template <element T>
[[nodiscard]] tensor<T> eye(std::int64_t rows, std::optional<std::int64_t> columns = std::nullopt) {
    return eye<T>(axis_names(), rows, columns);
}
///@}

///@{
/// A tensor without elements: shapes, names, plans and the bill, at no memory. Asking it for an element is
/// an error, `dry`. @throws abax::error as `axes`; overflow @cost none, and no record
template <element T>
[[nodiscard]] tensor<T> dry(const shape_argument& axes) {
    return tensor<T>(any_tensor::dry(dtype_of<T>, axes.axes()));
}
template <element T>
[[nodiscard]] tensor<T> dry(axis_names names, const std::vector<std::int64_t>& extents) {
    return dry<T>(axes_or_none(names, extents));
}
///@}

/// true where a query may see a key: key <= query + (keys - queries), the queries being the last positions.
///
/// @return  bool, axes (queries, keys)
/// @throws abax::error  usage: fewer keys than queries; duplicate_axis
/// @cost    0 FLOPs; writes queries * keys bytes
[[nodiscard]] tensor<bool> causal(
    std::string_view queries,
    std::int64_t query_extent,
    std::string_view keys,
    std::int64_t key_extent
);

}  // namespace abax
