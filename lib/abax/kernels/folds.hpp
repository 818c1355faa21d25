#pragma once

#include <abax/kernels/vectors.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

/// What a reduction folds with: a state that starts neutral, takes elements by `step`, meets other states by `combine`,
/// and becomes the result by `finish`.
namespace abax::kernels::detail {

/// Sums and products of floats are kept in double, those of integers in words that wrap around.
template <class T>
using wide = std::conditional_t<std::is_floating_point_v<T>, double, std::uint64_t>;
template <class T>
using wide_result = std::conditional_t<std::is_floating_point_v<T>, T, std::int64_t>;

template <class T>
struct total {
    using state = wide<T>;
    static state neutral() { return 0; }
    static state step(state s, T x) { return s + static_cast<state>(x); }
    static state combine(state a, state b) { return a + b; }
    static wide_result<T> finish(state s, std::int64_t) { return static_cast<wide_result<T>>(s); }
    static state contiguous(const T* in, std::int64_t count) requires std::is_floating_point_v<T> {
        return sum(in, count);
    }
};

template <class T>
struct average {
    using state = double;
    using result = std::conditional_t<std::is_floating_point_v<T>, T, double>;
    static state neutral() { return 0; }
    static state step(state s, T x) { return s + static_cast<state>(x); }
    static state combine(state a, state b) { return a + b; }
    static result finish(state s, std::int64_t count) {
        return static_cast<result>(s / static_cast<double>(count));
    }
    static state contiguous(const T* in, std::int64_t count) requires std::is_floating_point_v<T> {
        return sum(in, count);
    }
};

template <class T>
struct product {
    using state = wide<T>;
    static state neutral() { return 1; }
    static state step(state s, T x) { return s * static_cast<state>(x); }
    static state combine(state a, state b) { return a * b; }
    static wide_result<T> finish(state s, std::int64_t) { return static_cast<wide_result<T>>(s); }
};

/// The first and the last of all values of T, infinities included.
template <class T>
constexpr T lowest = std::is_floating_point_v<T> ? -std::numeric_limits<T>::infinity()
                                                 : std::numeric_limits<T>::lowest();
template <class T>
constexpr T highest = std::is_floating_point_v<T> ? std::numeric_limits<T>::infinity()
                                                  : std::numeric_limits<T>::max();

/// A NaN enters because it differs from itself, and stays because nothing compares with it.
template <class T>
struct least {
    using state = T;
    static state neutral() { return highest<T>; }
    static state step(state s, T x) { return ((x < s) | (x != x)) ? x : s; }
    static state combine(state a, state b) { return step(a, b); }
    static T finish(state s, std::int64_t) { return s; }
    static state contiguous(const T* in, std::int64_t count) requires std::is_floating_point_v<T> {
        const auto pick = [](vec<T> s, vec<T> x) { return ((x < s) | (x != x)) ? x : s; };
        return across<T>(fold(in, count, highest<T>, highest<T>, pick, pick), pick);
    }
};

template <class T>
struct greatest {
    using state = T;
    static state neutral() { return lowest<T>; }
    static state step(state s, T x) { return ((s < x) | (x != x)) ? x : s; }
    static state combine(state a, state b) { return step(a, b); }
    static T finish(state s, std::int64_t) { return s; }
    static state contiguous(const T* in, std::int64_t count) requires std::is_floating_point_v<T> {
        const auto pick = [](vec<T> s, vec<T> x) { return ((s < x) | (x != x)) ? x : s; };
        return across<T>(fold(in, count, lowest<T>, lowest<T>, pick, pick), pick);
    }
};

/// NaN is not 0 and hence true, as everywhere.
template <class T>
struct any_of {
    using state = bool;
    static state neutral() { return false; }
    static state step(state s, T x) { return s | (x != T{0}); }
    static state combine(state a, state b) { return a | b; }
    static bool finish(state s, std::int64_t) { return s; }
};

template <class T>
struct all_of {
    using state = bool;
    static state neutral() { return true; }
    static state step(state s, T x) { return s & (x != T{0}); }
    static state combine(state a, state b) { return a & b; }
    static bool finish(state s, std::int64_t) { return s; }
};

/// Folds `count` elements in several states side by side, which the processor can advance independently.
template <class Fold, class T>
[[nodiscard]] typename Fold::state fold_strided(
    const T* in, std::int64_t stride, std::int64_t count
) {
    if constexpr (requires { Fold::contiguous(in, count); })
        if (stride == 1)
            return Fold::contiguous(in, count);
    constexpr std::size_t width = 8;
    std::array<typename Fold::state, width> states;
    states.fill(Fold::neutral());
    std::int64_t i = 0;
    for (; i + static_cast<std::int64_t>(width) <= count; i += width)
        for (std::size_t k = 0; k < width; ++k)
            states[k] = Fold::step(states[k], in[(i + static_cast<std::int64_t>(k)) * stride]);
    for (; i < count; ++i)
        states[0] = Fold::step(states[0], in[i * stride]);
    for (std::size_t half = width / 2; half > 0; half /= 2)
        for (std::size_t k = 0; k < half; ++k)
            states[k] = Fold::combine(states[k], states[k + half]);
    return states[0];
}

/// states[i] takes in[i]: one row of many results.
template <class Fold, class T>
void fold_row(typename Fold::state* states, const T* in, std::int64_t stride, std::int64_t count) {
    if (stride == 1)
        for (std::int64_t i = 0; i < count; ++i)
            states[i] = Fold::step(states[i], in[i]);
    else
        for (std::int64_t i = 0; i < count; ++i)
            states[i] = Fold::step(states[i], in[i * stride]);
}

}  // namespace abax::kernels::detail
