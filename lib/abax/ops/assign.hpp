#pragma once

#include <abax/ops/select.hpp>
#include <abax/ops/veneer.hpp>

namespace abax {

[[nodiscard]] any_tensor copy(const any_tensor& x);
void assign(any_tensor& x, const any_tensor& from);
void assign(any_tensor& x, const range& where, const any_tensor& from);

/// The same elements in a buffer of its own, row-major. @cost 0 FLOPs; each element read and written once
template <element T>
[[nodiscard]] tensor<T> copy(const tensor<T>& x) {
    return tensor<T>(copy(x.any()));
}

/// Writes the elements of `from` into x. Axes must be the same, in the same order: assignment never permutes or
/// broadcasts. A buffer that x shares is copied first; `from` may share x's buffer.
/// @throws abax::error  name_mismatch, rank_mismatch, size_mismatch, dtype_mismatch
/// @cost    0 FLOPs; each element read and written once
template <element T>
void assign(tensor<T>& x, const tensor<T>& from) {
    assign(x.any(), from.any());
}

/// As assign(x, from), for a part of x: `assign(cache, {"s'", past, past + 1}, k)`. In place when nobody shares x's buffer.
template <element T>
void assign(tensor<T>& x, const range& where, const tensor<T>& from) {
    assign(x.any(), where, from.any());
}

}  // namespace abax
