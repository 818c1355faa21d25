#pragma once

#include <abax/ops/names.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/names_rule.hpp>

#include <cstdint>

/// The verbs of names.hpp with names as template arguments: `rename<"s -> s'">(x)`, `forget<"m">(x)`. Names are checked while
/// compiling where x has them in its type, and when the verb runs where they are in its value, as those of the result are then.
namespace abax {

/// The same elements under new names, all at once: `rename<"a -> b, b -> a">(x)`. A merged axis keeps its memory: "(h d) -> m" gives
/// it a name. @throws abax::error as `rename(x, changes)` @cost none, and no record
template <fixed_text Changes, element T, static_axes Axes>
[[nodiscard]] auto rename(const tensor<T, Axes>& x) {
    using check = detail::rename_check<Changes, Axes>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(rename(x.any(), Changes.view()));
}

/// The same tensor, whose axis no longer remembers its factors. @throws abax::error as `forget(x, which)` @cost none, and no record
template <static_axes Which, element T, static_axes Axes>
[[nodiscard]] auto forget(const tensor<T, Axes>& x) {
    using check = detail::one_axis_check<Which, Axes, effect::divides>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(forget(x.any(), detail::label_of<Which>));
}

/// The extent of an axis that x has, as the compiler knows: `extent<"s">(x)`.
/// @throws abax::error  unknown_axis: of names in a value @cost none
template <static_axes Which, element T, static_axes Axes>
[[nodiscard]] std::int64_t extent(const tensor<T, Axes>& x) {
    require<detail::one_axis_check<Which, Axes, effect::keeps>>();
    return x.extent(detail::label_of<Which>);
}

}  // namespace abax
