#pragma once

#include <abax/ops/refused.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace abax {

/// Which element comes first. NaN comes last in both, as in NumPy's sort.
enum class order : std::uint8_t { ascending, descending };

/// What `topk` gives: `const auto [values, indices] = topk(logits, "v", 5);`
template <tensor_like X>
struct topk_result {
    X values;                                  ///< the k elements of each row, in order
    detail::retyped<X, std::int64_t> indices;  ///< positions along the axis, int64
};

///@{
/// As for typed tensors, below.
[[nodiscard]] any_tensor sort(
    const any_tensor& x, axis_argument along, order direction = order::ascending
);
[[nodiscard]] any_tensor argsort(
    const any_tensor& x, axis_argument along, order direction = order::ascending
);
[[nodiscard]] topk_result<any_tensor> topk(
    const any_tensor& x, axis_argument along, std::int64_t k, order direction = order::descending
);
[[nodiscard]] any_tensor cumsum(const any_tensor& x, axis_argument along);
[[nodiscard]] any_tensor argmin(const any_tensor& x, axis_argument over);
///@}

/// The elements along one axis in order.
///
/// Stable: equal elements keep the order in which they stand, in both directions, and -0 equals 0. NaN is last in
/// both directions, every one of them with its bits.
///
/// @return  the axes of x; the axis forgets its factors, as its positions mean something else now
/// @throws abax::error  unknown_axis, usage; name_mismatch: an axis that is called by its factors
/// @cost    N - R compares (flops_vec, of integers and bool int_ops) for N elements in R rows, the fewest that any sort
///          by comparison makes; reads N, writes N elements. See docs/decisions/0011-price-of-a-sort.md
template <element T>
[[nodiscard]] tensor<T> sort(
    const tensor<T>& x, axis_argument along, order direction = order::ascending
) {
    return tensor<T>(sort(x.any(), along, direction));
}

/// The positions along one axis in the order of their elements: `sort` reads x at these. Stable, NaN last, as `sort`.
///
/// @return  int64, axes as of `sort`
/// @throws abax::error  as sort
/// @cost    N - R compares, as sort; reads N elements, writes N int64
template <element T>
[[nodiscard]] tensor<std::int64_t> argsort(
    const tensor<T>& x, axis_argument along, order direction = order::ascending
) {
    return tensor<std::int64_t>(argsort(x.any(), along, direction));
}

/// The k largest elements along one axis, the largest first, and their positions: what `sort` and `argsort` in this
/// direction begin with. So of equal elements the lowest positions are taken, and NaN is last: it is among the k only
/// where a row has fewer numbers (unlike PyTorch, where NaN is the largest of all).
///
/// @param direction  order::ascending gives the k smallest, the smallest first
/// @return  values and indices (int64), both with the axes of x, where the axis has extent k and forgets its factors
/// @throws abax::error  unknown_axis; usage: k is negative or more than the extent; name_mismatch: an axis that is
///                      called by its factors
/// @cost    kN compares, whatever the algorithm; reads N elements, writes k*R elements and k*R int64. k is a number in
///          the price; the axis keeps its name there
template <element T>
[[nodiscard]] topk_result<tensor<T>> topk(
    const tensor<T>& x, axis_argument along, std::int64_t k, order direction = order::descending
) {
    topk_result<any_tensor> both = topk(x.any(), along, k, direction);
    return {tensor<T>(std::move(both.values)), tensor<std::int64_t>(std::move(both.indices))};
}

/// The element type of `cumsum`: int64 for integers and bool, as of `sum`.
template <element T>
using running_sum =
    std::conditional_t<std::same_as<T, float> || std::same_as<T, double>, T, std::int64_t>;

/// Running sums along one axis: the i-th is the sum of the elements 0 to i.
///
/// float is added in double, double with its rounding errors: the error does not grow with the length. Integers wrap
/// around. Of no elements there are no sums.
///
/// @return  the axes of x, factors included; int64 for integers and bool, else the type of x
/// @throws abax::error  unknown_axis, usage
/// @cost    N - R adds; reads N, writes N elements
/// @see     Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", 1974
template <element T>
[[nodiscard]] tensor<running_sum<T>> cumsum(const tensor<T>& x, axis_argument along) {
    return tensor<running_sum<T>>(cumsum(x.any(), along));
}

/// The position of the smallest element along one axis: the lowest on a tie; NaN counts as smallest, as in NumPy.
///
/// @return  int64, without the axis
/// @throws abax::error  unknown_axis, usage; other: an axis of extent 0
/// @cost    N - R compares; reads N elements, writes R int64
template <element T>
[[nodiscard]] tensor<std::int64_t> argmin(const tensor<T>& x, axis_argument over) {
    return tensor<std::int64_t>(argmin(x.any(), over));
}

}  // namespace abax
