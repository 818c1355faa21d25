#pragma once

#include <abax/account/scope.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/typed_patterns.hpp>

#include <optional>
#include <string_view>

namespace abax::nn {

///@{
/// x . w over the axes `Over`, plus the bias if there is one: `linear<"m">("q_proj", x, w, b)`. A line of the bill of its own,
/// the scope `label`.
///
/// @return  x's axes without those of `Over`, then w's that x lacks; those of the bias are among them
/// @throws abax::error  size_mismatch; and of operands with names in their values: unknown_axis, name_mismatch
/// @cost    2 * product of all distinct extents mm FLOPs; with a bias also one vec FLOP an element of the result
template <static_axes Over, element T, static_axes X, static_axes W>
[[nodiscard]] auto linear(std::string_view label, const tensor<T, X>& x, const tensor<T, W>& w) {
    return within(label, [&] { return dot<Over>(x, w); });
}
template <static_axes Over, element T, static_axes X, static_axes W, static_axes Bias>
[[nodiscard]] auto linear(
    std::string_view label,
    const tensor<T, X>& x,
    const tensor<T, W>& w,
    const tensor<T, Bias>& bias
) {
    return within(label, [&] { return dot<Over>(x, w) + bias; });
}
template <static_axes Over, element T, static_axes X, static_axes W, class Bias>
[[nodiscard]] auto linear(
    std::string_view label,
    const tensor<T, X>& x,
    const tensor<T, W>& w,
    const std::optional<Bias>& bias
) {
    return bias ? linear<Over>(label, x, w, *bias) : linear<Over>(label, x, w);
}
///@}

}  // namespace abax::nn
