#include <abax/kernels/reference_statistics.hpp>
#include <abax/kernels/statistics.hpp>

#include "counting.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

using namespace kernels_test;
namespace kernels = abax::kernels;
using kernels::statistic;

namespace {

constexpr auto all_statistics = std::to_array<statistic>(
    {statistic::variance,
     statistic::standard_deviation,
     statistic::norm_one,
     statistic::norm_two,
     statistic::norm_infinity,
     statistic::logsumexp}
);

struct reduced_shape {
    extents kept;
    extents reduced;
};

/// Chunks are 256 elements, groups 16 rows, rows below 32 elements always in groups; few rows of more than 65536 elements are cut into parts.
const std::vector<reduced_shape>& reduced_shapes() {
    static const std::vector<reduced_shape> all = {
        {{}, {}},         {{}, {0}},          {{3}, {0}},           {{0}, {5}},     {{}, {17}},
        {{7}, {}},        {{1}, {1}},         {{5}, {11}},          {{64}, {130}},  {{130}, {3}},
        {{40}, {31}},     {{40}, {32}},       {{3}, {256}},         {{3}, {257}},   {{3, 5}, {7}},
        {{2, 3}, {5, 7}}, {{17}, {2, 3, 11}}, {{5, 64}, {3}},       {{33}, {1000}}, {{}, {140000}},
        {{3}, {70001}},   {{}, {130, 600}},   {{2, 3}, {17, 1100}}, {{700}, {300}}};
    return all;
}

/// All statistics of one operand, each against the oracle.
template <class T>
void check_statistics(random_engine& random, const reduced_shape& shape, lie in_lie) {
    CAPTURE(static_cast<int>(in_lie));
    CAPTURE(shape.kept.size());
    CAPTURE(shape.reduced.size());
    extents all = shape.kept;
    all.insert(all.end(), shape.reduced.begin(), shape.reduced.end());
    const auto out = make_operand<T>(random, shape.kept, lie::permuted);
    auto in = make_operand<T>(random, all, in_lie);
    auto exact = make_operand<double>(random, shape.kept, lie::packed);
    kernels::loops<2> kept;
    kernels::loops<2> kept_exact;
    kernels::loops<2> reduced;
    for (std::size_t d = 0; d < all.size(); ++d)
        if (d < shape.kept.size()) {
            kept.push_back({all[d], {out.stride[d], in.stride[d]}});
            kept_exact.push_back({all[d], {exact.stride[d], in.stride[d]}});
        } else {
            reduced.push_back({all[d], {0, in.stride[d]}});
        }

    for (const statistic which : all_statistics) {
        CAPTURE(static_cast<int>(which));
        const double correction = random() % 3;
        check_equals_reference(
            out,
            [&](T* to) {
                kernels::summarize(
                    which, abax::dtype_of<T>, to, in.data(), kept, reduced, correction
                );
            },
            [&](T* to) {
                // The oracle adds one after the other: in double, so that its own error is the smaller one.
                kernels::reference::summarize(
                    which, exact.data(), in.data(), kept_exact, reduced, correction
                );
                kernels::reference::cast(to, exact.data(), nest_of(shape.kept, out, exact));
            },
            std::is_same_v<T, float> ? 1e-6
                                     : 1e-5  // of which first_difference takes 1e-7 for double
        );
    }
}

template <class T>
double of_row(statistic which, const std::vector<T>& in, double correction = 0) {
    T out = 7;
    const auto count = static_cast<std::int64_t>(in.size());
    kernels::summarize(
        which, abax::dtype_of<T>, &out, in.data(), {}, {{count, {0, 1}}}, correction
    );
    return static_cast<double>(out);
}

}  // namespace

TEST_CASE_TEMPLATE("summarize: equals the reference", T, float, double) {
    constexpr unsigned seed = 70;
    CAPTURE(seed);
    random_engine random(seed);
    for (const auto& shape : reduced_shapes())
        for (const lie how : all_lies)
            check_statistics<T>(random, shape, how);
}

TEST_CASE_TEMPLATE(
    "summarize: NaN, infinities and huge numbers come out as the formula gives them",
    T,
    float,
    double
) {
    constexpr T infinity = std::numeric_limits<T>::infinity();
    constexpr T nan = std::numeric_limits<T>::quiet_NaN();
    for (const std::int64_t extent : {1, 3, 16, 21, 64, 300})
        for (const T special : {infinity, -infinity, nan, T{1e30F}, T{-1e30F}, T{-0.0F}})
            for (const bool everywhere : {false, true})
                for (const statistic which : all_statistics) {
                    CAPTURE(extent);
                    CAPTURE(special);
                    CAPTURE(everywhere);
                    CAPTURE(static_cast<int>(which));
                    std::vector<T> in(
                        static_cast<std::size_t>(extent), everywhere ? special : T{1}
                    );
                    in[in.size() / 2] = special;
                    double exact = 0;

                    const double fast = of_row(which, in);
                    kernels::reference::summarize(which, &exact, in.data(), {}, {{extent, {0, 1}}});

                    // The oracle's sum of 300 equal numbers is not exactly 300 of them.
                    const double rounding = 1e-14 * std::abs(static_cast<double>(special));
                    const bool all_equal = (everywhere || extent == 1) && std::isfinite(special);
                    if (all_equal && which == statistic::variance)
                        CHECK(fast <= rounding * rounding);
                    else if (all_equal && which == statistic::standard_deviation)
                        CHECK(fast <= rounding);
                    else
                        CHECK(close(fast, static_cast<double>(static_cast<T>(exact)), 1e-6));
                }
}

TEST_CASE_TEMPLATE("summarize: of no elements", T, float, double) {
    const std::vector<T> none;

    CHECK(std::isnan(of_row(statistic::variance, none)));
    CHECK(std::isnan(of_row(statistic::standard_deviation, none)));
    CHECK(of_row(statistic::norm_one, none) == 0);
    CHECK(of_row(statistic::norm_two, none) == 0);
    CHECK(of_row(statistic::norm_infinity, none) == 0);
    CHECK(of_row(statistic::logsumexp, none) == -std::numeric_limits<double>::infinity());
}

TEST_CASE_TEMPLATE("variance: a large mean does not drown it", T, float, double) {
    // 1e8 is a float, and so are its neighbours 8 and more away.
    std::vector<T> in(100'000);
    for (std::size_t i = 0; i < in.size(); ++i)
        in[i] = static_cast<T>(1e8 + (i % 2 == 0 ? 8.0 : -8.0));

    CHECK(of_row(statistic::variance, in) == doctest::Approx(64).epsilon(1e-7));
    CHECK(of_row(statistic::standard_deviation, in) == doctest::Approx(8).epsilon(1e-7));
    in.resize(1000);
    CHECK(of_row(statistic::variance, in) == doctest::Approx(64).epsilon(1e-7));
    CHECK(of_row(statistic::variance, in, 1) == doctest::Approx(64000.0 / 999).epsilon(1e-7));
}

TEST_CASE("variance: of equal elements it is 0, at any offset") {
    for (const double offset : {0.0, 1.0, 1e8, -1e15}) {
        CAPTURE(offset);
        CHECK(of_row(statistic::variance, std::vector<double>(1024, offset)) == 0);
    }
}

TEST_CASE("variance: where count - correction is 0 or less it is NaN") {
    const std::vector<double> in = {1, 2, 4};

    CHECK(of_row(statistic::variance, in, 2) == doctest::Approx(14.0 / 3));
    CHECK(std::isnan(of_row(statistic::variance, in, 3)));
    CHECK(std::isnan(of_row(statistic::variance, in, 4)));
    CHECK(std::isnan(of_row(statistic::standard_deviation, in, 1e18)));
    CHECK(of_row(statistic::variance, in, -1) == doctest::Approx(14.0 / 3 / 4));
}

TEST_CASE("norm: squares of floats neither overflow nor vanish, those of doubles may overflow") {
    CHECK(of_row(statistic::norm_two, std::vector<float>{3e30F, 4e30F}) == doctest::Approx(5e30));
    CHECK(
        of_row(statistic::norm_two, std::vector<float>{3e-30F, 4e-30F}) == doctest::Approx(5e-30)
    );
    CHECK(std::isinf(of_row(statistic::norm_two, std::vector<double>{3e200, 4e200})));
    CHECK(of_row(statistic::norm_infinity, std::vector<double>{3e200, -4e200}) == 4e200);
}

TEST_CASE_TEMPLATE("logsumexp: does not overflow, and stays exact far from 0", T, float, double) {
    const double log_two = std::log(2.0);

    CHECK(
        of_row(statistic::logsumexp, std::vector<T>{1000, 1000}) == doctest::Approx(1000 + log_two)
    );
    CHECK(
        of_row(statistic::logsumexp, std::vector<T>{-1000, -1000})
        == doctest::Approx(log_two - 1000)
    );
    CHECK(of_row(statistic::logsumexp, std::vector<T>{-5000, 3}) == 3);
}

TEST_CASE("counting: statistics of N elements in R rows cost what their docstrings say") {
    constexpr std::int64_t rows = 5;
    constexpr std::int64_t length = 7;
    constexpr std::int64_t n = rows * length;
    struct cost {
        statistic which;
        tally of_all;
    };
    constexpr auto table = std::to_array<cost>(
        {{statistic::variance, {4 * n, 0}},
         {statistic::standard_deviation, {4 * n, rows}},
         {statistic::norm_one, {2 * n - rows, 0}},
         {statistic::norm_two, {2 * n - rows, rows}},
         {statistic::norm_infinity, {2 * n - rows, 0}},
         {statistic::logsumexp, {3 * n - rows, n + rows}}}
    );
    std::vector<counting> in(static_cast<std::size_t>(n));
    for (std::size_t i = 0; i < in.size(); ++i)
        in[i].value = 0.1 * static_cast<double>(i * 7 % 11) - 0.3;
    std::vector<counting> out(static_cast<std::size_t>(rows));
    for (const auto& row : table)
        for (const double correction : {0.0, 1.0}) {
            CAPTURE(static_cast<int>(row.which));
            const tally cost = count_of([&] {
                kernels::reference::summarize(
                    row.which,
                    out.data(),
                    in.data(),
                    {{rows, {1, length}}},
                    {{length, {0, 1}}},
                    correction
                );
            });
            CHECK(cost == row.of_all);
        }
}
