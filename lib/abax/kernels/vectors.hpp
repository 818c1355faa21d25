#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

/// Vectors of floats or doubles as wide as the machine's registers, by the vector extension that GCC and Clang
/// share, and the elementary functions on them.
///
/// Why not the loops themselves: the compilers leave a loop with exp in it, or a floating sum, scalar unless
/// they may break the rules of rounding everywhere. Why not Eigen's: its last elements (those that fill no
/// register) go another way than the rest, so a value would depend on where in memory it stands. Here the
/// tail is computed in a padded register, and equal inputs give equal bits at any place and stride.
namespace abax::kernels::detail {

#if defined(__AVX512F__)
inline constexpr std::size_t register_bytes = 64;
#elif defined(__AVX__)
inline constexpr std::size_t register_bytes = 32;
#else
inline constexpr std::size_t register_bytes = 16;
#endif

template <class T>
struct vector_of {
    typedef T type __attribute__((vector_size(register_bytes)));
    using word = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    typedef word words __attribute__((vector_size(register_bytes)));
};

template <class T>
using vec = typename vector_of<T>::type;
template <class T>
using words = typename vector_of<T>::words;

/// Elements in a register.
template <class T>
inline constexpr std::int64_t lanes = register_bytes / sizeof(T);

template <class T>
[[nodiscard]] inline vec<T> load(const T* from) noexcept {
    vec<T> x;
    std::memcpy(&x, from, sizeof x);
    return x;
}

template <class T>
inline void store(T* to, vec<T> x) noexcept {
    std::memcpy(to, &x, sizeof x);
}

template <class T>
[[nodiscard]] inline vec<T> splat(T value) noexcept {
    return vec<T>{} + value;
}

// A part of a register goes through masks where the machine has them: copied through memory, it would be read before
// it has left the store buffer, which costs as much as a whole row of ten elements.
#if defined(__AVX512F__)
[[nodiscard]] inline vec<float> load_masked(
    const float* from, std::int64_t count, vec<float> rest
) {
    return (vec<float>)_mm512_mask_loadu_ps((__m512)rest, (__mmask16)((1U << count) - 1U), from);
}
[[nodiscard]] inline vec<double> load_masked(
    const double* from, std::int64_t count, vec<double> rest
) {
    return (vec<double>)_mm512_mask_loadu_pd((__m512d)rest, (__mmask8)((1U << count) - 1U), from);
}
inline void store_masked(float* to, vec<float> x, std::int64_t count) {
    _mm512_mask_storeu_ps(to, (__mmask16)((1U << count) - 1U), (__m512)x);
}
inline void store_masked(double* to, vec<double> x, std::int64_t count) {
    _mm512_mask_storeu_pd(to, (__mmask8)((1U << count) - 1U), (__m512d)x);
}
#elif defined(__AVX__)
/// All bits of the first `count` lanes.
template <class T>
[[nodiscard]] inline words<T> first_lanes(std::int64_t count) {
    words<T> lane{};
    for (std::int64_t i = 0; i < lanes<T>; ++i)
        lane[i] = static_cast<typename vector_of<T>::word>(i);
    return std::bit_cast<words<T>>(lane < static_cast<typename vector_of<T>::word>(count));
}
[[nodiscard]] inline vec<float> load_masked(
    const float* from, std::int64_t count, vec<float> rest
) {
    const auto mask = first_lanes<float>(count);
    const auto x = (vec<float>)_mm256_maskload_ps(from, (__m256i)mask);
    return (vec<float>)_mm256_blendv_ps((__m256)rest, (__m256)x, (__m256)mask);
}
[[nodiscard]] inline vec<double> load_masked(
    const double* from, std::int64_t count, vec<double> rest
) {
    const auto mask = first_lanes<double>(count);
    const auto x = (vec<double>)_mm256_maskload_pd(from, (__m256i)mask);
    return (vec<double>)_mm256_blendv_pd((__m256d)rest, (__m256d)x, (__m256d)mask);
}
inline void store_masked(float* to, vec<float> x, std::int64_t count) {
    _mm256_maskstore_ps(to, (__m256i)first_lanes<float>(count), (__m256)x);
}
inline void store_masked(double* to, vec<double> x, std::int64_t count) {
    _mm256_maskstore_pd(to, (__m256i)first_lanes<double>(count), (__m256d)x);
}
#else
template <class T>
[[nodiscard]] inline vec<T> load_masked(const T* from, std::int64_t count, vec<T> rest) {
    std::memcpy(&rest, from, static_cast<std::size_t>(count) * sizeof(T));
    return rest;
}
template <class T>
inline void store_masked(T* to, vec<T> x, std::int64_t count) {
    std::memcpy(to, &x, static_cast<std::size_t>(count) * sizeof(T));
}
#endif

/// The first `count` elements, fewer than a register holds; the lanes behind hold `padding`.
template <class T>
[[nodiscard]] inline vec<T> load_part(const T* from, std::int64_t count, T padding) noexcept {
    return load_masked(from, count, splat(padding));
}

template <class T>
inline void store_part(T* to, vec<T> x, std::int64_t count) noexcept {
    store_masked(to, x, count);
}

/// out[i] = f(in[i]) for whole registers and a padded tail. `out` may be `in`.
template <class T, class Function>
inline void transform(T* out, const T* in, std::int64_t count, const Function& f) {
    std::int64_t i = 0;
    for (; i + lanes<T> <= count; i += lanes<T>)
        store<T>(out + i, f(load(in + i)));
    if (i < count)
        store_part<T>(out + i, f(load_part(in + i, count - i, T{0})), count - i);
}

/// The lanes brought together by `combine` (of registers), always in the same tree: the upper half onto the lower.
template <class T, std::size_t Half = lanes<T> / 2, class Combine>
[[nodiscard]] inline T across(vec<T> x, const Combine& combine) {
    if constexpr (Half == 0) {
        return x[0];
    } else {
        constexpr auto upper = []<std::size_t... I>(vec<T> v, std::index_sequence<I...>) {
            return __builtin_shufflevector(v, v, (I + Half) % lanes<T>...);
        };
        const vec<T> halved = upper(x, std::make_index_sequence<lanes<T>>{});
        return across<T, Half / 2>(combine(x, halved), combine);
    }
}

/// Folds `count` elements: step(accumulator, x) on four independent registers, which hides the latency of an
/// addition, then `combine` brings the four together. Lanes behind the end see `padding`.
template <class T, class Step, class Combine>
[[nodiscard]] inline vec<T> fold(
    const T* in, std::int64_t count, T start, T padding, const Step& step, const Combine& combine
) {
    vec<T> a = splat(start);
    vec<T> b = a;
    vec<T> c = a;
    vec<T> d = a;
    std::int64_t i = 0;
    for (; i + 4 * lanes<T> <= count; i += 4 * lanes<T>) {
        a = step(a, load(in + i));
        b = step(b, load(in + i + lanes<T>));
        c = step(c, load(in + i + 2 * lanes<T>));
        d = step(d, load(in + i + 3 * lanes<T>));
    }
    for (; i + lanes<T> <= count; i += lanes<T>)
        a = step(a, load(in + i));
    if (i < count)
        b = step(b, load_part(in + i, count - i, padding));
    return combine(combine(a, b), combine(c, d));
}

/// The sum of term(x). Blocks are summed in T, in many partial sums, and the blocks in double: the error does
/// not grow with the length. term(padding) must be 0.
template <class T, class Term>
[[nodiscard]] inline double sum_of(const T* in, std::int64_t count, T padding, const Term& term) {
    constexpr std::int64_t block = 64 * lanes<T>;
    const auto step = [&](vec<T> a, vec<T> x) { return a + term(x); };
    double total = 0;
    for (std::int64_t i = 0; i < count; i += block) {
        const vec<T> s = fold(
            in + i,
            count - i < block ? count - i : block,
            T{0},
            padding,
            step,
            [](vec<T> x, vec<T> y) { return x + y; }
        );
        total += static_cast<double>(across<T>(s, [](vec<T> x, vec<T> y) { return x + y; }));
    }
    return total;
}

template <class T>
[[nodiscard]] inline double sum(const T* in, std::int64_t count) {
    return sum_of(in, count, T{0}, [](vec<T> x) { return x; });
}

/// 2^n for a vector of integers within the exponents of normal numbers.
[[nodiscard]] inline vec<float> power_of_two(words<float> n) noexcept {
    return std::bit_cast<vec<float>>((n + 127U) << 23U);
}
[[nodiscard]] inline vec<double> power_of_two(words<double> n) noexcept {
    return std::bit_cast<vec<double>>((n + std::uint64_t{1023}) << 52U);
}

/// Half of each n, rounded down, as if signed.
template <class Words>
[[nodiscard]] inline Words halved(Words n, unsigned bits) noexcept {
    return (n >> 1U) | ((n >> (bits - 1)) << (bits - 1));
}

/// exp within about 1 unit in the last place; subnormal results included; NaN stays NaN.
///
/// e^x = 2^n e^r, |r| <= ln 2 / 2, as in Moshier's Cephes; n is rounded by adding 1.5 * 2^23, whose low bits then
/// *are* n. 2^n is applied in two factors, since one would leave the exponent's range near both ends.
/// What vanishes is set aside rather than left to underflow, which processors do slowly: masked softmax is full of it.
[[nodiscard]] inline vec<float> exp(vec<float> x) noexcept {
    x = x > 89.0F ? splat(89.0F) : x;    // a NaN fails every comparison and so stays
    const auto vanishes = x < -103.98F;  // below half of the smallest number
    x = vanishes ? splat(0.0F) : x;
    constexpr float round = 12582912.0F;
    const vec<float> shifted = x * 1.44269504088896341F + round;
    const vec<float> n = shifted - round;
    const words<float> power =
        std::bit_cast<words<float>>(shifted) - std::bit_cast<std::uint32_t>(round);
    const vec<float> r = (x - n * 0.693359375F) - n * -2.12194440e-4F;
    vec<float> p = r * 1.9875691500e-4F + 1.3981999507e-3F;
    p = p * r + 8.3334519073e-3F;
    p = p * r + 4.1665795894e-2F;
    p = p * r + 1.6666665459e-1F;
    p = p * r + 5.0000001201e-1F;
    p = p * (r * r) + r + 1.0F;
    const words<float> half = halved(power, 32);
    return vanishes ? splat(0.0F) : p * power_of_two(half) * power_of_two(power - half);
}

[[nodiscard]] inline vec<double> exp(vec<double> x) noexcept {
    x = x > 710.0 ? splat(710.0) : x;
    const auto vanishes = x < -745.14;
    x = vanishes ? splat(0.0) : x;
    constexpr double round = 6755399441055744.0;
    const vec<double> shifted = x * 1.4426950408889634073599 + round;
    const vec<double> n = shifted - round;
    const words<double> power =
        std::bit_cast<words<double>>(shifted) - std::bit_cast<std::uint64_t>(round);
    const vec<double> r = (x - n * 6.93145751953125e-1) - n * 1.42860682030941723212e-6;
    const vec<double> z = r * r;
    const vec<double> p = r
                        * ((1.26177193074810590878e-4 * z + 3.02994407707441961300e-2) * z
                           + 9.99999999999999999910e-1);
    const vec<double> q =
        ((3.00198505138664455042e-6 * z + 2.52448340349684104192e-3) * z + 2.27265548208155028766e-1
        ) * z
        + 2.00000000000000000009;
    const vec<double> e = 1.0 + 2.0 * (p / (q - p));
    const words<double> half = halved(power, 64);
    return vanishes ? splat(0.0) : e * power_of_two(half) * power_of_two(power - half);
}

/// The correctly rounded root. An instruction that only intrinsics reach: std::sqrt may have to set errno, so a
/// compiler takes it one element at a time, and calls a function for each negative one.
[[nodiscard]] inline vec<float> sqrt(vec<float> x) noexcept {
#if defined(__AVX512F__)
    return (vec<float>)_mm512_maskz_sqrt_ps(0xffffU, (__m512)x);
#elif defined(__AVX__)
    return (vec<float>)_mm256_sqrt_ps((__m256)x);
#elif defined(__SSE2__)
    return (vec<float>)_mm_sqrt_ps((__m128)x);
#else
    for (std::int64_t i = 0; i < lanes<float>; ++i)
        x[i] = std::sqrt(x[i]);
    return x;
#endif
}

[[nodiscard]] inline vec<double> sqrt(vec<double> x) noexcept {
#if defined(__AVX512F__)
    return (vec<double>)_mm512_maskz_sqrt_pd(0xffU, (__m512d)x);
#elif defined(__AVX__)
    return (vec<double>)_mm256_sqrt_pd((__m256d)x);
#elif defined(__SSE2__)
    return (vec<double>)_mm_sqrt_pd((__m128d)x);
#else
    for (std::int64_t i = 0; i < lanes<double>; ++i)
        x[i] = std::sqrt(x[i]);
    return x;
#endif
}

/// |x|, and the sign of `sign` on a value that is not negative.
[[nodiscard]] inline vec<float> magnitude(vec<float> x) noexcept {
    return std::bit_cast<vec<float>>(std::bit_cast<words<float>>(x) & 0x7fffffffU);
}
[[nodiscard]] inline vec<float> with_sign_of(vec<float> value, vec<float> sign) noexcept {
    return std::bit_cast<vec<float>>(
        std::bit_cast<words<float>>(value) | (std::bit_cast<words<float>>(sign) & 0x80000000U)
    );
}

/// tanh within about 2 units in the last place (Cephes): a polynomial near 0, where 1 - 2 / (e^2x + 1) cancels.
[[nodiscard]] inline vec<float> tanh(vec<float> x) noexcept {
    const vec<float> z = x * x;
    vec<float> p = z * -5.70498872745e-3F + 2.06390887954e-2F;
    p = p * z - 5.37397155531e-2F;
    p = p * z + 1.33314422036e-1F;
    p = p * z - 3.33332819422e-1F;
    const vec<float> near_zero = x * z * p + x;
    const vec<float> a = magnitude(x);
    const vec<float> far = with_sign_of(1.0F - 2.0F / (exp(a + a) + 1.0F), x);
    return a > 0.625F ? far : near_zero;
}

/// erf within about 1 unit in the last place: two minimax polynomials, after N. Juffa.
[[nodiscard]] inline vec<float> erf(vec<float> x) noexcept {
    vec<float> t = magnitude(x);
    t = t > 4.0F ? splat(4.0F) : t;  // erf(4) rounds to 1; the polynomial must not see infinity
    const vec<float> s = t * t;
    vec<float> r = t * -1.72853470e-5F + 3.83197126e-4F;
    const vec<float> u = t * -3.88396438e-3F + 2.42546219e-2F;
    r = r * s + u;
    r = r * t - 1.06777877e-1F;
    r = r * t - 6.34846687e-1F;
    r = r * t - 1.28717512e-1F;
    r = r * t - t;
    const vec<float> far = with_sign_of(1.0F - exp(r), x);
    vec<float> q = s * -5.96761703e-4F + 4.99119423e-3F;
    q = q * s - 2.67681349e-2F;
    q = q * s + 1.12819925e-1F;
    q = q * s - 3.76125336e-1F;
    q = q * s + 1.28379166e-1F;
    const vec<float> near_zero = q * x + x;
    return t > 0.927734375F ? far : near_zero;
}

}  // namespace abax::kernels::detail
