#pragma once

#include <abax/core/dtype.hpp>
#include <abax/kernels/kernels.hpp>
#include <abax/kernels/loops.hpp>

#include <cstdint>

/// Order along one axis, and running sums. All strides, all element types; rows may overlap each other in `in`.
///
/// One order serves all: NaN is last in both directions, -0 equals 0, and equal elements keep the order in which
/// they stand. So what is sorted are pairs of value and position, no two of which are equal: there is only one
/// result, whatever the algorithm and the number of threads.
namespace abax::kernels {

/// Each row in order. `along` is the axis; operands of `rows`: out, in.
void sort(
    dtype type, void* out, const void* in, const loops<2>& rows, row along, bool descending = false
);

/// The positions of the elements of each row in order: out[i] is where the i-th of the sorted row stood.
void argsort(
    dtype type,
    std::int64_t* out,
    const void* in,
    const loops<2>& rows,
    row along,
    bool descending = false
);

/// The first `k` of each sorted row and their positions. `values` and `indices` have the same strides, those of
/// operand 0. 0 <= k <= along.extent.
void topk(
    dtype type,
    void* values,
    std::int64_t* indices,
    const void* in,
    const loops<2>& rows,
    row along,
    std::int64_t k,
    bool descending = true
);

/// The dtype of running sums: int64 for integers and bool, else as it came.
[[nodiscard]] dtype cumulative_sum_type(dtype type) noexcept;

/// out[i] = in[0] + ... + in[i] for each row; `out` holds `cumulative_sum_type`. Integers wrap around. float is added
/// in double, double with its rounding errors (Neumaier), so that the error does not grow with the length.
void cumulative_sum(dtype type, void* out, const void* in, const loops<2>& rows, row along);

/// out[kept] = position of the smallest element along one axis of `extent` elements, `stride` apart; the lowest
/// position on a tie; the first NaN counts as smallest. extent >= 1.
void argmin(
    dtype type,
    std::int64_t* out,
    const void* in,
    const loops<2>& kept,
    std::int64_t extent,
    std::int64_t stride
);

}  // namespace abax::kernels
