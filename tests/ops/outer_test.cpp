#include <abax/account/bill_cost.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/outer.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/views.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

using namespace abax;
using namespace abax::testing;

TEST_CASE_TEMPLATE(
    "outer: each element by each", T, float, double, std::int32_t, std::int64_t, bool
) {
    const std::vector<extents> shapes = {{}, {0}, {1}, {5}, {2, 3}, {3, 0}, {2, 1, 3}};
    std::mt19937 random(3);
    for (const extents& left : shapes)
        for (const extents& right : shapes)
            for (const lie a_lies : all_lies)
                for (const lie b_lies : all_lies) {
                    CAPTURE(a_lies);
                    CAPTURE(b_lies);
                    CAPTURE(shape::of(left).str());
                    CAPTURE(shape::of(right).str());
                    const auto a = small_numbers<T>(shape::of(left), random, a_lies);
                    const auto b = small_numbers<T>(shape::of(right), random, b_lies);

                    const auto y = outer(a, b);

                    extents both = left;
                    both.insert(both.end(), right.begin(), right.end());
                    REQUIRE(y.shape().extents() == both);
                    CHECK(y.is_contiguous());
                    const auto border = static_cast<std::ptrdiff_t>(left.size());
                    for_each_position(both, [&](const extents& at) {
                        const T l = element_at<T>(a.any(), {at.begin(), at.begin() + border});
                        const T r = element_at<T>(b.any(), {at.begin() + border, at.end()});
                        if constexpr (std::is_same_v<T, bool>)
                            REQUIRE(element_at<T>(y.any(), at) == (l && r));
                        else
                            REQUIRE(element_at<T>(y.any(), at) == l * r);
                    });
                }
}

TEST_CASE("outer: a's axes, then b's, with what they remember") {
    const auto a = counted(axes("b (m: h d)", {2, 6}, {{"h", 2}}));
    const auto b = named_tensor("o", {3});
    const auto number = full<float>(shape{}, 2);

    CHECK(outer(a, b).shape().axes_text() == "b (m: h d) o");
    CHECK(outer(b, a).shape().axes_text() == "o b (m: h d)");
    CHECK(outer(number, b).shape().str() == "o=3");
    CHECK(outer(b, number).shape().str() == "o=3");
    CHECK(outer(number, counted(shape::of({3}))).shape().str() == "3");
    CHECK(outer(number, number).rank() == 0);
    CHECK(equal(outer(b, rename(b, "o -> o'")), einsum("o, o' -> o o'", b, rename(b, "o -> o'"))));
}

TEST_CASE("outer: what it refuses, and says") {
    const auto a = named_tensor("b s", {2, 3});
    const auto plain = counted(shape::of({3}));
    const auto merged = counted(axes("(h d)", {6}, {{"h", 2}}));

    const auto e = thrown_by([&] { (void)outer(a, named_tensor("s", {3})); });
    CHECK(e.kind == category::duplicate_axis);
    CHECK(e.operation == "outer");
    CHECK(e.axis == "s");
    CHECK(e.input == "(b=2 s=3), (s=3)");
    CHECK(e.help.find("rename(b, \"s -> s'\")") != std::string::npos);
    CHECK(
        thrown_by([&] { (void)outer(merged, merged); }).help.find("(h d) -> m") != std::string::npos
    );
    CHECK(category_of([&] { (void)outer(a, plain); }) == "name_mismatch");
    CHECK(category_of([&] { (void)outer(plain, a); }) == "name_mismatch");
    CHECK(
        category_of([&] { (void)outer(a.any(), full<double>(shape{}, 1).any()); })
        == "dtype_mismatch"
    );
    const auto wide = dry<float>(axes("x", {std::int64_t{1} << 40}));
    CHECK(category_of([&] { (void)outer(wide, rename(wide, "x -> y")); }) == "overflow");
    const auto deep = counted(shape::of(extents(20, 1)));
    CHECK(category_of([&] { (void)outer(deep, deep); }) == "overflow");
}

TEST_CASE("outer costs one multiplication an element of its result, as an einsum does") {
    const auto run = [](const tensor<float>& a, const tensor<float>& b) {
        return records_of(bill_of([&] {
            (void)outer(a, b);
            (void)outer(a, broadcast(b, "h", 5));
        }));
    };
    const shape of_a = axes("a", {3});
    const shape of_b = axes("b c", {2, 4});

    const ledger bill = bill_of([&] { (void)outer(counted(of_a), counted(of_b)); });
    const auto last = bill.size() - 1;
    CHECK(bill.at(last).what->price.flops_vec.str() == "a*b*c");
    CHECK(bill.at(last).what->price.bytes_read.str() == "4*b*c + 4*a");
    CHECK(bill.at(last).what->price.bytes_written.str() == "4*a*b*c");
    const auto einsummed =
        bill_of([&] { (void)einsum("a, b c -> a b c", dry<float>(of_a), dry<float>(of_b)); });
    CHECK(bill.counted(last) == einsummed.counted(0));
    CHECK(bill.at(last).what->kind == einsummed.at(0).what->kind);

    const auto wet = run(counted(of_a), counted(of_b));
    CHECK(wet[0].detail == "a, b c");
    CHECK(wet[2].counted.flops_vec == 3 * 5 * 8);
    CHECK(wet[2].counted.bytes_read == 4 * (3 + 8));
    CHECK(run(dry<float>(of_a), dry<float>(of_b)) == wet);
    const auto a = counted(of_a);
    const auto b = counted(of_b);
    const dry_run on;
    CHECK(run(a, b) == wet);
}

TEST_CASE("outer: integers count as int_ops, one buffer is read once, no elements cost nothing") {
    const auto ids = iota<std::int32_t>(axes("a", {3}));
    const auto integers = records_of(bill_of([&] { (void)outer(ids, rename(ids, "a -> b")); }));
    CHECK(integers[0].counted.int_ops == 9);
    CHECK(integers[0].counted.flops_vec == 0);
    CHECK(integers[0].counted.bytes_read == 4 * 3);

    const auto none = zeros<float>(axes("a", {0}));
    const auto empty = records_of(bill_of([&] { (void)outer(none, named_tensor("b", {2})); }));
    CHECK(empty.back().counted.flops_vec == 0);
}
