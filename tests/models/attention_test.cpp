#include <abax/account/ledger.hpp>
#include <abax/nn/attention.hpp>
#include <abax/nn/kv_cache.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/join.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/select.hpp>

#include "../ops/support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

using namespace abax;
using namespace abax::testing;

TEST_CASE("attention: is its formula, by loops, causal over the last positions") {
    std::mt19937 random(3);
    std::normal_distribution<double> draw(0, 1);
    const auto made = [&](const char* names, const extents& e) {
        return laid<float>(axes(names, e), lie::permuted, [&](std::int64_t) {
            return draw(random);
        });
    };
    for (const auto& [s_, keys_] :
         std::vector<std::pair<std::int64_t, std::int64_t>>{{4, 4}, {2, 5}, {1, 1}, {1, 6}}) {
        const auto& s = s_;
        const auto& keys = keys_;
        CAPTURE(s);
        CAPTURE(keys);
        const auto q = made("b s h d", {2, s, 3, 5});
        const auto k = made("b s' h d", {2, keys, 3, 5});
        const auto v = made("b s' h d", {2, keys, 3, 5});

        const auto z = nn::causal_attention(q, k, v);

        REQUIRE(z.shape().str() == q.shape().str());
        for_each_position({2, s, 3, 5}, [&](const extents& at) {
            const std::int64_t seen = at[1] + keys - s + 1;
            double sum = 0;
            double weighted = 0;
            for (std::int64_t i = 0; i < seen; ++i) {
                double score = 0;
                for (int d = 0; d < 5; ++d)
                    score += double(q(at[0], at[1], at[2], d)) * k(at[0], i, at[2], d);
                sum += std::exp(score / std::sqrt(5.0));
                weighted += std::exp(score / std::sqrt(5.0)) * v(at[0], i, at[2], at[3]);
            }
            REQUIRE(z(at[0], at[1], at[2], at[3]) == doctest::Approx(weighted / sum).epsilon(1e-4));
        });
    }
    CHECK(
        category_of([&] {
            (void)nn::causal_attention(
                made("b s h d", {1, 2, 3, 4}),
                made("b s' h d", {1, 2, 2, 4}),
                made("b s' h d", {1, 2, 2, 4})
            );
        })
        == "size_mismatch"
    );
}

TEST_CASE("attention: grouped queries are as if keys and values were repeated for each of them") {
    std::mt19937 random(5);
    std::normal_distribution<double> draw(0, 1);
    const auto made = [&](const char* names, const extents& e) {
        return laid<float>(axes(names, e), lie::permuted, [&](std::int64_t) {
            return draw(random);
        });
    };
    for (const auto& [g_, r_] :
         std::vector<std::pair<std::int64_t, std::int64_t>>{{2, 3}, {1, 4}, {5, 1}, {1, 1}}) {
        const auto& g = g_;
        const auto& r = r_;
        CAPTURE(g);
        CAPTURE(r);
        const auto q = made("b s g r d", {2, 3, g, r, 5});
        const auto k = made("b s' g d", {2, 4, g, 5});
        const auto v = made("b s' g d", {2, 4, g, 5});

        const auto z = nn::causal_attention(q, k, v);

        CHECK(z.shape().str() == q.shape().str());
        const auto flat = nn::causal_attention(
            rearrange(q, "b s g r d -> b s (h: g r) d"),
            repeat(k, "b s' g d -> b s' (h: g r) d", "r"_ax = r),
            repeat(v, "b s' g d -> b s' (h: g r) d", "r"_ax = r)
        );
        const auto expected = rearrange(flat, "b s (h: g r) d -> b s g r d");
        for_each_position(z.shape().extents(), [&](const extents& at) {
            REQUIRE(
                element_at<float>(z, at)
                == doctest::Approx(element_at<float>(expected, at)).epsilon(1e-5)
            );
        });
    }
}

// 6 query heads on 2 heads of keys: the work is that of 6, what is read of the keys is that of 2.
TEST_CASE("attention: of grouped queries FLOPs are counted by query heads, bytes by key heads") {
    const auto q = counted<float>(axes("b s g r d", {1, 4, 2, 3, 5}));
    const auto k = counted<float>(axes("b s' g d", {1, 4, 2, 5}));

    const ledger bill = bill_of([&] { (void)nn::causal_attention(q, k, k); });

    const auto products = [&](const char* scope) {
        for (const billed& record : records_of(bill))
            if (record.scope == scope && record.counted.flops_mm > 0)
                return record.counted;
        FAIL("no product in " << scope);
        return counters{};
    };
    CHECK(products("scores").flops_mm == 2 * 6 * 4 * 4 * 5);
    CHECK(products("scores").flops_mm_useful == 2 * 6 * 10 * 5);
    CHECK(products("scores").bytes_read == 4 * (4 * 6 * 5 + 4 * 2 * 5));
    CHECK(products("scores").bytes_written == 4 * (6 * 4 * 4));
    CHECK(products("attn_v").flops_mm == 2 * 6 * 4 * 4 * 5);
    CHECK(products("attn_v").bytes_read == 4 * (6 * 4 * 4 + 4 * 2 * 5));
}

TEST_CASE("kv_cache: holds what was appended, in order, and writes in place") {
    nn::kv_cache cache(1, axes("b s' h d", {2, 5, 1, 3}));
    const auto first = counted<float>(axes("b s' h d", {2, 2, 1, 3}));
    const auto second = counted<float>(axes("b s' h d", {2, 3, 1, 3}), lie::sliced);

    CHECK(equal(cache.append(0, first, first).k, first));
    cache.advance(2);
    const ledger bill = bill_of([&] {
        const auto held = cache.append(0, second, second);
        CHECK(equal(held.v, concat<float>({first, second}, "s'")));
    });

    for (const billed& r : records_of(bill))
        CHECK((r.operation == "assign" || r.operation == "slice" || r.operation == "concat"));
    cache.advance(3);
    const auto one = counted<float>(axes("b s' h d", {2, 1, 1, 3}));
    CHECK(category_of([&] { (void)cache.append(0, one, one); }) == "usage");
}

TEST_CASE("kv_cache: a layer that it is not for, and room without positions, are refused") {
    nn::kv_cache cache(2, axes("b s' h d", {1, 5, 1, 3}));
    const auto one = counted<float>(axes("b s' h d", {1, 1, 1, 3}));

    CHECK(category_of([&] { (void)cache.append(1, one, one); }) == "nothing");
    CHECK(category_of([&] { (void)cache.append(2, one, one); }) == "usage");
    CHECK(
        category_of([&] {
            const nn::kv_cache none(1, axes("b s h d", {1, 5, 1, 3}));
        })
        == "unknown_axis"
    );
}
