#pragma once

#include <abax/kernels/vectors.hpp>

#include <cmath>
#include <cstdint>
#include <limits>

/// What a statistic folds with: `first` looks at chunks of elements and `join_first` at what they gave, `shift` makes a
/// number of it that `second` uses, and `finish` makes the result. Those without `two_passes` have only the second.
namespace abax::kernels::detail {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

[[nodiscard]] inline vec<double> absolute(vec<double> x) noexcept {
    return x < 0.0 ? -x : x;
}

/// The larger one; a NaN is larger than all.
template <class V>
[[nodiscard]] inline V larger(V a, V b) noexcept {
    return ((a < b) | (b != b)) ? b : a;
}

struct additive {
    static constexpr double neutral = 0;
    static double join(double a, double b) noexcept { return a + b; }
};

/// The mean first: the one-pass formula subtracts two large numbers.
struct variance_fold : additive {
    static constexpr bool two_passes = true;
    static constexpr double neutral_first = 0;
    double correction = 0;
    bool root = false;

    static double first(const double* in, std::int64_t count) noexcept { return sum(in, count); }
    static double join_first(double a, double b) noexcept { return a + b; }
    static double shift(double total, double count) noexcept { return total / count; }
    static double second(const double* in, std::int64_t count, double mean) noexcept {
        return sum_of(in, count, mean, [mean](vec<double> x) { return (x - mean) * (x - mean); });
    }
    [[nodiscard]] double finish(double squares, double, double count) const noexcept {
        if (count - correction <= 0)
            return std::numeric_limits<double>::quiet_NaN();
        const double variance = squares / (count - correction);
        return root ? std::sqrt(variance) : variance;
    }
};

struct norm_one_fold : additive {
    static constexpr bool two_passes = false;
    static double second(const double* in, std::int64_t count, double) noexcept {
        return sum_of(in, count, 0.0, [](vec<double> x) { return absolute(x); });
    }
    static double finish(double total, double, double) noexcept { return total; }
};

struct norm_two_fold : additive {
    static constexpr bool two_passes = false;
    static double second(const double* in, std::int64_t count, double) noexcept {
        return sum_of(in, count, 0.0, [](vec<double> x) { return x * x; });
    }
    static double finish(double squares, double, double) noexcept { return std::sqrt(squares); }
};

struct norm_infinity_fold {
    static constexpr bool two_passes = false;
    static constexpr double neutral = 0;
    static double join(double a, double b) noexcept { return larger(a, b); }
    static double second(const double* in, std::int64_t count, double) noexcept {
        const auto both = [](vec<double> a, vec<double> b) { return larger(a, b); };
        const auto step = [](vec<double> a, vec<double> x) { return larger(a, absolute(x)); };
        return across<double>(fold(in, count, 0.0, 0.0, step, both), both);
    }
    static double finish(double largest, double, double) noexcept { return largest; }
};

/// log(sum of exp(x - m)) + m, where m is the largest x, so that no exp overflows. An infinite m tells already what
/// the result is, and x - m would be NaN: then m is 0, and exp and log say it.
struct logsumexp_fold : additive {
    static constexpr bool two_passes = true;
    static constexpr double neutral_first = -infinity;

    static double first(const double* in, std::int64_t count) noexcept {
        // A NaN need not win here: exp brings it into the sum.
        const auto pick = [](vec<double> a, vec<double> x) { return x > a ? x : a; };
        return across<double>(fold(in, count, -infinity, -infinity, pick, pick), pick);
    }
    static double join_first(double a, double b) noexcept { return b > a ? b : a; }
    static double shift(double largest, double) noexcept {
        return std::isfinite(largest) ? largest : 0;
    }
    static double second(const double* in, std::int64_t count, double m) noexcept {
        return sum_of(in, count, -infinity, [m](vec<double> x) { return exp(x - m); });
    }
    static double finish(double total, double m, double) noexcept { return std::log(total) + m; }
};

}  // namespace abax::kernels::detail
