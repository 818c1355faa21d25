#include <abax/kernels/iterate.hpp>
#include <abax/kernels/kernels.hpp>
#include <abax/kernels/stage.hpp>
#include <abax/kernels/vectors.hpp>

#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace abax::kernels {
namespace {

using detail::vec;

/// Computes `count` contiguous elements; `out` may be `in`.
template <class T, class Out = T>
using contiguous_map = void (*)(Out* out, const T* in, std::int64_t count);

template <auto Function, class T, class Out = T>
void each(Out* out, const T* in, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i)
        out[i] = Function(in[i]);
}

template <auto Function, class T>
void each_register(T* out, const T* in, std::int64_t count) {
    detail::transform(out, in, count, Function);
}

/// Integers wrap around, which is what unsigned arithmetic does and signed must not.
template <class T>
T negated(T x) {
    if constexpr (std::is_integral_v<T>)
        return static_cast<T>(std::make_unsigned_t<T>{0} - static_cast<std::make_unsigned_t<T>>(x));
    else
        return -x;
}

/// 0 for either zero.
template <class T>
T sign_of(T x) {
    return x > 0 ? T{1} : x < 0 ? T{-1} : x == 0 ? T{0} : x;
}

template <class T>
T squared(T x) {
    if constexpr (std::is_integral_v<T>) {
        const auto word = static_cast<std::make_unsigned_t<T>>(x);
        return static_cast<T>(word * word);
    } else {
        return x * x;
    }
}

template <class T>
contiguous_map<T> exact_map(unary op) {
    switch (op) {
    case unary::negate: return each<[](T x) { return negated(x); }, T>;
    case unary::absolute:
        if constexpr (std::is_integral_v<T>)
            return each<[](T x) { return x < 0 ? negated(x) : x; }, T>;
        else
            return each<[](T x) { return std::abs(x); }, T>;
    case unary::relu: return each<[](T x) { return x < 0 ? T{0} : x; }, T>;  // NaN stays NaN
    case unary::sign: return each<[](T x) { return sign_of(x); }, T>;
    case unary::square: return each<[](T x) { return squared(x); }, T>;
    default: return nullptr;
    }
}

/// Half-way cases go to the even neighbour, which is how nearbyint rounds unless a program changes the mode.
template <class T>
contiguous_map<T> rounding_map(unary op) {
    switch (op) {
    case unary::floor: return each<[](T x) { return std::floor(x); }, T>;
    case unary::ceil: return each<[](T x) { return std::ceil(x); }, T>;
    case unary::round: return each<[](T x) { return std::nearbyint(x); }, T>;
    case unary::trunc: return each<[](T x) { return std::trunc(x); }, T>;
    default: return exact_map<T>(op);
    }
}

template <class T>
contiguous_map<T> trigonometric_map(unary op) {
    switch (op) {
    case unary::sin: return each<[](T x) { return std::sin(x); }, T>;
    case unary::cos: return each<[](T x) { return std::cos(x); }, T>;
    case unary::tan: return each<[](T x) { return std::tan(x); }, T>;
    case unary::asin: return each<[](T x) { return std::asin(x); }, T>;
    case unary::acos: return each<[](T x) { return std::acos(x); }, T>;
    case unary::atan: return each<[](T x) { return std::atan(x); }, T>;
    case unary::sinh: return each<[](T x) { return std::sinh(x); }, T>;
    case unary::cosh: return each<[](T x) { return std::cosh(x); }, T>;
    default: return rounding_map<T>(op);
    }
}

/// What has no vector version here goes through the standard library.
template <class T>
contiguous_map<T> library_map(unary op) {
    switch (op) {
    case unary::exp2: return each<[](T x) { return std::exp2(x); }, T>;
    case unary::expm1: return each<[](T x) { return std::expm1(x); }, T>;
    case unary::log2: return each<[](T x) { return std::log2(x); }, T>;
    case unary::log10: return each<[](T x) { return std::log10(x); }, T>;
    case unary::log1p: return each<[](T x) { return std::log1p(x); }, T>;
    case unary::reciprocal: return each<[](T x) { return T{1} / x; }, T>;
    case unary::log: return each<[](T x) { return std::log(x); }, T>;
    case unary::sqrt: return each_register<[](vec<T> x) { return detail::sqrt(x); }, T>;
    case unary::rsqrt: return each_register<[](vec<T> x) { return T{1} / detail::sqrt(x); }, T>;
    default: return trigonometric_map<T>(op);
    }
}

constexpr double inverse_root_2 = 0.70710678118654752440;
constexpr double root_2_over_pi = 0.79788456080286535588;

/// The formulas are written as the cost table counts them (3 operations for silu, 8 for gelu_tanh).
template <class T>
contiguous_map<T> exponential_map(unary op) {
    using V = vec<T>;
    switch (op) {
    case unary::exp: return each_register<[](V x) { return detail::exp(x); }, T>;
    case unary::sigmoid:
        return each_register<[](V x) { return T{1} / (T{1} + detail::exp(-x)); }, T>;
    case unary::silu: return each_register<[](V x) { return x / (T{1} + detail::exp(-x)); }, T>;
    default: return library_map<T>(op);
    }
}

contiguous_map<float> kernel_for(unary op, float) {
    using V = vec<float>;
    constexpr auto a = static_cast<float>(inverse_root_2);
    constexpr auto c = static_cast<float>(root_2_over_pi);
    switch (op) {
    case unary::tanh: return each_register<[](V x) { return detail::tanh(x); }, float>;
    case unary::erf: return each_register<[](V x) { return detail::erf(x); }, float>;
    case unary::gelu_erf:
        return each_register<[](V x) { return 0.5F * x * (1.0F + detail::erf(x * a)); }, float>;
    case unary::gelu_tanh:
        return each_register<
            [](V x) { return 0.5F * x * (1.0F + detail::tanh(c * (x + 0.044715F * x * x * x))); },
            float>;
    default: return exponential_map<float>(op);
    }
}

contiguous_map<double> kernel_for(unary op, double) {
    switch (op) {
    case unary::tanh: return each<[](double x) { return std::tanh(x); }, double>;
    case unary::erf: return each<[](double x) { return std::erf(x); }, double>;
    case unary::gelu_erf:
        return each<
            [](double x) { return 0.5 * x * (1.0 + std::erf(x * inverse_root_2)); },
            double>;
    case unary::gelu_tanh:
        return each<
            [](double x) {
                return 0.5 * x * (1.0 + std::tanh(root_2_over_pi * (x + 0.044715 * x * x * x)));
            },
            double>;
    default: return exponential_map<double>(op);
    }
}

contiguous_map<std::int32_t> kernel_for(unary op, std::int32_t) {
    return exact_map<std::int32_t>(op);
}

contiguous_map<std::int64_t> kernel_for(unary op, std::int64_t) {
    return exact_map<std::int64_t>(op);
}

contiguous_map<bool> kernel_for(unary op, bool) {
    return op == unary::logical_not ? each<[](bool x) { return !x; }, bool> : nullptr;
}

/// The questions: their answers are bool.
template <class T>
contiguous_map<T, bool> question_for(unary op) {
    constexpr T infinity = std::numeric_limits<T>::infinity();
    switch (op) {
    case unary::is_nan: return each<[](T x) { return x != x; }, T, bool>;
    case unary::is_infinite: return each<[](T x) { return std::abs(x) == infinity; }, T, bool>;
    case unary::is_finite: return each<[](T x) { return std::abs(x) < infinity; }, T, bool>;
    default: return nullptr;
    }
}

template <class T, class Out>
void map_run(contiguous_map<T, Out> kernel, Out* out, const T* in, const loop<2>& run) {
    const auto [to, from] = run.stride;
    const bool contiguous = to == 1 && from == 1;
    detail::in_stages(run.extent, contiguous, [&, to = to, from = from](auto first, auto count) {
        detail::stage<T> source;
        detail::stage<Out> result;
        Out* const target = out + first * to;
        kernel(result.target(target, to), source.gathered(in + first * from, from, count), count);
        result.scatter(target, to, count);
    });
}

template <class T, class Out>
void map_elements(contiguous_map<T, Out> kernel, void* out, const void* in, const loops<2>& nest) {
    assert(kernel != nullptr && "this operation is not defined on this element type");
    Out* const to = static_cast<Out*>(out);
    const T* const from = static_cast<const T*>(in);
    detail::for_each_run(detail::ordered(nest), [&](const auto& at, const auto& run) {
        map_run(kernel, to + at[0], from + at[1], run);
    });
}

}  // namespace

void map(unary op, dtype type, void* out, const void* in, const loops<2>& nest) {
    with_element(type, [&](auto zero) {
        using T = decltype(zero);
        if (op < unary::is_nan)
            return map_elements<T, T>(kernel_for(op, zero), out, in, nest);
        if constexpr (std::is_floating_point_v<T>)
            map_elements<T, bool>(question_for<T>(op), out, in, nest);
        else
            assert(false && "only floating elements can be NaN or infinite");
    });
}

}  // namespace abax::kernels
