#pragma once

#include <abax/ops/order.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/names_rule.hpp>

#include <cstdint>
#include <utility>

/// The verbs of order.hpp with their axis as a template argument: `sort<"m">(x)`, `topk<"v">(logits, 5)`. Names are checked while
/// compiling where x has them in its type, and when the verb runs where they are in its value, as those of the result are then.
namespace abax {

/// The elements along one axis in order. @return x's axes; this one forgets its factors @throws abax::error as `sort(x, along)` @cost as it
template <static_axes Along, element T, static_axes Axes>
[[nodiscard]] auto sort(const tensor<T, Axes>& x, order direction = order::ascending) {
    using check = detail::one_axis_check<Along, Axes, effect::divides>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(
        sort(x.any(), detail::label_of<Along>, direction)
    );
}

/// The positions along one axis in the order of their elements. @return int64, axes as of `sort` @throws abax::error as
/// `argsort(x, along)` @cost as it
template <static_axes Along, element T, static_axes Axes>
[[nodiscard]] auto argsort(const tensor<T, Axes>& x, order direction = order::ascending) {
    using check = detail::one_axis_check<Along, Axes, effect::divides>;
    require<check>();
    return detail::typed<tensor<std::int64_t, check::says.axes>>(
        argsort(x.any(), detail::label_of<Along>, direction)
    );
}

/// The k largest elements along one axis, and where they stand: `const auto [values, indices] = topk<"v">(logits, 5);`
/// @return  both with the axes of x, where this one has extent k and forgets its factors @throws abax::error as `topk(x, along, k)`
/// @cost    as it
template <static_axes Along, element T, static_axes Axes>
[[nodiscard]] auto topk(
    const tensor<T, Axes>& x, std::int64_t k, order direction = order::descending
) {
    using check = detail::one_axis_check<Along, Axes, effect::divides>;
    require<check>();
    using values = tensor<T, check::says.axes>;
    using indices = tensor<std::int64_t, check::says.axes>;
    topk_result<any_tensor> both = topk(x.any(), detail::label_of<Along>, k, direction);
    return topk_result<values>{
        detail::typed<values>(std::move(both.values)),
        detail::typed<indices>(std::move(both.indices))};
}

/// Running sums along one axis. @return x's axes @throws abax::error as `cumsum(x, along)` @cost as it
template <static_axes Along, element T, static_axes Axes>
[[nodiscard]] auto cumsum(const tensor<T, Axes>& x) {
    using check = detail::one_axis_check<Along, Axes, effect::keeps>;
    require<check>();
    return detail::typed<tensor<running_sum<T>, check::says.axes>>(
        cumsum(x.any(), detail::label_of<Along>)
    );
}

/// Where the smallest element stands. @return int64, without the axis @throws abax::error as `argmin(x, over)` @cost as it
template <static_axes Over, element T, static_axes Axes>
[[nodiscard]] auto argmin(const tensor<T, Axes>& x) {
    using check = detail::one_axis_check<Over, Axes, effect::drops>;
    require<check>();
    return detail::typed<tensor<std::int64_t, check::says.axes>>(
        argmin(x.any(), detail::label_of<Over>)
    );
}

///@{
/// Without an axis: does not compile, and the message lists the axes of x if its type has them.
#define ABAX_NEEDS_AXIS(verb)                                                                      \
    template <element T, static_axes Axes>                                                         \
    auto verb(const tensor<T, Axes>&) {                                                            \
        require<detail::needs_axis_check<Axes>>();                                                 \
        return tensor<T, refused_axes>();                                                          \
    }
ABAX_NEEDS_AXIS(sort)
ABAX_NEEDS_AXIS(argsort)
ABAX_NEEDS_AXIS(cumsum)
ABAX_NEEDS_AXIS(argmin)
///@}
#undef ABAX_NEEDS_AXIS

}  // namespace abax
