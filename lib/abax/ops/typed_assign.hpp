#pragma once

#include <abax/ops/assign.hpp>
#include <abax/ops/typed_select.hpp>
#include <abax/plan/assign_rule.hpp>

/// Assignment to tensors with names in their types. Where x or `from` has its names in its value, they are checked when the verb
/// runs. Other errors and costs are those of the same verb in assign.hpp.
namespace abax {

/// Writes the elements of `from` into x: the same axes in the same order, or it does not compile. x keeps its axes, memory
/// included; an axis of `from` without memory meets any. @throws abax::error as `assign(x, from)` @cost as it
template <element T, static_axes Axes, element U, static_axes From>
requires(Axes != names_in_value && From != names_in_value) void assign(
    tensor<T, Axes>& x, const tensor<U, From>& from
) {
    require<detail::assign_check<T, Axes, U, From>>();
    assign(x.any(), from.any());
}

/// The same for a part of x: assign<"s'">(cache, {past, past + 1}, k).
/// @throws abax::error as `assign(x, where, from)` @cost as it
template <static_axes Along, element T, static_axes Axes, element U, static_axes From>
void assign(tensor<T, Axes>& x, const interval& where, const tensor<U, From>& from) {
    require<detail::assign_part_check<Along, T, Axes, U, From>>();
    assign(x.any(), range{Along.view(), where.from, where.to, where.step}, from.any());
}

/// Writes one number to a part of x: `assign<"s">(x, {0, 1}, 0)`. @throws abax::error as `assign(x, where, value)` @cost as it
template <static_axes Along, element T, static_axes Axes>
void assign(tensor<T, Axes>& x, const interval& where, scalar value) {
    require<detail::along_check<Along, Axes, effect::divides>>();
    assign(x.any(), range{Along.view(), where.from, where.to, where.step}, value);
}

}  // namespace abax
