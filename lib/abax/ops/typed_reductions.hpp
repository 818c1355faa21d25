#pragma once

#include <abax/ops/rearrange.hpp>
#include <abax/plan/axis_rule.hpp>

/// The reductions over axes that are a template argument: mean<"s">(x), sum<"b s">(x).
namespace abax {

///@{
/// The reductions of `by` over axes of x, in the manner of `sum(x, "b s")`.
///
/// @return  the other axes of x, in order; the element type is that of `reduced`. If x has its names in its value, so has the result
/// @throws abax::error  other: mean of integers, min or max of no elements; unknown_axis of names in a value
/// @cost    as reduce
#define ABAX_REDUCTION(verb)                                                                       \
    template <static_axes Over, element T, static_axes Axes>                                       \
    [[nodiscard]] auto verb(const tensor<T, Axes>& x) {                                            \
        using check = detail::axis_check<Over, Axes, effect::drops>;                               \
        require<check>();                                                                          \
        using result = tensor<reduced<T, kernels::reduction::verb>, check::says.axes>;             \
        return detail::typed<result>(reduce_axes(x.any(), Over.view(), kernels::reduction::verb)); \
    }
ABAX_REDUCTION(min)
ABAX_REDUCTION(max)
ABAX_REDUCTION(sum)
ABAX_REDUCTION(mean)
ABAX_REDUCTION(prod)
ABAX_REDUCTION(any)
ABAX_REDUCTION(all)
///@}
#undef ABAX_REDUCTION

}  // namespace abax
