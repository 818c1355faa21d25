#pragma once

#include <abax/ops/names.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/ops/views.hpp>
#include <abax/plan/views_rule.hpp>

#include <cstdint>

/// The verbs of views.hpp with their axes as template arguments: permute<"s b m">(x). Names are checked while compiling where
/// x has them in its type; if it has them in its value, they are checked when the verb runs, and so the result has its names in its
/// value, but for `permute`, which tells them all. Errors of extents and costs are those of the same verb without angle brackets.
namespace abax {

/// The same axes in another order: `permute<"s b m">(x)`.
/// @return  the axes as written, with what those of x remember; if x has its names in its value, with what the list tells
/// @throws abax::error as `permute(x, order)`; name_mismatch: names in a value remember other factors than `(h d)` @cost as it
template <static_axes Order, element T, static_axes Axes>
[[nodiscard]] auto permute(const tensor<T, Axes>& x) {
    using check = detail::permute_check<Order, Axes>;
    require<check>();
    using result = tensor<T, check::says.axes>;
    if constexpr (Axes == names_in_value)
        return detail::typed<result>(
            detail::read_as("permute", permute(x.any(), Order.view()), Order.view())
        );
    else
        return detail::typed<result>(permute(x.any(), Order.view()));
}

/// Without these axes, each of extent 1: `squeeze<"h w">(x)`.
/// @return  the other axes of x @throws abax::error as `squeeze(x, which)` @cost as it
template <static_axes Over, element T, static_axes Axes>
[[nodiscard]] auto squeeze(const tensor<T, Axes>& x) {
    using check = detail::listed_check<Over, Axes, effect::drops>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(squeeze(x.any(), Over.view()));
}

/// With a new first axis of extent 1: `unsqueeze<"h">(x)`.
/// @return  the new axis, then those of x @throws abax::error as `unsqueeze(x, added)` @cost as it
template <static_axes Added, element T, static_axes Axes>
[[nodiscard]] auto unsqueeze(const tensor<T, Axes>& x) {
    using check = detail::added_check<Added, Axes>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(unsqueeze(x.any(), Added.view()));
}

/// With a new axis of extent 1 before another one: `unsqueeze<"h", "s">(x)` makes `b h s m` of `b s m`.
/// @return  the axes of x and the new one @throws abax::error as `unsqueeze(x, label, before)` @cost as it
template <static_axes Added, static_axes Before, element T, static_axes Axes>
[[nodiscard]] auto unsqueeze(const tensor<T, Axes>& x) {
    using check = detail::added_before_check<Added, Before, Axes>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(
        unsqueeze(x.any(), Added.view(), Before.view())
    );
}

/// The tensor `extent` times along a new first axis of stride 0: `broadcast<"h">(x, 12)`.
/// @return  the new axis, then those of x @throws abax::error as `broadcast(x, label, extent)` @cost as it
template <static_axes Added, element T, static_axes Axes>
[[nodiscard]] auto broadcast(const tensor<T, Axes>& x, std::int64_t extent) {
    using check = detail::added_check<Added, Axes>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(broadcast(x.any(), Added.view(), extent));
}

/// The elements whose positions on two axes are equal: `diagonal<"s s' -> t">(x)`.
/// @return  the axes of x, with t in place of the one that is written first, and without the other
/// @throws abax::error as `diagonal(x, pattern)` @cost as it
template <fixed_text Text, element T, static_axes Axes>
[[nodiscard]] auto diagonal(const tensor<T, Axes>& x) {
    using check = detail::diagonal_check<Text, Axes>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(diagonal(x.any(), Text.view()));
}

/// The elements in reverse along these axes: `flip<"h w">(x)`.
/// @return  the axes of x; these lose their memory @throws abax::error as `flip(x, which)` @cost as it
template <static_axes Over, element T, static_axes Axes>
[[nodiscard]] auto flip(const tensor<T, Axes>& x) {
    using check = detail::listed_check<Over, Axes, effect::divides>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(flip(x.any(), Over.view()));
}

/// Sliding windows: `unfold<"s", "w">(x, 3)` makes `b s m w` of `b s m`.
/// @return  the axes of x, of which s loses its memory, then w @throws abax::error as `unfold(x, along, label, window, step)`
/// @cost    as it
template <static_axes Along, static_axes Added, element T, static_axes Axes>
[[nodiscard]] auto unfold(const tensor<T, Axes>& x, std::int64_t window, std::int64_t step = 1) {
    using check = detail::unfold_check<Along, Added, Axes>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(
        unfold(x.any(), Along.view(), Added.view(), window, step)
    );
}

}  // namespace abax
