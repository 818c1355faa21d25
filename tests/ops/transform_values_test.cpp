#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>

#include "patterns.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

constexpr int rounds = 400;

lie some_lie(std::mt19937& random) {
    return all_lies[random() % 4];
}

}  // namespace

TEST_CASE_TEMPLATE(
    "rearrange: each element goes where index arithmetic says", T, float, double, std::int32_t, bool
) {
    std::mt19937 random(20231);
    for (int round = 0; round < rounds; ++round) {
        const random_pattern p = make_pattern(random, shape_of_pattern::same);
        CAPTURE(p.text());
        const auto x = counted<T>(shape::of(p.shape_of(p.left)), some_lie(random));
        const auto sizes = p.sizes();

        const auto y = rearrange(x, pattern_text(p.text()), as_sizes(sizes));

        REQUIRE(y.shape().extents() == p.shape_of(p.right));
        for_each_position(p.elementary, [&](const extents& at) {
            REQUIRE(
                element_at<T>(y.any(), p.position(p.right, at))
                == element_at<T>(x.any(), p.position(p.left, at))
            );
        });
    }
}

TEST_CASE("rearrange: there and back is the identity") {
    std::mt19937 random(20232);
    for (int round = 0; round < rounds; ++round) {
        const random_pattern p = make_pattern(random, shape_of_pattern::same);
        CAPTURE(p.text());
        const auto x = counted<float>(shape::of(p.shape_of(p.left)), some_lie(random));
        const auto sizes = p.sizes();

        const auto y = rearrange(x, pattern_text(p.text()), as_sizes(sizes));
        const auto back = rearrange(y, pattern_text(p.inverse_text()), as_sizes(sizes));

        REQUIRE(equal(back, x));
    }
}

TEST_CASE("rearrange: a named tensor gives the same elements, and the names of the right side") {
    std::mt19937 random(20233);
    for (int round = 0; round < rounds; ++round) {
        random_pattern p = make_pattern(random, shape_of_pattern::same);
        p.has_ellipsis = false;
        p.elementary.resize(p.named_count);
        if (p.named_count == 0)
            continue;
        CAPTURE(p.text());
        const auto sizes = p.sizes();
        const auto plain = counted<float>(shape::of(p.shape_of(p.left)), some_lie(random));
        const auto x = named(plain, p.text(p.left), as_sizes(sizes));

        // Every merged axis remembers: no sizes.
        const auto y = rearrange(x, pattern_text(p.text()));

        REQUIRE(y.shape().axes_text() == p.text(p.right));
        REQUIRE(
            y.to_vector() == rearrange(plain, pattern_text(p.text()), as_sizes(sizes)).to_vector()
        );
        REQUIRE(equal(rearrange(y, pattern_text(p.inverse_text())), x));
    }
}

TEST_CASE_TEMPLATE(
    "reduce: sums, products and extremes are those of plain loops",
    T,
    float,
    double,
    std::int32_t,
    std::int64_t,
    bool
) {
    std::mt19937 random(20234);
    for (int round = 0; round < rounds; ++round) {
        const random_pattern p = make_pattern(random, shape_of_pattern::drops);
        CAPTURE(p.text());
        const auto x = small_numbers<T>(shape::of(p.shape_of(p.left)), random, some_lie(random));
        const auto names = p.sizes();
        const auto sizes = as_sizes(names);
        const extents result = p.shape_of(p.right);
        bool reduces_nothing = false;  // an axis of extent 0 that the right side lacks
        {
            std::vector<bool> kept(p.elementary.size(), false);
            for (const auto& item : p.right.items)
                for (const std::size_t i : item)
                    kept[i] = true;
            for (std::size_t i = 0; i < p.named_count; ++i)
                reduces_nothing = reduces_nothing || (!kept[i] && p.elementary[i] == 0);
        }

        auto sums = zeros<double>(shape::of(result));
        auto products = full<double>(shape::of(result), 1);
        auto largest = full<double>(shape::of(result), -100);
        auto smallest = full<double>(shape::of(result), 100);
        double* const s = sums.mut();
        double* const q = products.mut();
        double* const l = largest.mut();
        double* const m = smallest.mut();
        for_each_position(p.elementary, [&](const extents& at) {
            const auto to = offset_of(sums.where(), p.position(p.right, at));
            const auto e = static_cast<double>(element_at<T>(x.any(), p.position(p.left, at)));
            s[to] += e;
            q[to] *= e;
            l[to] = std::max(l[to], e);
            m[to] = std::min(m[to], e);
        });

        const pattern_text text(p.text());
        const auto as_doubles = [](const any_tensor& y) {
            return tensor<double>(cast(y, dtype::float64));
        };
        // Products of small numbers, but many of them: compared where they fit every type.
        bool fits = true;
        for (const double e : products.to_vector())
            fits = fits && std::abs(e) < 1e5;
        const auto sum_of = as_doubles(reduce(x, text, by::sum, sizes));
        REQUIRE(sum_of.shape().extents() == result);
        REQUIRE(equal(sum_of, sums));
        if (fits)
            REQUIRE(equal(as_doubles(reduce(x, text, by::prod, sizes)), products));
        if (reduces_nothing && sums.volume() > 0) {
            CHECK(category_of([&] { (void)reduce(x, text, by::max, sizes); }) == "other");
            CHECK(category_of([&] { (void)reduce(x, text, by::min, sizes); }) == "other");
        } else {
            REQUIRE(equal(as_doubles(reduce(x, text, by::max, sizes)), largest));
            REQUIRE(equal(as_doubles(reduce(x, text, by::min, sizes)), smallest));
        }
        if constexpr (std::is_floating_point_v<T>)
            if (!reduces_nothing && sums.volume() > 0) {
                const double count =
                    static_cast<double>(x.volume()) / static_cast<double>(sums.volume());
                const auto means = as_doubles(reduce(x, text, by::mean, sizes)).to_vector();
                const auto expected = sums.to_vector();
                for (std::size_t i = 0; i < means.size(); ++i)
                    REQUIRE(means[i] == doctest::Approx(expected[i] / count).epsilon(1e-5));
            }
    }
}

TEST_CASE_TEMPLATE(
    "reduce: any and all ask whether elements are not 0", T, float, std::int64_t, bool
) {
    std::mt19937 random(20235);
    for (int round = 0; round < rounds; ++round) {
        const random_pattern p = make_pattern(random, shape_of_pattern::drops);
        CAPTURE(p.text());
        const auto x = laid<T>(shape::of(p.shape_of(p.left)), some_lie(random), [&](std::int64_t) {
            return random() % 3 == 0 ? 0 : 1;
        });
        const auto names = p.sizes();
        const extents result = p.shape_of(p.right);
        auto some = full<bool>(shape::of(result), false);
        auto every = full<bool>(shape::of(result), true);
        bool* const any_of = some.mut();
        bool* const all_of = every.mut();
        for_each_position(p.elementary, [&](const extents& at) {
            const auto to = offset_of(some.where(), p.position(p.right, at));
            const bool e = element_at<T>(x.any(), p.position(p.left, at)) != T(0);
            any_of[to] = any_of[to] || e;
            all_of[to] = all_of[to] && e;
        });

        REQUIRE(
            equal(tensor<bool>(reduce(x, pattern_text(p.text()), by::any, as_sizes(names))), some)
        );
        REQUIRE(
            equal(tensor<bool>(reduce(x, pattern_text(p.text()), by::all, as_sizes(names))), every)
        );
    }
}

TEST_CASE_TEMPLATE("repeat: every copy holds the element", T, float, std::int64_t, bool) {
    std::mt19937 random(20236);
    for (int round = 0; round < rounds; ++round) {
        const random_pattern p = make_pattern(random, shape_of_pattern::adds);
        CAPTURE(p.text());
        const auto x = counted<T>(shape::of(p.shape_of(p.left)), some_lie(random));
        const auto names = p.sizes();

        const auto y = repeat(x, pattern_text(p.text()), as_sizes(names));

        REQUIRE(y.shape().extents() == p.shape_of(p.right));
        for_each_position(p.elementary, [&](const extents& at) {
            REQUIRE(
                element_at<T>(y.any(), p.position(p.right, at))
                == element_at<T>(x.any(), p.position(p.left, at))
            );
        });
    }
}

TEST_CASE("an ellipsis equals the pattern spelled out") {
    const auto x = counted(shape::of({2, 3, 5, 7}));

    CHECK(equal(rearrange(x, "a ... d -> d ... a"), rearrange(x, "a b c d -> d b c a")));
    CHECK(equal(rearrange(x, "a ... -> ... a"), rearrange(x, "a b c d -> b c d a")));
    CHECK(equal(rearrange(x, "a ... d -> (a ...) d"), rearrange(x, "a b c d -> (a b c) d")));
    CHECK(equal(rearrange(x, "a b c d ... -> d c b a ..."), rearrange(x, "a b c d -> d c b a")));
    CHECK(equal(
        tensor<float>(reduce(x, "... d -> ...", by::sum)),
        tensor<float>(reduce(x, "a b c d -> a b c", by::sum))
    ));
    CHECK(
        equal(repeat(x, "... -> ... r", "r"_ax = 2), repeat(x, "a b c d -> a b c d r", "r"_ax = 2))
    );
}

TEST_CASE("reductions of floats carry NaN, wherever it stands") {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    for (int at = 0; at < 33; ++at) {
        CAPTURE(at);
        auto x = full<float>(axes("a", {33}), 1);
        x.mut()[at] = nan;
        CHECK(std::isnan(sum(x, "a").item()));
        CHECK(std::isnan(mean(x, "a").item()));
        CHECK(std::isnan(prod(x, "a").item()));
        CHECK(std::isnan(min(x, "a").item()));
        CHECK(std::isnan(max(x, "a").item()));
        CHECK(any(x, "a").item());
        CHECK(all(x, "a").item());
    }
}

TEST_CASE("reductions of nothing are 0, 1, false and true, and extremes are refused") {
    const auto x = zeros<float>(axes("a b", {0, 2}));

    CHECK(sum(x, "a").to_vector() == std::vector<float>{0, 0});
    CHECK(prod(x, "a").to_vector() == std::vector<float>{1, 1});
    CHECK(any(x, "a").to_vector() == std::vector<bool>{false, false});
    CHECK(all(x, "a").to_vector() == std::vector<bool>{true, true});
    CHECK(std::isnan(mean(x, "a")(0)));
    CHECK(category_of([&] { (void)min(x, "a"); }) == "other");
    CHECK(category_of([&] { (void)max(x, "a"); }) == "other");
    CHECK(max(x, "b").volume() == 0);
    CHECK(max(zeros<float>(axes("a b", {0, 0})), "a").volume() == 0);
}

TEST_CASE("sum over named axes equals reduce, for any operand layout") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto x = counted<float>(axes("a b c", {3, 5, 7}), how);
        CHECK(equal(sum(x, "b"), tensor<float>(reduce(x, "a b c -> a c", by::sum))));
        CHECK(equal(max(x, "a c"), tensor<float>(reduce(x, "a b c -> b", by::max))));
        CHECK(equal(mean(x, "c b a"), tensor<float>(reduce(x, "a b c ->", by::mean))));
    }
}

TEST_CASE("integer sums do not overflow the type of the elements") {
    const auto x = full<std::int32_t>(axes("a", {1000}), std::numeric_limits<std::int32_t>::max());

    CHECK(sum(x, "a").item() == 1000LL * std::numeric_limits<std::int32_t>::max());
    CHECK(prod(full<std::int32_t>(axes("a", {2}), 1 << 20), "a").item() == 1LL << 40);
}
