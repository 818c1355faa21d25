#include <abax/kernels/iterate.hpp>
#include <abax/kernels/kernels.hpp>
#include <abax/kernels/stage.hpp>

#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace abax::kernels {
namespace {

/// Computes `count` contiguous elements; `out` may be an operand.
template <class Out, class T>
using contiguous_map = void (*)(Out* out, const T* a, const T* b, std::int64_t count);

template <auto Function, class Out, class T>
void each(Out* out, const T* a, const T* b, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i)
        out[i] = Function(a[i], b[i]);
}

/// f(a, b) on the unsigned twins of integers: arithmetic that wraps around instead of being undefined.
template <class T, class Function>
T wrapping(T a, T b, Function f) {
    if constexpr (std::is_integral_v<T>) {
        using word = std::make_unsigned_t<T>;
        return static_cast<T>(f(static_cast<word>(a), static_cast<word>(b)));
    } else {
        return f(a, b);
    }
}

/// Integers: towards zero; x / 0 is 0, for a kernel cannot complain; the lowest integer / -1 wraps around to itself.
template <class T>
T quotient(T a, T b) {
    if constexpr (std::is_integral_v<T>) {
        if (b == 0)
            return 0;
        if (b == -1)
            return wrapping(T{0}, a, [](auto x, auto y) { return x - y; });
    }
    return a / b;
}

/// Integers: by squaring, wrapping around. A negative exponent gives the quotient 1 / a^-b: 0 unless a is 1 or
/// -1 (0 for a = 0 as well, see quotient).
template <class T>
T power_of(T a, T b) {
    if constexpr (std::is_floating_point_v<T>) {
        return std::pow(a, b);
    } else {
        if (b < 0)
            return a == 1 ? T{1} : a != -1 ? T{0} : b % 2 == 0 ? T{1} : T{-1};
        using word = std::make_unsigned_t<T>;
        word result = 1;
        for (auto base = static_cast<word>(a); b > 0; b /= 2, base *= base)
            if (b % 2 == 1)
                result *= base;
        return static_cast<T>(result);
    }
}

/// What the quotient towards zero leaves; it has the sign of a. Integers: of a division by 0, and by -1, nothing.
template <class T>
T truncated_rest(T a, T b) {
    if constexpr (std::is_integral_v<T>)
        return b == 0 || b == -1 ? T{0} : static_cast<T>(a % b);
    else
        return std::fmod(a, b);
}

/// What the quotient towards minus infinity leaves; it has the sign of b, 0 included: -0 where b is negative.
template <class T>
T floored_rest(T a, T b) {
    const T rest = truncated_rest(a, b);
    if (rest != 0)  // and not NaN < 0, which is false
        return (rest < 0) != (b < 0) ? rest + b : rest;
    if constexpr (std::is_floating_point_v<T>)
        return std::copysign(rest, b);
    return rest;
}

template <class T>
contiguous_map<T, T> arithmetic(binary op) {
    switch (op) {
    case binary::add:
        return each<
            [](T a, T b) { return wrapping(a, b, [](auto x, auto y) { return x + y; }); },
            T,
            T>;
    case binary::subtract:
        return each<
            [](T a, T b) { return wrapping(a, b, [](auto x, auto y) { return x - y; }); },
            T,
            T>;
    case binary::multiply:
        return each<
            [](T a, T b) { return wrapping(a, b, [](auto x, auto y) { return x * y; }); },
            T,
            T>;
    case binary::divide: return each<[](T a, T b) { return quotient(a, b); }, T, T>;
    // A NaN compares as unequal to itself; a NaN in b is what is left when no comparison holds.
    case binary::minimum: return each<[](T a, T b) { return (a < b || a != a) ? a : b; }, T, T>;
    case binary::maximum: return each<[](T a, T b) { return (b < a || a != a) ? a : b; }, T, T>;
    case binary::power: return each<[](T a, T b) { return power_of(a, b); }, T, T>;
    case binary::remainder: return each<[](T a, T b) { return floored_rest(a, b); }, T, T>;
    case binary::fmod: return each<[](T a, T b) { return truncated_rest(a, b); }, T, T>;
    case binary::atan2:
        if constexpr (std::is_floating_point_v<T>)
            return each<[](T a, T b) { return std::atan2(a, b); }, T, T>;
        else
            return nullptr;
    default: return nullptr;
    }
}

template <class T>
contiguous_map<bool, T> comparison(binary op) {
    switch (op) {
    case binary::equal: return each<[](T a, T b) { return a == b; }, bool, T>;
    case binary::not_equal: return each<[](T a, T b) { return a != b; }, bool, T>;
    case binary::less: return each<[](T a, T b) { return a < b; }, bool, T>;
    case binary::less_equal: return each<[](T a, T b) { return a <= b; }, bool, T>;
    case binary::greater: return each<[](T a, T b) { return b < a; }, bool, T>;
    case binary::greater_equal: return each<[](T a, T b) { return b <= a; }, bool, T>;
    case binary::logical_and: return each<[](T a, T b) { return a != T{0} && b != T{0}; }, bool, T>;
    case binary::logical_or: return each<[](T a, T b) { return a != T{0} || b != T{0}; }, bool, T>;
    case binary::logical_xor:
        return each<[](T a, T b) { return (a != T{0}) != (b != T{0}); }, bool, T>;
    default: return nullptr;
    }
}

template <class Out, class T>
void map_run(contiguous_map<Out, T> kernel, Out* out, const T* a, const T* b, const loop<3>& run) {
    const auto [to, by_a, by_b] = run.stride;
    const bool contiguous = to == 1 && by_a == 1 && by_b == 1;
    const auto body = [&, to = to, by_a = by_a, by_b = by_b](auto first, auto count) {
        detail::stage<T> left;
        detail::stage<T> right;
        detail::stage<Out> result;
        Out* const target = out + first * to;
        kernel(
            result.target(target, to),
            left.gathered(a + first * by_a, by_a, count),
            right.gathered(b + first * by_b, by_b, count),
            count
        );
        result.scatter(target, to, count);
    };
    detail::in_stages(run.extent, contiguous, body);
}

template <class Out, class T>
void map_elements(
    contiguous_map<Out, T> kernel, void* out, const void* a, const void* b, const loops<3>& nest
) {
    assert(kernel != nullptr && "this operation is not defined on this element type");
    Out* const to = static_cast<Out*>(out);
    const T* const left = static_cast<const T*>(a);
    const T* const right = static_cast<const T*>(b);
    detail::for_each_run(detail::ordered(nest), [&](const auto& at, const auto& run) {
        map_run(kernel, to + at[0], left + at[1], right + at[2], run);
    });
}

}  // namespace

void map(binary op, dtype type, void* out, const void* a, const void* b, const loops<3>& nest) {
    with_element(type, [&](auto zero) {
        using T = decltype(zero);
        if (op >= binary::equal)
            return map_elements<bool, T>(comparison<T>(op), out, a, b, nest);
        if constexpr (!std::is_same_v<T, bool>)
            map_elements<T, T>(arithmetic<T>(op), out, a, b, nest);
        else
            assert(false && "bool has no arithmetic");
    });
}

void select(
    dtype type, void* out, const void* condition, const void* a, const void* b, const loops<4>& nest
) {
    with_element(type, [&](auto zero) {
        using T = decltype(zero);
        T* const to = static_cast<T*>(out);
        const bool* const chosen = static_cast<const bool*>(condition);
        const T* const left = static_cast<const T*>(a);
        const T* const right = static_cast<const T*>(b);
        const auto body = [&](const detail::offsets<4>& at, const loop<4>& run) {
            const auto [by_to, by_c, by_a, by_b] = run.stride;
            for (std::int64_t i = 0; i < run.extent; ++i)
                to[at[0] + i * by_to] =
                    chosen[at[1] + i * by_c] ? left[at[2] + i * by_a] : right[at[3] + i * by_b];
        };
        detail::for_each_run(detail::ordered(nest), body);
    });
}

}  // namespace abax::kernels
