#include <abax/account/bill_cost.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/from.hpp>
#include <abax/ops/order.hpp>
#include <abax/ops/select.hpp>
#include <abax/ops/take_along.hpp>
#include <abax/ops/views.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

TEST_CASE_TEMPLATE(
    "take_along: one element for each id, for every layout", T, float, std::int64_t, bool
) {
    const shape axes_of_x = axes("b s m", {2, 5, 3});
    const shape axes_of_ids = axes("b s m", {2, 4, 3});
    for (const lie x_lies : all_lies)
        for (const lie ids_lie : all_lies) {
            CAPTURE(x_lies);
            CAPTURE(ids_lie);
            const auto x = counted<T>(axes_of_x, x_lies);
            const auto ids =
                laid<std::int64_t>(axes_of_ids, ids_lie, [](std::int64_t i) { return i * 7 % 5; });

            const auto y = take_along(x, ids, "s");

            CHECK(y.shape() == ids.shape());
            for_each_position({2, 4, 3}, [&](const extents& at) {
                CHECK(
                    element_at<T>(y, at)
                    == element_at<T>(x, {at[0], element_at<std::int64_t>(ids, at), at[2]})
                );
            });
        }
}

TEST_CASE("take_along: what argsort says, in order, is what sort says") {
    const auto x = from<float>({{3, 1, 2}, {5, 6, 4}}, "b s");

    CHECK(equal(take_along(x, argsort(x, "s"), "s"), sort(x, "s")));
    CHECK(equal(take_along(x.any(), argsort(x.any(), "s"), "s"), sort(x.any(), "s")));
}

TEST_CASE("take_along: named ids may have their axes in any order, and give the order of the result"
) {
    const auto x = from<float>({{1, 2, 3}, {4, 5, 6}}, "b s");
    const auto ids = from<std::int32_t>({{2, 0}}, "s b");

    const auto y = take_along(x, ids, "s");

    CHECK(equal(y, from<float>({{3, 4}}, "s b")));
    CHECK(equal(
        take_along(x, from<std::int32_t>({{1, 0, 1}}, "b s"), "b"), from<float>({{4, 2, 6}}, "b s")
    ));
}

TEST_CASE("take_along: unnamed tensors go by position") {
    const auto x = from<float>({{1, 2, 3}, {4, 5, 6}});
    const auto ids = from<std::int64_t>({{2}, {0}});

    CHECK(equal(take_along(x, ids, 1), from<float>({{3}, {4}})));
    CHECK(equal(take_along(x, ids, -1), from<float>({{3}, {4}})));
}

TEST_CASE("take_along: an id outside the axis is refused, with its place by name") {
    const auto x = from<float>({{1, 2, 3}, {4, 5, 6}}, "b s");
    for (const std::int64_t bad : {3, -1}) {
        const auto fault = thrown_by([&] {
            (void)take_along(x, from<std::int64_t>({{0, 1}, {bad, 2}}, "b s"), "s");
        });
        CHECK(fault.kind == category::usage);
        CHECK(fault.axis == "s");
        CHECK(fault.got_extent == bad);
        CHECK(
            fault.message
            == "the id at b=1 s=0 is " + std::to_string(bad) + ", outside 's' of extent 3"
        );
    }
    const auto plain = thrown_by([&] {
        (void)take_along(from<float>({{1, 2}}), from<std::int64_t>({{0, 5}}), 1);
    });
    CHECK(plain.message == "the id at (0, 1) is 5, outside the axis of extent 2");
    const auto nothing = thrown_by([&] {
        (void)take_along(zeros<float>("s", {0}), from<std::int64_t>({0}, "s"), "s");
    });
    CHECK(nothing.expected == "no ids: the axis is empty");
}

TEST_CASE("take_along: ids have the axes of x, and its extents on all others") {
    const auto x = from<float>({{1, 2, 3}, {4, 5, 6}}, "b s");
    const auto ids = [](std::initializer_list<std::int64_t> extents, axis_names names) {
        return zeros<std::int64_t>(names, extents);
    };

    CHECK(category_of([&] { (void)take_along(x, ids({2, 3}, "b t"), "s"); }) == "name_mismatch");
    CHECK(category_of([&] { (void)take_along(x, ids({3, 1}, "b s"), "s"); }) == "size_mismatch");
    CHECK(category_of([&] { (void)take_along(x, ids({1, 1}, "b s"), "s"); }) == "size_mismatch");
    CHECK(category_of([&] { (void)take_along(x, ids({3}, "s"), "s"); }) == "rank_mismatch");
    CHECK(category_of([&] { (void)take_along(x, ids({2, 3}, ""), "s"); }) == "name_mismatch");
    CHECK(category_of([&] { (void)take_along(x, ids({2, 3}, "b s"), "q"); }) == "unknown_axis");
    CHECK(category_of([&] { (void)take_along(x, ids({2, 3}, "b s"), 1); }) == "usage");
    CHECK(category_of([&] { (void)take_along(x.any(), x.any(), "s"); }) == "dtype_mismatch");
}

TEST_CASE("take_along: of no ids nothing, also from an empty axis") {
    CHECK(
        take_along(zeros<float>("b s", {2, 3}), zeros<std::int64_t>("b s", {2, 0}), "s")
            .shape()
            .str()
        == "b=2 s=0"
    );
    CHECK(
        take_along(zeros<float>("b s", {2, 0}), zeros<std::int64_t>("b s", {2, 0}), "s").volume()
        == 0
    );
}

TEST_CASE("take_along: the bill has the ids, as many elements read and written, and no arithmetic"
) {
    const auto x = zeros<float>("b s", {2, 50});
    const auto ids = zeros<std::int64_t>("b s", {2, 3});

    const ledger bill = bill_of([&] { (void)take_along(x, ids, "s"); });
    const ledger without_elements = bill_of([&] {
        const dry_run on;
        (void)take_along(x, ids, "s");
    });

    REQUIRE(bill.size() == 1);
    CHECK(bill.total().flops() == 0);
    CHECK(bill.total().bytes_read == 2 * 3 * (4 + 8));
    CHECK(bill.total().bytes_written == 2 * 3 * 4);
    CHECK(records_of(without_elements) == records_of(bill));
}

TEST_CASE("take: of a list of positions the axis stays, as long as the list") {
    const auto x = from<float>({{1, 2, 3}, {4, 5, 6}}, "b s");
    const std::vector<std::int64_t> back{-1, 0};

    CHECK(equal(take(x, {0, 2}, "s"), from<float>({{1, 3}, {4, 6}}, "b s")));
    CHECK(equal(take(x, {1}, "b"), from<float>({{4, 5, 6}}, "b s")));
    CHECK(equal(take(x, {2, 2, 0, 1}, "s"), from<float>({{3, 3, 1, 2}, {6, 6, 4, 5}}, "b s")));
    CHECK(equal(take(x, back, "s"), from<float>({{3, 1}, {6, 4}}, "b s")));
    CHECK(equal(take(x.any(), {0, 2}, "s"), take(x, {0, 2}, "s")));
    CHECK(equal(take(from<float>({1, 2, 3}), {2, 0}, 0), from<float>({3, 1})));
    CHECK(take(x, {}, "s").shape().str() == "b=2 s=0");
    CHECK(equal(take(permute(x, "s b"), {0, 2}, "s"), from<float>({{1, 4}, {3, 6}}, "s b")));
}

TEST_CASE("take: a position of a list that lies outside is refused, and a merged axis needs a name"
) {
    const auto x = from<float>({{1, 2, 3}, {4, 5, 6}}, "b s");
    const auto merged = iota<float>(axes("b (h d)", {2, 6}, {{"h", 2}}));

    for (const std::int64_t bad : {3, -4}) {
        const auto fault = thrown_by([&] { (void)take(x, {0, bad}, "s"); });
        CHECK(fault.kind == category::usage);
        CHECK(fault.message == std::to_string(bad) + " lies outside 's' of extent 3");
        CHECK(fault.axis == "s");
        CHECK(fault.got_extent == bad);
    }
    CHECK(category_of([&] { (void)take(merged, {0}, "(h d)"); }) == "name_mismatch");
    CHECK(take(rename(merged, "(h d) -> m"), {0, 1}, "m").shape().axes_text() == "b m");
    CHECK(category_of([&] { (void)take(x, {0}, "q"); }) == "unknown_axis");
}

TEST_CASE("take: a list of positions costs what the same ids in a tensor cost") {
    const auto x = zeros<float>("b s", {2, 5});
    const auto ids = from<std::int64_t>({0, 2}, "s");

    const auto by_list = records_of(bill_of([&] { (void)take(x, {0, 2}, "s"); }));

    CHECK(by_list == records_of(bill_of([&] { (void)take(x, ids, "s"); })));
    const dry_run on;
    CHECK(by_list == records_of(bill_of([&] { (void)take(x, {0, 2}, "s"); })));
}
