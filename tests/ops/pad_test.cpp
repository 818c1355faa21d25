#include <abax/account/bill_cost.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/pad.hpp>
#include <abax/ops/select.hpp>
#include <abax/ops/views.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

constexpr auto highest = std::numeric_limits<std::int64_t>::max();
constexpr auto lowest = std::numeric_limits<std::int64_t>::min();

const std::vector<extents> shapes = {
    {0}, {1}, {7}, {2, 3}, {5, 0}, {0, 2}, {1, 5}, {2, 3, 5}, {3, 1, 2}, {2, 3, 1, 5}};

// body(x, axis) for each axis of each shape in each lie, and of a tensor of stride 0.
template <element T, class Body>
void for_each_axis(const Body& body) {
    for (const extents& e : shapes)
        for (std::size_t i = 0; i < e.size(); ++i) {
            for (const lie how : all_lies)
                body(counted<T>(shape::of(e), how), static_cast<int>(i));
            body(broadcast(counted<T>(shape::of(e)), 3), static_cast<int>(i));
        }
}

}  // namespace

TEST_CASE_TEMPLATE(
    "pad: the elements, with the value before and after", T, float, std::int32_t, bool
) {
    for_each_axis<T>([](const tensor<T>& x, int axis) {
        const auto i = static_cast<std::size_t>(axis);
        for (const std::int64_t before : {0, 1, 3})
            for (const std::int64_t after : {0, 1, 2}) {
                CAPTURE(x.shape().str());
                CAPTURE(axis);
                CAPTURE(before);
                CAPTURE(after);
                extents e = x.shape().extents();
                const std::int64_t extent = e[i];
                e[i] += before + after;

                const auto y = pad(x, axis, before, after, 1);

                REQUIRE(y.shape().extents() == e);
                CHECK(y.is_contiguous());
                CHECK_FALSE(y.any().shares_with(x.any()));
                for_each_position(e, [&](extents at) {
                    const T got = element_at<T>(y.any(), at);
                    at[i] -= before;
                    const bool inside = at[i] >= 0 && at[i] < extent;
                    REQUIRE(got == (inside ? element_at<T>(x.any(), at) : T(1)));
                });
            }
    });
}

TEST_CASE_TEMPLATE(
    "roll: each element moves up, and round at the end", T, float, std::int64_t, bool
) {
    for_each_axis<T>([](const tensor<T>& x, int axis) {
        const auto i = static_cast<std::size_t>(axis);
        const extents e = x.shape().extents();
        for (const std::int64_t shift :
             {std::int64_t{0},
              std::int64_t{1},
              std::int64_t{-1},
              std::int64_t{2},
              std::int64_t{5},
              std::int64_t{-13},
              highest,
              lowest}) {
            CAPTURE(x.shape().str());
            CAPTURE(axis);
            CAPTURE(shift);

            const auto y = roll(x, axis, shift);

            REQUIRE(y.shape().extents() == e);
            for_each_position(e, [&](extents at) {
                const T moved = element_at<T>(x.any(), at);
                at[i] = ((at[i] + shift % e[i]) % e[i] + e[i]) % e[i];
                REQUIRE(element_at<T>(y.any(), at) == moved);
            });
        }
    });
}

TEST_CASE("pad, roll: read in one's head") {
    const auto x = iota<std::int32_t>(axes("s", {5}));

    CHECK(pad(x, "s", 2, 0).to_vector() == std::vector{0, 0, 0, 1, 2, 3, 4});
    CHECK(pad(x, "s", 0, 1, -1).to_vector() == std::vector{0, 1, 2, 3, 4, -1});
    CHECK(roll(x, "s", 2).to_vector() == std::vector{3, 4, 0, 1, 2});
    CHECK(roll(x, "s", -1).to_vector() == std::vector{1, 2, 3, 4, 0});
    CHECK(pad(zeros<float>(axes("s", {0})), "s", 1, 1, 7).to_vector() == std::vector<float>{7, 7});
    CHECK(std::isnan(pad(counted(axes("s", {1})), "s", 1, 0, std::nan(""))(0)));
    CHECK(pad(full<double>(shape::of({1}), 1), 0, 0, 1, 1e300)(1) == 1e300);
}

TEST_CASE("pad, roll: the axis keeps its name and loses its memory, the others keep both") {
    const auto x = counted(axes("b (m: h d) (e f)", {2, 6, 6}, {{"h", 2}, {"e", 3}}));

    CHECK(pad(x, "m", 1, 1).shape().str() == "b=2 m=8 (e f)=6");
    CHECK(pad(x, "b", 1, 0).shape().axes_text() == "b (m: h d) (e f)");
    CHECK(roll(x, "m", 1).shape().axes_text() == "b m (e f)");
    for (const auto& e : {thrown_by([&] { (void)pad(x, "(e f)", 1, 1); }), thrown_by([&] {
                              (void)roll(x, "(e f)", 1);
                          })}) {
        CHECK(e.kind == category::name_mismatch);
        CHECK(e.axis == "(e f)");
    }
}

TEST_CASE("pad, roll: what they refuse, and say") {
    const auto x = named_tensor("b s", {2, 3});

    const auto e = thrown_by([&] { (void)pad(x, "s", -1, 0); });
    CHECK(e.kind == category::usage);
    CHECK(e.operation == "pad");
    CHECK(e.axis == "s");
    CHECK(e.help == "slice takes positions away");
    CHECK(category_of([&] { (void)pad(x, "s", 0, lowest); }) == "usage");
    CHECK(category_of([&] { (void)pad(x, "s", highest, 0); }) == "overflow");
    CHECK(category_of([&] { (void)pad(x, "s", 1, highest - 3); }) == "overflow");
    CHECK(category_of([&] { (void)pad(x, "s", highest / 4, 0); }) == "overflow");
    CHECK(category_of([&] { (void)pad(x, "q", 1, 1); }) == "unknown_axis");
    CHECK(category_of([&] { (void)pad(x, 0, 1, 1); }) == "usage");
    CHECK(category_of([&] { (void)roll(x, "q", 1); }) == "unknown_axis");
    CHECK(category_of([&] { (void)roll(x, 0, 1); }) == "usage");
    const auto ids = zeros<std::int32_t>(axes("s", {3}));
    CHECK(category_of([&] { (void)pad(ids, "s", 1, 1, 0.5); }) == "dtype_mismatch");
    CHECK(
        category_of([&] { (void)pad(ids, "s", 1, 1, std::int64_t{1} << 40); }) == "dtype_mismatch"
    );
    CHECK(
        category_of([&] { (void)pad(zeros<bool>(axes("s", {3})), "s", 1, 1, 2); })
        == "dtype_mismatch"
    );
    CHECK(equal(x, named_tensor("b s", {2, 3})));
}

TEST_CASE("pad reads its operand and writes the padded size; roll moves each element once") {
    const auto run = [](const tensor<float>& x) {
        return records_of(bill_of([&] {
            (void)pad(x, "s", 2, 3);
            (void)pad(broadcast(x, "h", 5), "s", 2, 3);
            (void)roll(x, "s", 2);
            (void)pad(x, "s", 0, 0);
        }));
    };
    const shape of_x = axes("b s", {2, 7});

    const auto wet = run(counted(of_x));

    REQUIRE(wet.size() == 5);
    struct row {
        std::size_t record;
        std::string operation;
        std::int64_t read;
        std::int64_t written;
    };
    for (const row& r : std::vector<row>{
             {0, "pad", 4 * 14, 4 * 24},
             {2, "pad", 4 * 14, 4 * 24 * 5},
             {3, "roll", 4 * 14, 4 * 14},
             {4, "pad", 4 * 14, 4 * 14},
         }) {
        CAPTURE(r.record);
        counters expected;
        expected.bytes_read = r.read;
        expected.bytes_written = r.written;
        CHECK(wet[r.record].operation == r.operation);
        CHECK(wet[r.record].kind == op_class::movement);
        CHECK(wet[r.record].counted == expected);
    }
    CHECK(run(dry<float>(of_x)) == wet);
    const auto real = counted(of_x);
    const dry_run on;
    CHECK(run(real) == wet);
}

TEST_CASE("roll and pad are on the bill in axis names") {
    const auto x = counted(axes("b s", {2, 7}));

    CHECK(bill_of([&] { (void)roll(x, "s", 1); }).cost().total().bytes_read.str() == "4*b*s");
    // The padded axis has two extents under one name: a number stands for each.
    const auto total = bill_of([&] { (void)pad(x, "s", 1, 2); }).cost().total();
    CHECK(total.bytes_read.str() == "28*b");
    CHECK(total.bytes_written.str() == "40*b");
}
