#include <abax/ops/compare.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/from.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/views.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <type_traits>

using namespace abax;
using namespace abax::testing;

TEST_CASE("reductions: without axes all of them go") {
    const auto x = from<float>({{1, 2, 3}, {4, 5, 6}}, "b s");
    const auto plain = from<std::int32_t>({{1, 2, 3}, {4, 5, 6}});

    CHECK(sum(x).item() == 21);
    CHECK(mean(x).item() == 3.5F);
    CHECK(min(x).item() == 1);
    CHECK(max(x).item() == 6);
    CHECK(prod(x).item() == 720);
    CHECK(any(x > 5).item());
    CHECK_FALSE(all(x > 5).item());
    CHECK(sum(x).rank() == 0);
    CHECK(sum(plain).item() == 21);
    static_assert(std::is_same_v<decltype(sum(plain)), tensor<std::int64_t>>);
    static_assert(std::is_same_v<decltype(max(plain)), tensor<std::int32_t>>);
    static_assert(std::is_same_v<decltype(any(plain)), tensor<bool>>);
}

TEST_CASE(
    "reductions: over all axes is the same as over each by name, in every layout, and on the bill"
) {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto x = counted<double>(axes("b s m", {2, 3, 5}), how);

        CHECK(equal(sum(x), sum(x, "b s m")));
        CHECK(equal(mean(x), mean(x, "b s m")));
        CHECK(equal(max(x), max(x, "b s m")));
        CHECK(records_of(bill_of([&] { (void)sum(x); })) == records_of(bill_of([&] {
                  (void)sum(x, "b s m");
              })));
    }
}

TEST_CASE("reductions: of rank 0, of no elements, of an axis without a name, and of dry ones") {
    const auto one = full<float>(shape{}, 7);
    const auto none = zeros<float>("b s", {2, 0});
    const auto unit = rearrange(from<float>({1, 2}, "s"), "s -> s 1");

    CHECK(sum(one).item() == 7);
    CHECK(mean(one).item() == 7);
    CHECK(sum(none).item() == 0);
    CHECK(prod(none).item() == 1);
    CHECK(std::isnan(mean(none).item()));
    CHECK(category_of([&] { (void)max(none); }) == "other");
    CHECK(category_of([&] { (void)mean(from<std::int64_t>({1, 2})); }) == "other");
    CHECK(sum(unit).item() == 3);
    CHECK(sum(dry<float>(axes("b", {3}))).is_dry());
}

TEST_CASE("reductions: of an any_tensor give what those of its elements give") {
    const auto x = from<std::int32_t>({{1, 2, 3}, {4, 5, 0}}, "b s");
    const auto real = cast<double>(x);
    const any_tensor y = x;

    CHECK(equal(sum(y, "s"), sum(x, "s")));
    CHECK(equal(prod(y, "b"), prod(x, "b")));
    CHECK(equal(min(y, "s"), min(x, "s")));
    CHECK(equal(max(y, "b s"), max(x, "b s")));
    CHECK(equal(any(y, "s"), any(x, "s")));
    CHECK(equal(all(y, "s"), all(x, "s")));
    CHECK(equal(mean(real.any(), "s"), mean(real, "s")));
    CHECK(equal(sum(y), sum(x)));
    CHECK(equal(mean(real.any()), mean(real)));
    CHECK(equal(max(y), max(x)));
    CHECK(equal(min(y), min(x)));
    CHECK(equal(prod(y), prod(x)));
    CHECK(equal(any(y), any(x)));
    CHECK(equal(all(y), all(x)));
    CHECK(sum(y).type() == dtype::int64);
    CHECK(all(y, "s").type() == dtype::boolean);
    CHECK(category_of([&] { (void)mean(y, "s"); }) == "other");
    CHECK(category_of([&] { (void)sum(y, "q"); }) == "unknown_axis");
    CHECK(equal(sum(from<float>({{1, 2}, {3, 4}}).any(), {0, -1}), from<float>({10}, shape{})));
}

TEST_CASE("reduce: an any_tensor takes its sizes one by one, as typed ones do") {
    const auto x = iota<float>(axes("b s", {2, 6}));
    const kernels::reduction how = reduction_named("max");

    const any_tensor y = reduce(x.any(), "b (h d) -> b h", how, "h"_ax = 2);

    CHECK(equal(y, reduce(x, "b (h d) -> b h", by::max, "h"_ax = 2)));
    CHECK(equal(reduce(x.any(), "b (h d) -> b h", by::max, "h"_ax = 2, "d"_ax = 3), y));
}
