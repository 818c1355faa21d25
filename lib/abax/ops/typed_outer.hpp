#pragma once

#include <abax/ops/outer.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/assign_rule.hpp>

namespace abax {

/// Each element of a times each of b, whose axes are in their types: the same name in both does not compile.
/// @return  a's axes, then b's @throws abax::error as `outer(a, b)` of tensors with names in their values @cost as it
template <element T, static_axes A, element U, static_axes B>
requires(A != names_in_value && B != names_in_value)
    [[nodiscard]] auto outer(const tensor<T, A>& a, const tensor<U, B>& b) {
    using check = detail::outer_check<T, A, U, B>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(outer(a.any(), b.any()));
}

}  // namespace abax
