#pragma once

#include <abax/ops/pad.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/select_rule.hpp>

#include <cstdint>

/// The verbs of pad.hpp with their axis as a template argument: pad<"s">(x, 2, 0). Names are checked while compiling where x has
/// them in its type. Other errors and costs are those of the same verb without angle brackets.
namespace abax {

/// With `before` and `after` positions of `value` around the elements along one axis: `pad<"s">(x, 2, 0)`.
/// @return  the axes of x; this one loses its memory @throws abax::error as `pad(x, along, ...)` @cost as it
template <static_axes Along, element T, static_axes Axes>
[[nodiscard]] auto pad(
    const tensor<T, Axes>& x, std::int64_t before, std::int64_t after, scalar value = 0
) {
    using check = detail::along_check<Along, Axes, effect::divides>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(
        pad(x.any(), Along.view(), before, after, value)
    );
}

/// The elements moved up along one axis, round its end: `roll<"s">(x, 1)`.
/// @return  the axes of x; this one loses its memory @throws abax::error as `roll(x, along, shift)` @cost as it
template <static_axes Along, element T, static_axes Axes>
[[nodiscard]] auto roll(const tensor<T, Axes>& x, std::int64_t shift) {
    using check = detail::along_check<Along, Axes, effect::divides>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(roll(x.any(), Along.view(), shift));
}

}  // namespace abax
