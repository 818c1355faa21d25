#pragma once

#include <abax/kernels/kernels.hpp>
#include <abax/ops/refused.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/align_rule.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>

namespace abax {

/// A number beside a tensor; it takes the tensor's element type, which must be able to hold it.
class scalar {
public:
    /// Keeps an integer beyond the 53 bits of a double exactly.
    template <class Number>
    requires std::integral<Number> || std::floating_point<Number> scalar(Number value
    )  // NOLINT(google-explicit-constructor): x * 0.5
        : real_(static_cast<double>(value)), is_integer_(std::integral<Number>) {
        if constexpr (std::integral<Number>)
            integer_ = static_cast<std::int64_t>(value);
    }

    /// A tensor of rank 0 that is on no bill; without its element if `dry`.
    /// @throws abax::error dtype_mismatch: the value does not fit
    [[nodiscard]] any_tensor as(std::string_view operation, dtype type, bool dry = false) const;

    /// Whether it is 0 or -0: no divisor of integers.
    [[nodiscard]] bool is_zero() const noexcept { return real_ == 0; }

    /// As it would be written: "2", "0.5".
    [[nodiscard]] std::string str() const;

private:
    /// Whether `integer_` is its value: an unsigned number may be beyond int64.
    [[nodiscard]] bool is_exact_integer() const noexcept {
        return is_integer_ && !(real_ > 0 && integer_ < 0);
    }

    double real_ = 0;
    std::int64_t integer_ = 0;
    bool is_integer_ = false;
};

/// An operand of an element-wise operation: a tensor, or a number.
using elementwise_operand = std::variant<const any_tensor*, scalar>;

/// op(a, b), element by element: the names rules of `align`. Comparisons give bool.
///
/// Integers wrap around, and their division truncates; where an element of the divisor is 0 so is the result.
/// Logical operations are for bools, `pow` and `atan2` for floats, arithmetic and order for all but bools.
///
/// @throws abax::error  name_mismatch, rank_mismatch, size_mismatch, dtype_mismatch; usage: integers divided by the number 0
/// @cost   one flops_vec an element of the result (pow, atan2: one special); reads each operand at its own size
[[nodiscard]] any_tensor map(
    kernels::binary op, const elementwise_operand& a, const elementwise_operand& b
);

/// op(x), element by element. negate, abs, relu, sign and square take integers too, all others float and double.
///
/// @throws abax::error  dtype_mismatch; name_mismatch: an axis of a named tensor without a name
/// @cost   negate, abs, relu, floor, ceil, round, trunc, sign, square, reciprocal, isnan, isinf, isfinite N vec; silu,
///         sigmoid 3N + N specials; gelu (erf) 4N + N; gelu (tanh) 8N + N; all else N specials; reads and writes N
///         elements
[[nodiscard]] any_tensor map(kernels::unary op, const any_tensor& x);

///@{
/// condition ? a : b, element by element, for any element types; see the typed one, below.
///
/// @throws abax::error  dtype_mismatch: the condition holds no bools, a and b hold different elements, or both are numbers;
///                      name_mismatch, rank_mismatch, size_mismatch
/// @cost   0 FLOPs; reads each operand at its own size, a bool being 1 byte; writes the result
[[nodiscard]] any_tensor where(
    const any_tensor& condition, const elementwise_operand& a, const elementwise_operand& b
);
template <tensor_like A, tensor_like B, std::same_as<any_tensor> Result = detail::any_among<A, B>>
[[nodiscard]] Result where(const any_tensor& condition, const A& a, const B& b) {
    return where(condition, &detail::untyped(a), &detail::untyped(b));
}
template <std::same_as<any_tensor> A>
[[nodiscard]] any_tensor where(const any_tensor& condition, const A& a, scalar b) {
    return where(condition, &a, b);
}
template <std::same_as<any_tensor> B>
[[nodiscard]] any_tensor where(const any_tensor& condition, scalar a, const B& b) {
    return where(condition, a, &b);
}
///@}

///@{
/// The same values as another element type: float to integer truncates, anything to bool is "not 0".
///
/// @return  the axes of x, row-major; x itself if it has that type already
/// @throws abax::error  name_mismatch: an axis of a named tensor without a name
/// @cost    0 FLOPs; each element read and written once, or no record if the type is the same
[[nodiscard]] any_tensor cast(const any_tensor& x, dtype to);
template <element To, element From, static_axes Axes>
[[nodiscard]] tensor<To, Axes> cast(const tensor<From, Axes>& x) {
    return detail::typed<tensor<To, Axes>>(cast(x.any(), dtype_of<To>));
}
template <element To>
[[nodiscard]] tensor<To> cast(const any_tensor& x) {
    return tensor<To>(cast(x, dtype_of<To>));
}
///@}

// U is the element type of the result, T that of x; what derives from a tensor is one.
#define ABAX_UNARY(name, op, U)                                                                    \
    template <element T, static_axes Axes>                                                         \
    [[nodiscard]] tensor<U, Axes> name(const tensor<T, Axes>& x) {                                 \
        return detail::typed<tensor<U, Axes>>(map(kernels::unary::op, x.any()));                   \
    }                                                                                              \
    template <std::same_as<any_tensor> X>                                                          \
    [[nodiscard]] X name(const X& x) {                                                             \
        return map(kernels::unary::op, x);                                                         \
    }
/// @name Functions of each element
/// The axes of x, row-major, in its element type; N is the number of elements, of which each is read and written once.
/// Floats and doubles only, except where integers are mentioned: else `dtype_mismatch`. An axis of a named tensor without
/// a name is a `name_mismatch`.
///@{

/// -x. Integers too; the lowest integer stays as it is. @cost N vec FLOPs
ABAX_UNARY(operator-, negate, T)
/// |x|. Integers too; the lowest integer stays as it is. @cost N vec FLOPs
ABAX_UNARY(abs, absolute, T)
/// e^x. @cost N specials
ABAX_UNARY(exp, exp, T)
/// 2^x. @cost N specials
ABAX_UNARY(exp2, exp2, T)
/// e^x - 1, exact where x is small. @cost N specials
ABAX_UNARY(expm1, expm1, T)
/// The natural logarithm: -inf at 0, NaN below. @cost N specials
ABAX_UNARY(log, log, T)
/// The logarithm to base 2: -inf at 0, NaN below. @cost N specials
ABAX_UNARY(log2, log2, T)
/// The logarithm to base 10: -inf at 0, NaN below. @cost N specials
ABAX_UNARY(log10, log10, T)
/// log(1 + x), exact where x is small; -inf at -1, NaN below. @cost N specials
ABAX_UNARY(log1p, log1p, T)
/// The square root; NaN below 0. @cost N specials
ABAX_UNARY(sqrt, sqrt, T)
/// 1 / sqrt(x): +inf at 0, NaN below. @cost N specials
ABAX_UNARY(rsqrt, rsqrt, T)
/// x * x. Integers too, which wrap around. @cost N vec FLOPs
ABAX_UNARY(square, square, T)
/// 1 / x; infinite at 0. @cost N vec FLOPs
ABAX_UNARY(reciprocal, reciprocal, T)
/// The sine of x radians. @cost N specials
ABAX_UNARY(sin, sin, T)
/// The cosine of x radians. @cost N specials
ABAX_UNARY(cos, cos, T)
/// The tangent of x radians. @cost N specials
ABAX_UNARY(tan, tan, T)
/// The angle in -pi/2 .. pi/2 whose sine is x; NaN outside -1 .. 1. @cost N specials
ABAX_UNARY(asin, asin, T)
/// The angle in 0 .. pi whose cosine is x; NaN outside -1 .. 1. @cost N specials
ABAX_UNARY(acos, acos, T)
/// The angle in -pi/2 .. pi/2 whose tangent is x; `atan2` knows the quadrant. @cost N specials
ABAX_UNARY(atan, atan, T)
/// (e^x - e^-x) / 2. @cost N specials
ABAX_UNARY(sinh, sinh, T)
/// (e^x + e^-x) / 2. @cost N specials
ABAX_UNARY(cosh, cosh, T)
/// sinh(x) / cosh(x), in -1 .. 1. @cost N specials
ABAX_UNARY(tanh, tanh, T)
/// 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x. @cost N specials
ABAX_UNARY(erf, erf, T)
/// 1 / (1 + exp(-x)), in 0 .. 1. @cost 3N vec FLOPs and N specials
ABAX_UNARY(sigmoid, sigmoid, T)
/// x * sigmoid(x), called swish too. @see Elfwing, Uchibe, Doya, 2017 @cost 3N vec FLOPs and N specials
ABAX_UNARY(silu, silu, T)
/// max(x, 0). Integers too. @cost N vec FLOPs
ABAX_UNARY(relu, relu, T)
/// The largest whole number that is not above x. @cost N vec FLOPs
ABAX_UNARY(floor, floor, T)
/// The smallest whole number that is not below x. @cost N vec FLOPs
ABAX_UNARY(ceil, ceil, T)
/// The whole number next to x towards 0. @cost N vec FLOPs
ABAX_UNARY(trunc, trunc, T)
/// The nearest whole number, and the even one of two: 0.5 gives 0, 1.5 gives 2. @cost N vec FLOPs
ABAX_UNARY(round, round, T)
/// -1, 0 or 1; the sign of NaN is NaN. Integers too. @cost N vec FLOPs
ABAX_UNARY(sign, sign, T)
///@}

/// @name Questions about each element
/// Bools under the axes of x, row-major. Floating elements only, else `dtype_mismatch`: no integer is NaN.
/// N vec FLOPs; reads N elements, writes N bytes.
///@{

/// Whether it is NaN.
ABAX_UNARY(isnan, is_nan, bool)
/// Whether it is +inf or -inf.
ABAX_UNARY(isinf, is_infinite, bool)
/// Whether it is neither infinite nor NaN.
ABAX_UNARY(isfinite, is_finite, bool)
///@}
#undef ABAX_UNARY

/// Which formula of GELU: with erf, or the tanh approximation that GPT-2 was trained with.
enum class gelu_form : std::uint8_t { erf, tanh };

/// x * Phi(x), Phi being the normal distribution function, or its tanh approximation.
///
/// @return  the axes of x, row-major
/// @throws abax::error  dtype_mismatch: floats and doubles only; name_mismatch: an axis of a named tensor without a name
/// @cost    4N vec FLOPs and N specials with erf, 8N and N with tanh; reads and writes N elements
/// @see     Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016
[[nodiscard]] inline any_tensor gelu(const any_tensor& x, gelu_form form = gelu_form::erf) {
    return map(form == gelu_form::erf ? kernels::unary::gelu_erf : kernels::unary::gelu_tanh, x);
}
/// The same for elements of a known type.
template <element T, static_axes Axes>
[[nodiscard]] tensor<T, Axes> gelu(const tensor<T, Axes>& x, gelu_form form = gelu_form::erf) {
    return detail::typed<tensor<T, Axes>>(gelu(x.any(), form));
}

namespace detail {

/// Whether tensors meet element by element. Axes that one has in its type are compared with those of others that have
/// them there too; the rest is for `align`.
template <class... Xs>
struct alignment_check {
    static constexpr verdict judged() {
        using first = element_of<std::tuple_element_t<0, std::tuple<Xs...>>>;
        if (((axes_of<Xs>.is == static_axes::state::refused) || ...))
            return verdict::silent();
        if (!(std::same_as<first, element_of<Xs>> && ...))
            return verdict::refused(
                category::dtype_mismatch,
                sentence::the_operands_hold_other_types_of_elements__cast_one
            );
        if (((axes_of<Xs>.is == static_axes::state::in_value) || ...))
            return verdict::of(names_in_value);
        return align_rule({axes_of<Xs>...});
    }
    static constexpr verdict says = judged();
    /// The type of the result.
    using type = tensor<element_of<std::tuple_element_t<0, std::tuple<Xs...>>>, says.axes>;
};

}  // namespace detail

// U is the element type of the result, T that of the operands.
#define ABAX_BINARY(name, op, U)                                                                   \
    template <element T, static_axes A, element T2, static_axes B>                                 \
    [[nodiscard]] auto name(const tensor<T, A>& a, const tensor<T2, B>& b) {                       \
        using check = detail::alignment_check<tensor<T, A>, tensor<T2, B>>;                        \
        require<check>();                                                                          \
        return detail::typed<tensor<U, check::says.axes>>(                                         \
            map(kernels::binary::op, &a.any(), &b.any())                                           \
        );                                                                                         \
    }                                                                                              \
    template <element T, static_axes A>                                                            \
    [[nodiscard]] tensor<U, A> name(const tensor<T, A>& a, scalar b) {                             \
        return detail::typed<tensor<U, A>>(map(kernels::binary::op, &a.any(), b));                 \
    }                                                                                              \
    template <element T, static_axes B>                                                            \
    [[nodiscard]] tensor<U, B> name(scalar a, const tensor<T, B>& b) {                             \
        return detail::typed<tensor<U, B>>(map(kernels::binary::op, a, &b.any()));                 \
    }                                                                                              \
    template <std::same_as<any_tensor> X>                                                          \
    [[nodiscard]] X name(const X& a, const X& b) {                                                 \
        return map(kernels::binary::op, &a, &b);                                                   \
    }                                                                                              \
    template <std::same_as<any_tensor> X>                                                          \
    [[nodiscard]] X name(const X& a, scalar b) {                                                   \
        return map(kernels::binary::op, &a, b);                                                    \
    }                                                                                              \
    template <std::same_as<any_tensor> X>                                                          \
    [[nodiscard]] X name(scalar a, const X& b) {                                                   \
        return map(kernels::binary::op, a, &b);                                                    \
    }
/// @name Arithmetic, element by element
/// Of two tensors, or a tensor and a number on either side; see `map` for errors, and for what integers do.
///
/// The result has the axes of the operand with most axes, the leftmost of them, which must have all axes of the other,
/// in any order. N is the number of its elements; each operand is read at its own size.
///@{

/// a + b. @cost N vec FLOPs
ABAX_BINARY(operator+, add, T)
/// a - b. @cost N vec FLOPs
ABAX_BINARY(operator-, subtract, T)
/// a * b, element by element: `dot` and `einsum` are products of matrices. @cost N vec FLOPs
ABAX_BINARY(operator*, multiply, T)
/// a / b; integers truncate towards 0. @cost N vec FLOPs
ABAX_BINARY(operator/, divide, T)
/// The smaller one; NaN if one is NaN. @cost N vec FLOPs
ABAX_BINARY(minimum, minimum, T)
/// The larger one; NaN if one is NaN. @cost N vec FLOPs
ABAX_BINARY(maximum, maximum, T)
/// a^b, floats only. @cost N specials
ABAX_BINARY(pow, power, T)
/// What division leaves, with the sign of b: % in Python; 0 where an integer b is 0. There is no operator %: Python's
/// reader would expect this function of it, that of C++ `fmod`. @cost N vec FLOPs
ABAX_BINARY(remainder, remainder, T)
/// What division leaves, with the sign of a: % in C++; 0 where an integer b is 0. @cost N vec FLOPs
ABAX_BINARY(fmod, fmod, T)
/// The angle of the point (b, a), in -pi .. pi; floats only. @cost N specials
ABAX_BINARY(atan2, atan2, T)
///@}

// Comparing tensors with == would read like a question about the whole; `equal` asks that (refused.hpp).
/// @name Comparisons, element by element
/// Bools under the axes that arithmetic would give; errors as of `map`. Nothing but `!=` is true of NaN.
/// N vec FLOPs (int_ops where no floats are compared); writes N bytes. `equal` and `allclose` answer for whole tensors.
///@{

/// a == b, of bools too.
ABAX_BINARY(equal_to, equal, bool)
/// a != b, of bools too.
ABAX_BINARY(not_equal_to, not_equal, bool)
/// a < b; numbers only.
ABAX_BINARY(operator<, less, bool)
/// a <= b; numbers only.
ABAX_BINARY(operator<=, less_equal, bool)
/// a > b; numbers only.
ABAX_BINARY(operator>, greater, bool)
/// a >= b; numbers only.
ABAX_BINARY(operator>=, greater_equal, bool)
///@}
#undef ABAX_BINARY

///@{
/// condition ? a : b, element by element; the three meet by name as in arithmetic, and the one with most axes, the leftmost
/// of them, gives the axes of the result.
///
/// @throws abax::error  name_mismatch, rank_mismatch, size_mismatch; dtype_mismatch: a number that does not fit
/// @cost   0 FLOPs; reads each operand at its own size, the condition 1 byte an element; writes the result
template <element T>
[[nodiscard]] tensor<T> where(
    const tensor<bool>& condition, const tensor<T>& a, const tensor<T>& b
) {
    return tensor<T>(where(condition.any(), &a.any(), &b.any()));
}
template <element T>
[[nodiscard]] tensor<T> where(const tensor<bool>& condition, const tensor<T>& a, scalar b) {
    return tensor<T>(where(condition.any(), &a.any(), b));
}
template <element T>
[[nodiscard]] tensor<T> where(const tensor<bool>& condition, scalar a, const tensor<T>& b) {
    return tensor<T>(where(condition.any(), a, &b.any()));
}
template <static_axes C, element T, static_axes A, static_axes B>
requires(C != names_in_value && A != names_in_value && B != names_in_value)
    [[nodiscard]] auto where(
        const tensor<bool, C>& condition, const tensor<T, A>& a, const tensor<T, B>& b
    ) {
    using check = detail::alignment_check<tensor<T, C>, tensor<T, A>, tensor<T, B>>;
    require<check>();
    return detail::typed<typename check::type>(where(condition.any(), &a.any(), &b.any()));
}
template <static_axes C, element T, static_axes A>
requires(C != names_in_value && A != names_in_value)
    [[nodiscard]] auto where(const tensor<bool, C>& condition, const tensor<T, A>& a, scalar b) {
    using check = detail::alignment_check<tensor<T, C>, tensor<T, A>>;
    require<check>();
    return detail::typed<typename check::type>(where(condition.any(), &a.any(), b));
}
template <static_axes C, element T, static_axes B>
requires(C != names_in_value && B != names_in_value)
    [[nodiscard]] auto where(const tensor<bool, C>& condition, scalar a, const tensor<T, B>& b) {
    using check = detail::alignment_check<tensor<T, C>, tensor<T, B>>;
    require<check>();
    return detail::typed<typename check::type>(where(condition.any(), a, &b.any()));
}
///@}

}  // namespace abax
