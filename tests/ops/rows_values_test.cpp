#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/select.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

const std::vector<extents> shapes = {
    {1},
    {7},
    {3, 5},
    {5, 3},
    {2, 1, 3},
    {2, 3, 33},
    {2, 0, 3},
    {1, 2, 3, 5, 2},
};

template <class T>
tensor<T> awkward(const shape& axes_of, lie how, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> draw(0, 3);
    return laid<T>(axes_of, how, [&](std::int64_t) { return static_cast<T>(draw(random)); });
}

// body(first position of a row) for each row along `over`.
template <class Body>
void for_each_row(const extents& all, std::size_t over, const Body& body) {
    extents outer = all;
    outer[over] = all[over] == 0 ? 0 : 1;
    for_each_position(outer, body);
}

// The elements of x on the row through `at` along `over`.
template <class T>
std::vector<double> row_of(const tensor<T>& x, extents at, std::size_t over) {
    std::vector<double> row;
    for (std::int64_t i = 0; i < x.shape()[over].extent; ++i) {
        at[over] = i;
        row.push_back(static_cast<double>(element_at<T>(x.any(), at)));
    }
    return row;
}

constexpr double within(float) {
    return 1e-5;
}
constexpr double within(double) {
    return 1e-12;
}

}  // namespace

TEST_CASE_TEMPLATE(
    "softmax: exp over the sum of exp, along any axis and layout", T, float, double
) {
    for (const extents& e : shapes)
        for (const lie how : all_lies)
            for (std::size_t over = 0; over < e.size(); ++over) {
                const auto x = awkward<T>(shape::of(e), how, 1);
                CAPTURE(x.shape().str());
                CAPTURE(how);
                CAPTURE(over);
                const auto y = softmax(x, static_cast<int>(over));
                REQUIRE(y.shape() == x.shape());
                for_each_row(e, over, [&](const extents& at) {
                    const auto in = row_of(x, at, over);
                    const auto out = row_of(y, at, over);
                    double sum = 0;
                    for (const double v : in)
                        sum += std::exp(v);
                    double total = 0;
                    for (std::size_t i = 0; i < in.size(); ++i) {
                        REQUIRE(std::abs(out[i] - std::exp(in[i]) / sum) <= within(T{}));
                        total += out[i];
                    }
                    REQUIRE(std::abs(total - 1) <= within(T{}) * 4);
                });
            }
}

TEST_CASE_TEMPLATE(
    "softmax: masked positions get 0, a row with none open gets 0 everywhere", T, float, double
) {
    for (const extents& e : shapes)
        for (const lie how : all_lies)
            for (std::size_t over = 0; over < e.size(); ++over) {
                const auto x = awkward<T>(shape::of(e), how, 2);
                std::mt19937 random(3);
                const auto mask =
                    laid<bool>(shape::of(e), all_lies[random() % 4], [&](std::int64_t) {
                        return random() % 3 == 0;
                    });
                CAPTURE(x.shape().str());
                CAPTURE(how);
                CAPTURE(over);
                const auto y = softmax(x, static_cast<int>(over), mask);
                for_each_row(e, over, [&](const extents& at) {
                    const auto in = row_of(x, at, over);
                    const auto open = row_of(mask, at, over);
                    const auto out = row_of(y, at, over);
                    double sum = 0;
                    for (std::size_t i = 0; i < in.size(); ++i)
                        sum += open[i] != 0 ? std::exp(in[i]) : 0;
                    for (std::size_t i = 0; i < in.size(); ++i)
                        REQUIRE(
                            std::abs(out[i] - (open[i] != 0 ? std::exp(in[i]) / sum : 0))
                            <= within(T{})
                        );
                });
            }
}

TEST_CASE("softmax: a mask lacks axes of the tensor and is repeated along them, in any order") {
    const auto x = named(awkward<float>(shape::of({2, 3, 4, 5}), lie::packed, 4), "b h s s'");
    std::mt19937 random(5);
    const auto mask = named(
        laid<bool>(shape::of({5, 2}), lie::packed, [&](std::int64_t) { return random() % 2 == 0; }),
        "s' b"
    );

    const auto y = softmax(x, "s'", mask);

    for_each_position({2, 3, 4, 5}, [&](const extents& at) {
        double sum = 0;
        for (int k = 0; k < 5; ++k)
            sum += mask(k, at[0]) ? std::exp(double(x(at[0], at[1], at[2], k))) : 0;
        const double expected =
            mask(at[3], at[0]) ? std::exp(double(x(at[0], at[1], at[2], at[3]))) / sum : 0;
        REQUIRE(y(at[0], at[1], at[2], at[3]) == doctest::Approx(expected).epsilon(1e-5));
    });
}

TEST_CASE("softmax: large logits do not overflow; NaN and +inf give NaN, -inf gives 0") {
    const float inf = std::numeric_limits<float>::infinity();
    const float nan = std::numeric_limits<float>::quiet_NaN();

    const auto large = softmax(from<float>({1000, 1001, -1000}), 0);
    CHECK(large(0) == doctest::Approx(1 / (1 + std::exp(1.0))));
    CHECK(large(2) == 0);
    CHECK(softmax(from<float>({-inf, 0}), 0).to_vector() == std::vector<float>{0, 1});
    for (const float bad : {nan, inf})
        for (const float v : softmax(from<float>({0, bad, 1}), 0).to_vector())
            CHECK(std::isnan(v));
    // A masked NaN does not matter.
    CHECK(
        softmax(from<float>({nan, 3}), 0, from<bool>({false, true})).to_vector()
        == std::vector<float>{0, 1}
    );
}

TEST_CASE("softmax: a causal mask leaves row i the keys up to i") {
    const auto x = zeros<float>(axes("s s'", {3, 3}));

    const auto y = softmax(x, "s'", causal("s", 3, "s'", 3));

    CHECK(
        y.to_vector() == std::vector<float>{1, 0, 0, 0.5F, 0.5F, 0, 1 / 3.0F, 1 / 3.0F, 1 / 3.0F}
    );
}

TEST_CASE_TEMPLATE("layer_norm: is its formula, along any axis and layout", T, float, double) {
    for (const extents& e : shapes)
        for (const lie how : all_lies)
            for (std::size_t over = 0; over < e.size(); ++over) {
                const auto x = awkward<T>(shape::of(e), how, 6);
                const shape row_shape = shape::of({e[over]});
                const auto gain = awkward<T>(row_shape, how, 7);
                const auto bias = awkward<T>(row_shape, lie::backwards, 8);
                CAPTURE(x.shape().str());
                CAPTURE(how);
                CAPTURE(over);
                const auto y = layer_norm(x, static_cast<int>(over), gain, bias, 1e-3);
                for_each_row(e, over, [&](const extents& at) {
                    const auto in = row_of(x, at, over);
                    const auto out = row_of(y, at, over);
                    const auto n = static_cast<double>(in.size());
                    double mean = 0;
                    for (const double v : in)
                        mean += v / n;
                    double variance = 0;
                    for (const double v : in)
                        variance += (v - mean) * (v - mean) / n;
                    for (std::size_t i = 0; i < in.size(); ++i) {
                        const double expected =
                            (in[i] - mean) / std::sqrt(variance + 1e-3) * gain(i) + bias(i);
                        REQUIRE(out[i] == doctest::Approx(expected).epsilon(within(T{}) * 10));
                    }
                });
            }
}

TEST_CASE_TEMPLATE(
    "argmax: the lowest position of the largest element",
    T,
    float,
    double,
    std::int32_t,
    std::int64_t,
    bool
) {
    for (const extents& e : shapes)
        for (const lie how : all_lies)
            for (std::size_t over = 0; over < e.size(); ++over) {
                if (e[over] == 0)
                    continue;
                std::mt19937 random(9);
                const auto x = small_numbers<T>(shape::of(e), random, how);
                CAPTURE(x.shape().str());
                CAPTURE(how);
                CAPTURE(over);
                const auto y = argmax(x, static_cast<int>(over));
                REQUIRE(y.rank() + 1 == e.size());
                for_each_row(e, over, [&](extents at) {
                    const auto in = row_of(x, at, over);
                    const auto best = std::max_element(in.begin(), in.end()) - in.begin();
                    at.erase(at.begin() + static_cast<std::ptrdiff_t>(over));
                    REQUIRE(element_at<std::int64_t>(y.any(), at) == best);
                });
            }
}

TEST_CASE("argmax: the first NaN counts as largest, and nothing has no largest") {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float inf = std::numeric_limits<float>::infinity();

    CHECK(argmax(from<float>({1, nan, inf, nan}), 0).item() == 1);
    CHECK(argmax(from<float>({-inf, -inf}), 0).item() == 0);
    for (int at = 0; at < 40; ++at) {
        auto x = zeros<float>(shape::of({40}));
        x.mut()[at] = 1;
        CHECK(argmax(x, 0).item() == at);
        x.mut()[at] = nan;
        CHECK(argmax(x, 0).item() == at);
    }
    CHECK(category_of([] { (void)argmax(zeros<float>(shape::of({2, 0})), -1); }) == "other");
    CHECK(argmax(zeros<float>(shape::of({0, 2})), -1).volume() == 0);
}
