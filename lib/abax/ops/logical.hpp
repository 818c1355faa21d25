#pragma once

#include <abax/ops/elementwise.hpp>

#include <concepts>

/// Logic on tensors of bools: masks are combined with `&`, `|`, `^` and `!`.
///
/// Not with && and ||: those would look as if the right side were only computed when it matters. Comparisons stand in
/// parentheses, `(x > 0) & (x < 1)`, or compilers warn.
namespace abax {

#define ABAX_LOGICAL(name, symbol, op)                                                             \
    template <static_axes A, static_axes B>                                                        \
    [[nodiscard]] auto name(const tensor<bool, A>& a, const tensor<bool, B>& b) {                  \
        using check = detail::alignment_check<tensor<bool, A>, tensor<bool, B>>;                   \
        require<check>();                                                                          \
        return detail::typed<tensor<bool, check::says.axes>>(                                      \
            map(kernels::binary::op, &a.any(), &b.any())                                           \
        );                                                                                         \
    }                                                                                              \
    template <static_axes A, static_axes B>                                                        \
    [[nodiscard]] auto operator symbol(const tensor<bool, A>& a, const tensor<bool, B>& b) {       \
        require<detail::alignment_check<tensor<bool, A>, tensor<bool, B>>>();                      \
        return name(a, b);                                                                         \
    }                                                                                              \
    template <std::same_as<any_tensor> X>                                                          \
    [[nodiscard]] X name(const X& a, const X& b) {                                                 \
        return map(kernels::binary::op, &a, &b);                                                   \
    }                                                                                              \
    template <std::same_as<any_tensor> X>                                                          \
    [[nodiscard]] X operator symbol(const X& a, const X& b) {                                      \
        return name(a, b);                                                                         \
    }
///@{
/// a and b, a or b, one of a and b but not both: by name as in arithmetic.
/// @throws abax::error name_mismatch, rank_mismatch, size_mismatch; dtype_mismatch: not bools
/// @cost   one int_op an element of the result; reads each operand at its own size
ABAX_LOGICAL(logical_and, &, logical_and)
ABAX_LOGICAL(logical_or, |, logical_or)
ABAX_LOGICAL(logical_xor, ^, logical_xor)
///@}
#undef ABAX_LOGICAL

///@{
/// Not x. @return the axes of x @throws abax::error dtype_mismatch: not bools @cost one int_op an element
template <static_axes Axes>
[[nodiscard]] tensor<bool, Axes> logical_not(const tensor<bool, Axes>& x) {
    return detail::typed<tensor<bool, Axes>>(map(kernels::unary::logical_not, x.any()));
}
template <static_axes Axes>
[[nodiscard]] tensor<bool, Axes> operator!(const tensor<bool, Axes>& x) {
    return logical_not(x);
}
template <std::same_as<any_tensor> X>
[[nodiscard]] X logical_not(const X& x) {
    return map(kernels::unary::logical_not, x);
}
template <std::same_as<any_tensor> X>
[[nodiscard]] X operator!(const X& x) {
    return logical_not(x);
}
///@}

}  // namespace abax
