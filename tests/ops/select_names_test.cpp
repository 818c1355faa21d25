#include <abax/ops/assign.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/join.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/select.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

TEST_CASE("take: the axes of ids stand in place of the axis that is read along") {
    const auto table = named_tensor("v m", {5, 3});
    const auto ids = from<std::int64_t>({4, 0, 2, 2}, axes("b s", {2, 2}));

    const auto y = take(table, ids, "v");
    CHECK(y.shape().str() == "b=2 s=2 m=3");
    for_each_position({2, 2, 3}, [&](const extents& at) {
        REQUIRE(y(at[0], at[1], at[2]) == table(ids(at[0], at[1]), at[2]));
    });

    // Along the other axis the result shows it.
    const auto small = from<std::int64_t>({2, 0, 1, 1}, axes("b s", {2, 2}));
    CHECK(take(table, small, "m").shape().str() == "v=5 b=2 s=2");
    auto e = zeros<float>(axes("b s m", {2, 2, 3}));
    CHECK(
        category_of([&] {
            assign(e, take(named_tensor("v m", {3, 3}), small, "m"));
        })
        == "name_mismatch"
    );
}

TEST_CASE("take: an id outside the axis is refused, saying which one") {
    const auto table = named_tensor("v m", {5, 3});

    for (const std::int64_t bad : {std::int64_t{5}, std::int64_t{-1}, std::int64_t{1} << 40}) {
        CAPTURE(bad);
        const auto e = thrown_by([&] {
            (void)take(table, from<std::int64_t>({0, 1, bad}, axes("s", {3})), "v");
        });
        CHECK(e.kind == category::usage);
        CHECK(e.axis == "v");
        CHECK(e.message.find("number 2 is") != std::string::npos);
        CHECK(e.expected == "ids from 0 to 4");
    }
    CHECK(
        category_of([&] { (void)take(table, from<std::int32_t>({4}, axes("s", {1})), "v"); })
        == "nothing"
    );
    CHECK(category_of([&] { (void)take(table.any(), table.any(), "v"); }) == "dtype_mismatch");
    CHECK(
        category_of([&] { (void)take(table, from<std::int64_t>({0}, axes("s", {1})), "q"); })
        == "unknown_axis"
    );
}

TEST_CASE("take: an axis that the table keeps may not come back with the ids") {
    const auto table = named_tensor("v m", {5, 3});

    CHECK(
        category_of([&] { (void)take(table, from<std::int64_t>({0}, axes("m", {1})), "v"); })
        == "duplicate_axis"
    );
    // The one that is replaced may.
    CHECK(take(table, from<std::int64_t>({0, 1}, axes("v", {2})), "v").shape().str() == "v=2 m=3");
}

TEST_CASE("take: table and ids are both named or both unnamed; a rank-0 id meets any") {
    const auto table = named_tensor("v m", {5, 3});
    const auto plain = counted(shape::of({5, 3}));

    CHECK(
        category_of([&] {
            (void)take(table, from<std::int64_t>({0, 1}), "v");
        })
        == "name_mismatch"
    );
    CHECK(
        category_of([&] { (void)take(plain, from<std::int64_t>({0}, axes("s", {1})), 0); })
        == "name_mismatch"
    );
    CHECK(take(plain, from<std::int64_t>({0, 1}), 0).shape().str() == "2 3");
    CHECK(take(plain, from<std::int64_t>({0, 1}), -1).shape().str() == "5 2");
    CHECK(take(table, full<std::int64_t>(shape{}, 3), "v").shape().str() == "m=3");
}

TEST_CASE("slice: positions count from the start, negative ones from the end") {
    const auto x = named_tensor("b s", {2, 5});
    struct row {
        std::int64_t from;
        std::optional<std::int64_t> to;
        std::int64_t step;
        std::vector<std::int64_t> positions;
    };
    const std::vector<row> table = {
        {0, std::nullopt, 1, {0, 1, 2, 3, 4}},
        {1, 3, 1, {1, 2}},
        {-2, std::nullopt, 1, {3, 4}},
        {0, -1, 1, {0, 1, 2, 3}},
        {-3, -1, 1, {2, 3}},
        {0, 5, 2, {0, 2, 4}},
        {1, 5, 2, {1, 3}},
        {0, 5, 3, {0, 3}},
        {0, 5, std::numeric_limits<std::int64_t>::max(), {0}},
        {4, 5, 1, {4}},
        {5, 5, 1, {}},
        {3, 3, 1, {}},
        {3, 2, 1, {}},
        {-5, std::nullopt, 1, {0, 1, 2, 3, 4}},
    };
    for (const auto& [first_, to, step_, positions] : table) {
        const auto& first = first_;
        const auto& step = step_;
        CAPTURE(first);
        CAPTURE(step);
        const auto y = slice(x, {"s", first, to, step});
        CHECK(y.shape().axes_text() == "b s");
        REQUIRE(y.extent("s") == static_cast<std::int64_t>(positions.size()));
        CHECK(y.any().shares_with(x.any()));
        for (std::size_t i = 0; i < positions.size(); ++i)
            for (int b = 0; b < 2; ++b)
                CHECK(y(b, i) == x(b, positions[i]));
    }
}

TEST_CASE("slice, at: what lies outside, and a step of 0, are refused") {
    const auto x = named_tensor("b s", {2, 5});

    CHECK(category_of([&] { (void)slice(x, {"s", 6}); }) == "usage");
    CHECK(category_of([&] { (void)slice(x, {"s", 0, 6}); }) == "usage");
    CHECK(category_of([&] { (void)slice(x, {"s", -6}); }) == "usage");
    CHECK(category_of([&] { (void)slice(x, {"s", 0, 5, 0}); }) == "usage");
    CHECK(category_of([&] { (void)slice(x, {"s", 0, 5, -1}); }) == "usage");
    CHECK(category_of([&] { (void)slice(x, {"q", 0, 1}); }) == "unknown_axis");
    CHECK(category_of([&] { (void)slice(x, {1, 0, 1}); }) == "usage");
    CHECK(category_of([&] { (void)at(x, "s", 5); }) == "usage");
    CHECK(category_of([&] { (void)at(x, "s", -6); }) == "usage");
    CHECK(category_of([&] { (void)at(named_tensor("s", {0}), "s", 0); }) == "usage");
}

TEST_CASE("at: the axis disappears, the others stay") {
    const auto x = named_tensor("b s m", {2, 3, 4});

    const auto y = at(x, "s", -1);

    CHECK(y.shape().str() == "b=2 m=4");
    CHECK(y.any().shares_with(x.any()));
    for_each_position({2, 4}, [&](const extents& p) {
        REQUIRE(y(p[0], p[1]) == x(p[0], 2, p[1]));
    });
}

TEST_CASE("split: the parts add up to the axis, and concat puts them together again") {
    const auto x = named_tensor("b o", {2, 9});

    const auto parts = split(x, "o", {2, 0, 3, 4});

    REQUIRE(parts.size() == 4);
    CHECK(parts[1].shape().str() == "b=2 o=0");
    CHECK(parts[2].to_vector() == std::vector<float>{3, 4, 5, 12, 13, 14});
    CHECK(parts[3].any().shares_with(x.any()));
    CHECK(equal(concat(parts, "o"), x));

    const auto e = thrown_by([&] { (void)split(x, "o", {2, 4}); });
    CHECK(e.kind == category::size_mismatch);
    CHECK(e.expected_extent == 9);
    CHECK(e.got_extent == 6);
    CHECK(category_of([&] { (void)split(x, "o", {10, -1}); }) == "usage");
    CHECK(category_of([&] { (void)split(x, "o", {}); }) == "size_mismatch");
    CHECK(category_of([&] { (void)split(x, "q", {9}); }) == "unknown_axis");
}

TEST_CASE("concat: the other axes are the same in all parts") {
    const auto x = named_tensor("a b", {2, 3});

    CHECK(concat<float>({x, named_tensor("a b", {5, 3})}, "a").shape().str() == "a=7 b=3");
    CHECK(
        category_of([&] {
            (void)concat<float>({x, named_tensor("c a", {3, 2})}, "a");
        })
        == "name_mismatch"
    );
    CHECK(
        category_of([&] {
            (void)concat<float>({x, named_tensor("a c", {2, 3})}, "a");
        })
        == "name_mismatch"
    );
    CHECK(
        category_of([&] {
            (void)concat<float>({x, named_tensor("a b", {2, 4})}, "a");
        })
        == "size_mismatch"
    );
    CHECK(
        category_of([&] {
            (void)concat<float>({x, named_tensor("a", {2})}, "a");
        })
        == "rank_mismatch"
    );
    CHECK(
        category_of([&] {
            (void)concat<float>({x, counted(shape::of({2, 3}))}, "a");
        })
        == "name_mismatch"
    );
    CHECK(category_of([&] { (void)concat<float>({x}, "q"); }) == "unknown_axis");
    CHECK(category_of([&] { (void)concat<float>({}, "a"); }) == "other");
    const std::vector<any_tensor> mixed = {x.any(), iota(dtype::float64, axes("a b", {2, 3}))};
    CHECK(category_of([&] { (void)concat(mixed, "a"); }) == "dtype_mismatch");
}

TEST_CASE("stack: equal tensors along a new leading axis") {
    const auto x = named_tensor("a b", {2, 3});
    const auto y = x * 10;

    const auto z = stack<float>({x, y}, "n");

    CHECK(z.shape().str() == "n=2 a=2 b=3");
    CHECK(equal(at(z, "n", 1), y));
    CHECK(stack<float>({counted(shape::of({2})), counted(shape::of({2}))}).shape().str() == "2 2");
    CHECK(
        category_of([&] {
            (void)stack<float>({x, named_tensor("a b", {2, 4})}, "n");
        })
        == "size_mismatch"
    );
    CHECK(
        category_of([&] {
            (void)stack<float>({x, named_tensor("c b", {2, 3})}, "n");
        })
        == "name_mismatch"
    );
    CHECK(
        category_of([&] {
            (void)stack<float>({x, named_tensor("a", {2})}, "n");
        })
        == "rank_mismatch"
    );
    CHECK(category_of([&] { (void)stack<float>({x, x}, "a"); }) == "duplicate_axis");
    CHECK(category_of([&] { (void)stack<float>({}, "n"); }) == "other");
    const std::vector<any_tensor> mixed = {x.any(), iota(dtype::float64, axes("a b", {2, 3}))};
    CHECK(category_of([&] { (void)stack(mixed, "n"); }) == "dtype_mismatch");
}

TEST_CASE("rename: all changes happen at once") {
    const auto x = named_tensor("a b c", {2, 3, 5});

    CHECK(rename(x, "a -> b, b -> a").shape().str() == "b=2 a=3 c=5");
    CHECK(rename(x, "a -> b, b -> c, c -> a").shape().str() == "b=2 c=3 a=5");
    CHECK(rename(x, "c -> c'").shape().str() == "a=2 b=3 c'=5");
    CHECK(rename(x, " a  ->  q ").shape().str() == "q=2 b=3 c=5");
    CHECK(rename(x, "a -> b, b -> a").any().shares_with(x.any()));
    CHECK(x.shape().str() == "a=2 b=3 c=5");
}

TEST_CASE("rename: faults are refused, and say what is wrong") {
    const auto x = named_tensor("a b", {2, 3});

    CHECK(thrown_by([&] { (void)rename(x, "q -> r"); }).axis == "q");
    CHECK(category_of([&] { (void)rename(x, "q -> r"); }) == "unknown_axis");
    CHECK(category_of([&] { (void)rename(x, "a -> b"); }) == "duplicate_axis");
    CHECK(category_of([&] { (void)rename(x, "a -> c, b -> c"); }) == "duplicate_axis");
    CHECK(category_of([&] { (void)rename(x, "a -> c, a -> d"); }) == "duplicate_axis");
    for (const std::string wrong :
         {"a",
          "a ->",
          "-> a",
          "a -> ",
          "a -> 1",
          "a -> ()",
          "a -> c d",
          "a -> (c d)",
          "a -> (c)",
          "a -> ...",
          "a -> 2x",
          "a -> c=3",
          "a b"}) {
        CAPTURE(wrong);
        const std::string kind = category_of([&] { (void)rename(x, wrong); });
        CHECK_MESSAGE((kind == "syntax" || kind == "anonymous_axis" || kind == "ellipsis"), kind);
    }
}

TEST_CASE("named: gives names to an unnamed tensor, and checks those of a named one") {
    const auto plain = counted(shape::of({2, 3}));

    CHECK(named(plain, "a b").shape().str() == "a=2 b=3");
    CHECK(named(plain, "a b").any().shares_with(plain.any()));
    CHECK(category_of([&] { (void)named(plain, "a"); }) == "rank_mismatch");
    CHECK(category_of([&] { (void)named(plain, "a b c"); }) == "rank_mismatch");
    CHECK(category_of([&] { (void)named(plain, "a ..."); }) == "ellipsis");
    CHECK(category_of([&] { (void)named(named_tensor("a b", {2, 3}), "b a"); }) == "name_mismatch");
    CHECK(category_of([&] { (void)named(named_tensor("a b", {2, 3}), "a b"); }) == "nothing");
}

TEST_CASE("a rank-3 array does not fit a rank-2 variable") {
    const auto a = counted<std::int32_t>(shape::of({2, 2, 2}));

    const auto e = thrown_by([&] { (void)named(a, "r c"); });

    CHECK(e.kind == category::rank_mismatch);
    CHECK(named(a, "p r c").shape().str() == "p=2 r=2 c=2");
}

TEST_CASE("axes: extents, names and factors have to fit") {
    CHECK(axes("b s (m: h d)", {2, 3, 8}, {{"h", 2}}).str() == "b=2 s=3 (m: h d)=8");
    CHECK(axes("", {}).rank() == 0);
    CHECK(category_of([] { (void)axes("a b", {2}); }) == "rank_mismatch");
    CHECK(category_of([] { (void)axes("a", {-1}); }) == "size_mismatch");
    CHECK(category_of([] { (void)axes("a a", {2, 2}); }) == "duplicate_axis");
    CHECK(category_of([] { (void)axes("a b (", {2, 2}); }) == "syntax");
    CHECK(category_of([] { (void)axes("a=3 b", {2, 2}); }) == "size_mismatch");
}

TEST_CASE("causal: a query sees the keys up to itself, the queries being the last positions") {
    const auto mask = causal("s", 2, "s'", 5);

    CHECK(mask.shape().str() == "s=2 s'=5");
    for_each_position({2, 5}, [&](const extents& at) {
        REQUIRE(mask(at[0], at[1]) == (at[1] <= at[0] + 3));
    });
    CHECK(category_of([] { (void)causal("s", 3, "s", 3); }) == "duplicate_axis");
}

TEST_CASE("assign: axes are the same, in the same order; nothing is permuted or broadcast") {
    auto x = zeros<float>(axes("a b", {2, 3}));
    const auto before = x.to_vector();

    CHECK(category_of([&] { assign(x, named_tensor("b a", {3, 2})); }) == "name_mismatch");
    CHECK(category_of([&] { assign(x, named_tensor("b", {3})); }) == "rank_mismatch");
    CHECK(category_of([&] { assign(x, named_tensor("a b", {2, 2})); }) == "size_mismatch");
    CHECK(category_of([&] { assign(x, counted(shape::of({2, 3}))); }) == "name_mismatch");
    CHECK(category_of([&] { assign(x, full<float>(shape{}, 1)); }) == "rank_mismatch");
    CHECK(
        category_of([&] {
            assign(x.any(), iota(dtype::float64, axes("a b", {2, 3})));
        })
        == "dtype_mismatch"
    );
    CHECK(
        category_of([&] {
            assign(x, {"a", 0, 1}, named_tensor("a b", {2, 3}));
        })
        == "size_mismatch"
    );
    CHECK(category_of([&] { assign(x, {"a", 0, 3}, named_tensor("a b", {3, 3})); }) == "usage");
    CHECK(category_of([&] { assign(x, dry<float>(axes("a b", {2, 3}))); }) == "dry");
    CHECK(x.to_vector() == before);

    assign(x, named_tensor("a b", {2, 3}));
    CHECK(x.to_vector() == std::vector<float>{1, 2, 3, 4, 5, 6});
}
