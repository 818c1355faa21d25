#include <abax/ops/along.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/select.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <iterator>
#include <string>
#include <type_traits>
#include <vector>

using namespace abax;
using namespace abax::testing;

static_assert(std::random_access_iterator<along_range<tensor<float>>::iterator>);
static_assert(std::is_same_v<along_range<any_tensor>::value_type, any_tensor>);

TEST_CASE("along: the parts at each position, in order, without the axis, whatever the strides") {
    for (const lie how : all_lies)
        for (const std::string label : {"a", "b", "c"}) {
            CAPTURE(how);
            CAPTURE(label);
            const auto x = counted<float>(axes("a b c", {2, 3, 5}), how);

            std::int64_t position = 0;
            for (const auto part : along(x, label)) {
                CHECK(equal(part, at(x, label, position)));
                CHECK(part.any().shares_with(x.any()));
                ++position;
            }

            CHECK(position == x.extent(label));
        }
}

TEST_CASE("along: by position where there are no names, -1 is the last") {
    const auto x = counted<float>(shape::of({2, 3}));

    std::vector<float> sums;
    for (const auto column : along(x, -1)) {
        CHECK(column.shape() == shape::of({2}));
        sums.push_back(column(0) + column(1));
    }
    CHECK(sums == std::vector<float>{5, 7, 9});
    CHECK(along(x, 0).size() == 2);
}

TEST_CASE("along: an axis that remembers factors is one axis") {
    const auto x = counted<float>(axes("b (h d)", {2, 6}, {{"h", 2}}));

    CHECK(along(x, "(h d)").size() == 6);
    CHECK(along(x, "b")[1].shape().str() == "(h d)=6");
    CHECK(along(x, "(h d)")[5].to_vector() == std::vector<float>{6, 12});
}

TEST_CASE("along: parts of rank 0, of extent 0, and none at all") {
    std::vector<float> items;
    for (const auto one : along(counted<float>(axes("a", {3})), "a"))
        items.push_back(one.item());
    CHECK(items == std::vector<float>{1, 2, 3});

    const auto empty = zeros<float>(axes("a b", {2, 0}));
    CHECK(along(empty, "a").size() == 2);
    for (const auto part : along(empty, "a"))
        CHECK(part.to_vector().empty());
    CHECK(along(empty, "b").empty());
    CHECK(along(empty, "b").begin() == along(empty, "b").end());
}

TEST_CASE("along: an axis that repeats gives the same part each time") {
    const auto row = counted<float>(axes("b", {3}));
    const tensor<float> x(row.any().viewed({axes("a b", {4, 3}), {0, 1}, 0}));

    CHECK(along(x, "a").size() == 4);
    for (const auto part : along(x, "a"))
        CHECK(equal(part, row));
}

TEST_CASE("along: keeps the buffer of a temporary alive, and a write into a part stays in it") {
    std::vector<float> seen;
    for (auto part : along(counted<float>(axes("a b", {2, 3})), "a")) {
        (void)full<float>(axes("a b", {2, 3}), 99);  // would reuse the buffer, were it free
        seen.push_back(part(2));
    }
    CHECK(seen == std::vector<float>{3, 6});

    const auto x = counted<float>(axes("a b", {2, 3}));
    for (auto part : along(x, "a"))
        part.mut()[0] = -1;
    CHECK(x.to_vector() == std::vector<float>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("along: iterators move at random") {
    const auto x = counted<float>(axes("a b", {5, 2}));
    const auto rows = along(x, "a");
    auto it = rows.begin();

    CHECK((*(it + 3))(0) == 7);
    CHECK(it[4](1) == 10);
    CHECK(rows.end() - it == 5);
    it += 4;
    CHECK((*it--)(0) == 9);
    CHECK((*it++)(0) == 7);
    CHECK((*--it)(0) == 7);
    CHECK(rows.begin() < it);
    CHECK((2 + rows.begin()) - 2 == rows.begin());
}

TEST_CASE("along: a part is chosen by position, with bounds") {
    const auto x = counted<float>(axes("b s", {2, 3}));

    CHECK(along(x, "b")[1].to_vector() == std::vector<float>{4, 5, 6});
    for (const std::int64_t outside : {-1, 2}) {
        const auto e = thrown_by([&] { (void)along(x, "b")[outside]; });
        CHECK(e.kind == category::usage);
        CHECK(e.operation == "along");
        CHECK(e.axis == "b");
        CHECK(e.message == std::to_string(outside) + " lies outside 'b' of extent 2");
        CHECK(e.expected == "0 to 1");
    }
    CHECK(
        thrown_by([] { (void)along(zeros<float>(shape::of({0})), 0)[0]; }).message
        == "0 lies outside axis 0 of extent 0"
    );
}

TEST_CASE("along: an axis that is not there, or a position for a name, is refused") {
    const auto x = counted<float>(axes("b s", {2, 3}));

    CHECK(thrown_by([&] { (void)along(x, "q"); }).kind == category::unknown_axis);
    CHECK(thrown_by([&] { (void)along(x, "q"); }).axis == "q");
    CHECK(thrown_by([&] { (void)along(x, 0); }).kind == category::usage);
    CHECK(category_of([] { (void)along(zeros<float>(shape::of({2})), 1); }) == "unknown_axis");
    CHECK(category_of([] { (void)along(full<float>(shape{}, 1), 0); }) == "unknown_axis");
}

TEST_CASE("along: one view on the bill, when the range is made, however many parts are taken") {
    const auto x = counted<float>(axes("b s", {4, 3}));

    const ledger bill = bill_of([&] {
        for (const auto part : along(x, "b"))
            (void)part(0);
    });

    CHECK(records_of(bill) == std::vector<billed>{{"along", "b s", "", op_class::view, {}, -1}});
    const ledger refused = bill_of([&] { (void)category_of([&] { (void)along(x, "q"); }); });
    CHECK(refused.size() == 0);
}

TEST_CASE("along: the parts of a dry tensor are dry, on the same bill") {
    const auto x = dry<float>(axes("b s", {4, 3}));

    std::int64_t count = 0;
    const ledger bill = bill_of([&] {
        for (const auto part : along(x, "b")) {
            CHECK(part.is_dry());
            CHECK(part.shape().str() == "s=3");
            ++count;
        }
    });

    CHECK(count == 4);
    CHECK(bill.size() == 1);
}

TEST_CASE("along: an any_tensor gives any_tensors") {
    const any_tensor x = counted<std::int64_t>(axes("b s", {2, 3})).any();

    std::vector<std::int64_t> firsts;
    for (const any_tensor& part : along(x, "b"))
        firsts.push_back(tensor<std::int64_t>(part)(0));

    CHECK(firsts == std::vector<std::int64_t>{1, 4});
}
