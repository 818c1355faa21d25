#include <abax/account/bill_cost.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/statistics.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

template <element T = float>
tensor<T> row(const std::vector<T>& elements) {
    return from(elements, axes("m", {static_cast<std::int64_t>(elements.size())}));
}

/// Every verb over one or more axes.
using verb = std::function<any_tensor(const any_tensor&, const axes_argument&)>;
struct named_verb {
    const char* label;
    verb run;
};
const std::vector<named_verb>& verbs() {
    static const std::vector<named_verb> all = {
        {"variance", [](const auto& x, const auto& over) { return variance(x, over); }},
        {"standard_deviation",
         [](const auto& x, const auto& over) { return standard_deviation(x, over, 1); }},
        {"norm", [](const auto& x, const auto& over) { return norm(x, over); }},
        {"norm", [](const auto& x, const auto& over) { return norm(x, over, norm_order::one); }},
        {"norm",
         [](const auto& x, const auto& over) { return norm(x, over, norm_order::infinity); }},
        {"logsumexp", [](const auto& x, const auto& over) { return logsumexp(x, over); }}};
    return all;
}

template <class X>
concept variance_without_axis = requires(const X& x) {
    variance(x);
};

void check_close(const tensor<float>& x, const std::vector<double>& expected) {
    const auto got = x.to_vector();
    REQUIRE(got.size() == expected.size());
    for (std::size_t i = 0; i < got.size(); ++i)
        CHECK(got[i] == doctest::Approx(expected[i]).epsilon(1e-6));
}

}  // namespace

TEST_CASE("variance: there is no default axis") {
    CHECK_FALSE(variance_without_axis<tensor<float>>);
    CHECK_FALSE(variance_without_axis<any_tensor>);
}

TEST_CASE("variance, standard_deviation: of a population, or of a sample with correction 1") {
    const auto x = row({1, 2, 3, 4});

    CHECK(variance(x, "m").item() == 1.25F);
    CHECK(variance(x, "m", 1).item() == doctest::Approx(5.0 / 3));
    CHECK(standard_deviation(x, "m").item() == doctest::Approx(std::sqrt(1.25)));
    CHECK(standard_deviation(x, "m", 1).item() == doctest::Approx(std::sqrt(5.0 / 3)));
}

TEST_CASE("variance: where the count less the correction is 0 or less it is NaN") {
    const auto x = row({1, 2});
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();

    CHECK(std::isnan(variance(x, "m", 2).item()));
    CHECK(std::isnan(variance(x, "m", 3).item()));
    CHECK(std::isnan(standard_deviation(x, "m", most).item()));
    CHECK(variance(x, "m", least).item() >= 0);
    CHECK(std::isnan(variance(row({5}), "m", 1).item()));
    CHECK(variance(row({5}), "m").item() == 0);
    CHECK(std::isnan(variance(zeros<float>(axes("m", {0})), "m").item()));
}

TEST_CASE("variance: a large mean does not drown it, in float and double") {
    for (const std::int64_t n : {2, 1000, 300'000}) {
        CAPTURE(n);
        const auto high = laid<float>(axes("m", {n}), lie::packed, [](std::int64_t i) {
            return 100'000'000 + (i % 2 == 0 ? 8 : -8);
        });
        const auto higher = laid<double>(axes("m", {n}), lie::packed, [](std::int64_t i) {
            return 1'000'000'000'000 + i % 2;
        });

        CHECK(variance(high, "m").item() == 64);
        CHECK(variance(higher, "m").item() == doctest::Approx(0.25).epsilon(1e-7));
    }
}

TEST_CASE("norm: of order one, two and infinity") {
    const auto x = row({3, -4, 0});

    CHECK(norm(x, "m").item() == 5);
    CHECK(norm(x, "m", norm_order::two).item() == 5);
    CHECK(norm(x, "m", norm_order::one).item() == 7);
    CHECK(norm(x, "m", norm_order::infinity).item() == 4);
    for (const norm_order order : {norm_order::one, norm_order::two, norm_order::infinity}) {
        constexpr float infinity = std::numeric_limits<float>::infinity();
        constexpr float nan = std::numeric_limits<float>::quiet_NaN();
        CHECK(norm(zeros<float>(axes("m", {0})), "m", order).item() == 0);
        CHECK(norm(row({1, -infinity}), "m", order).item() == infinity);
        CHECK(std::isnan(norm(row({nan, 1}), "m", order).item()));
        CHECK(std::isnan(norm(row({1, nan, infinity}), "m", order).item()));
        CHECK_FALSE(std::signbit(norm(row({-0.0F}), "m", order).item()));
    }
}

TEST_CASE("logsumexp: infinities and NaN") {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();

    CHECK(logsumexp(row({0, 0}), "m").item() == doctest::Approx(std::log(2.0)));
    CHECK(logsumexp(row({1000, 1000}), "m").item() == doctest::Approx(1000 + std::log(2.0)));
    CHECK(logsumexp(row({-infinity, 3}), "m").item() == 3);
    CHECK(logsumexp(row({-infinity, -infinity}), "m").item() == -infinity);
    CHECK(logsumexp(row({1, infinity, -infinity}), "m").item() == infinity);
    CHECK(std::isnan(logsumexp(row({1, nan}), "m").item()));
    CHECK(std::isnan(logsumexp(row({infinity, nan}), "m").item()));
    CHECK(std::isnan(logsumexp(row({nan, -infinity}), "m").item()));
    CHECK(logsumexp(zeros<float>(axes("m", {0})), "m").item() == -infinity);
}

TEST_CASE("statistics: over any axes, wherever they lie, they are those of the elements in a row") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto x = counted(axes("a b c", {2, 3, 4}), how);

        // The squares about the mean of 4 neighbours: (1.5^2 + 0.5^2) / 2.
        check_close(variance(x, "c"), std::vector<double>(6, 1.25));
        check_close(variance(x, "a"), std::vector<double>(12, 36));
        // b and c are 12 numbers in a row: (12^2 - 1) / 12.
        check_close(variance(x, "b c"), std::vector<double>(2, 143.0 / 12));
        check_close(variance(x, "c b"), std::vector<double>(2, 143.0 / 12));
        // a and c are 1..4 and 13..16: 36 between them, 1.25 within.
        check_close(variance(x, "a c"), std::vector<double>(3, 37.25));
        check_close(standard_deviation(x, "a b c"), {std::sqrt((24.0 * 24 - 1) / 12)});
        check_close(norm(x, "c", norm_order::one), {10, 26, 42, 58, 74, 90});
        check_close(norm(x, "a b", norm_order::infinity), {21, 22, 23, 24});
        check_close(norm(x, "a b c"), {70});
        check_close(logsumexp(x, "a b"), {21.0185, 22.0185, 23.0185, 24.0185});
    }
}

TEST_CASE("statistics: agree with what they are made of") {
    const auto x = counted<double>(axes("b s m", {3, 5, 7})) * 0.01;
    const auto centred = x - mean(x, "b s");

    const auto by_hand = mean(centred * centred, "b s").to_vector();
    const auto fast = variance(x, "b s").to_vector();
    const auto log_of_sum = log(sum(exp(x), "m")).to_vector();
    const auto stable = logsumexp(x, "m").to_vector();

    for (std::size_t i = 0; i < by_hand.size(); ++i)
        CHECK(fast[i] == doctest::Approx(by_hand[i]).epsilon(1e-12));
    for (std::size_t i = 0; i < stable.size(); ++i)
        CHECK(stable[i] == doctest::Approx(log_of_sum[i]).epsilon(1e-12));
}

TEST_CASE("statistics: the reduced axes vanish, the others stay in order with their factors") {
    const auto x = named_tensor("b s m", {2, 3, 4});
    const auto plain = counted(shape::of({2, 3, 4}));
    const auto merged = rearrange(named_tensor("b h d", {2, 3, 4}), "b h d -> b (h d)");
    for (const auto& v : verbs()) {
        CAPTURE(v.label);
        CHECK(v.run(x, "s").shape().str() == "b=2 m=4");
        CHECK(v.run(x, "m b").shape().str() == "s=3");
        CHECK(v.run(x, "b s m").rank() == 0);
        CHECK(v.run(plain, {0, -1}).shape().str() == "3");
        CHECK(v.run(merged, "b").shape().axes_text() == "(h d)");
        CHECK(v.run(merged, "(h d)").shape().axes_text() == "b");
        CHECK(v.run(x, "s").type() == dtype::float32);
        CHECK(v.run(counted<double>(axes("a", {2})), "a").type() == dtype::float64);
        CHECK(v.run(zeros<float>(axes("a b", {0, 3})), "b").shape().str() == "a=0");
        CHECK(v.run(zeros<float>(axes("a b", {0, 3})), "a").shape().str() == "b=3");
    }
    static_assert(std::is_same_v<decltype(variance(x, "s")), tensor<float>>);
    static_assert(std::is_same_v<decltype(variance(x.any(), "s")), any_tensor>);
    static_assert(std::is_same_v<decltype(norm(counted<double>({}), 0)), tensor<double>>);
}

TEST_CASE("statistics: refuse axes that are not there, and elements that are not floating") {
    const auto x = named_tensor("b s", {2, 3});
    const auto plain = counted(shape::of({2, 3}));
    for (const auto& v : verbs()) {
        CAPTURE(v.label);
        CHECK(category_of([&] { (void)v.run(x, "q"); }) == "unknown_axis");
        CHECK(category_of([&] { (void)v.run(x, "s q"); }) == "unknown_axis");
        CHECK(category_of([&] { (void)v.run(x, 0); }) == "usage");
        CHECK(category_of([&] { (void)v.run(x, "s s"); }) == "duplicate_axis");
        CHECK(category_of([&] { (void)v.run(plain, {1, -1}); }) == "duplicate_axis");
        CHECK(category_of([&] { (void)v.run(plain, 2); }) == "unknown_axis");
        CHECK(category_of([&] { (void)v.run(x, ""); }) == "usage");
        CHECK(category_of([&] { (void)v.run(full<float>(shape{}, 1), 0); }) == "unknown_axis");
        for (const dtype type : {dtype::int32, dtype::int64, dtype::boolean}) {
            const auto e = thrown_by([&] { (void)v.run(full(type, axes("a", {2}), 1), "a"); });
            CHECK(e.kind == category::dtype_mismatch);
            CHECK(e.operation == v.label);
            CHECK(e.help == "convert with cast");
        }
    }
}

TEST_CASE("statistics: every verb costs its closed form, one record, dry as wet") {
    struct price_row {
        const char* vec;
        const char* specials;
        const char* detail;
    };
    // In the order of verbs().
    const std::vector<price_row> prices = {
        {"4*b*m*s", "0", "b s m -> s"},
        {"4*b*m*s", "s", "b s m -> s"},
        {"2*b*m*s - s", "s", "b s m -> s"},
        {"2*b*m*s - s", "0", "b s m -> s, order 1"},
        {"2*b*m*s - s", "0", "b s m -> s, order infinity"},
        {"3*b*m*s - s", "b*m*s + s", "b s m -> s"}};
    const shape all = axes("b s m", {2, 3, 5});
    for (std::size_t i = 0; i < prices.size(); ++i) {
        const named_verb& v = verbs()[i];
        CAPTURE(v.label);
        CAPTURE(prices[i].detail);
        const any_tensor x = full(dtype::float32, all, 1);
        const any_tensor without_elements = any_tensor::dry(dtype::float32, all);

        const ledger bill = bill_of([&] { (void)v.run(x, "b m"); });

        REQUIRE(bill.size() == 1);
        const cost total = bill.cost().total();
        CHECK(total.flops_mm.is_zero());
        CHECK(total.int_ops.is_zero());
        CHECK(total.flops_vec.str() == prices[i].vec);
        CHECK(total.specials.str() == prices[i].specials);
        CHECK(total.bytes_read.str() == "4*b*m*s");
        CHECK(total.bytes_written.str() == "4*s");
        const auto expected = records_of(bill);
        CHECK(expected.front().operation == v.label);
        CHECK(expected.front().detail == prices[i].detail);
        CHECK(expected.front().kind == op_class::reduction);
        CHECK(records_of(bill_of([&] { (void)v.run(without_elements, "b m"); })) == expected);
        const dry_run on;
        CHECK(records_of(bill_of([&] { (void)v.run(x, "b m"); })) == expected);
    }
}

TEST_CASE("statistics: no elements cost no FLOPs, errors leave no record") {
    for (const auto& v : verbs()) {
        CAPTURE(v.label);
        const auto none = zeros<float>(axes("a b", {2, 0}));

        const ledger bill = bill_of([&] {
            (void)v.run(none, "b");
            (void)category_of([&] { (void)v.run(none, "q"); });
        });

        REQUIRE(bill.size() == 1);
        CHECK(bill.total().flops() == 0);
        CHECK(bill.total().bytes_read == 0);
        CHECK(bill.total().bytes_written == 8);
    }
}
