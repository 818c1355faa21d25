#pragma once

#include <abax/ops/elementwise.hpp>

#include <concepts>

/// Logic on tensors of bools: masks are combined with `&`, `|`, `^` and `!`.
///
/// Not with && and ||: those would look as if the right side were only computed when it matters. Comparisons stand in
/// parentheses, `(x > 0) & (x < 1)`, or compilers warn.
namespace abax {

/// `tensor<bool>`, or an `any_tensor`, whose elements are asked for when it runs.
template <class X>
concept tensor_of_bools = std::same_as<X, any_tensor> || std::same_as<X, tensor<bool>>;

#define ABAX_LOGICAL(name, symbol, op)                                                             \
    template <tensor_of_bools X>                                                                   \
    [[nodiscard]] X name(const X& a, const X& b) {                                                 \
        return X(map(kernels::binary::op, &detail::untyped(a), &detail::untyped(b)));              \
    }                                                                                              \
    template <tensor_of_bools X>                                                                   \
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
template <tensor_of_bools X>
[[nodiscard]] X logical_not(const X& x) {
    return X(map(kernels::unary::logical_not, detail::untyped(x)));
}
template <tensor_of_bools X>
[[nodiscard]] X operator!(const X& x) {
    return logical_not(x);
}
///@}

}  // namespace abax
