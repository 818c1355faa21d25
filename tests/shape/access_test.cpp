#include <abax/ops/create.hpp>
#include <abax/shape/tensor.hpp>

#include "../ops/support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

static_assert(std::random_access_iterator<flat_iterator<float>>);
static_assert(std::is_same_v<std::iter_reference_t<flat_iterator<bool>>, const bool&>);

tensor<float> broadcast_row() {
    const auto row = counted<float>(axes("b", {3}));
    return tensor<float>(row.any().viewed({axes("a b c", {2, 3, 2}), {0, 1, 0}, 0}));
}

// The elements one by one, by coordinate.
template <class T>
std::vector<T> by_coordinate(const tensor<T>& x) {
    std::vector<T> all;
    for_each_position(x.shape().extents(), [&](const extents& at) {
        all.push_back(element_at<T>(x, at));
    });
    return all;
}

template <class T>
std::vector<T> by_flat(const tensor<T>& x) {
    std::vector<T> all;
    for (const T value : x.flat())
        all.push_back(value);
    return all;
}

// The element types, and shapes whose axes chain, chain in part, are 1, are none.
const std::vector<extents>& awkward_shapes() {
    static const std::vector<extents> all = {
        {}, {1}, {7}, {2, 3}, {3, 1, 5}, {1, 1, 1}, {2, 3, 5}, {2, 1, 3, 1, 2}, {3, 2, 2, 2}};
    return all;
}

}  // namespace

TEST_CASE("element: by name, in any order, whatever the strides") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto x = counted<float>(axes("a b s'", {2, 3, 5}), how);

        for (int i = 0; i < 2; ++i)
            for (int j = 0; j < 3; ++j)
                for (int k = 0; k < 5; ++k) {
                    const float expected = static_cast<float>((i * 3 + j) * 5 + k + 1);
                    CHECK(x("a"_ax = i, "b"_ax = j, "s'"_ax = k) == expected);
                    CHECK(x("s'"_ax = k, "a"_ax = i, "b"_ax = j) == expected);
                }
    }
    CHECK(broadcast_row()("c"_ax = 1, "b"_ax = 2, "a"_ax = 1) == 3);
}

TEST_CASE("element: an axis that remembers factors goes by its own name") {
    const auto called = counted<float>(axes("b (m: h d)", {2, 6}, {{"h", 2}}));
    const auto merged = counted<float>(axes("b (h d)", {2, 6}, {{"h", 2}}));

    CHECK(called("m"_ax = 5, "b"_ax = 1) == 12);
    CHECK(merged("(h d)"_ax = 5, "b"_ax = 1) == 12);

    const auto e = thrown_by([&] { (void)called("b"_ax = 0, "h"_ax = 1, "d"_ax = 1); });
    CHECK(e.kind == category::unknown_axis);
    CHECK(e.axis == "h");
    CHECK(e.help == "'h' is a factor of the axis m; its axes are b (m: h d)");
}

TEST_CASE("element: names that are no coordinate are refused, the first wrong one first") {
    struct refused {
        std::vector<axis_size> coordinate;
        category kind;
        std::string axis;
        std::string message;
        std::string help;
    };
    const layout where = layout::row_major(axes("b s s'", {2, 3, 4}));
    const std::vector<refused> table = {
        {{{"b", 0}, {"s", 0}},
         category::rank_mismatch,
         "s'",
         "the axis 's'' is not given",
         "one element needs them all; for a part of the tensor use at(x, \"s'\", 0)"},
        {{{"b", 0}, {"s", 0}, {"s", 1}},
         category::duplicate_axis,
         "s",
         "the axis 's' is given twice",
         "give each of its axes once: b s s'"},
        {{{"b", 0}, {"s", 0}, {"q", 1}},
         category::unknown_axis,
         "q",
         "the tensor has no axis 'q'",
         "its axes are b s s'"},
        {{{"B", 0}, {"s", 0}, {"s'", 1}},
         category::unknown_axis,
         "B",
         "the tensor has no axis 'B'",
         "did you mean 'b'? its axes are b s s'"},
        {{{"b", 0}, {"s", 0}, {"s''", 1}},
         category::unknown_axis,
         "s''",
         "the tensor has no axis 's'''",
         "did you mean 's' or 's''? its axes are b s s'"},
        {{{"b", 0}, {"s", 0}, {"s'", 1}, {"b", 0}},
         category::duplicate_axis,
         "b",
         "the axis 'b' is given twice",
         "give each of its axes once: b s s'"},
        {{{"", 0}, {"s", 0}, {"s'", 1}},
         category::unknown_axis,
         "",
         "the tensor has no axis ''",
         "its axes are b s s'"},
        {{{"s", 3}, {"b", 0}, {"s'", 0}},
         category::usage,
         "s",
         "index 3 lies outside 's' of extent 3",
         ""},
        {{{"s", 0}, {"b", 0}, {"s'", -1}},
         category::usage,
         "s'",
         "index -1 lies outside 's'' of extent 4",
         "an index counts from the start; from the end counts at(x, \"s'\", -1)"},
    };
    for (const refused& row : table) {
        CAPTURE(row.message);

        const auto e = thrown_by([&] { (void)offset_of(where, row.coordinate); });

        CHECK(e.kind == row.kind);
        CHECK(e.axis == row.axis);
        CHECK(e.message == row.message);
        CHECK(e.help == row.help);
        CHECK(e.input == "b=2 s=3 s'=4");
    }
}

TEST_CASE("element: an axis without a name cannot be given by one") {
    const auto unnamed = counted<float>(shape::of({2, 3}));
    const auto e = thrown_by([&] { (void)unnamed("b"_ax = 0, "s"_ax = 0); });
    CHECK(e.kind == category::unknown_axis);
    CHECK(e.help == "it is unnamed: give positions, or name its axes with named");
    CHECK(category_of([&] { (void)unnamed(""_ax = 0, ""_ax = 0); }) == "unknown_axis");
    CHECK(category_of([] { (void)full<float>(shape{}, 1)("b"_ax = 0); }) == "unknown_axis");

    shape partly = axes("b", {2});
    partly.push_back({name{}, 1, nullptr});
    const auto x = counted<float>(partly);
    CHECK(x(1, 0) == 2);
    CHECK(thrown_by([&] { (void)x("b"_ax = 1); }).message == "axis 1 has no name to be given by");
}

TEST_CASE("element: an index outside says which axis, and how to count from the end") {
    const auto x = counted<float>(axes("r c", {2, 3}));
    const auto high = thrown_by([&] { (void)x(0, 3); });
    CHECK(high.message == "index 3 lies outside 'c' of extent 3");
    CHECK(high.axis == "c");
    CHECK(high.expected == "0 to 2");
    CHECK(high.expected_extent == 3);
    CHECK(high.got_extent == 3);
    CHECK(high.help.empty());

    const auto low = thrown_by([&] { (void)x(-1, 0); });
    CHECK(low.help == "an index counts from the start; from the end counts at(x, \"r\", -1)");
    const auto unnamed = counted<float>(shape::of({2, 3}));
    CHECK(
        thrown_by([&] { (void)unnamed(0, -2); }).help
        == "an index counts from the start; from the end counts at(x, 1, -2)"
    );
    CHECK(
        thrown_by([&] { (void)unnamed(0, 9); }).message == "index 9 lies outside axis 1 of extent 3"
    );
    CHECK(
        thrown_by([] { (void)zeros<float>(shape::of({0}))(0); }).expected == "no index: it is empty"
    );
    CHECK(thrown_by([&] { (void)x(1); }).expected == "one index for each axis");
    CHECK(thrown_by([&] { (void)full<float>(shape{}, 1)(0); }).got_extent == 1);
}

TEST_CASE("flat: the elements in row-major order, whatever the strides") {
    for (const extents& shape_of_x : awkward_shapes())
        for (const lie how : all_lies) {
            CAPTURE(shape_of_x.size());
            CAPTURE(how);
            const auto x = counted<float>(shape::of(shape_of_x), how);
            const auto ints = counted<std::int64_t>(shape::of(shape_of_x), how);
            const auto bools = counted<bool>(shape::of(shape_of_x), how);

            CHECK(by_flat(x) == by_coordinate(x));
            CHECK(by_flat(ints) == by_coordinate(ints));
            CHECK(by_flat(bools) == by_coordinate(bools));
            CHECK(x.to_vector() == by_coordinate(x));
            std::vector<float> visited;
            x.flat().for_each([&](float value) { visited.push_back(value); });
            CHECK(visited == by_coordinate(x));
        }
}

TEST_CASE("flat: axes whose strides chain are walked as one row") {
    const auto rows_of = [](const layout& where) { return detail::row_major_walk(where).rows(); };
    const shape three = axes("a b c", {2, 3, 5});

    CHECK(rows_of(layout::row_major(three)) == 1);
    CHECK(rows_of({three, {-15, -5, -1}, 29}) == 1);
    CHECK(rows_of({three, {0, 0, 0}, 0}) == 1);
    CHECK(rows_of({three, {30, 10, 2}, 0}) == 1);
    CHECK(rows_of({three, {20, 5, 1}, 0}) == 2);
    CHECK(rows_of({three, {1, 2, 6}, 0}) == 6);
    CHECK(rows_of({axes("a b c", {2, 1, 5}), {5, 77, 1}, 0}) == 1);
    CHECK(rows_of({axes("a b", {2, 0}), {0, 1}, 0}) == 0);
}

TEST_CASE("flat: an element that repeats is read each time") {
    CHECK(by_flat(broadcast_row()) == std::vector<float>{1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3});
    const auto one = full<double>(shape{}, 2.5);
    const tensor<double> many(one.any().viewed({shape::of({2, 3}), {0, 0}, 0}));
    CHECK(by_flat(many) == std::vector<double>(6, 2.5));
}

TEST_CASE("flat: a tensor without elements gives none, one of rank 0 gives one") {
    for (const extents& none : std::vector<extents>{{0}, {3, 0}, {0, 3}, {2, 0, 3}}) {
        const auto x = zeros<float>(shape::of(none));
        CHECK(x.flat().empty());
        CHECK(x.flat().size() == 0);
        CHECK(x.flat().begin() == x.flat().end());
        CHECK(by_flat(x).empty());
        x.flat().for_each([](float) { FAIL("there is no element"); });
    }
    CHECK(by_flat(full<double>(shape{}, 2.5)) == std::vector<double>{2.5});
}

TEST_CASE("flat: iterators move at random, over the ends of rows too") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto x = counted<std::int32_t>(axes("a b c", {3, 2, 5}), how);
        const auto all = x.flat();
        const auto first = all.begin();

        CHECK(all.end() - first == 30);
        for (std::int64_t i = 0; i < 30; ++i)
            for (std::int64_t j = 0; j < 30; ++j) {
                auto it = first + i;
                it += j - i;
                CHECK(*it == j + 1);
                CHECK(it - (first + i) == j - i);
                CHECK((first + i < it) == (i < j));
                CHECK((first + i == it) == (i == j));
                CHECK(it[i - j] == i + 1);
            }
        auto back = all.end();
        for (std::int32_t expected = 30; expected > 0; --expected)
            CHECK(*--back == expected);
        CHECK(back == first);
        CHECK(*(back++) == 1);
        CHECK(*back == 2);
        CHECK(std::lower_bound(all.begin(), all.end(), 17) - all.begin() == 16);
        CHECK(std::accumulate(all.begin(), all.end(), 0) == 465);
        CHECK(flat_iterator<float>() == flat_iterator<float>());
        CHECK(flat_iterator<float>() - flat_iterator<float>() == 0);
    }
}

TEST_CASE("flat: by position, with bounds") {
    const auto x = counted<float>(axes("a b", {2, 3}), lie::permuted);

    CHECK(x.flat()[4] == 5);
    const auto e = thrown_by([&] { (void)x.flat()[6]; });
    CHECK(e.kind == category::usage);
    CHECK(e.message == "there is no element 6 among 6");
    CHECK(category_of([&] { (void)x.flat()[-1]; }) == "usage");
    CHECK(category_of([] { (void)zeros<float>(shape::of({0})).flat()[0]; }) == "usage");
}

TEST_CASE("flat: keeps the buffer of a temporary alive, and sees no later write") {
    std::vector<float> seen;
    for (const float value : counted<float>(shape::of({2, 3})).flat()) {
        (void)full<float>(shape::of({2, 3}), 99);  // would reuse the buffer, were it free
        seen.push_back(value);
    }
    CHECK(seen == std::vector<float>{1, 2, 3, 4, 5, 6});

    auto x = counted<float>(shape::of({3}));
    const auto before = x.flat();
    x.mut()[0] = 99;
    CHECK(before[0] == 1);
    CHECK(x.flat()[0] == 99);
}

TEST_CASE("dry: no element can be read in any way") {
    const auto x = dry<float>(axes("b s", {2, 3}));

    CHECK(category_of([&] { (void)x(0, 0); }) == "dry");
    CHECK(category_of([&] { (void)x("s"_ax = 0, "b"_ax = 0); }) == "dry");
    CHECK(category_of([&] { (void)x.flat(); }) == "dry");
    CHECK(category_of([&] { (void)dry<float>(shape::of({0})).flat(); }) == "dry");
    CHECK(category_of([&] { (void)dry<float>(shape{}).any().item<float>(); }) == "dry");
    CHECK(x.bytes() == 24);
    CHECK(x.names() == std::vector<std::string>{"b", "s"});
}

TEST_CASE("names, extent, bytes: what a tensor says of its axes") {
    const auto x = counted<double>(axes("b (m: h d) (g k) s'", {2, 6, 4, 3}, {{"h", 2}, {"g", 2}}));
    CHECK(x.names() == std::vector<std::string>{"b", "m", "(g k)", "s'"});
    CHECK(x.any().names() == x.names());
    CHECK(x.extent("(g k)") == 4);
    CHECK(x.bytes() == 2 * 6 * 4 * 3 * 8);
    CHECK(thrown_by([&] { (void)x.extent("M"); }).help.find("did you mean 'm'?") == 0);

    const auto unnamed = zeros<bool>(shape::of({2, 3, 5}));
    CHECK(unnamed.names() == std::vector<std::string>{"", "", ""});
    CHECK(unnamed.extent(0) == 2);
    CHECK(unnamed.extent(-1) == 5);
    CHECK(unnamed.any().extent(-3) == 2);
    CHECK(unnamed.bytes() == 30);
    CHECK(category_of([&] { (void)unnamed.extent(3); }) == "unknown_axis");
    CHECK(category_of([&] { (void)unnamed.extent(-4); }) == "unknown_axis");
    CHECK(category_of([&] { (void)x.extent(0); }) == "usage");
    CHECK(full<float>(shape{}, 1).names().empty());
    CHECK(zeros<float>(shape::of({3, 0})).bytes() == 0);
}

TEST_CASE("bytes: of a view, what a dense copy would take; too many are an overflow") {
    CHECK(broadcast_row().bytes() == 12 * 4);

    const std::int64_t half = std::int64_t{1} << 31U;
    const auto one = full<double>(shape{}, 1);
    const tensor<double> huge(one.any().viewed({shape::of({half, half}), {0, 0}, 0}));
    CHECK(huge.volume() == half * half);
    CHECK(category_of([&] { (void)huge.bytes(); }) == "overflow");
    CHECK(category_of([&] { (void)huge.to_vector(); }) == "allocation");
    CHECK(*(huge.flat().end() - 1) == 1);
    const tensor<double> beyond(one.any().viewed({shape::of({half, half, 4}), {0, 0, 0}, 0}));
    CHECK(category_of([&] { (void)beyond.flat(); }) == "overflow");
}

TEST_CASE("item: of an any_tensor, with the type that is asked for") {
    const any_tensor x = full<std::int32_t>(axes("a b", {1, 1}), 7).any();

    CHECK(x.item<std::int32_t>() == 7);
    CHECK(category_of([&] { (void)x.item<float>(); }) == "dtype_mismatch");
    const auto e = thrown_by([] { (void)zeros<float>(axes("a", {2})).any().item<float>(); });
    CHECK(e.kind == category::size_mismatch);
    CHECK(e.help == "choose one by its coordinate, x(0, 2), or reduce the tensor first");
}
