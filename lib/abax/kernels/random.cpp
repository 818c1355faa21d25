#include <abax/kernels/parallel.hpp>
#include <abax/kernels/random.hpp>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <utility>

/// The same bits everywhere: addition, multiplication, division and roots are exact to the last bit on every machine,
/// library functions such as log and cos are not, and neither is a * b + c, which compilers fuse or do not. So the
/// functions are ours, and every multiplication whose result is added to something is written as std::fma.
namespace abax::kernels {
namespace {

enum class domain : std::uint32_t { uniform, normal, integers, permutation };

using words = std::array<std::uint32_t, 4>;

words block_at(std::uint64_t seed, domain of, std::uint64_t number, std::uint32_t attempt = 0) {
    return philox(
        {static_cast<std::uint32_t>(number),
         static_cast<std::uint32_t>(number >> 32U),
         attempt,
         static_cast<std::uint32_t>(of)},
        {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)}
    );
}

std::uint64_t joined(std::uint32_t low, std::uint32_t high) {
    return std::uint64_t{high} << 32U | low;
}

/// Fills `out` by blocks of `Width` elements, in parallel; element(words) gives those of one block.
template <std::size_t Width, class T, class Elements>
void by_blocks(
    T* out, std::int64_t count, std::uint64_t seed, domain of, const Elements& elements
) {
    constexpr auto width = static_cast<std::int64_t>(Width);
    const std::int64_t blocks = count / width + (count % width != 0 ? 1 : 0);
    detail::parallel_for(
        blocks,
        detail::task_elements / (8 * width),
        [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t b = begin; b < end; ++b) {
                const std::array<T, Width> made =
                    elements(block_at(seed, of, static_cast<std::uint64_t>(b)));
                std::copy_n(made.data(), std::min(width, count - b * width), out + b * width);
            }
        }
    );
}

/// Maps [0, 1) to [low, high); what rounding would lift to `high` stays below.
template <class T>
struct interval {
    T low;
    T high;
    T width = high - low;
    T highest = std::nextafter(high, low);

    [[nodiscard]] T at(T unit) const {
        const T x = std::fma(unit, width, low);
        return x < high ? x : highest;
    }
};

void fill_uniform(float* out, std::int64_t count, std::uint64_t seed, interval<float> range) {
    by_blocks<4>(out, count, seed, domain::uniform, [&](const words& w) {
        const auto unit = [&](std::size_t i) {
            return range.at(static_cast<float>(w[i] >> 8U) * 0x1p-24F);
        };
        return std::array<float, 4>{unit(0), unit(1), unit(2), unit(3)};
    });
}

void fill_uniform(double* out, std::int64_t count, std::uint64_t seed, interval<double> range) {
    by_blocks<2>(out, count, seed, domain::uniform, [&](const words& w) {
        const auto unit = [&](std::size_t i) {
            return range.at(static_cast<double>(joined(w[i], w[i + 1]) >> 11U) * 0x1p-53);
        };
        return std::array<double, 2>{unit(0), unit(2)};
    });
}

/// The polynomial coefficients[0] + coefficients[1] x + ..., by Horner's scheme.
template <std::size_t N>
double polynomial_at(double x, const std::array<double, N>& coefficients) {
    double sum = coefficients[N - 1];
    for (std::size_t i = N - 1; i-- > 0;)
        sum = std::fma(sum, x, coefficients[i]);
    return sum;
}

/// log of a positive normal number within 1 unit in the last place; the coefficients are fdlibm's (Sun, 1993).
double log_of(double x) {
    constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcdU;  // the bits of sqrt(1/2)
    constexpr std::uint64_t one = 0x3ff0000000000000U;
    constexpr double ln2_high = 6.93147180369123816490e-01;
    constexpr double ln2_low = 1.90821492927058770002e-10;
    constexpr std::array<double, 7> series{
        6.666666666666735130e-01,
        3.999999999940941908e-01,
        2.857142874366239149e-01,
        2.222219843214978396e-01,
        1.818357216161805012e-01,
        1.531383769920937332e-01,
        1.479819860511658591e-01};

    // x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2)
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(x) + (one - root_half);
    const auto k = static_cast<double>(static_cast<std::int64_t>(bits >> 52U) - 1023);
    const double f = std::bit_cast<double>((bits & 0x000fffffffffffffU) + root_half) - 1.0;
    // log(1 + f) = f - (f^2/2 - s (f^2/2 + R(s^2))), s = f / (2 + f)
    const double s = f / (2.0 + f);
    const double z = s * s;
    const double half_f = 0.5 * f;
    const double inner = std::fma(polynomial_at(z, series), z, half_f * f);
    const double small = std::fma(s, inner, k * ln2_low);
    return std::fma(k, ln2_high, f - std::fma(half_f, f, -small));
}

/// The cosine and the sine of `turns` * 2^-64 of a full turn, within 1 unit in the last place; as in fdlibm.
///
/// Only the upper 53 bits may be set: then everything before the polynomials is exact but the product with 2 pi.
std::pair<double, double> on_circle(std::uint64_t turns) {
    constexpr std::array<double, 6> sine{
        -1.66666666666666324348e-01,
        8.33333333332248946124e-03,
        -1.98412698298579493134e-04,
        2.75573137070700676789e-06,
        -2.50507602534068634195e-08,
        1.58969099521155010221e-10};
    constexpr std::array<double, 6> cosine{
        4.16666666666666019037e-02,
        -1.38888888888741095749e-03,
        2.48015872894767294178e-05,
        -2.75573143513906633035e-07,
        2.08757232129817482790e-09,
        -1.13596475577881948265e-11};
    constexpr double radians = 6.28318530717958647693 * 0x1p-64;

    const std::uint64_t quarter = (turns + (std::uint64_t{1} << 61U)) >> 62U;
    const auto rest = static_cast<std::int64_t>(turns - (quarter << 62U));  // an eighth, either way
    const double a = static_cast<double>(rest) * radians;
    const double z = a * a;
    const double s = std::fma(a * z, polynomial_at(z, sine), a);
    const double c = std::fma(z * z, polynomial_at(z, cosine), std::fma(-0.5, z, 1.0));
    switch (quarter & 3U) {
    case 0: return {c, s};
    case 1: return {-s, c};
    case 2: return {-c, -s};
    default: return {s, -c};
    }
}

/// Two independent normal numbers from u in (0, 1) and a fraction of a turn.
std::pair<double, double> normal_pair(double u, std::uint64_t turns) {
    const double radius = std::sqrt(-2.0 * log_of(u));
    const auto [c, s] = on_circle(turns);
    return {radius * c, radius * s};
}

void fill_normal(float* out, std::int64_t count, std::uint64_t seed) {
    by_blocks<4>(out, count, seed, domain::normal, [](const words& w) {
        // In the middle of its 2^-32, so that the logarithm never sees 0.
        const auto pair = [&](std::size_t i) {
            return normal_pair(
                static_cast<double>(std::uint64_t{w[i]} * 2 + 1) * 0x1p-33,
                std::uint64_t{w[i + 1]} << 32U
            );
        };
        const auto [a, b] = pair(0);
        const auto [c, d] = pair(2);
        return std::array<float, 4>{
            static_cast<float>(a),
            static_cast<float>(b),
            static_cast<float>(c),
            static_cast<float>(d)};
    });
}

void fill_normal(double* out, std::int64_t count, std::uint64_t seed) {
    by_blocks<2>(out, count, seed, domain::normal, [](const words& w) {
        const std::uint64_t u = joined(w[0], w[1]) >> 12U;
        const auto [a, b] =
            normal_pair(static_cast<double>(u * 2 + 1) * 0x1p-53, joined(w[2], w[3]) >> 11U << 11U);
        return std::array<double, 2>{a, b};
    });
}

/// A number below `bound`, which is not 0; all equally likely.
///
/// The upper half of x * bound, where x has 64 bits, takes each value equally often once the few x whose lower half is
/// below 2^64 mod bound are drawn again.
/// @see Lemire, "Fast Random Integer Generation in an Interval", TOMACS 2019
std::uint64_t below(std::uint64_t bound, std::uint64_t seed, domain of, std::uint64_t element) {
    __extension__ using wide = unsigned __int128;
    const std::uint64_t excess = (0 - bound) % bound;
    for (std::uint32_t attempt = 0;; ++attempt) {
        const words w = block_at(seed, of, element, attempt);
        for (const std::uint64_t x : {joined(w[0], w[1]), joined(w[2], w[3])}) {
            const wide product = static_cast<wide>(x) * bound;
            if (static_cast<std::uint64_t>(product) >= excess)
                return static_cast<std::uint64_t>(product >> 64U);
        }
    }
}

template <class T>
void fill_integers(
    T* out, std::int64_t count, std::uint64_t seed, std::int64_t low, std::int64_t high
) {
    const std::uint64_t bound = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    detail::parallel_for(
        count,
        detail::task_elements / 16,
        [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i)
                out[i] = static_cast<T>(
                    static_cast<std::uint64_t>(low)
                    + below(bound, seed, domain::integers, static_cast<std::uint64_t>(i))
                );
        }
    );
}

}  // namespace

void uniform(
    dtype type, void* out, std::int64_t count, std::uint64_t seed, double low, double high
) {
    assert(is_floating(type));
    if (type == dtype::float64)
        fill_uniform(static_cast<double*>(out), count, seed, {low, high});
    else
        fill_uniform(
            static_cast<float*>(out),
            count,
            seed,
            {static_cast<float>(low), static_cast<float>(high)}
        );
}

void normal(dtype type, void* out, std::int64_t count, std::uint64_t seed) {
    assert(is_floating(type));
    if (type == dtype::float64)
        fill_normal(static_cast<double*>(out), count, seed);
    else
        fill_normal(static_cast<float*>(out), count, seed);
}

void random_integers(
    dtype type,
    void* out,
    std::int64_t count,
    std::uint64_t seed,
    std::int64_t low,
    std::int64_t high
) {
    assert(type == dtype::int32 || type == dtype::int64);
    if (type == dtype::int64)
        fill_integers(static_cast<std::int64_t*>(out), count, seed, low, high);
    else
        fill_integers(static_cast<std::int32_t*>(out), count, seed, low, high);
}

void permutation(std::int64_t* out, std::int64_t count, std::uint64_t seed) {
    // Fisher and Yates, from the front: a new element takes the place of one that is there, which moves to the end.
    for (std::int64_t i = 0; i < count; ++i) {
        const auto bound = static_cast<std::uint64_t>(i) + 1;
        const auto j = static_cast<std::int64_t>(
            below(bound, seed, domain::permutation, static_cast<std::uint64_t>(i))
        );
        if (j != i)
            out[i] = out[j];
        out[j] = i;
    }
}

}  // namespace abax::kernels
