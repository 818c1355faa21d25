#pragma once

#include <abax/ops/statistics.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/select_rule.hpp>

#include <cstdint>

/// The verbs of statistics.hpp over axes that are a template argument: `variance<"b s">(x)`, `normalize<"m">(x)`. Names are checked
/// while compiling where x has them in its type, and when the verb runs where they are in its value.
namespace abax {

///@{
/// The mean of (x - mean)^2, and its root. @return x's other axes @throws abax::error as `variance(x, over)` @cost as it
template <static_axes Over, element T, static_axes Axes>
[[nodiscard]] auto variance(const tensor<T, Axes>& x, std::int64_t correction = 0) {
    using check = detail::listed_check<Over, Axes, effect::drops>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(variance(x.any(), Over.view(), correction));
}
template <static_axes Over, element T, static_axes Axes>
[[nodiscard]] auto standard_deviation(const tensor<T, Axes>& x, std::int64_t correction = 0) {
    using check = detail::listed_check<Over, Axes, effect::drops>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(
        standard_deviation(x.any(), Over.view(), correction)
    );
}
///@}

/// The length of vectors. @return x's other axes @throws abax::error as `norm(x, over)` @cost as it
template <static_axes Over, element T, static_axes Axes>
[[nodiscard]] auto norm(const tensor<T, Axes>& x, norm_order which = norm_order::two) {
    using check = detail::listed_check<Over, Axes, effect::drops>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(norm(x.any(), Over.view(), which));
}

/// log(sum of exp(x)). @return x's other axes @throws abax::error as `logsumexp(x, over)` @cost as it
template <static_axes Over, element T, static_axes Axes>
[[nodiscard]] auto logsumexp(const tensor<T, Axes>& x) {
    using check = detail::listed_check<Over, Axes, effect::drops>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(logsumexp(x.any(), Over.view()));
}

/// x / max(norm, epsilon). @return x's axes @throws abax::error as `normalize(x, over)` @cost as it
template <static_axes Over, element T, static_axes Axes>
[[nodiscard]] auto normalize(const tensor<T, Axes>& x, double epsilon = 1e-12) {
    using check = detail::listed_check<Over, Axes, effect::keeps>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(normalize(x.any(), Over.view(), epsilon));
}

///@{
/// Without an axis: does not compile, and the message lists the axes of x if its type has them.
#define ABAX_NEEDS_AXIS(verb)                                                                      \
    template <element T, static_axes Axes>                                                         \
    auto verb(const tensor<T, Axes>&) {                                                            \
        require<detail::needs_axis_check<Axes>>();                                                 \
        return tensor<T, refused_axes>();                                                          \
    }
ABAX_NEEDS_AXIS(variance)
ABAX_NEEDS_AXIS(standard_deviation)
ABAX_NEEDS_AXIS(norm)
ABAX_NEEDS_AXIS(logsumexp)
ABAX_NEEDS_AXIS(normalize)
///@}
#undef ABAX_NEEDS_AXIS

}  // namespace abax
