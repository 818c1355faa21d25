#pragma once

#include <abax/kernels/loops.hpp>

#include <cstdint>
#include <utility>

namespace abax::kernels::detail {

/// A batch of matrix products out(m, n) = a(m, k) * b(k, n), each group of loops brought down to one stride
/// for each operand: what `contract` prepares and the multipliers run.
///
/// The stride of a loop of extent 1 is 1. So "one of the two strides is 1" also holds for any vector.
template <class T>
struct product {
    T* out = nullptr;
    const T* a = nullptr;
    const T* b = nullptr;
    loops<3> batch;
    std::int64_t m = 1, n = 1, k = 1;
    std::int64_t out_m = 1, out_n = 1;
    std::int64_t a_m = 1, a_k = 1;
    std::int64_t b_k = 1, b_n = 1;
    bool accumulate = false;

    /// The same numbers read as out' = b' a'.
    void transpose() {
        std::swap(a, b);
        std::swap(m, n);
        std::swap(out_m, out_n);
        std::swap(a_m, b_n);
        std::swap(a_k, b_k);
        for (auto& l : batch)
            std::swap(l.stride[1], l.stride[2]);
    }
};

/// By Eigen, in tiles; out_n is 1, and each operand has a stride that is 1. float and double.
template <class T>
void multiply_matrices(const product<T>& p);

/// m is small: bound by reading b once. b has a stride that is 1. float and double.
template <class T>
void multiply_few_rows(const product<T>& p);

/// Plain loops over any strides; integers wrap around, bool is "or of ands".
template <class T>
void multiply_exactly(const product<T>& p);

}  // namespace abax::kernels::detail
