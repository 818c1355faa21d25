#pragma once

#include <abax/ops/veneer.hpp>

namespace abax {

/// As for typed tensors, below.
[[nodiscard]] any_tensor outer(const any_tensor& a, const any_tensor& b);

/// Each element of a times each of b: the table that element-wise operations refuse to make unasked.
///
/// @return  a's axes, then b's, row-major; of bools "and"; integers wrap around
/// @throws abax::error  duplicate_axis: a name in both (rename one); name_mismatch: only one of them is named (rank 0 meets any);
///                      dtype_mismatch, overflow, allocation
/// @cost    N vec FLOPs for N elements of the result; reads a and b, writes N
/// @see     einsum "i, j -> i j", which costs the same
template <element T>
[[nodiscard]] tensor<T> outer(const tensor<T>& a, const tensor<T>& b) {
    return tensor<T>(outer(a.any(), b.any()));
}

}  // namespace abax
