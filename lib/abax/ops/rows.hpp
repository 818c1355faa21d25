#pragma once

#include <abax/ops/refused.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

namespace abax {

///@{
/// As for typed tensors, below.
[[nodiscard]] any_tensor softmax(const any_tensor& x, axis_argument over);
[[nodiscard]] any_tensor softmax(const any_tensor& x, axis_argument over, const any_tensor& mask);
[[nodiscard]] any_tensor layer_norm(
    const any_tensor& x,
    axis_argument over,
    const any_tensor& gain,
    const any_tensor& bias,
    double epsilon = 1e-5
);
[[nodiscard]] any_tensor rms_norm(
    const any_tensor& x, axis_argument over, const any_tensor& gain, double epsilon = 1e-5
);
[[nodiscard]] any_tensor argmax(const any_tensor& x, axis_argument over);
///@}

/// exp(x) / sum of exp(x) along one axis, which has to be named: there is no default.
///
/// @return  the axes of x; each row sums to 1; a row with NaN or +inf is NaN, as the formula gives
/// @throws abax::error  unknown_axis, usage, dtype_mismatch (floating only)
/// @cost    4N - 2R vec FLOPs and N specials for N elements in R rows; one read, one write
template <element T>
[[nodiscard]] tensor<T> softmax(const tensor<T>& x, axis_argument over) {
    return tensor<T>(softmax(x.any(), over));
}

/// Softmax over the positions where `mask` is true; the others get 0, and so does a row with nothing unmasked.
///
/// @param mask  its axes are among those of x, and `over` is one of them: a mask that lacks it would hide whole rows
/// @throws abax::error  name_mismatch, rank_mismatch, size_mismatch, dtype_mismatch, unknown_axis
/// @cost    as softmax, and the mask is read: one byte an element
template <element T>
[[nodiscard]] tensor<T> softmax(const tensor<T>& x, axis_argument over, const tensor<bool>& mask) {
    return tensor<T>(softmax(x.any(), over, mask.any()));
}

/// (x - mean) / sqrt(variance + epsilon) * gain + bias along one axis; the variance is that of the whole row.
///
/// @param gain, bias  have exactly the axis that is normalised
/// @throws abax::error  name_mismatch, rank_mismatch, size_mismatch, dtype_mismatch, unknown_axis
/// @cost    7N + R vec FLOPs and R specials; reads N + 2d, writes N elements
/// @see     Ba, Kiros, Hinton, "Layer Normalization", 2016
template <element T>
[[nodiscard]] tensor<T> layer_norm(
    const tensor<T>& x,
    axis_argument over,
    const tensor<T>& gain,
    const tensor<T>& bias,
    double epsilon = 1e-5
) {
    return tensor<T>(layer_norm(x.any(), over, gain.any(), bias.any(), epsilon));
}

/// x / sqrt(mean of x^2 + epsilon) * gain along one axis: a layer norm without a mean and without a bias.
///
/// @param gain  has exactly the axis that is normalised
/// @throws abax::error  name_mismatch, rank_mismatch, size_mismatch, dtype_mismatch, unknown_axis
/// @cost    4N + R vec FLOPs and R specials; reads N + d, writes N elements
/// @see     Zhang, Sennrich, "Root Mean Square Layer Normalization", NeurIPS 2019
template <element T>
[[nodiscard]] tensor<T> rms_norm(
    const tensor<T>& x, axis_argument over, const tensor<T>& gain, double epsilon = 1e-5
) {
    return tensor<T>(rms_norm(x.any(), over, gain.any(), epsilon));
}

/// The position of the largest element along one axis: the lowest on a tie; NaN counts as largest.
///
/// @return  int64, without the axis
/// @throws abax::error  unknown_axis, usage; other: an axis of extent 0
/// @cost    n_in - n_out compares
template <element T>
[[nodiscard]] tensor<std::int64_t> argmax(const tensor<T>& x, axis_argument over) {
    return tensor<std::int64_t>(argmax(x.any(), over));
}

}  // namespace abax
