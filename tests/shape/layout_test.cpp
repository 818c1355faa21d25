#include <abax/core/error.hpp>
#include <abax/shape/layout.hpp>
#include <abax/shape/shape.hpp>

#include "../ops/support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <set>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

layout strided(const extents& shape_extents, const extents& stride, std::int64_t offset = 0) {
    return {shape::of(shape_extents), strides(stride.begin(), stride.end()), offset};
}

extents strides_of(const layout& where) {
    return {where.stride.begin(), where.stride.end()};
}

}  // namespace

TEST_CASE("row_major: the last axis has stride 1, and each other one the volume of those behind it"
) {
    struct row {
        extents shape;
        extents stride;
    };
    const std::vector<row> table = {
        {{}, {}},
        {{7}, {1}},
        {{2, 3}, {3, 1}},
        {{2, 3, 5}, {15, 5, 1}},
        {{1, 3, 1, 5}, {15, 5, 5, 1}},
        {{2, 3, 5, 7, 11}, {1155, 385, 77, 11, 1}},
    };
    for (const auto& [axes_of, stride] : table) {
        const layout where = layout::row_major(shape::of(axes_of));
        CAPTURE(where.axes.str());
        CHECK(strides_of(where) == stride);
        CHECK(where.offset == 0);
        CHECK(where.is_contiguous());
    }
}

TEST_CASE("row_major: an extent of 0 gives no elements and is contiguous") {
    for (const extents& e : std::vector<extents>{{0}, {0, 3}, {3, 0}, {2, 0, 5}}) {
        const layout where = layout::row_major(shape::of(e));
        CAPTURE(where.axes.str());
        CHECK(where.axes.volume() == 0);
        CHECK(where.distinct_volume() == 0);
        CHECK(where.is_contiguous());
    }
}

TEST_CASE("volume: what does not fit 64 bits is an overflow, not a small number") {
    const shape large = shape::of({most, 2});

    CHECK(thrown_by([&] { (void)large.volume(); }).kind == category::overflow);
    CHECK(thrown_by([&] { (void)layout::row_major(large); }).kind == category::overflow);
    CHECK(shape::of({most, 1}).volume() == most);
}

TEST_CASE("volume: an extent of 0 makes it 0 also beside extents whose product overflows") {
    CHECK(shape::of({most, most, 0}).volume() == 0);
    CHECK(shape::of({0, most, most}).volume() == 0);
    CHECK(layout::row_major(shape::of({0, most, most})).axes.volume() == 0);
}

TEST_CASE("a tensor whose bytes do not fit is refused before anything is allocated") {
    const shape half = shape::of({most / 2});

    CHECK(
        thrown_by([&] { (void)any_tensor::empty(dtype::float64, half); }).kind == category::overflow
    );
    CHECK(
        thrown_by([&] { (void)any_tensor::dry(dtype::float64, half); }).kind == category::overflow
    );
}

TEST_CASE("is_contiguous: only a dense row-major layout is, wherever it starts") {
    struct row {
        layout where;
        bool contiguous;
    };
    const std::vector<row> table = {
        {strided({2, 3}, {3, 1}), true},
        {strided({2, 3}, {3, 1}, 100), true},
        {strided({2, 3}, {1, 2}), false},
        {strided({2, 3}, {6, 2}), false},
        {strided({2, 3}, {6, 1}), false},
        {strided({2, 3}, {0, 1}), false},
        {strided({2, 3}, {3, -1}), false},
        // Axes of extent 1 and empty layouts may have any stride.
        {strided({1, 3}, {77, 1}), true},
        {strided({3, 1}, {1, 77}), true},
        {strided({2, 1, 3}, {3, 0, 1}), true},
        {strided({1, 1}, {5, 9}), true},
        {strided({2, 0}, {9, 9}), true},
        {strided({}, {}), true},
    };
    for (const auto& row : table) {
        CAPTURE(row.where.axes.str());
        CAPTURE(strides_of(row.where).size());
        CHECK(row.where.is_contiguous() == row.contiguous);
    }
}

TEST_CASE("distinct_volume: an axis that only repeats counts once, windows in full") {
    CHECK(strided({3, 3}, {1, 1}).distinct_volume() == 9);
    CHECK(strided({2, 3}, {3, 1}).distinct_volume() == 6);
    CHECK(strided({2, 3}, {0, 1}).distinct_volume() == 3);
    CHECK(strided({2, 3}, {0, 0}).distinct_volume() == 1);
    CHECK(strided({2, 0}, {0, 1}).distinct_volume() == 0);
    CHECK(strided({1, 3}, {0, 1}).distinct_volume() == 3);
}

TEST_CASE("overlaps_itself: exactly where two coordinates share an element, for all small layouts"
) {
    // Every layout of up to three axes with these extents and strides, against the list of its offsets.
    const extents of = {1, 2, 3};
    const extents by = {0, 1, -1, 2, 3, -4, 6, 9};
    std::int64_t missed = 0;
    std::int64_t cautious = 0;
    for_each_position({3, 3, 3, 8, 8, 8}, [&](const extents& at) {
        const layout where = strided(
            {of[static_cast<std::size_t>(at[0])],
             of[static_cast<std::size_t>(at[1])],
             of[static_cast<std::size_t>(at[2])]},
            {by[static_cast<std::size_t>(at[3])],
             by[static_cast<std::size_t>(at[4])],
             by[static_cast<std::size_t>(at[5])]}
        );
        std::set<std::int64_t> reached;
        for_each_position(where.axes.extents(), [&](const extents& p) {
            reached.insert(offset_of(where, p));
        });
        const bool overlaps = static_cast<std::int64_t>(reached.size()) < where.axes.volume();
        missed += overlaps && !where.overlaps_itself() ? 1 : 0;
        cautious += !overlaps && where.overlaps_itself() ? 1 : 0;
    });
    CHECK(missed == 0);
    CHECK(
        cautious > 0
    );  // interleaved strides, such as 2 x 3 by 3 and 2: a copy too many, never a write too many
}

TEST_CASE("overlaps_itself: what the verbs make of a dense tensor does not, windows and repeats do"
) {
    struct row {
        layout where;
        bool overlaps;
    };
    const std::vector<row> table = {
        {strided({}, {}), false},
        {strided({2, 3}, {3, 1}), false},
        {strided({3, 2}, {1, 3}), false},
        {strided({2, 3}, {-3, -1}, 5), false},
        {strided({2, 2}, {6, 2}), false},
        {strided({1, 1}, {0, 0}), false},
        {strided({2, 3}, {0, 1}), true},
        {strided({3, 3}, {1, 1}), true},
        {strided({2, 3}, {2, 1}), true},
        {strided({2, 3}, {3, 1}), false},
        {strided({3}, {4}), false},              // the diagonal of 3 x 3
        {strided({3}, {2}, 2), false},           // and of its mirror image
        {strided({0, 3}, {1, 1}), false},        // no two coordinates at all
        {strided({most, 2}, {1, most}), false},  // nothing overflows
        {strided({2, most}, {most - 1, 1}), true},
    };
    for (const auto& row : table) {
        CAPTURE(row.where.axes.str());
        CAPTURE(row.where.offset);
        CHECK(row.where.overlaps_itself() == row.overlaps);
    }
}

TEST_CASE("reach_the_same: an axis read backwards reaches what it reaches forwards") {
    const layout rows = strided({2, 3}, {3, 1});

    CHECK(reach_the_same(rows, strided({2, 3}, {-3, 1}, 3)));
    CHECK(reach_the_same(rows, strided({3, 2}, {-1, -3}, 5)));
    CHECK_FALSE(reach_the_same(rows, strided({2, 3}, {-3, 1}, 4)));
    CHECK_FALSE(reach_the_same(strided({3}, {-1}, 2), strided({3}, {-1}, 3)));
}

TEST_CASE("reach_the_same: the order and the names of axes do not matter, the elements do") {
    const layout rows = strided({2, 3}, {3, 1});

    CHECK(reach_the_same(rows, strided({3, 2}, {1, 3})));
    CHECK(reach_the_same(rows, strided({3, 1, 2}, {1, 5, 3})));
    CHECK(reach_the_same(strided({4, 3}, {0, 1}), strided({3}, {1})));
    CHECK_FALSE(reach_the_same(rows, strided({2, 3}, {3, 1}, 1)));
    CHECK_FALSE(reach_the_same(rows, strided({2, 2}, {3, 1})));
    CHECK_FALSE(reach_the_same(rows, strided({2, 3}, {6, 2})));
}

TEST_CASE("shape: prints names with extents, unnamed axes as numbers, and rank 0 as ()") {
    CHECK(shape{}.str() == "()");
    CHECK(shape::of({8, 128}).str() == "8 128");
    CHECK(axes("b s (h d)", {2, 3, 8}, {{"h", 2}}).str() == "b=2 s=3 (h d)=8");
    CHECK(axes("b s (m: h d)", {2, 3, 8}, {{"h", 2}}).str() == "b=2 s=3 (m: h d)=8");
    CHECK(axes("b s (m: h d)", {2, 3, 8}, {{"h", 2}}).axes_text() == "b s (m: h d)");
}

TEST_CASE("shape: refuses negative extents and more than 32 axes") {
    CHECK(thrown_by([] { (void)shape::of({2, -1}); }).kind == category::size_mismatch);
    CHECK(shape::of(extents(32, 1)).rank() == 32);
    CHECK(thrown_by([] { (void)shape::of(extents(33, 1)); }).kind == category::overflow);
}

TEST_CASE("shape: finds an axis by name, and nothing by no name") {
    const shape x = axes("b s s'", {2, 3, 4});

    CHECK(x.find(name("s'")) == 2U);
    CHECK(x.find(name("s")) == 1U);
    CHECK_FALSE(x.find(name("q")).has_value());
    CHECK_FALSE(shape::of({2, 3}).find(name{}).has_value());
}

TEST_CASE("shape: equal only where names, extents and remembered factors are") {
    const shape x = axes("b (m: h d)", {2, 6}, {{"h", 2}});

    CHECK(x == axes("b (m: h d)", {2, 6}, {{"d", 3}}));
    CHECK_FALSE(x == axes("b (m: h d)", {2, 6}, {{"h", 3}}));
    CHECK_FALSE(x == axes("b m", {2, 6}));
    CHECK_FALSE(x == axes("b (m: d h)", {2, 6}, {{"d", 2}}));
    CHECK_FALSE(x == shape::of({2, 6}));
}
