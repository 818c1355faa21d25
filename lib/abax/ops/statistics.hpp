#pragma once

#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

#include <cstdint>

namespace abax {

/// Which norm: the sum of |x|, the root of the sum of x^2, or the largest |x|.
enum class norm_order : std::uint8_t { one, two, infinity };

///@{
/// As for typed tensors, below.
[[nodiscard]] any_tensor variance(
    const any_tensor& x, const axes_argument& over, std::int64_t correction = 0
);
[[nodiscard]] any_tensor standard_deviation(
    const any_tensor& x, const axes_argument& over, std::int64_t correction = 0
);
[[nodiscard]] any_tensor norm(
    const any_tensor& x, const axes_argument& over, norm_order which = norm_order::two
);
[[nodiscard]] any_tensor logsumexp(const any_tensor& x, const axes_argument& over);
[[nodiscard]] any_tensor normalize(
    const any_tensor& x, const axes_argument& over, double epsilon = 1e-12
);
///@}

/// The mean of (x - mean)^2 over axes: `variance(x, "b s")` by name, `variance(x, {0, 2})` by position.
///
/// In two passes, the mean and then the squares about it, and in double: a large mean does not drown the result.
///
/// @param correction  what is subtracted from the count n of elements: 0 for a whole population, 1 for a sample of one
///                    (the default of PyTorch). Where n - correction is 0 or less the result is NaN
/// @return  the other axes, in order, in the type of x; NaN where an element is NaN or infinite
/// @throws abax::error  unknown_axis, usage, duplicate_axis, dtype_mismatch (floating only)
/// @cost    4N vec FLOPs for N elements and R results: sum N - R, divide R, subtract N, square N, sum N - R, divide R;
///          reads N, writes R elements
template <element T>
[[nodiscard]] tensor<T> variance(
    const tensor<T>& x, const axes_argument& over, std::int64_t correction = 0
) {
    return tensor<T>(variance(x.any(), over, correction));
}

/// The root of `variance`, in all else the same.
///
/// @throws abax::error  as variance
/// @cost    4N vec FLOPs and R specials; reads N, writes R elements
template <element T>
[[nodiscard]] tensor<T> standard_deviation(
    const tensor<T>& x, const axes_argument& over, std::int64_t correction = 0
) {
    return tensor<T>(standard_deviation(x.any(), over, correction));
}

/// The length of the vectors along one axis or several: `norm(x, "m")`, `norm(x, "m", norm_order::one)`.
///
/// Computed in double and not scaled: squares of doubles beyond 1e154 overflow to infinity, as in NumPy; those of
/// floats do not. The norm of no elements is 0.
///
/// @return  the other axes, in order, in the type of x; NaN where an element is NaN
/// @throws abax::error  unknown_axis, usage, duplicate_axis, dtype_mismatch (floating only)
/// @cost    2N - R vec FLOPs (N squares or magnitudes, and N - R to bring them together); order two R specials; reads N,
///          writes R elements
template <element T>
[[nodiscard]] tensor<T> norm(
    const tensor<T>& x, const axes_argument& over, norm_order which = norm_order::two
) {
    return tensor<T>(norm(x.any(), over, which));
}

/// log(sum of exp(x)) over axes, relative to the largest x, so that nothing overflows.
///
/// @return  the other axes, in order, in the type of x. All -inf, or no elements: -inf. One +inf: +inf. One NaN: NaN
/// @throws abax::error  unknown_axis, usage, duplicate_axis, dtype_mismatch (floating only)
/// @cost    3N - R vec FLOPs (max N - R, subtract N, sum N - R, add R) and N + R specials; reads N, writes R elements
template <element T>
[[nodiscard]] tensor<T> logsumexp(const tensor<T>& x, const axes_argument& over) {
    return tensor<T>(logsumexp(x.any(), over));
}

/// x / max(norm, epsilon): the vectors along one axis, or several, at length 1, and their directions as they were.
///
/// @param epsilon  what shorter vectors are divided by, so that 0 stays 0; with an epsilon of 0 that is NaN
/// @return  the axes of x; NaN where a vector has a NaN or is infinite, 0 where only its norm is
/// @throws abax::error  unknown_axis, usage (also a negative epsilon), duplicate_axis, dtype_mismatch (floating only)
/// @cost    3N vec FLOPs: those of `norm`, 2N - R, R comparisons with epsilon and N divisions; R specials; reads N, writes N
///          elements
template <element T>
[[nodiscard]] tensor<T> normalize(
    const tensor<T>& x, const axes_argument& over, double epsilon = 1e-12
) {
    return tensor<T>(normalize(x.any(), over, epsilon));
}

}  // namespace abax
