#include <abax/ops/assign.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/from.hpp>
#include <abax/ops/views.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>

using namespace abax;
using namespace abax::testing;

namespace {

tensor<float> two_by_three() {
    return from<float>({{1, 2, 3}, {4, 5, 6}}, "b s");
}

}  // namespace

TEST_CASE("assign: a number goes everywhere, or into a part") {
    auto x = two_by_three();

    assign(x, {"s", 0, 1}, 7);
    CHECK(equal(x, from<float>({{7, 2, 3}, {7, 5, 6}}, "b s")));
    assign(x, {"s", {}, {}, -2}, -1);
    CHECK(equal(x, from<float>({{-1, 2, -1}, {-1, 5, -1}}, "b s")));
    assign(x, {"b", 1, 1}, 99);
    CHECK(equal(x, from<float>({{-1, 2, -1}, {-1, 5, -1}}, "b s")));
    assign(x, 0.5);
    CHECK(equal(x, full<float>("b s", {2, 3}, 0.5)));
}

TEST_CASE("assign: a number is written in every layout, and nowhere else") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        auto x = counted<std::int32_t>(axes("b s m", {2, 3, 5}), how);
        const auto before = x.to_vector();

        assign(x, {"s", 1, 2}, 0);

        std::size_t i = 0;
        for_each_position({2, 3, 5}, [&](const extents& at) {
            CHECK(element_at<std::int32_t>(x, at) == (at[1] == 1 ? 0 : before[i]));
            ++i;
        });
    }
}

TEST_CASE("assign: a number into a buffer that is shared leaves the others alone") {
    auto x = two_by_three();
    const auto other = x;
    auto wide = broadcast(from<float>({1, 2, 3}, "s"), "b", 2);

    assign(x, {"s", -1}, 0);
    assign(wide, {"b", 0, 1}, 0);

    CHECK(equal(other, two_by_three()));
    CHECK(equal(x, from<float>({{1, 2, 0}, {4, 5, 0}}, "b s")));
    CHECK(equal(wide, from<float>({{0, 0, 0}, {1, 2, 3}}, "b s")));
}

TEST_CASE("assign: a number that does not fit, or a part outside, changes nothing") {
    auto ids = from<std::int32_t>({1, 2, 3}, "s");
    any_tensor untyped = ids.any();

    CHECK(category_of([&] { assign(ids, 0.5); }) == "dtype_mismatch");
    CHECK(category_of([&] { assign(untyped, {"s", 0, 1}, 3e9); }) == "dtype_mismatch");
    CHECK(category_of([&] { assign(ids, {"s", 0, 4}, 0); }) == "usage");
    CHECK(category_of([&] { assign(ids, {"q", 0, 1}, 0); }) == "unknown_axis");
    CHECK(equal(ids, from<std::int32_t>({1, 2, 3}, "s")));
    CHECK(untyped.shares_with(ids.any()));
}

TEST_CASE("set: one element, by position or by name in any order") {
    auto x = two_by_three();
    any_tensor untyped = two_by_three();
    auto one = full<float>(shape{}, 1);
    auto flag = from<bool>({false, false}, "s");

    set(x, {1, 2}, 60);
    set(x, {"s"_ax = 0, "b"_ax = 1}, std::nanf(""));
    set(untyped, {{"b", 0}, {"s", 1}}, 20);
    set(one, {}, 7);
    set(flag, {"s"_ax = 1}, true);

    CHECK(x(1, 2) == 60);
    CHECK(std::isnan(x(1, 0)));
    CHECK(equal(untyped, from<float>({{1, 20, 3}, {4, 5, 6}}, "b s")));
    CHECK(one.item() == 7);
    CHECK(equal(flag, from<bool>({false, true}, "s")));
}

TEST_CASE("set: writes through any layout, and copies what is shared") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        auto x = counted<std::int64_t>(axes("b s", {3, 4}), how);
        const auto other = copy(x);

        set(x, {2, 1}, -2);
        const auto shared = x;
        set(x, {2, 1}, -1);

        CHECK(shared(2, 1) == -2);
        for_each_position({3, 4}, [&](const extents& at) {
            const bool is_set = at[0] == 2 && at[1] == 1;
            CHECK(element_at<std::int64_t>(x, at) == (is_set ? -1 : at[0] * 4 + at[1] + 1));
            CHECK(element_at<std::int64_t>(other, at) == at[0] * 4 + at[1] + 1);
        });
    }
    auto wide = broadcast(from<float>({1, 2}, "s"), "b", 2);
    set(wide, {0, 0}, 9);
    CHECK(equal(wide, from<float>({{9, 2}, {1, 2}}, "b s")));
}

TEST_CASE("set: a coordinate outside, of another rank or with other names changes nothing") {
    auto x = two_by_three();
    const auto& read = x;

    CHECK(category_of([&] { set(x, {2, 0}, 0); }) == "usage");
    CHECK(category_of([&] { set(x, {0, -1}, 0); }) == "usage");
    CHECK(category_of([&] { set(x, {0}, 0); }) == "rank_mismatch");
    CHECK(category_of([&] { set(x, {}, 0); }) == "rank_mismatch");
    CHECK(category_of([&] { set(x, {"b"_ax = 0}, 0); }) == "rank_mismatch");
    CHECK(category_of([&] { set(x, {"b"_ax = 0, "b"_ax = 0}, 0); }) == "duplicate_axis");
    CHECK(category_of([&] { set(x, {"b"_ax = 0, "q"_ax = 0}, 0); }) == "unknown_axis");
    CHECK(category_of([&] { set(x, {0, 0}, 1e300); }) == "dtype_mismatch");
    CHECK(equal(read, two_by_three()));
}

TEST_CASE("set, assign: the bill has what is written, and a copy where the buffer was shared") {
    auto x = two_by_three();
    const auto of_one = bill_of([&] { set(x, {0, 0}, 1); });
    const auto of_part = bill_of([&] { assign(x, {"s", 0, 2}, 1); });
    const auto other = x;
    const auto of_shared = records_of(bill_of([&] { assign(x, 1); }));

    REQUIRE(of_one.size() == 1);
    CHECK(of_one.total().bytes_written == 4);
    CHECK(of_one.total().bytes_read == 0);
    REQUIRE(of_part.size() == 1);
    CHECK(of_part.total().bytes_written == 2 * 2 * 4);
    CHECK(of_part.total().flops() == 0);
    REQUIRE(of_shared.size() == 2);
    CHECK(of_shared[0].operation == "copy");
    CHECK(of_shared[1].operation == "assign");
    CHECK(of_shared[1].counted.bytes_written == 6 * 4);
    CHECK(equal(other, from<float>({{1, 1, 3}, {1, 1, 6}}, "b s")));
}

TEST_CASE("set, assign: in a dry run there is a bill, and no element is touched") {
    auto x = two_by_three();
    auto shared = x;
    auto without = dry<float>(axes("b s", {2, 3}));
    auto own = two_by_three();
    {
        const dry_run on;
        CHECK(bill_of([&] { assign(own, 0); }).total().bytes_written == 24);
        CHECK(bill_of([&] { set(own, {0, 0}, 0); }).total().bytes_written == 4);
        CHECK(category_of([&] { assign(shared, 0); }) == "dry");
    }
    CHECK(bill_of([&] { assign(without, {"s", 0, 1}, 0); }).total().bytes_written == 8);
    CHECK(equal(own, two_by_three()));
}
