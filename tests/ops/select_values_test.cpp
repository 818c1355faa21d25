#include <abax/ops/assign.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/print.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/select.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <random>
#include <sstream>
#include <vector>

using namespace abax;
using namespace abax::testing;

TEST_CASE_TEMPLATE(
    "take: reads the entries that ids name, for every layout", T, float, std::int64_t, bool
) {
    for (const lie table_lies : all_lies)
        for (const lie ids_lie : all_lies)
            for (int over = 0; over < 3; ++over) {
                CAPTURE(table_lies);
                CAPTURE(ids_lie);
                CAPTURE(over);
                const extents e = {3, 5, 7};
                const auto table = counted<T>(shape::of(e), table_lies);
                std::mt19937 random(11);
                const auto ids = laid<std::int32_t>(shape::of({2, 4}), ids_lie, [&](std::int64_t) {
                    return static_cast<std::int64_t>(
                        random() % static_cast<std::uint64_t>(e[static_cast<std::size_t>(over)])
                    );
                });

                const auto y = take(table, ids, over);

                extents expected = e;
                expected.erase(expected.begin() + over);
                expected.insert(expected.begin() + over, {2, 4});
                REQUIRE(y.shape().extents() == expected);
                for_each_position(expected, [&](const extents& at) {
                    extents from_table = at;
                    from_table.erase(from_table.begin() + over);
                    from_table[static_cast<std::size_t>(over)] =
                        ids(at[static_cast<std::size_t>(over)],
                            at[static_cast<std::size_t>(over) + 1]);
                    REQUIRE(element_at<T>(y.any(), at) == element_at<T>(table.any(), from_table));
                });
            }
}

TEST_CASE("take: of no ids, and from entries without elements") {
    const auto table = named_tensor("v m", {5, 3});

    CHECK(take(table, zeros<std::int64_t>(axes("s", {0})), "v").shape().str() == "s=0 m=3");
    CHECK(
        take(zeros<float>(axes("v m", {5, 0})), zeros<std::int64_t>(axes("s", {2})), "v")
            .shape()
            .str()
        == "s=2 m=0"
    );
    CHECK(
        category_of([] {
            (void)take(zeros<float>(axes("v m", {0, 3})), zeros<std::int64_t>(axes("s", {1})), "v");
        })
        == "usage"
    );
}

TEST_CASE_TEMPLATE(
    "concat: parts one after another, for every layout and axis", T, float, std::int32_t, bool
) {
    for (const lie first : all_lies)
        for (const lie second : all_lies)
            for (int along = 0; along < 3; ++along) {
                CAPTURE(first);
                CAPTURE(second);
                CAPTURE(along);
                const auto i = static_cast<std::size_t>(along);
                extents e = {2, 3, 5};
                const auto a = counted<T>(shape::of(e), first);
                e[i] = 4;
                const auto b = counted<T>(shape::of(e), second);
                e[i] = 0;
                const auto none = counted<T>(shape::of(e));

                const auto y = concat<T>({a, none, b}, along);

                const std::int64_t border = a.shape()[i].extent;
                e[i] = border + 4;
                REQUIRE(y.shape().extents() == e);
                for_each_position(e, [&](extents at) {
                    const T got = element_at<T>(y.any(), at);
                    const bool in_a = at[i] < border;
                    at[i] -= in_a ? 0 : border;
                    REQUIRE(got == element_at<T>((in_a ? a : b).any(), at));
                });
            }
}

TEST_CASE("stack: parts one behind another, for every layout") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto a = counted<double>(shape::of({2, 3}), how);
        const auto b = counted<double>(shape::of({2, 3}));
        const auto y = stack<double>({a, b, a});
        CHECK(y.shape().str() == "3 2 3");
        CHECK(equal(at(y, 0, 0), a));
        CHECK(equal(at(y, 0, 1), b));
        CHECK(equal(at(y, 0, 2), a));
    }
}

TEST_CASE("copy: the same elements in a dense buffer of its own") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto x = counted<float>(axes("a b c", {3, 2, 5}), how);
        const auto y = copy(x);
        CHECK(equal(x, y));
        CHECK(y.is_contiguous());
        CHECK_FALSE(y.any().shares_with(x.any()));
    }
}

TEST_CASE("assign: writes a part in place when nobody shares the buffer") {
    auto x = zeros<float>(axes("a b", {3, 4}));
    const float* const where = x.data();

    assign(x, {"b", 1, 3}, named_tensor("a b", {3, 2}));
    assign(x, {"a", -1}, full<float>(axes("a b", {1, 4}), 9));
    assign(x, {"b", 0, 4, 3}, full<float>(axes("a b", {3, 2}), 7));

    CHECK(x.data() == where);
    CHECK(x.to_vector() == std::vector<float>{7, 1, 2, 7, 7, 3, 4, 7, 7, 9, 9, 7});
}

TEST_CASE("assign: a shared buffer is copied first, and nobody else sees the write") {
    auto x = counted<float>(axes("a b", {2, 3}));
    const auto other = x;
    const auto column = slice(x, {"b", 2});

    assign(x, {"a", 0, 1}, full<float>(axes("a b", {1, 3}), 0));

    CHECK(x.to_vector() == std::vector<float>{0, 0, 0, 4, 5, 6});
    CHECK(other.to_vector() == std::vector<float>{1, 2, 3, 4, 5, 6});
    CHECK(column.to_vector() == std::vector<float>{3, 6});
}

TEST_CASE("assign: into a view whose strides are not dense, shared or not") {
    auto memory = counted<float>(axes("a b", {3, 4}));
    auto view = slice(memory, {"b", 1, 4, 2});  // columns 1 and 3

    assign(view, {"a", 1, 2}, full<float>(axes("a b", {1, 2}), 0));
    CHECK(view.to_vector() == std::vector<float>{2, 4, 0, 0, 10, 12});
    CHECK(memory.to_vector()[5] == 6);

    auto alone = slice(counted<float>(axes("a b", {3, 4})), {"b", 1, 4, 2});
    assign(alone, {"a", 1, 2}, full<float>(axes("a b", {1, 2}), 0));
    CHECK(alone.to_vector() == std::vector<float>{2, 4, 0, 0, 10, 12});
}

TEST_CASE("assign: what is read may be what is written") {
    auto x = counted<float>(axes("a", {5}));
    assign(x, {"a", 1, 5}, slice(x, {"a", 0, 4}));
    CHECK(x.to_vector() == std::vector<float>{1, 1, 2, 3, 4});

    assign(x, {"a", 0, 4}, slice(x, {"a", 1, 5}));
    CHECK(x.to_vector() == std::vector<float>{1, 2, 3, 4, 4});

    assign(x, x);
    CHECK(x.to_vector() == std::vector<float>{1, 2, 3, 4, 4});

    auto square = counted<float>(axes("a b", {2, 2}));
    assign(square, rename(rearrange(square, "a b -> b a"), "a -> b, b -> a"));
    CHECK(square.to_vector() == std::vector<float>{1, 3, 2, 4});
}

TEST_CASE("assign: elements that lie over one another are taken apart first") {
    auto row = counted<float>(shape::of({3}));
    auto x = tensor<float>(row.any().viewed({shape::of({2, 3}), {0, 1}, 0}));
    row = zeros<float>(shape{});

    assign(x, counted<float>(shape::of({2, 3})));

    CHECK(x.to_vector() == std::vector<float>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("full, zeros, iota, from: hold what they say, exactly") {
    constexpr std::int64_t odd = (std::int64_t{1} << 53U) + 1;

    CHECK(
        full<std::int64_t>(shape::of({2}), odd).to_vector() == std::vector<std::int64_t>{odd, odd}
    );
    CHECK(full<bool>(shape::of({2}), true).to_vector() == std::vector<bool>{true, true});
    CHECK(full<float>(shape::of({3}), 0.1F)(2) == 0.1F);
    CHECK(zeros<double>(shape::of({2, 2})).to_vector() == std::vector<double>(4, 0));
    CHECK(iota<std::int64_t>(shape::of({2, 2}), odd)(1, 1) == odd + 3);
    CHECK(iota<float>(shape::of({3}), -1).to_vector() == std::vector<float>{-1, 0, 1});
    CHECK(iota<float>(shape::of({0})).volume() == 0);
    CHECK(from<float>({1, 2, 3, 4, 5, 6}, shape::of({2, 3}))(1, 0) == 4);
    const auto e = thrown_by([] { (void)from<float>({1, 2, 3}, shape::of({2, 2})); });
    CHECK(e.kind == category::size_mismatch);
    CHECK(e.expected_extent == 4);
    CHECK(e.got_extent == 3);
}

TEST_CASE("equal: element type, names, factors, extents and elements; the layout does not matter") {
    const auto x = counted<float>(axes("a b", {2, 3}));

    CHECK(equal(x, counted<float>(axes("a b", {2, 3}), lie::permuted)));
    CHECK_FALSE(equal(x, counted<float>(axes("a c", {2, 3}))));
    CHECK_FALSE(equal(x, counted<float>(shape::of({2, 3}))));
    CHECK_FALSE(equal(x, counted<float>(axes("a b", {3, 2}))));
    CHECK_FALSE(equal(x.any(), counted<double>(axes("a b", {2, 3})).any()));
    auto y = copy(x);
    y.mut()[4] += 0.5F;
    CHECK_FALSE(equal(x, y));
    CHECK(allclose(x, y, {0, 0.5}));
    CHECK(
        difference(x.any(), y.any())
        == "at a=1 b=1: 5 and 5.5 (1 of 6 elements differ, by 0.5 at most)"
    );
    CHECK(category_of([&] { (void)equal(x, dry<float>(axes("a b", {2, 3}))); }) == "dry");
}

TEST_CASE("printing: names, extents and elements; a dry tensor says so") {
    std::ostringstream text;
    text << counted<std::int32_t>(axes("b s", {2, 3}));
    CHECK(text.str() == "int32 (b=2 s=3)\n[[1 2 3]\n [4 5 6]]");
    CHECK(to_string(dry<float>(axes("b", {2})).any()) == "float32 (b=2) dry");
    CHECK(to_string(full<bool>(shape{}, true).any()) == "bool ()\ntrue");
}
