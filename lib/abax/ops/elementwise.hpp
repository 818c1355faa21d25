#pragma once

#include <abax/kernels/kernels.hpp>
#include <abax/ops/veneer.hpp>

#include <concepts>
#include <variant>

namespace abax {

/// A number beside a tensor; it takes the tensor's element type, which must be able to hold it.
class scalar {
public:
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

private:
    double real_ = 0;
    std::int64_t integer_ = 0;
    bool is_integer_ = false;
};

/// An operand of an element-wise operation: a tensor, or a number.
using elementwise_operand = std::variant<const any_tensor*, scalar>;

/// op(a, b), element by element: the names rules of `align`. Comparisons give bool.
///
/// Integers wrap around, and their division truncates; where an element of the divisor is 0 so is the result.
///
/// @throws abax::error  name_mismatch, rank_mismatch, size_mismatch, dtype_mismatch; usage: integers divided by the number 0
/// @cost   one flops_vec an element of the result (pow: one special); reads each operand at its own size
[[nodiscard]] any_tensor map(
    kernels::binary op, const elementwise_operand& a, const elementwise_operand& b
);

/// op(x), element by element.
///
/// @throws abax::error dtype_mismatch
/// @cost   negate, abs, relu N vec; exp, log, sqrt, tanh, erf, sin, cos N specials; silu, sigmoid 3N + N; gelu (erf) 4N + N;
///         gelu (tanh) 8N + N; reads and writes N elements
[[nodiscard]] any_tensor map(kernels::unary op, const any_tensor& x);

/// condition ? a : b, element by element. @cost 0 FLOPs
[[nodiscard]] any_tensor where(
    const any_tensor& condition, const elementwise_operand& a, const elementwise_operand& b
);

/// The same values as another element type: float to integer truncates, anything to bool is "not 0". @cost 0 FLOPs
[[nodiscard]] any_tensor cast(const any_tensor& x, dtype to);
template <element To, element From>
[[nodiscard]] tensor<To> cast(const tensor<From>& x) {
    return tensor<To>(cast(x.any(), dtype_of<To>));
}

#define ABAX_UNARY(name, op)                                                                       \
    template <tensor_like X>                                                                       \
    [[nodiscard]] X name(const X& x) {                                                             \
        return detail::typed<X>(map(kernels::unary::op, detail::untyped(x)));                      \
    }
ABAX_UNARY(operator-, negate)
ABAX_UNARY(abs, absolute)
ABAX_UNARY(exp, exp)
ABAX_UNARY(log, log)
ABAX_UNARY(sqrt, sqrt)
ABAX_UNARY(rsqrt, rsqrt)
ABAX_UNARY(tanh, tanh)
ABAX_UNARY(erf, erf)
ABAX_UNARY(sin, sin)
ABAX_UNARY(cos, cos)
ABAX_UNARY(sigmoid, sigmoid)
ABAX_UNARY(silu, silu)
ABAX_UNARY(relu, relu)
#undef ABAX_UNARY

/// Which formula of GELU: with erf, or the tanh approximation that GPT-2 was trained with.
enum class gelu_form : std::uint8_t { erf, tanh };

/// x * Phi(x). @see Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016
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
ABAX_BINARY(operator+, add, X)
ABAX_BINARY(operator-, subtract, X)
ABAX_BINARY(operator*, multiply, X)
ABAX_BINARY(operator/, divide, X)
ABAX_BINARY(minimum, minimum, X)
ABAX_BINARY(maximum, maximum, X)
ABAX_BINARY(pow, power, X)
// Comparing tensors with == would read like a question about the whole; `equal` asks that.
#define ABAX_COMPARISON(name, op) ABAX_BINARY(name, op, detail::retyped<X ABAX_COMMA bool>)
#define ABAX_COMMA ,
ABAX_COMPARISON(equal_to, equal)
ABAX_COMPARISON(not_equal_to, not_equal)
ABAX_COMPARISON(operator<, less)
ABAX_COMPARISON(operator<=, less_equal)
ABAX_COMPARISON(operator>, greater)
ABAX_COMPARISON(operator>=, greater_equal)
#undef ABAX_COMPARISON
#undef ABAX_COMMA
#undef ABAX_BINARY

/// condition ? a : b. The condition is a bool tensor whose axes meet those of a and b by name.
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

}  // namespace abax
