#pragma once

#include <abax/ops/elementwise.hpp>

#include <concepts>

/// Arithmetic that writes its result where the left operand stands: `x += y`.
namespace abax {

/// x = op(x, y), element by element, in place.
///
/// x keeps its axes and their order: y must have no axis that x lacks, in any order, and nothing stretches. A buffer
/// that x shares is copied first, so nobody else sees the write; y may be x, or any view of it, and is read as it was
/// before. On an error x is as it was.
///
/// @param op  arithmetic, minimum, maximum or power on numbers; logical on bools
/// @param y   a tensor of x's element type, or a number that fits it
/// @throws abax::error  name_mismatch, rank_mismatch, size_mismatch, dtype_mismatch; usage: integers divided by the number
///                      0, or an operation whose results are no elements of x; dry: y is dry and x is not, or a copy is due in
///                      a dry run
/// @cost   as op(x, y): one flops_vec an element of x; reads x, and y at its own size; writes x. A `copy` of its own where
///         the buffer is shared. In a dry run: the bill, and no element is touched
void map_in_place(kernels::binary op, any_tensor& x, const elementwise_operand& y);

namespace detail {

/// Whether y of `x += y` has no axis that x lacks.
template <class X, class Y>
struct in_place_check {
    static constexpr verdict judged() {
        verdict v = alignment_check<X, Y>::says;
        if (v.ok() && !(v.axes == axes_of<X>)&&v.axes.is == static_axes::state::legal)
            v = verdict::refused(
                category::name_mismatch,
                sentence::the_left_operand_keeps_its_axes__the_right_one_has_others,
                quoted(fragment_kind::left, axes_of<X>.view()),
                quoted(fragment_kind::right, axes_of<Y>.view())
            );
        return v;
    }
    static constexpr verdict says = judged();
};

}  // namespace detail

#define ABAX_IN_PLACE(symbol, op)                                                                  \
    template <element T, static_axes X, element T2, static_axes Y>                                 \
    tensor<T, X>& operator symbol(tensor<T, X>& x, const tensor<T2, Y>& y) {                       \
        require<detail::in_place_check<tensor<T, X>, tensor<T2, Y>>>();                            \
        map_in_place(kernels::binary::op, detail::untyped(x), &y.any());                           \
        return x;                                                                                  \
    }                                                                                              \
    template <element T, static_axes X>                                                            \
    tensor<T, X>& operator symbol(tensor<T, X>& x, scalar y) {                                     \
        map_in_place(kernels::binary::op, detail::untyped(x), y);                                  \
        return x;                                                                                  \
    }                                                                                              \
    template <std::same_as<any_tensor> X>                                                          \
    X& operator symbol(X& x, const X& y) {                                                         \
        map_in_place(kernels::binary::op, x, &y);                                                  \
        return x;                                                                                  \
    }                                                                                              \
    template <std::same_as<any_tensor> X>                                                          \
    X& operator symbol(X& x, scalar y) {                                                           \
        map_in_place(kernels::binary::op, x, y);                                                   \
        return x;                                                                                  \
    }
///@{
/// As `map_in_place` with a tensor, or a number that fits its element type; numbers only. @return x
ABAX_IN_PLACE(+=, add)
ABAX_IN_PLACE(-=, subtract)
ABAX_IN_PLACE(*=, multiply)
ABAX_IN_PLACE(/=, divide)
///@}
///@{
/// The same of bools only, as & | ^ are: one int_op an element.
ABAX_IN_PLACE(&=, logical_and)
ABAX_IN_PLACE(|=, logical_or)
ABAX_IN_PLACE(^=, logical_xor)
///@}
#undef ABAX_IN_PLACE

}  // namespace abax
