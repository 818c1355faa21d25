#include <abax/account/scope.hpp>
#include <abax/nn/linear.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>

namespace abax::nn {

tensor<float> linear(
    std::string_view label,
    const tensor<float>& x,
    const tensor<float>& w,
    const std::optional<tensor<float>>& bias,
    const axes_argument& over
) {
    const scope here(label);
    const tensor<float> y = dot(x, w, over);
    return bias ? y + *bias : y;
}

}  // namespace abax::nn
