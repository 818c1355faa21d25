#pragma once

#include <abax/kernels/kernels.hpp>
#include <abax/ops/refused.hpp>
#include <abax/ops/veneer.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
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
template <element To, element From>
[[nodiscard]] tensor<To> cast(const tensor<From>& x) {
    return tensor<To>(cast(x.any(), dtype_of<To>));
}
template <element To>
[[nodiscard]] tensor<To> cast(const any_tensor& x) {
    return tensor<To>(cast(x, dtype_of<To>));
}
///@}

#define ABAX_UNARY(name, op, result)                                                               \
    template <tensor_like X>                                                                       \
    [[nodiscard]] result name(const X& x) {                                                        \
        return result(map(kernels::unary::op, detail::untyped(x)));                                \
    }
/// @name Functions of each element
/// The axes of x, row-major, in its element type; N is the number of elements, of which each is read and written once.
/// Floats and doubles only, except where integers are mentioned: else `dtype_mismatch`. An axis of a named tensor without
/// a name is a `name_mismatch`.
///@{

/// -x. Integers too; the lowest integer stays as it is. @cost N vec FLOPs
ABAX_UNARY(operator-, negate, X)
/// |x|. Integers too; the lowest integer stays as it is. @cost N vec FLOPs
ABAX_UNARY(abs, absolute, X)
/// e^x. @cost N specials
ABAX_UNARY(exp, exp, X)
/// 2^x. @cost N specials
ABAX_UNARY(exp2, exp2, X)
/// e^x - 1, exact where x is small. @cost N specials
ABAX_UNARY(expm1, expm1, X)
/// The natural logarithm: -inf at 0, NaN below. @cost N specials
ABAX_UNARY(log, log, X)
/// The logarithm to base 2: -inf at 0, NaN below. @cost N specials
ABAX_UNARY(log2, log2, X)
/// The logarithm to base 10: -inf at 0, NaN below. @cost N specials
ABAX_UNARY(log10, log10, X)
/// log(1 + x), exact where x is small; -inf at -1, NaN below. @cost N specials
ABAX_UNARY(log1p, log1p, X)
/// The square root; NaN below 0. @cost N specials
ABAX_UNARY(sqrt, sqrt, X)
/// 1 / sqrt(x): +inf at 0, NaN below. @cost N specials
ABAX_UNARY(rsqrt, rsqrt, X)
/// x * x. Integers too, which wrap around. @cost N vec FLOPs
ABAX_UNARY(square, square, X)
/// 1 / x; infinite at 0. @cost N vec FLOPs
ABAX_UNARY(reciprocal, reciprocal, X)
/// The sine of x radians. @cost N specials
ABAX_UNARY(sin, sin, X)
/// The cosine of x radians. @cost N specials
ABAX_UNARY(cos, cos, X)
/// The tangent of x radians. @cost N specials
ABAX_UNARY(tan, tan, X)
/// The angle in -pi/2 .. pi/2 whose sine is x; NaN outside -1 .. 1. @cost N specials
ABAX_UNARY(asin, asin, X)
/// The angle in 0 .. pi whose cosine is x; NaN outside -1 .. 1. @cost N specials
ABAX_UNARY(acos, acos, X)
/// The angle in -pi/2 .. pi/2 whose tangent is x; `atan2` knows the quadrant. @cost N specials
ABAX_UNARY(atan, atan, X)
/// (e^x - e^-x) / 2. @cost N specials
ABAX_UNARY(sinh, sinh, X)
/// (e^x + e^-x) / 2. @cost N specials
ABAX_UNARY(cosh, cosh, X)
/// sinh(x) / cosh(x), in -1 .. 1. @cost N specials
ABAX_UNARY(tanh, tanh, X)
/// 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x. @cost N specials
ABAX_UNARY(erf, erf, X)
/// 1 / (1 + exp(-x)), in 0 .. 1. @cost 3N vec FLOPs and N specials
ABAX_UNARY(sigmoid, sigmoid, X)
/// x * sigmoid(x), called swish too. @see Elfwing, Uchibe, Doya, 2017 @cost 3N vec FLOPs and N specials
ABAX_UNARY(silu, silu, X)
/// max(x, 0). Integers too. @cost N vec FLOPs
ABAX_UNARY(relu, relu, X)
/// The largest whole number that is not above x. @cost N vec FLOPs
ABAX_UNARY(floor, floor, X)
/// The smallest whole number that is not below x. @cost N vec FLOPs
ABAX_UNARY(ceil, ceil, X)
/// The whole number next to x towards 0. @cost N vec FLOPs
ABAX_UNARY(trunc, trunc, X)
/// The nearest whole number, and the even one of two: 0.5 gives 0, 1.5 gives 2. @cost N vec FLOPs
ABAX_UNARY(round, round, X)
/// -1, 0 or 1; the sign of NaN is NaN. Integers too. @cost N vec FLOPs
ABAX_UNARY(sign, sign, X)
///@}

// A comma in a macro's argument would begin the next one.
#define ABAX_COMMA ,
/// @name Questions about each element
/// Bools under the axes of x, row-major. Floating elements only, else `dtype_mismatch`: no integer is NaN.
/// N vec FLOPs; reads N elements, writes N bytes.
///@{

/// Whether it is NaN.
ABAX_UNARY(isnan, is_nan, detail::retyped<X ABAX_COMMA bool>)
/// Whether it is +inf or -inf.
ABAX_UNARY(isinf, is_infinite, detail::retyped<X ABAX_COMMA bool>)
/// Whether it is neither infinite nor NaN.
ABAX_UNARY(isfinite, is_finite, detail::retyped<X ABAX_COMMA bool>)
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
template <tensor_like X>
[[nodiscard]] X gelu(const X& x, gelu_form form = gelu_form::erf) {
    return detail::typed<X>(
        map(form == gelu_form::erf ? kernels::unary::gelu_erf : kernels::unary::gelu_tanh,
            detail::untyped(x))
    );
}

#define ABAX_BINARY(name, op, result)                                                              \
    template <tensor_like X>                                                                       \
    [[nodiscard]] result name(const X& a, const X& b) {                                            \
        return result(map(kernels::binary::op, &detail::untyped(a), &detail::untyped(b)));         \
    }                                                                                              \
    template <tensor_like X>                                                                       \
    [[nodiscard]] result name(const X& a, scalar b) {                                              \
        return result(map(kernels::binary::op, &detail::untyped(a), b));                           \
    }                                                                                              \
    template <tensor_like X>                                                                       \
    [[nodiscard]] result name(scalar a, const X& b) {                                              \
        return result(map(kernels::binary::op, a, &detail::untyped(b)));                           \
    }
/// @name Arithmetic, element by element
/// Of two tensors, or a tensor and a number on either side; see `map` for errors, and for what integers do.
///
/// The result has the axes of the operand with most axes, the leftmost of them, which must have all axes of the other,
/// in any order. N is the number of its elements; each operand is read at its own size.
///@{

/// a + b. @cost N vec FLOPs
ABAX_BINARY(operator+, add, X)
/// a - b. @cost N vec FLOPs
ABAX_BINARY(operator-, subtract, X)
/// a * b, element by element: `dot` and `einsum` are products of matrices. @cost N vec FLOPs
ABAX_BINARY(operator*, multiply, X)
/// a / b; integers truncate towards 0. @cost N vec FLOPs
ABAX_BINARY(operator/, divide, X)
/// The smaller one; NaN if one is NaN. @cost N vec FLOPs
ABAX_BINARY(minimum, minimum, X)
/// The larger one; NaN if one is NaN. @cost N vec FLOPs
ABAX_BINARY(maximum, maximum, X)
/// a^b, floats only. @cost N specials
ABAX_BINARY(pow, power, X)
/// What division leaves, with the sign of b: % in Python; 0 where an integer b is 0. There is no operator %: Python's
/// reader would expect this function of it, that of C++ `fmod`. @cost N vec FLOPs
ABAX_BINARY(remainder, remainder, X)
/// What division leaves, with the sign of a: % in C++; 0 where an integer b is 0. @cost N vec FLOPs
ABAX_BINARY(fmod, fmod, X)
/// The angle of the point (b, a), in -pi .. pi; floats only. @cost N specials
ABAX_BINARY(atan2, atan2, X)
///@}

// Comparing tensors with == would read like a question about the whole; `equal` asks that (refused.hpp).
#define ABAX_COMPARISON(name, op) ABAX_BINARY(name, op, detail::retyped<X ABAX_COMMA bool>)
/// @name Comparisons, element by element
/// Bools under the axes that arithmetic would give; errors as of `map`. Nothing but `!=` is true of NaN.
/// N vec FLOPs (int_ops where no floats are compared); writes N bytes. `equal` and `allclose` answer for whole tensors.
///@{

/// a == b, of bools too.
ABAX_COMPARISON(equal_to, equal)
/// a != b, of bools too.
ABAX_COMPARISON(not_equal_to, not_equal)
/// a < b; numbers only.
ABAX_COMPARISON(operator<, less)
/// a <= b; numbers only.
ABAX_COMPARISON(operator<=, less_equal)
/// a > b; numbers only.
ABAX_COMPARISON(operator>, greater)
/// a >= b; numbers only.
ABAX_COMPARISON(operator>=, greater_equal)
///@}
#undef ABAX_COMPARISON
#undef ABAX_COMMA
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
///@}

}  // namespace abax
