#include <abax/account/bill_cost.hpp>
#include <abax/ops/random.hpp>
#include <abax/ops/select.hpp>

#include "support.hpp"

#include <algorithm>
#include <limits>

using namespace abax;
using namespace abax::testing;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_CASE("random: a seed and a shape give a tensor, with names or without") {
    CHECK(randn<float>("b s", {2, 3}, 42).shape().str() == "b=2 s=3");
    CHECK(randn<double>({2, 3}, 42).shape().str() == "2 3");
    CHECK(randn<float>(axes("b", {5}), 42).shape().str() == "b=5");
    CHECK(uniform<float>("b s", {2, 3}, 42, -1, 1).shape().str() == "b=2 s=3");
    CHECK(uniform<double>({4}, 42).shape().str() == "4");
    CHECK(randint<std::int64_t>("b s", {2, 3}, 42, 0, 50257).shape().str() == "b=2 s=3");
    CHECK(randint<std::int32_t>({4}, 42, 0, 10).shape().str() == "4");
    CHECK(permutation("b", 5, 42).shape().str() == "b=5");
    CHECK(permutation(5, 42).shape().str() == "5");
    CHECK(randn<float>({}, 1).volume() == 1);
    CHECK(randn<float>({0, 3}, 1).volume() == 0);
}

TEST_CASE("random: the same seed gives the same elements, another one others") {
    const auto x = randn<float>({100}, 1).to_vector();

    CHECK(randn<float>("a b", {10, 10}, 1).to_vector() == x);
    CHECK(randn<float>({100}, 2).to_vector() != x);
    CHECK(randn<float>({200}, 1)(99) == x[99]);
    CHECK(x[0] == 0x1.b2b8acp+0F);
    CHECK(permutation(100, 1).to_vector() != permutation(100, 2).to_vector());
}

TEST_CASE("random: numbers stay within their bounds") {
    const auto x = uniform<float>({1000}, 3, -2, 0.5).to_vector();
    CHECK(*std::min_element(x.begin(), x.end()) >= -2);
    CHECK(*std::max_element(x.begin(), x.end()) < 0.5F);
    const auto n = randint<std::int32_t>({1000}, 3, -5, 6).to_vector();
    CHECK(*std::min_element(n.begin(), n.end()) == -5);
    CHECK(*std::max_element(n.begin(), n.end()) == 5);
    CHECK(randint<std::int32_t>({1}, 3, 2147483647, 2147483648).item() == 2147483647);
}

TEST_CASE("random: a permutation shuffles the rows of a table") {
    const auto table = counted<float>(axes("b m", {5, 2}));
    const auto order = permutation("b", 5, 8);

    const auto shuffled = take(table, order, "b");

    for (std::int64_t i = 0; i < 5; ++i)
        CHECK(shuffled(i, 1) == table(order(i), 1));
}

TEST_CASE("random: what cannot be drawn is refused") {
    const auto a = axes("a", {3});
    CHECK(category_of([&] { (void)randn(dtype::int32, a, 1); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)uniform(dtype::boolean, a, 1); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)randint(dtype::float32, a, 1, 0, 2); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)randint(dtype::boolean, a, 1, 0, 2); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)uniform<float>(a, 1, 1, 1); }) == "usage");
    CHECK(category_of([&] { (void)uniform<float>(a, 1, 2, 1); }) == "usage");
    CHECK(category_of([&] { (void)uniform<float>(a, 1, 1, 1 + 1e-12); }) == "usage");
    CHECK(category_of([&] { (void)uniform<double>(a, 1, 0, inf); }) == "usage");
    CHECK(category_of([&] { (void)uniform<double>(a, 1, -inf, 0); }) == "usage");
    CHECK(category_of([&] { (void)uniform<double>(a, 1, inf - inf, 0); }) == "usage");
    CHECK(category_of([&] { (void)uniform<double>(a, 1, -1.7e308, 1.7e308); }) == "usage");
    CHECK(category_of([&] { (void)uniform<float>(a, 1, -3e38, 3e38); }) == "usage");
    CHECK(category_of([&] { (void)uniform<float>(a, 1, 0, 1e300); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)randint<std::int64_t>(a, 1, 5, 5); }) == "usage");
    CHECK(category_of([&] { (void)randint<std::int64_t>(a, 1, highest, lowest); }) == "usage");
    CHECK(
        category_of([&] { (void)randint<std::int32_t>(a, 1, 0, 1LL << 40); }) == "dtype_mismatch"
    );
    CHECK(category_of([] { (void)permutation("b", -1, 1); }) == "size_mismatch");
    CHECK(category_of([] { (void)permutation("b c", 3, 1); }) == "rank_mismatch");
    CHECK(category_of([] { (void)randn<float>({highest, 2}, 1); }) == "overflow");
    CHECK(category_of([] { (void)randn<float>({-1}, 1); }) == "size_mismatch");
    const auto e = thrown_by([&] { (void)randint<std::int64_t>(a, 1, 7, 3); });
    CHECK(e.got == "low = 7, high = 3");
}

TEST_CASE("random: drawing is no arithmetic, and a dry run draws nothing") {
    const auto all = [] {
        (void)randn<float>("a", {3}, 1);
        (void)uniform<double>("a", {3}, 1);
        (void)randint<std::int32_t>("a", {3}, 1, 0, 2);
        (void)permutation("a", 3, 1);
    };
    const ledger bill = bill_of(all);
    CHECK(bill.size() == 4);
    CHECK(bill.cost().total().bytes_written.str() == "24*a");
    CHECK(bill.total().bytes_read == 0);
    CHECK(bill.total().flops() == 0);
    CHECK(bill.total().int_ops == 0);

    const dry_run on;
    CHECK(records_of(bill_of(all)) == records_of(bill));
    CHECK(randn<float>({1 << 30, 1 << 20}, 1).is_dry());
    CHECK(permutation(highest / 8, 1).is_dry());
}
