#pragma once

#include <abax/plan/arguments.hpp>
#include <abax/shape/tensor.hpp>

#include <optional>
#include <string_view>

namespace abax::nn {

/// x . w over the axes `over`, plus the bias if there is one: a line of the bill of its own, the scope `label`.
///
/// @return  x's axes without those of `over`, then w's that x lacks
/// @throws abax::error  unknown_axis, name_mismatch, size_mismatch
/// @cost    2 * product of all distinct extents mm FLOPs; with a bias also one vec FLOP an element of the result
[[nodiscard]] tensor<float> linear(
    std::string_view label,
    const tensor<float>& x,
    const tensor<float>& w,
    const std::optional<tensor<float>>& bias,
    const axes_argument& over
);

}  // namespace abax::nn
