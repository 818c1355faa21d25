#pragma once

#include <abax/ops/rows.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/rows_rule.hpp>
#include <abax/plan/select_rule.hpp>

#include <cstdint>

/// The verbs of rows.hpp with their axis as a template argument: softmax<"s'">(x). Names are checked while compiling where the
/// operands have them in their types; if one has them in its value, all are checked when the verb runs, and so the result has
/// its names in its value. Errors of extents and costs are those of the same verb without angle brackets.
namespace abax {

/// exp(x) / sum of exp(x) along one axis. @return x's axes @throws abax::error as `softmax(x, over)` @cost as it
template <static_axes Over, element T, static_axes Axes>
[[nodiscard]] auto softmax(const tensor<T, Axes>& x) {
    using check = detail::along_check<Over, Axes, effect::keeps>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(softmax(x.any(), Over.view()));
}

/// Softmax where `mask`, which must have the axis, is true. @return x's axes @throws abax::error as `softmax(x, over, mask)` @cost as it
template <static_axes Over, element T, static_axes Axes, static_axes Mask>
[[nodiscard]] auto softmax(const tensor<T, Axes>& x, const tensor<bool, Mask>& mask) {
    using check = detail::mask_check<Over, Axes, Mask>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(softmax(x.any(), Over.view(), mask.any()));
}

/// Normalises rows; gain and bias have exactly the axis. @return x's axes @throws abax::error as `layer_norm(x, over, ...)`
/// @cost as it
template <static_axes Over, element T, static_axes Axes, static_axes Gain, static_axes Bias>
[[nodiscard]] auto layer_norm(
    const tensor<T, Axes>& x,
    const tensor<T, Gain>& gain,
    const tensor<T, Bias>& bias,
    double epsilon = 1e-5
) {
    using check = detail::parameters_check<Over, Axes, Gain, Bias>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(
        layer_norm(x.any(), Over.view(), gain.any(), bias.any(), epsilon)
    );
}

/// Normalises rows by their root mean square. @return x's axes @throws abax::error as `rms_norm(x, over, ...)` @cost as it
template <static_axes Over, element T, static_axes Axes, static_axes Gain>
[[nodiscard]] auto rms_norm(
    const tensor<T, Axes>& x, const tensor<T, Gain>& gain, double epsilon = 1e-5
) {
    using check = detail::parameters_check<Over, Axes, Gain>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(
        rms_norm(x.any(), Over.view(), gain.any(), epsilon)
    );
}

/// Where the largest element stands. @return int64, without the axis @throws abax::error as `argmax(x, over)` @cost as it
template <static_axes Over, element T, static_axes Axes>
[[nodiscard]] auto argmax(const tensor<T, Axes>& x) {
    using check = detail::along_check<Over, Axes, effect::drops>;
    require<check>();
    return detail::typed<tensor<std::int64_t, check::says.axes>>(argmax(x.any(), Over.view()));
}

///@{
/// Without an axis: does not compile, and the message lists the axes of x if its type has them.
template <element T, static_axes Axes>
auto softmax(const tensor<T, Axes>&) {
    require<detail::needs_axis_check<Axes>>();
    return tensor<T, refused_axes>();
}
template <element T, static_axes Axes>
auto argmax(const tensor<T, Axes>&) {
    require<detail::needs_axis_check<Axes>>();
    return tensor<T, refused_axes>();
}
template <element T, static_axes Axes, tensor_like... Parameters>
auto layer_norm(const tensor<T, Axes>&, const Parameters&...) {
    require<detail::needs_axis_check<Axes>>();
    return tensor<T, refused_axes>();
}
template <element T, static_axes Axes, tensor_like... Parameters>
auto rms_norm(const tensor<T, Axes>&, const Parameters&...) {
    require<detail::needs_axis_check<Axes>>();
    return tensor<T, refused_axes>();
}
///@}

}  // namespace abax
