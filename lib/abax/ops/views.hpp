#pragma once

#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

#include <cstdint>
#include <string_view>

/// Other views of the same elements. All share the buffer and cost nothing: 0 FLOPs, 0 bytes, one record of class
/// `view`. A write to a view, or to what it was made from, copies first, so that neither sees the other's writes.
namespace abax {

///@{
/// As for typed tensors, below.
[[nodiscard]] any_tensor permute(const any_tensor& x, const axes_argument& order);
[[nodiscard]] any_tensor squeeze(const any_tensor& x, const axes_argument& which);
[[nodiscard]] any_tensor unsqueeze(const any_tensor& x, axis_argument added);
[[nodiscard]] any_tensor unsqueeze(
    const any_tensor& x, std::string_view label, axis_argument before
);
[[nodiscard]] any_tensor broadcast(
    const any_tensor& x, std::string_view label, std::int64_t extent
);
[[nodiscard]] any_tensor broadcast(const any_tensor& x, std::int64_t extent);
[[nodiscard]] any_tensor diagonal(const any_tensor& x, std::string_view pattern);
[[nodiscard]] any_tensor diagonal(const any_tensor& x, int first, int second);
[[nodiscard]] any_tensor flip(const any_tensor& x, const axes_argument& which);
[[nodiscard]] any_tensor unfold(
    const any_tensor& x,
    axis_argument along,
    std::string_view label,
    std::int64_t window,
    std::int64_t step = 1
);
[[nodiscard]] any_tensor unfold(
    const any_tensor& x, axis_argument along, std::int64_t window, std::int64_t step = 1
);
///@}

/// The same axes in another order: `permute(x, "s b m")`, or `permute(x, {2, 0, 1})` on an unnamed tensor.
///
/// @param order  every axis of x exactly once; `(h d)` for a merged axis without a name of its own. Merged axes
///               keep their memory
/// @throws abax::error  unknown_axis, duplicate_axis; rank_mismatch: an axis is left out; usage: positions on a named tensor
/// @cost    0 FLOPs, 0 bytes
template <element T>
[[nodiscard]] tensor<T> permute(const tensor<T>& x, const axes_argument& order) {
    return tensor<T>(permute(x.any(), order));
}

/// Without these axes, each of extent 1: `squeeze(x, "h w")`, or `squeeze(x, {0, -1})` on an unnamed tensor.
///
/// There is no bare squeeze: which axes it drops would depend on the data, a batch of one among them.
/// @throws abax::error  size_mismatch: an extent other than 1; unknown_axis, duplicate_axis; usage: no axis given
/// @cost    0 FLOPs, 0 bytes
template <element T>
[[nodiscard]] tensor<T> squeeze(const tensor<T>& x, const axes_argument& which) {
    return tensor<T>(squeeze(x.any(), which));
}

/// With a new axis of extent 1. By name it comes first: `unsqueeze(x, "h")`; see below for other places. On an unnamed
/// tensor it comes to stand at a position: `unsqueeze(x, 0)` puts it first, `unsqueeze(x, -1)` last.
///
/// @throws abax::error  duplicate_axis, syntax: not a name; name_mismatch: a name for an unnamed tensor; usage: a position
///                      for a named one; unknown_axis: a position outside the new rank; overflow: more than 32 axes
/// @cost    0 FLOPs, 0 bytes
template <element T>
[[nodiscard]] tensor<T> unsqueeze(const tensor<T>& x, axis_argument added) {
    return tensor<T>(unsqueeze(x.any(), added));
}

/// With a new axis of extent 1 before one of the others: `unsqueeze(x, "h", "s")` makes `b h s m` of `b s m`. To have it
/// last, permute.
/// @throws abax::error  as above, and unknown_axis: no such axis to put it before
template <element T>
[[nodiscard]] tensor<T> unsqueeze(
    const tensor<T>& x, std::string_view label, axis_argument before
) {
    return tensor<T>(unsqueeze(x.any(), label, before));
}

/// The tensor `extent` times along a new first axis: `broadcast(x, "h", 12)`. The new axis has stride 0: no element is
/// repeated in memory, and an operation that reads the result is charged for x alone. `repeat` makes elements of its own.
///
/// @throws abax::error  duplicate_axis, syntax: not a name; name_mismatch: x has axes without names; size_mismatch: a negative
///                      extent; overflow
/// @cost    0 FLOPs, 0 bytes
template <element T>
[[nodiscard]] tensor<T> broadcast(const tensor<T>& x, std::string_view label, std::int64_t extent) {
    return tensor<T>(broadcast(x.any(), label, extent));
}

/// The same for an unnamed tensor: `broadcast(x, 12)`. @throws abax::error  usage: x is named; size_mismatch, overflow
template <element T>
[[nodiscard]] tensor<T> broadcast(const tensor<T>& x, std::int64_t extent) {
    return tensor<T>(broadcast(x.any(), extent));
}

/// The elements whose positions on two axes are equal: `diagonal(x, "s s' -> s")`. The axis on the right stands in the
/// place of the one that is written first; the other one goes, and all others are carried along. The new axis
/// remembers no factors.
///
/// @param pattern  two axes of x, and what their diagonal is called
/// @throws abax::error  syntax, unknown_axis, duplicate_axis; size_mismatch: the extents differ
/// @cost    0 FLOPs, 0 bytes
template <element T>
[[nodiscard]] tensor<T> diagonal(const tensor<T>& x, std::string_view pattern) {
    return tensor<T>(diagonal(x.any(), pattern));
}

/// The same for an unnamed tensor: `diagonal(x, 0, 1)`; the result's axis stands in the place of `first`.
/// @throws abax::error  unknown_axis, duplicate_axis, size_mismatch; usage: x is named
template <element T>
[[nodiscard]] tensor<T> diagonal(const tensor<T>& x, int first, int second) {
    return tensor<T>(diagonal(x.any(), first, second));
}

/// The elements in reverse along these axes: `flip(x, "s")`, `flip(x, "h w")`. A merged axis loses its memory, since its
/// positions no longer count through the factors upwards.
///
/// @throws abax::error  unknown_axis, duplicate_axis; usage: no axis given, or a position on a named tensor;
///                      name_mismatch: `(h d)` has no name of its own
/// @cost    0 FLOPs, 0 bytes
/// @post    flip(flip(x, a), a) has the elements of x
template <element T>
[[nodiscard]] tensor<T> flip(const tensor<T>& x, const axes_argument& which) {
    return tensor<T>(flip(x.any(), which));
}

/// Sliding windows: `unfold(x, "s", "w", 3)` makes `b s m w` of `b s m`. The axis s then counts windows, which begin `step`
/// positions apart; the new axis w, the last one, counts the positions within a window.
///
///     s = 0 1 2 3 4, windows of 3, step 1:   012 123 234      extent(s) = (5 - 3) / step + 1
///     step 2:                                012 234
///
/// Elements behind the last whole window are in none. Windows that overlap share elements; a write copies first.
/// An operation that reads the windows is charged for each in full, s * w elements: which of them are one and
/// the same depends on strides, and no price does.
///
/// @param window  from 1 to the extent of the axis
/// @throws abax::error  size_mismatch: the window is longer than the axis; usage: window or step below 1; unknown_axis,
///                      duplicate_axis, syntax, name_mismatch, overflow
/// @cost    0 FLOPs, 0 bytes
template <element T>
[[nodiscard]] tensor<T> unfold(
    const tensor<T>& x,
    axis_argument along,
    std::string_view label,
    std::int64_t window,
    std::int64_t step = 1
) {
    return tensor<T>(unfold(x.any(), along, label, window, step));
}

/// The same for an unnamed tensor: `unfold(x, 0, 3)`. @throws abax::error  as above; usage: x is named
template <element T>
[[nodiscard]] tensor<T> unfold(
    const tensor<T>& x, axis_argument along, std::int64_t window, std::int64_t step = 1
) {
    return tensor<T>(unfold(x.any(), along, window, step));
}

}  // namespace abax
