#pragma once

#include <abax/ops/names.hpp>
#include <abax/ops/shape_argument.hpp>
#include <abax/shape/tensor.hpp>

#include <concepts>
#include <cstdint>
#include <vector>

/// Random tensors. There is no hidden generator: a seed goes in, and the same seed gives the same elements, bit for bit,
/// on every machine, under every compiler and for any number of threads.
///
/// Element i (row-major) depends on the seed, i and the element type alone, so a longer tensor begins as a shorter one
/// does. Calls that are to be independent take different seeds; neighbouring ones (7, 8, 9) will do. One seed in
/// different functions gives unrelated numbers. Not for secrets.
///
/// @see Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011 (Philox4x32-10)
namespace abax {

///@{
/// Normal numbers with mean 0 and variance 1: randn<float>("b s", {2, 3}, 42). Scale them by arithmetic.
///
/// By the method of Box and Muller from uniform numbers of 32 bits for float, whose tails so end at 6.7, and of 52 for
/// double, 8.5; computed in double.
/// @throws abax::error  dtype_mismatch: neither float nor double; overflow, allocation
/// @cost   0 FLOPs; writes each element
[[nodiscard]] any_tensor randn(dtype type, const shape& axes, std::uint64_t seed);
template <std::floating_point T>
[[nodiscard]] tensor<T> randn(const shape_argument& axes, std::uint64_t seed) {
    return tensor<T>(randn(dtype_of<T>, axes.axes(), seed));
}
template <std::floating_point T>
[[nodiscard]] tensor<T> randn(
    axis_names names, const std::vector<std::int64_t>& extents, std::uint64_t seed
) {
    return randn<T>(axes_or_none(names, extents), seed);
}
///@}

///@{
/// Numbers from `low` up to but never equal to `high`, all equally likely: low + (high - low) * k / 2^p, rounded once,
/// where k has p bits: 24 for float, 53 for double.
/// @throws abax::error  usage: low is not below high, or one is not finite, or too far from the other; dtype_mismatch:
///                      neither float nor double, or an end does not fit; overflow, allocation
/// @cost   0 FLOPs; writes each element
[[nodiscard]] any_tensor uniform(
    dtype type, const shape& axes, std::uint64_t seed, double low = 0, double high = 1
);
template <std::floating_point T>
[[nodiscard]] tensor<T> uniform(
    const shape_argument& axes, std::uint64_t seed, double low = 0, double high = 1
) {
    return tensor<T>(uniform(dtype_of<T>, axes.axes(), seed, low, high));
}
template <std::floating_point T>
[[nodiscard]] tensor<T> uniform(
    axis_names names,
    const std::vector<std::int64_t>& extents,
    std::uint64_t seed,
    double low = 0,
    double high = 1
) {
    return uniform<T>(axes_or_none(names, extents), seed, low, high);
}
///@}

///@{
/// Whole numbers from `low` up to but never equal to `high`, all exactly equally likely.
/// @throws abax::error  usage: low is not below high; dtype_mismatch: neither int32 nor int64, or a number does not fit;
///                      overflow, allocation
/// @cost   0 FLOPs; writes each element
/// @see    Lemire, "Fast Random Integer Generation in an Interval", TOMACS 2019
[[nodiscard]] any_tensor randint(
    dtype type, const shape& axes, std::uint64_t seed, std::int64_t low, std::int64_t high
);
template <std::integral T>
[[nodiscard]] tensor<T> randint(
    const shape_argument& axes, std::uint64_t seed, std::int64_t low, std::int64_t high
) {
    return tensor<T>(randint(dtype_of<T>, axes.axes(), seed, low, high));
}
template <std::integral T>
[[nodiscard]] tensor<T> randint(
    axis_names names,
    const std::vector<std::int64_t>& extents,
    std::uint64_t seed,
    std::int64_t low,
    std::int64_t high
) {
    return randint<T>(axes_or_none(names, extents), seed, low, high);
}
///@}

///@{
/// 0 .. n - 1 in random order: take(x, permutation("b", n, seed), "b") shuffles the rows of x. Depends on n as a whole.
/// The axis has the name `along`, or none.
/// @throws abax::error  size_mismatch: n is negative; overflow, allocation
/// @cost   0 FLOPs; writes each element
[[nodiscard]] tensor<std::int64_t> permutation(
    axis_names along, std::int64_t n, std::uint64_t seed
);
[[nodiscard]] inline tensor<std::int64_t> permutation(std::int64_t n, std::uint64_t seed) {
    return permutation(axis_names(), n, seed);
}
///@}

}  // namespace abax
