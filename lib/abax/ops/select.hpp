#pragma once

#include <abax/ops/refused.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

namespace abax {

/// Positions from, from + step, ... along one axis, before `to` is reached; negative positions count from the end.
///
/// A negative step walks backwards, as in numpy: `{"s", {}, {}, -1}` is all of s in reverse, `{"s", 4, 1, -1}` the
/// positions 4 3 2, `{"s", 4, {}, -2}` 4 2 0. What lies outside the axis is an error there, not cut off.
struct range {
    axis_argument along;  ///< by name, or by position where there are none
    /// Position 0, if not given; the last one for a negative step.
    std::optional<std::int64_t> from = std::nullopt;
    /// Not taken any more. If not given, the walk goes up to the end, or with a negative step down to 0, included.
    std::optional<std::int64_t> to = std::nullopt;
    std::int64_t step = 1;  ///< not 0
};

///@{
/// As for typed tensors, below.
[[nodiscard]] any_tensor take(const any_tensor& table, const any_tensor& ids, axis_argument over);
[[nodiscard]] any_tensor take(
    const any_tensor& x, const std::vector<std::int64_t>& positions, axis_argument along
);
[[nodiscard]] any_tensor slice(const any_tensor& x, const range& which);
[[nodiscard]] any_tensor slice(const any_tensor& x, std::initializer_list<range> which);
[[nodiscard]] any_tensor at(const any_tensor& x, axis_argument along, std::int64_t position);
[[nodiscard]] std::vector<any_tensor> split(
    const any_tensor& x, axis_argument along, const std::vector<std::int64_t>& extents
);
[[nodiscard]] std::vector<any_tensor> chunk(
    const any_tensor& x, axis_argument along, std::int64_t count
);
///@}

/// The entries of `table` that `ids` name: an embedding lookup.
///
/// @param ids  int64 or int32, positions along the axis `over`
/// @return  the table's axes, with those of ids in place of `over`
/// @throws abax::error  unknown_axis; usage: an id outside the axis (which one, and where); dtype_mismatch: other ids;
///                      name_mismatch: only one of the two is named (rank 0 meets any); duplicate_axis
/// @cost    0 FLOPs; reads and writes only the entries named, and reads the ids
template <element T, element Id>
[[nodiscard]] tensor<T> take(const tensor<T>& table, const tensor<Id>& ids, axis_argument over) {
    return tensor<T>(take(table.any(), ids.any(), over));
}

/// The entries at a list of positions, in its order: `take(x, {0, 2}, "s")`. Negative positions count from the end, as in
/// `at`; one may occur twice.
///
/// @return  the axes of x; the axis is as long as the list, and loses its memory
/// @throws abax::error  unknown_axis; usage: outside the axis; name_mismatch: `(h d)` has no name of its own
/// @cost    0 FLOPs; reads and writes only the entries named, and reads the positions
template <element T>
[[nodiscard]] tensor<T> take(
    const tensor<T>& x, const std::vector<std::int64_t>& positions, axis_argument along
) {
    return tensor<T>(take(x.any(), positions, along));
}

/// A part of one axis: `slice(x, {"s", 0, 5})`, `slice(x, {"s", -1})`, backwards `slice(x, {"s", {}, {}, -1})`. A view;
/// the axis loses its memory.
/// @throws abax::error  unknown_axis; usage: outside the axis, or a step of 0; name_mismatch: `(h d)` has no name of its own
/// @cost    0 FLOPs, 0 bytes
template <element T>
[[nodiscard]] tensor<T> slice(const tensor<T>& x, const range& which) {
    return tensor<T>(slice(x.any(), which));
}
/// Parts of several axes, one after the other: `slice(x, {{"s", 0, 2}, {"m", 1, 3}})`.
template <element T>
[[nodiscard]] tensor<T> slice(const tensor<T>& x, std::initializer_list<range> which) {
    return tensor<T>(slice(x.any(), which));
}

/// One position of one axis, which disappears: `at(x, "s", -1)` is the last. A view.
/// @throws abax::error  unknown_axis; usage: outside the axis, or a position where there are names
/// @cost    0 FLOPs, 0 bytes
template <element T>
[[nodiscard]] tensor<T> at(const tensor<T>& x, axis_argument along, std::int64_t position) {
    return tensor<T>(at(x.any(), along, position));
}

/// Consecutive parts of one axis: `split(qkv, "o", {m, m, m})`. Views; the axis loses its memory.
/// @throws abax::error  unknown_axis; size_mismatch: the parts do not add up to the axis; usage: a negative extent;
///                      name_mismatch: `(h d)` has no name of its own
/// @cost    0 FLOPs, 0 bytes; one record
template <element T>
[[nodiscard]] std::vector<tensor<T>> split(
    const tensor<T>& x, axis_argument along, const std::vector<std::int64_t>& extents
) {
    std::vector<tensor<T>> parts;
    for (any_tensor& part : split(x.any(), along, extents))
        parts.emplace_back(std::move(part));
    return parts;
}

/// `count` consecutive parts of equal extents: `chunk(qkv, "o", 3)`. Views; the axis loses its memory.
///
/// The extent must be divisible. Where it is not, PyTorch's chunk makes the last part smaller, or makes fewer parts
/// than it was asked for; a caller who unpacks `count` equal parts should hear of it. `split` makes unequal ones; it takes
/// no number, which would be `count` in NumPy and the extent of each part in PyTorch.
/// @throws abax::error  unknown_axis, not_divisible; usage: no parts, or less; name_mismatch: `(h d)` has no name of its own
/// @cost    0 FLOPs, 0 bytes; one record
template <element T>
[[nodiscard]] std::vector<tensor<T>> chunk(
    const tensor<T>& x, axis_argument along, std::int64_t count
) {
    std::vector<tensor<T>> parts;
    for (any_tensor& part : chunk(x.any(), along, count))
        parts.emplace_back(std::move(part));
    return parts;
}

}  // namespace abax
