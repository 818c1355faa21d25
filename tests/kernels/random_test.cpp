#include <abax/kernels/random.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

using namespace kernels_test;
namespace kernels = abax::kernels;

namespace {

template <class T>
std::vector<T> uniforms(std::int64_t count, std::uint64_t seed, double low = 0, double high = 1) {
    std::vector<T> x(static_cast<std::size_t>(count));
    kernels::uniform(abax::dtype_of<T>, x.data(), count, seed, low, high);
    return x;
}

template <class T>
std::vector<T> normals(std::int64_t count, std::uint64_t seed) {
    std::vector<T> x(static_cast<std::size_t>(count));
    kernels::normal(abax::dtype_of<T>, x.data(), count, seed);
    return x;
}

template <class T>
std::vector<T> integers(
    std::int64_t count, std::uint64_t seed, std::int64_t low, std::int64_t high
) {
    std::vector<T> x(static_cast<std::size_t>(count));
    kernels::random_integers(abax::dtype_of<T>, x.data(), count, seed, low, high);
    return x;
}

std::vector<std::int64_t> permuted(std::int64_t count, std::uint64_t seed) {
    std::vector<std::int64_t> x(static_cast<std::size_t>(count));
    kernels::permutation(x.data(), count, seed);
    return x;
}

/// A block of the generator as the documentation of the kernels lays it out.
std::array<std::uint32_t, 4> block(
    std::uint64_t seed, std::uint32_t domain, std::uint32_t number, std::uint32_t attempt = 0
) {
    return kernels::philox(
        {number, 0, attempt, domain},
        {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)}
    );
}

struct moments {
    double mean = 0;
    double variance = 0;
    double skew = 0;
    double kurtosis = 0;
};

template <class T>
moments moments_of(const std::vector<T>& x) {
    const auto n = static_cast<double>(x.size());
    moments m;
    for (const T v : x)
        m.mean += double(v) / n;
    for (const T v : x) {
        const double d = double(v) - m.mean;
        m.variance += d * d / n;
        m.skew += d * d * d / n;
        m.kurtosis += d * d * d * d / n;
    }
    return m;
}

/// The largest distance between the distribution of x and `cumulative` (Kolmogorov and Smirnov), times sqrt(n).
template <class T, class Cumulative>
double distance(std::vector<T> x, const Cumulative& cumulative) {
    std::sort(x.begin(), x.end());
    const auto n = static_cast<double>(x.size());
    double worst = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double f = cumulative(double(x[i]));
        const auto below = static_cast<double>(i) / n;
        worst = std::max({worst, std::abs(f - below), std::abs(f - below - 1 / n)});
    }
    return worst * std::sqrt(n);
}

/// Counts of x in `bins` equal parts of [0, 1), against equal shares: chi^2 less its mean, in standard deviations.
double chi_square(const std::vector<double>& x, std::size_t bins) {
    std::vector<double> counts(bins);
    for (const double v : x)
        ++counts[static_cast<std::size_t>(v * static_cast<double>(bins))];
    const double share = static_cast<double>(x.size()) / static_cast<double>(bins);
    double sum = 0;
    for (const double c : counts)
        sum += (c - share) * (c - share) / share;
    const auto freedom = static_cast<double>(bins - 1);
    return (sum - freedom) / std::sqrt(2 * freedom);
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
    const std::size_t n = std::min(x.size(), y.size());
    const moments a = moments_of(x);
    const moments b = moments_of(y);
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i)
        sum += (x[i] - a.mean) * (y[i] - b.mean);
    return sum / static_cast<double>(n) / std::sqrt(a.variance * b.variance);
}

std::vector<double> from_second(const std::vector<double>& x) {
    return {x.begin() + 1, x.end()};
}

}  // namespace

// From the Random123 library of the paper's authors, kat_vectors.
TEST_CASE("random: Philox4x32-10 gives the published words") {
    struct known_answer {
        std::array<std::uint32_t, 4> counter;
        std::array<std::uint32_t, 2> key;
        std::array<std::uint32_t, 4> words;
    };
    constexpr auto table = std::to_array<known_answer>(
        {{{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
         {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
          {0xffffffff, 0xffffffff},
          {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
         {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
          {0xa4093822, 0x299f31d0},
          {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}}
    );
    for (const auto& row : table)
        CHECK(kernels::philox(row.counter, row.key) == row.words);
    static_assert(kernels::philox({0, 0, 0, 0}, {0, 0})[0] == 0x6627e8d5);
}

// Written down once and compared with GCC and Clang, with and without fused instructions: what differs is a bug.
TEST_CASE("random: seed 42 gives these bits on every machine") {
    CHECK(
        normals<float>(6, 42)
        == std::vector<
            float>{-0x1.b101eep+0F, -0x1.21ccbp+0F, 0x1.4df4a4p-2F, -0x1.74bcaap+0F, -0x1.3e09bcp+0F, 0x1.a0645ep+0F}
    );
    CHECK(
        normals<double>(6, 42)
        == std::vector<
            double>{0x1.c8fb819a57434p-3, -0x1.fe0cf0a0e9096p-1, -0x1.4a2caf53d5528p+0, -0x1.49a62a1347adp-1, 0x1.fe6a06285e6c2p-1, 0x1.d736a7f26ecefp-3}
    );
    CHECK(
        uniforms<float>(6, 42)
        == std::vector<
            float>{0x1.39d5ep-1F, 0x1.dfd524p-2F, 0x1.2bf5p-4F, 0x1.5d0accp-2F, 0x1.f9b642p-1F, 0x1.4ee9bp-2F}
    );
    CHECK(
        uniforms<double>(6, 42, -0.1, 0.3)
        == std::vector<
            double>{0x1.6621d4b0b912dp-4, 0x1.29bc3127565dap-5, 0x1.f90ae632e2b67p-6, 0x1.4ec02cb016c8ap-4, 0x1.4e7df8f2a48cdp-3, 0x1.acebaab8542afp-3}
    );
    CHECK(
        integers<std::int64_t>(10, 42, -5, 6)
        == std::vector<std::int64_t>{-3, 4, 1, 3, -3, 2, 5, 5, -5, 2}
    );
    CHECK(permuted(10, 42) == std::vector<std::int64_t>{8, 1, 4, 9, 6, 0, 7, 5, 2, 3});
}

TEST_CASE("random: a million normal numbers have the bits they always had") {
    std::uint64_t hash = 0;

    for (const double x : normals<double>(1 << 20, 7)) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, &x, sizeof x);
        hash = hash * 1099511628211U ^ bits;
    }

    CHECK(hash == 0x7fabcd34de14055cU);
}

TEST_CASE("random: uniform numbers are the upper bits of the words") {
    constexpr std::uint64_t seed = 0x123456789abcdefU;
    const auto floats = uniforms<float>(8, seed);
    const auto doubles = uniforms<double>(4, seed);

    for (std::size_t i = 0; i < 8; ++i) {
        const std::uint32_t word = block(seed, 0, static_cast<std::uint32_t>(i / 4))[i % 4];
        CHECK(floats[i] == std::ldexp(static_cast<float>(word >> 8U), -24));
    }
    for (std::size_t i = 0; i < 4; ++i) {
        const auto words = block(seed, 0, static_cast<std::uint32_t>(i / 2));
        const std::uint64_t both = std::uint64_t{words[i % 2 * 2 + 1]} << 32U | words[i % 2 * 2];
        CHECK(doubles[i] == std::ldexp(static_cast<double>(both >> 11U), -53));
    }
}

TEST_CASE("random: normal numbers are those of Box and Muller, to the last digits") {
    constexpr std::uint64_t seed = 99;
    constexpr double turn = 6.283185307179586476925;
    const auto x = normals<double>(20000, seed);
    const auto y = normals<float>(20000, seed);
    double worst = 0;
    double worst_float = 0;

    for (std::size_t i = 0; i < x.size(); i += 2) {
        const auto w = block(seed, 1, static_cast<std::uint32_t>(i / 2));
        const std::uint64_t u = (std::uint64_t{w[1]} << 32U | w[0]) >> 12U;
        const std::uint64_t v = (std::uint64_t{w[3]} << 32U | w[2]) >> 11U;
        const double r = std::sqrt(-2 * std::log((double(u) + 0.5) * 0x1p-52));
        worst = std::max(worst, std::abs(x[i] - r * std::cos(turn * double(v) * 0x1p-53)));
        worst = std::max(worst, std::abs(x[i + 1] - r * std::sin(turn * double(v) * 0x1p-53)));
    }
    for (std::size_t i = 0; i < y.size(); i += 2) {
        const auto w = block(seed, 1, static_cast<std::uint32_t>(i / 4));
        const double r = std::sqrt(-2 * std::log((double(w[i % 4]) + 0.5) * 0x1p-32));
        const double t = turn * double(w[i % 4 + 1]) * 0x1p-32;
        worst_float = std::max(worst_float, std::abs(double(y[i]) - r * std::cos(t)));
        worst_float = std::max(worst_float, std::abs(double(y[i + 1]) - r * std::sin(t)));
    }

    CHECK(worst < 4e-15);  // turn * v is rounded before the library sees it
    CHECK(worst_float < 2.5e-7);
}

TEST_CASE_TEMPLATE("random: element i is the same in a tensor of any length", T, float, double) {
    const auto normal = normals<T>(1000, 5);
    const auto uniform = uniforms<T>(1000, 5);
    for (const std::int64_t count : {0, 1, 2, 3, 4, 5, 7, 64, 999}) {
        CAPTURE(count);
        const auto a = normals<T>(count, 5);
        const auto b = uniforms<T>(count, 5);
        CHECK(std::equal(a.begin(), a.end(), normal.begin()));
        CHECK(std::equal(b.begin(), b.end(), uniform.begin()));
    }
}

TEST_CASE("random: any number of threads gives the same elements") {
    constexpr std::int64_t count = 300001;
    std::vector<float> normal[2];
    std::vector<double> uniform[2];
    std::vector<std::int32_t> integer[2];
    for (const int threads : {1, 2})
        with_threads(threads, [&] {
            normal[threads - 1] = normals<float>(count, 3);
            uniform[threads - 1] = uniforms<double>(count, 3, -2, 5);
            integer[threads - 1] = integers<std::int32_t>(count, 3, 0, 1000);
        });

    CHECK(normal[0] == normal[1]);
    CHECK(uniform[0] == uniform[1]);
    CHECK(integer[0] == integer[1]);
}

TEST_CASE("random: nothing behind the end is written") {
    for (const std::int64_t count : {0, 1, 2, 3, 5}) {
        std::vector<float> x(8, 77.0F);
        kernels::normal(abax::dtype::float32, x.data(), count, 1);
        CHECK(std::count(x.begin(), x.end(), 77.0F) == 8 - count);
        kernels::uniform(abax::dtype::float32, x.data(), count, 1, 0, 1);
        CHECK(std::count(x.begin(), x.end(), 77.0F) == 8 - count);
    }
}

TEST_CASE_TEMPLATE(
    "random: normal numbers have the moments and the shape of theirs", T, float, double
) {
    constexpr std::uint64_t seed = 2024;
    const auto x = normals<T>(1000000, seed);
    const moments m = moments_of(x);
    const auto cumulative = [](double v) { return 0.5 * std::erfc(-v * 0.70710678118654752440); };

    // Four standard errors for a million.
    CHECK(std::abs(m.mean) < 4e-3);
    CHECK(std::abs(m.variance - 1) < 6e-3);
    CHECK(std::abs(m.skew) < 1e-2);
    CHECK(std::abs(m.kurtosis - 3) < 2e-2);
    CHECK(distance(x, cumulative) < 1.63);  // one per cent of all seeds exceed it
}

TEST_CASE("random: the tails of normal numbers are as heavy as they should be") {
    const auto x = normals<float>(4000000, 11);
    const auto beyond = [&](float limit) {
        return std::count_if(x.begin(), x.end(), [&](float v) { return std::abs(v) > limit; });
    };

    CHECK(std::abs(double(beyond(3)) - 10799) < 4 * 104);  // 4e6 times 2.6998e-3
    CHECK(std::abs(double(beyond(4)) - 253) < 4 * 16);     // 4e6 times 6.334e-5
    CHECK(beyond(4.5F) > 5);                               // 27 expected
    CHECK(beyond(6.7F) == 0);
}

TEST_CASE("random: uniform numbers fill their interval evenly, and never reach its end") {
    constexpr std::uint64_t seed = 17;
    const auto x = uniforms<double>(1000000, seed);
    const auto y = uniforms<float>(1000000, seed, -3, -1);
    const moments m = moments_of(x);

    CHECK(std::abs(m.mean - 0.5) < 1.2e-3);
    CHECK(std::abs(m.variance - 1.0 / 12) < 4e-4);
    CHECK(std::abs(chi_square(x, 256)) < 4);
    CHECK(distance(x, [](double v) { return v; }) < 1.63);
    CHECK(distance(y, [](double v) { return (v + 3) / 2; }) < 1.63);
    CHECK(*std::max_element(x.begin(), x.end()) < 1);
    CHECK(*std::min_element(x.begin(), x.end()) >= 0);
    CHECK(*std::max_element(y.begin(), y.end()) < -1);
    CHECK(*std::min_element(y.begin(), y.end()) >= -3);
}

TEST_CASE("random: rounding never lifts a number to the end of the interval") {
    const auto high = std::nextafter(1.0F, 2.0F);
    for (const float x : uniforms<float>(1000, 1, 1, double(high)))
        CHECK(x == 1.0F);
    const auto large = uniforms<float>(1000, 1, 1e7, 1e7 + 2);
    CHECK(*std::max_element(large.begin(), large.end()) < 1e7F + 2);
}

TEST_CASE("random: neighbours, seeds and distributions have nothing to do with each other") {
    const auto x = uniforms<double>(200000, 7);
    constexpr double four_sigma = 4 / 447.0;

    CHECK(std::abs(correlation(x, from_second(x))) < four_sigma);
    CHECK(std::abs(correlation(x, uniforms<double>(200000, 8))) < four_sigma);
    CHECK(std::abs(correlation(x, uniforms<double>(200000, 7ULL << 32U))) < four_sigma);
    CHECK(std::abs(correlation(x, normals<double>(200000, 7))) < four_sigma);
    const auto z = normals<double>(200000, 7);
    CHECK(std::abs(correlation(z, from_second(z))) < four_sigma);
}

TEST_CASE("random: integers are equally likely, at both ends of the range too") {
    constexpr int sides = 7;
    std::array<int, sides> counts = {};

    for (const auto x : integers<std::int32_t>(700000, 23, -3, 4))
        ++counts.at(static_cast<std::size_t>(x + 3));

    for (const int c : counts)
        CHECK(std::abs(c - 100000) < 4 * 293);
}

TEST_CASE("random: integers of the widest range, and of a single number") {
    constexpr std::int64_t low = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t high = std::numeric_limits<std::int64_t>::max();
    const auto wide = integers<std::int64_t>(10000, 1, low, high);

    CHECK(
        std::abs(std::count_if(wide.begin(), wide.end(), [](auto x) { return x < 0; }) - 5000) < 200
    );
    CHECK(integers<std::int64_t>(3, 1, high - 1, high) == std::vector<std::int64_t>(3, high - 1));
    // Half of all draws of a range just above 2^63 are rejected: some element needs a second block.
    const auto retried = integers<std::int64_t>(1000, 1, low, 2);
    CHECK(*std::max_element(retried.begin(), retried.end()) < 2);
}

TEST_CASE("random: a permutation has every number once, and all orders are equally likely") {
    for (const std::int64_t n : {0, 1, 2, 3, 17, 1000}) {
        CAPTURE(n);
        auto x = permuted(n, 4);
        std::sort(x.begin(), x.end());
        for (std::int64_t i = 0; i < n; ++i)
            CHECK(x[static_cast<std::size_t>(i)] == i);
    }
    std::array<int, 27> counts = {};
    for (std::uint64_t seed = 0; seed < 6000; ++seed) {
        const auto x = permuted(3, seed);
        ++counts.at(static_cast<std::size_t>(x[0] * 9 + x[1] * 3 + x[2]));
    }
    CHECK(std::count(counts.begin(), counts.end(), 0) == 27 - 6);
    for (const int c : counts)
        CHECK((c == 0 || std::abs(c - 1000) < 4 * 29));
}
