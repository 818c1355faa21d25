#include <abax/ops/assign.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/select.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

using position = std::optional<std::int64_t>;
constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
constexpr auto highest = std::numeric_limits<std::int64_t>::max();

// The positions that a range names, by walking: numpy's rule, without its cutting off at the ends.
std::vector<std::int64_t> walked(
    std::int64_t extent, position from, position to, std::int64_t step
) {
    const auto from_start = [&](std::int64_t p) { return p < 0 ? p + extent : p; };
    const std::int64_t first = from ? from_start(*from) : step < 0 ? extent - 1 : 0;
    const std::int64_t end = to ? from_start(*to) : step < 0 ? -1 : extent;
    std::vector<std::int64_t> positions;
    for (std::int64_t p = first; step < 0 ? p > end : p < end; p += step)
        positions.push_back(p);
    return positions;
}

}  // namespace

TEST_CASE("slice: every range of every axis is what walking it visits") {
    for (const std::int64_t extent : {0, 1, 2, 3, 5})
        for (const lie how : all_lies)
            for (const std::int64_t step : {-7, -3, -2, -1, 1, 2, 3, 7}) {
                const auto x = counted(axes("b s", {2, extent}), how);
                const std::int64_t last = step < 0 ? extent - 1 : extent;
                std::vector<position> borders = {std::nullopt};
                for (std::int64_t p = -extent; p <= last; ++p)
                    borders.emplace_back(p);
                for (const position& from : borders)
                    for (const position& to : borders) {
                        CAPTURE(how);
                        CAPTURE(extent);
                        CAPTURE(step);
                        CAPTURE(from.value_or(99));
                        CAPTURE(to.value_or(99));
                        const auto expected = walked(extent, from, to, step);

                        const auto y = slice(x, {"s", from, to, step});

                        REQUIRE(y.extent("s") == static_cast<std::int64_t>(expected.size()));
                        CHECK(y.any().shares_with(x.any()));
                        for (std::size_t i = 0; i < expected.size(); ++i)
                            for (std::int64_t b = 0; b < 2; ++b)
                                REQUIRE(y(b, i) == x(b, expected[i]));
                    }
            }
}

TEST_CASE("slice: ranges are written short, and read as in numpy") {
    const auto x = iota<std::int32_t>(axes("s", {5}));

    CHECK(slice(x, {"s", {}, {}, -1}).to_vector() == std::vector{4, 3, 2, 1, 0});
    CHECK(slice(x, {"s", 4, 1, -1}).to_vector() == std::vector{4, 3, 2});
    CHECK(slice(x, {"s", 4, {}, -2}).to_vector() == std::vector{4, 2, 0});
    CHECK(slice(x, {"s", -2, 0, -1}).to_vector() == std::vector{3, 2, 1});
    CHECK(slice(x, {"s", {}, -3, -1}).to_vector() == std::vector{4, 3});
    CHECK(slice(x, {"s", 1, 3, -1}).to_vector().empty());
    CHECK(slice(x, {"s", 1, 3}).to_vector() == std::vector{1, 2});
    CHECK(slice(x, {"s", -1}).to_vector() == std::vector{4});
    CHECK(slice(x, {"s"}).to_vector() == std::vector{0, 1, 2, 3, 4});
    CHECK(slice(x, {"s", {}, {}, lowest}).to_vector() == std::vector{4});
    CHECK(slice(x, {"s", {}, {}, -highest}).to_vector() == std::vector{4});
    CHECK(slice(x, {"s", {}, {}, highest}).to_vector() == std::vector{0});
    CHECK(
        slice(counted(shape::of({3})), {0, {}, {}, -1}).to_vector() == std::vector<float>{3, 2, 1}
    );
}

TEST_CASE("slice: a border outside the axis is an error for either direction, and so is a step of 0"
) {
    const auto x = named_tensor("b s", {2, 5});
    struct row {
        position from;
        position to;
        std::int64_t step;
    };
    for (const auto& [from, to, step_] : std::vector<row>{
             {5, {}, -1},
             {-6, {}, -1},
             {{}, 5, -1},
             {{}, -6, -1},
             {highest, {}, -1},
             {lowest, {}, -1},
             {lowest, {}, 1},
             {{}, highest, 1},
             {6, {}, 1},
             {0, 5, 0},
             {{}, {}, 0},
         }) {
        const std::int64_t step = step_;
        CAPTURE(step);
        const range which{"s", from, to, step};
        const auto e = thrown_by([&] { (void)slice(x, which); });
        CHECK(e.kind == category::usage);
        CHECK(e.axis == "s");
        CHECK(e.operation == "slice");
    }
    const auto e = thrown_by([&] { (void)slice(x, {"s", 5, {}, -1}); });
    CHECK(e.expected == "-5 to 4");
    CHECK(e.help.find("leave 'to' out") != std::string::npos);
    CHECK(thrown_by([&] { (void)slice(x, {"s", 6}); }).expected == "-5 to 5");
    CHECK(thrown_by([&] { (void)at(x, "s", 5); }).expected == "-5 to 4");
    CHECK(
        thrown_by([&] { (void)at(named_tensor("s", {0}), "s", 0); }).expected
        == "no position: the axis is empty"
    );
}

TEST_CASE("assign: to a range that walks backwards") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        auto x = counted(axes("s", {5}), how);
        const auto before = x;

        assign(x, {"s", 4, {}, -2}, from<float>({10, 20, 30}, axes("s", {3})));
        CHECK(x.to_vector() == std::vector<float>{30, 2, 20, 4, 10});
        CHECK(before.to_vector() == std::vector<float>{1, 2, 3, 4, 5});

        assign(x, {"s", {}, {}, -1}, x);  // its own elements, turned round
        CHECK(x.to_vector() == std::vector<float>{10, 4, 20, 2, 30});
    }
}

TEST_CASE("a slice of a tensor without elements stays within it, whatever its strides") {
    const auto x = dry<float>(axes("a b c", {highest, 0, 4}));

    CHECK(slice(x, {"a", -1, {}, -3}).shape().str() == "a=3074457345618258603 b=0 c=4");
    CHECK(at(x, "a", -1).shape().str() == "b=0 c=4");
    CHECK(chunk(x, "a", 7)[6].shape().str() == "a=1317624576693539401 b=0 c=4");
}

TEST_CASE("chunk: equal parts of one axis, one after another") {
    for (const lie how : all_lies)
        for (const std::int64_t count : {1, 2, 3, 6}) {
            CAPTURE(how);
            CAPTURE(count);
            const auto x = counted(axes("b m", {2, 6}), how);

            const auto parts = chunk(x, "m", count);

            REQUIRE(parts.size() == static_cast<std::size_t>(count));
            const std::int64_t extent = 6 / count;
            for (std::size_t i = 0; i < parts.size(); ++i) {
                CHECK(parts[i].any().shares_with(x.any()));
                REQUIRE(parts[i].shape().extents() == extents{2, extent});
                for_each_position({2, extent}, [&](const extents& p) {
                    REQUIRE(
                        parts[i](p[0], p[1])
                        == x(p[0], static_cast<std::int64_t>(i) * extent + p[1])
                    );
                });
            }
        }
    CHECK(chunk(counted(shape::of({4, 2})), -2, 4)[3].shape().str() == "1 2");
    CHECK(chunk(counted(axes("m", {0})), "m", 3).size() == 3);
}

TEST_CASE("chunk: the extent must be divisible, and the error says what else there is") {
    const auto x = named_tensor("b m", {2, 7});

    const auto e = thrown_by([&] { (void)chunk(x, "m", 2); });
    CHECK(e.kind == category::not_divisible);
    CHECK(e.axis == "m");
    CHECK(e.expected_extent == 2);
    CHECK(e.got_extent == 7);
    CHECK(e.help.find("split") != std::string::npos);
    CHECK(category_of([&] { (void)chunk(x, "m", 8); }) == "not_divisible");
    CHECK(category_of([&] { (void)chunk(x, "m", highest); }) == "not_divisible");
    CHECK(category_of([&] { (void)chunk(x, "m", 0); }) == "usage");
    CHECK(category_of([&] { (void)chunk(x, "m", -1); }) == "usage");
    CHECK(category_of([&] { (void)chunk(x, "q", 7); }) == "unknown_axis");
    CHECK(category_of([&] { (void)chunk(x, 1, 7); }) == "usage");
}

TEST_CASE(
    "slice and chunk lose the memory of a merged axis; one without a name of its own has to be named"
) {
    const auto called = counted(axes("b (m: h d)", {2, 6}, {{"h", 2}}));
    const auto plain = counted(axes("b (h d)", {2, 6}, {{"h", 2}}));

    CHECK(slice(called, {"m", {}, {}, -1}).shape().axes_text() == "b m");
    CHECK(chunk(called, "m", 2)[0].shape().axes_text() == "b m");
    CHECK(chunk(called, "b", 2)[0].shape().axes_text() == "b (m: h d)");
    CHECK(category_of([&] { (void)chunk(plain, "(h d)", 2); }) == "name_mismatch");
    CHECK(category_of([&] { (void)slice(plain, {"(h d)", {}, {}, -1}); }) == "name_mismatch");
}

TEST_CASE("slice and chunk are one record of nothing, dry or not") {
    const auto run = [](const tensor<float>& x) {
        return records_of(bill_of([&] {
            (void)slice(x, {"m", {}, {}, -2});
            (void)chunk(x, "m", 3);
        }));
    };

    const auto wet = run(counted(axes("b m", {2, 6})));

    REQUIRE(wet.size() == 2);
    CHECK(wet[0].operation == "slice");
    CHECK(wet[1].operation == "chunk");
    for (const auto& r : wet) {
        CHECK(r.kind == op_class::view);
        CHECK(r.counted == counters{});
    }
    CHECK(run(dry<float>(axes("b m", {2, 6}))) == wet);
    const dry_run on;
    CHECK(run(dry<float>(axes("b m", {2, 6}))) == wet);
}
