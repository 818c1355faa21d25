#pragma once

#include <abax/kernels/kernels.hpp>

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

/// The oracle: every kernel again as the loops of its definition. Nobody tunes these.
///
/// The templates take any scalar that has arithmetic, `<`, exp and so on. So they also run on a scalar that counts its
/// operations, which proves the closed forms of the ledger.
namespace abax::kernels::reference {

/// body(offsets) for each iteration, outermost loop first.
template <std::size_t Operands, class Body>
void visit(
    const loops<Operands>& nest,
    const Body& body,
    std::array<std::int64_t, Operands> at = {},
    std::size_t depth = 0
) {
    if (depth == nest.size())
        return body(at);
    for (std::int64_t i = 0; i < nest[depth].extent; ++i) {
        visit(nest, body, at, depth + 1);
        for (std::size_t k = 0; k < Operands; ++k)
            at[k] += nest[depth].stride[k];
    }
}

template <class T>
void move(T* out, const T* in, const loops<2>& nest) {
    visit(nest, [&](const auto& at) { out[at[0]] = in[at[1]]; });
}

template <class To, class From>
void cast(To* out, const From* in, const loops<2>& nest) {
    visit(nest, [&](const auto& at) {
        if constexpr (std::is_same_v<To, bool>)
            out[at[0]] = in[at[1]] != From(0);
        else
            out[at[0]] = static_cast<To>(in[at[1]]);
    });
}

template <class T>
void fill(T* out, const T& value, const loops<1>& nest) {
    visit(nest, [&](const auto& at) { out[at[0]] = value; });
}

/// One operation, as the cost table counts it; a scalar of one's own brings its own.
template <std::floating_point T>
T rsqrt(T x) {
    return T(1) / std::sqrt(x);
}

template <class T>
T apply_exact(unary op, T x) {
    switch (op) {
    case unary::negate: return -x;
    case unary::absolute: return x < T(0) ? -x : x;
    case unary::relu: return x < T(0) ? T(0) : x;
    case unary::sign: return T(0) < x ? T(1) : x < T(0) ? T(-1) : x * T(0);
    case unary::square: return x * x;
    default: return x;
    }
}

/// The functions that only the standard library's scalars have; those of numpy and PyTorch that cost one operation.
template <std::floating_point T>
T apply_library(unary op, T x) {
    switch (op) {
    case unary::floor: return std::floor(x);
    case unary::ceil: return std::ceil(x);
    case unary::round:  // the remainder of the nearest, even on a tie; large numbers are whole
        return std::abs(x) < T(0x1p52) ? x - std::remainder(x, T(1)) : x;
    case unary::trunc: return x < 0 ? std::ceil(x) : std::floor(x);
    case unary::reciprocal: return T(1) / x;
    case unary::exp2: return std::exp2(x);
    case unary::expm1: return std::expm1(x);
    case unary::log2: return std::log2(x);
    case unary::log10: return std::log10(x);
    case unary::log1p: return std::log1p(x);
    case unary::tan: return std::tan(x);
    case unary::asin: return std::asin(x);
    case unary::acos: return std::acos(x);
    case unary::atan: return std::atan(x);
    case unary::sinh: return std::sinh(x);
    case unary::cosh: return std::cosh(x);
    default: return apply_exact(op, x);
    }
}

template <class T>
T apply(unary op, T x) {
    using std::cos, std::erf, std::exp, std::log, std::sin, std::sqrt, std::tanh;
    switch (op) {
    case unary::exp: return exp(x);
    case unary::log: return log(x);
    case unary::sqrt: return sqrt(x);
    case unary::rsqrt: return rsqrt(x);
    case unary::tanh: return tanh(x);
    case unary::erf: return erf(x);
    case unary::sin: return sin(x);
    case unary::cos: return cos(x);
    case unary::sigmoid: return T(1) / (T(1) + exp(-x));
    case unary::silu: return x / (T(1) + exp(-x));
    case unary::gelu_erf: return T(0.5) * x * (T(1) + erf(x * T(0.70710678118654752440)));
    case unary::gelu_tanh:
        return T(0.5) * x
             * (T(1) + tanh(T(0.79788456080286535588) * (x + T(0.044715) * x * x * x)));
    default:
        if constexpr (std::floating_point<T>)
            return apply_library(op, x);
        else
            return apply_exact(op, x);
    }
}

template <std::floating_point T>
bool ask(unary op, T x) {
    switch (op) {
    case unary::is_nan: return std::isnan(x);
    case unary::is_infinite: return std::isinf(x);
    default: return std::isfinite(x);
    }
}

template <std::floating_point T>
void ask(unary op, bool* out, const T* in, const loops<2>& nest) {
    visit(nest, [&](const auto& at) { out[at[0]] = ask(op, in[at[1]]); });
}

template <class T>
void map(unary op, T* out, const T* in, const loops<2>& nest) {
    visit(nest, [&](const auto& at) {
        if constexpr (std::is_same_v<T, bool>)
            out[at[0]] = !in[at[1]];
        else if constexpr (std::is_integral_v<T>)
            out[at[0]] = apply_exact(op, in[at[1]]);
        else
            out[at[0]] = apply(op, in[at[1]]);
    });
}

template <class T>
bool is_nan(const T& x) {
    return x != x;
}

template <class T>
T power(T a, T b) {
    if constexpr (std::is_integral_v<T>) {
        T result = 1;
        for (T i = 0; i < (b < 0 ? -b : b); ++i)
            result *= a;
        return b >= 0 ? result : result == 0 ? T(0) : T(1) / result;
    } else {
        using std::pow;
        return pow(a, b);
    }
}

/// a - q b, where the whole number q is a/b rounded towards zero (fmod) or down (remainder).
template <class T>
T rest(binary op, T a, T b) {
    if constexpr (std::is_integral_v<T>) {
        if (b == 0 || b == -1)
            return 0;
        const T q = a / b;
        const bool is_above = op == binary::remainder && q * b != a && (a < 0) != (b < 0);
        return a - (is_above ? q - 1 : q) * b;
    } else {
        const T left = std::fmod(a, b);
        if (op == binary::fmod || is_nan(left))
            return left;
        return left == 0 ? std::copysign(left, b) : left * b < 0 ? left + b : left;
    }
}

template <class T>
T apply(binary op, T a, T b) {
    switch (op) {
    case binary::add: return a + b;
    case binary::subtract: return a - b;
    case binary::multiply: return a * b;
    case binary::divide:
        if constexpr (std::is_integral_v<T>)
            return b == 0 ? T(0) : b == -1 ? -a : a / b;
        else
            return a / b;
    case binary::minimum: return is_nan(a) ? a : is_nan(b) ? b : a < b ? a : b;
    case binary::maximum: return is_nan(a) ? a : is_nan(b) ? b : b < a ? a : b;
    case binary::remainder:
    case binary::fmod: return rest(op, a, b);
    case binary::atan2:
        if constexpr (std::floating_point<T>)
            return std::atan2(a, b);
        else
            return T(0);
    default: return power(a, b);
    }
}

template <class T>
bool compare(binary op, T a, T b) {
    switch (op) {
    case binary::equal: return a == b;
    case binary::not_equal: return a != b;
    case binary::less: return a < b;
    case binary::less_equal: return a <= b;
    case binary::greater: return a > b;
    case binary::greater_equal: return a >= b;
    case binary::logical_and: return a != T(0) && b != T(0);
    case binary::logical_xor: return (a != T(0)) != (b != T(0));
    default: return a != T(0) || b != T(0);
    }
}

template <class T>
void map(
    binary op, T* out, const T* a, const T* b, const loops<3>& nest
) requires(!std::same_as<T, bool>) {
    visit(nest, [&](const auto& at) { out[at[0]] = apply(op, a[at[1]], b[at[2]]); });
}

template <class T>
void compare(binary op, bool* out, const T* a, const T* b, const loops<3>& nest) {
    visit(nest, [&](const auto& at) { out[at[0]] = compare(op, a[at[1]], b[at[2]]); });
}

template <class T>
void select(T* out, const bool* condition, const T* a, const T* b, const loops<4>& nest) {
    visit(nest, [&](const auto& at) { out[at[0]] = condition[at[1]] ? a[at[2]] : b[at[3]]; });
}

/// The first element starts the fold, so n elements take n - 1 operations; of none, `neutral`.
template <class Out, class T, class Combine>
Out fold(const T* in, const loops<2>& reduced, Out neutral, const Combine& combine) {
    Out result = neutral;
    bool first = true;
    visit(reduced, [&](const auto& at) {
        result = first ? static_cast<Out>(in[at[1]]) : combine(result, static_cast<Out>(in[at[1]]));
        first = false;
    });
    return result;
}

template <class Out, class T>
Out reduced_value(reduction how, const T* in, const loops<2>& reduced) {
    const auto add = [](Out a, Out b) { return a + b; };
    switch (how) {
    case reduction::sum: return fold(in, reduced, Out(0), add);
    case reduction::mean:
        return fold(in, reduced, Out(0), add) / Out(static_cast<double>(iterations(reduced)));
    case reduction::prod: return fold(in, reduced, Out(1), [](Out a, Out b) { return a * b; });
    case reduction::min:
        return fold(in, reduced, Out(0), [](Out a, Out b) { return is_nan(a) || a < b ? a : b; });
    case reduction::max:
        return fold(in, reduced, Out(0), [](Out a, Out b) { return is_nan(a) || b < a ? a : b; });
    case reduction::any:
    case reduction::all: break;
    }
    return Out(0);
}

template <class T>
bool reduced_truth(reduction how, const T* in, const loops<2>& reduced) {
    bool result = how == reduction::all;
    visit(reduced, [&](const auto& at) {
        const bool x = in[at[1]] != T(0);
        result = how == reduction::all ? result && x : result || x;
    });
    return result;
}

/// Out is what `result_of` says.
template <class Out, class T>
void reduce(reduction how, Out* out, const T* in, const loops<2>& kept, const loops<2>& reduced) {
    visit(kept, [&](const auto& at) {
        if (how == reduction::any || how == reduction::all)
            out[at[0]] = static_cast<Out>(reduced_truth(how, in + at[1], reduced));
        else
            out[at[0]] = reduced_value<Out>(how, in + at[1], reduced);
    });
}

template <class T>
void argmax(
    std::int64_t* out, const T* in, const loops<2>& kept, std::int64_t extent, std::int64_t stride
) {
    visit(kept, [&](const auto& at) {
        const T* const x = in + at[1];
        std::int64_t best = 0;
        for (std::int64_t i = 1; i < extent; ++i)
            if (!is_nan(x[best * stride])
                && (is_nan(x[i * stride]) || x[best * stride] < x[i * stride]))
                best = i;
        out[at[0]] = best;
    });
}

/// The sum starts at 0 and takes a multiplication and an addition for every k.
template <class T>
void contract(
    T* out,
    const T* a,
    const T* b,
    const loops<3>& batch,
    const loops<3>& m,
    const loops<3>& n,
    const loops<3>& k,
    bool accumulate = false
) {
    visit(batch, [&](const auto& at_batch) {
        visit(
            m,
            [&](const auto& at_m) {
                visit(
                    n,
                    [&](const auto& at_n) {
                        T sum = accumulate ? out[at_n[0]] : T(0);
                        visit(
                            k,
                            [&](const auto& at) {
                                if constexpr (std::is_same_v<T, bool>)
                                    sum = sum || (a[at[1]] && b[at[2]]);
                                else
                                    sum = sum + a[at[1]] * b[at[2]];
                            },
                            at_n
                        );
                        out[at_n[0]] = sum;
                    },
                    at_m
                );
            },
            at_batch
        );
    });
}

template <class T>
void softmax_row(T* out, const T* in, row along) {
    using std::exp;
    T largest = in[0];
    for (std::int64_t i = 1; i < along.extent; ++i)
        largest = largest < in[i * along.in_stride] ? in[i * along.in_stride] : largest;
    T sum = T(0);
    for (std::int64_t i = 0; i < along.extent; ++i) {
        T& e = out[i * along.out_stride];
        e = exp(in[i * along.in_stride] - largest);
        sum = i == 0 ? e : sum + e;
    }
    for (std::int64_t i = 0; i < along.extent; ++i)
        out[i * along.out_stride] = out[i * along.out_stride] / sum;
}

template <class T>
void softmax(T* out, const T* in, const loops<2>& rows, row along) {
    if (along.extent > 0)
        visit(rows, [&](const auto& at) { softmax_row(out + at[0], in + at[1], along); });
}

template <class T>
void masked_softmax_row(
    T* out, const T* in, const bool* mask, row along, std::int64_t mask_stride
) {
    using std::exp;
    std::int64_t open = 0;
    T largest = T(0);
    for (std::int64_t i = 0; i < along.extent; ++i) {
        const T x = in[i * along.in_stride];
        if (mask[i * mask_stride])
            largest = open++ == 0 || largest < x ? x : largest;
    }
    T sum = T(0);
    for (std::int64_t i = 0; i < along.extent; ++i) {
        T& e = out[i * along.out_stride];
        e = mask[i * mask_stride] ? exp(in[i * along.in_stride] - largest) : T(0);
        sum = sum + e;
    }
    for (std::int64_t i = 0; i < along.extent; ++i)
        if (mask[i * mask_stride])
            out[i * along.out_stride] = out[i * along.out_stride] / sum;
}

template <class T>
void masked_softmax(
    T* out, const T* in, const bool* mask, const loops<3>& rows, row along, std::int64_t mask_stride
) {
    visit(rows, [&](const auto& at) {
        masked_softmax_row(out + at[0], in + at[1], mask + at[2], along, mask_stride);
    });
}

template <class T>
void layer_norm_row(
    T* out,
    const T* in,
    const T* gain,
    const T* bias,
    T epsilon,
    row along,
    std::int64_t gain_stride,
    std::int64_t bias_stride
) {
    const T n = T(static_cast<double>(along.extent));
    T mean = in[0];
    for (std::int64_t i = 1; i < along.extent; ++i)
        mean = mean + in[i * along.in_stride];
    mean = mean / n;
    T variance = T(0);
    for (std::int64_t i = 0; i < along.extent; ++i) {
        T& centred = out[i * along.out_stride];
        centred = in[i * along.in_stride] - mean;
        const T square = centred * centred;
        variance = i == 0 ? square : variance + square;
    }
    const T scale = rsqrt(variance / n + epsilon);
    for (std::int64_t i = 0; i < along.extent; ++i) {
        T& y = out[i * along.out_stride];
        y = y * scale * gain[i * gain_stride] + bias[i * bias_stride];
    }
}

template <class T>
void layer_norm(
    T* out,
    const T* in,
    const T* gain,
    const T* bias,
    double epsilon,
    const loops<2>& rows,
    row along,
    std::int64_t gain_stride,
    std::int64_t bias_stride
) {
    if (along.extent > 0)
        visit(rows, [&](const auto& at) {
            layer_norm_row(
                out + at[0], in + at[1], gain, bias, T(epsilon), along, gain_stride, bias_stride
            );
        });
}

template <class T, class Id>
void take(
    T* out,
    const T* table,
    const Id* ids,
    const loops<2>& outer,
    const loops<2>& inner,
    std::int64_t table_stride
) {
    visit(outer, [&](const auto& at) {
        const T* const from = table + ids[at[1]] * table_stride;
        visit(inner, [&](const auto& within) { out[at[0] + within[0]] = from[within[1]]; });
    });
}

}  // namespace abax::kernels::reference
