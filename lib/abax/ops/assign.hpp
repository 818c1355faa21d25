#pragma once

#include <abax/ops/select.hpp>
#include <abax/ops/veneer.hpp>

namespace abax {

///@{
/// As for typed tensors, below.
[[nodiscard]] any_tensor copy(const any_tensor& x);
void assign(any_tensor& x, const any_tensor& from);
void assign(any_tensor& x, const range& where, const any_tensor& from);
///@}

/// The same elements under the same axes, memory included, in a buffer of its own, row-major.
/// @throws abax::error  allocation
/// @cost    0 FLOPs; each element read and written once, those of a broadcast axis read once
template <element T>
[[nodiscard]] tensor<T> copy(const tensor<T>& x) {
    return tensor<T>(copy(x.any()));
}

/// Writes the elements of `from` into x. Axes must be the same, in the same order: assignment never permutes or
/// broadcasts. A buffer that x shares is copied first; `from` may share x's buffer.
/// @throws abax::error  name_mismatch, rank_mismatch, size_mismatch, dtype_mismatch, allocation; dry: one is dry and the
///                      other is not, or a copy is due in a dry run
/// @cost    0 FLOPs; each element read and written once, and a `copy` of its own where the buffer is shared
template <element T>
void assign(tensor<T>& x, const tensor<T>& from) {
    assign(x.any(), from.any());
}

/// As assign(x, from), for a part of x: `assign(cache, {"s'", past, past + 1}, k)`. In place when nobody shares x's buffer.
/// @throws abax::error  as above; unknown_axis, usage: a part outside the axis
/// @cost    0 FLOPs; each element of the part read and written once, and a `copy` of x where its buffer is shared
template <element T>
void assign(tensor<T>& x, const range& where, const tensor<T>& from) {
    assign(x.any(), where, from.any());
}

}  // namespace abax
