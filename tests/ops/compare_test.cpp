#include <abax/ops/compare.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr tolerance exactly = {0, 0, false};

std::string said(const std::optional<std::string>& difference) {
    return difference.value_or("nothing");
}

}  // namespace

TEST_CASE("difference: nothing between equal elements, however they lie in memory") {
    for (const lie one : all_lies)
        for (const lie other : all_lies) {
            CAPTURE(one);
            CAPTURE(other);
            const shape three = axes("a b c", {2, 3, 5});
            CHECK(equal(counted<float>(three, one), counted<float>(three, other)));
            CHECK(equal(counted<bool>(three, one), counted<bool>(three, other)));
            CHECK_FALSE(difference(counted<double>(three, one), counted<double>(three, other)));
        }
    const auto row = counted<float>(axes("b", {2}));
    const tensor<float> twice(row.any().viewed({axes("a b", {2, 2}), {0, 1}, 0}));
    CHECK(equal(twice, from<float>({1, 2, 1, 2}, axes("a b", {2, 2}))));
}

TEST_CASE("difference: the first by named coordinates, how many, and the largest") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const shape two = axes("b s", {2, 3});
        const auto x = counted<float>(two, how);
        const auto y = from<float>({1, 2, 3, 4.5F, 5, 8}, two);
        CHECK(
            said(difference(x, y)) == "at b=1 s=0: 4 and 4.5 (2 of 6 elements differ, by 2 at most)"
        );
        CHECK(
            said(difference(x, y, {0, 1}))
            == "at b=1 s=2: 6 and 8 (1 of 6 elements differ, by 2 at most)"
        );
        CHECK(said(difference(x, y, {0, 2})) == "nothing");
    }
    CHECK(
        said(difference(from<double>({1, 2}), from<double>({1, 2.25})))
        == "at 0=1: 2 and 2.25 (1 of 2 elements differ, by 0.25 at most)"
    );
    CHECK(
        said(difference(full<float>(shape{}, 1), full<float>(shape{}, 2)))
        == "at (): 1 and 2 (1 of 1 elements differ, by 1 at most)"
    );
    const shape merged = axes("b (m: h d) (g k)", {1, 2, 2}, {{"h", 2}, {"g", 1}});
    CHECK(
        said(difference(zeros<float>(merged), iota<float>(merged)))
        == "at b=0 m=0 (g k)=1: 0 and 1 (3 of 4 elements differ, by 3 at most)"
    );
}

TEST_CASE("difference: of element types and axes, what differs first") {
    struct row {
        shape left;
        shape right;
        std::string said;
    };
    const std::vector<row> table = {
        {axes("b s", {2, 3}), axes("b s", {2, 4}), "axis 's' is 3 and 4: (b=2 s=3) and (b=2 s=4)"},
        {axes("b s", {2, 3}),
         axes("b t", {2, 3}),
         "axis 1 is 's' and 't': (b=2 s=3) and (b=2 t=3)"},
        {axes("b s", {2, 3}),
         axes("s b", {3, 2}),
         "the same axes in another order: (b=2 s=3) and (s=3 b=2)"},
        {axes("b s", {2, 3}), axes("b", {2}), "ranks 2 and 1: (b=2 s=3) and (b=2)"},
        {axes("b", {2}), shape::of({2}), "axis 0 is 'b' and unnamed: (b=2) and (2)"},
        {shape::of({2, 3}), shape::of({3, 2}), "axis 0 is 2 and 3: (2 3) and (3 2)"},
        {shape{}, shape::of({1}), "ranks 0 and 1: () and (1)"},
        {axes("(m: h d)", {6}, {{"h", 2}}),
         axes("(m: h d)", {6}, {{"h", 3}}),
         "axis 'm' has the factors h=2 d=3 and h=3 d=2: ((m: h d)=6) and ((m: h d)=6)"},
        {axes("(m: h d)", {6}, {{"h", 2}}),
         axes("m", {6}),
         "axis 'm' has the factors h=2 d=3 and none: ((m: h d)=6) and (m=6)"},
        {shape::of({0}), shape::of({0, 0}), "ranks 1 and 2: (0) and (0 0)"},
    };
    for (const row& r : table) {
        CAPTURE(r.said);
        CHECK(said(difference(zeros<float>(r.left), zeros<float>(r.right))) == r.said);
        CHECK_FALSE(equal(zeros<float>(r.left), zeros<float>(r.right)));
        CHECK_FALSE(allclose(zeros<float>(r.right), zeros<float>(r.left)));
    }
    const auto x = zeros<float>(axes("b", {2}));
    CHECK(
        said(difference(x.any(), zeros<double>(axes("b", {2})).any()))
        == "element types float32 and float64"
    );
    CHECK_FALSE(allclose(x.any(), zeros<std::int32_t>(axes("b", {2})).any()));
}

TEST_CASE("difference: NaN equals NaN only if asked to, and has no distance") {
    const auto x = from<double>({1, not_a_number, 3, not_a_number});
    const auto y = from<double>({1, -not_a_number, 3.5, 4});

    CHECK(
        said(difference(x, y))
        == "at 0=1: nan and nan (3 of 4 elements differ, 2 of them by NaN, the others by 0.5 at most)"
    );
    CHECK(
        said(difference(x, y, {0, 0, true}))
        == "at 0=2: 3 and 3.5 (2 of 4 elements differ, 1 of them by NaN, the others by 0.5 at most)"
    );
    CHECK(
        said(difference(x, y, {0, 0.5, true}))
        == "at 0=3: nan and 4 (1 of 4 elements differ, by NaN)"
    );
    CHECK_FALSE(equal(x, x));
    CHECK_FALSE(allclose(x, x));
    CHECK(allclose(x, x, {0, 0, true}));
    CHECK_FALSE(allclose(y, x, {1e300, 1e300, true}));
}

TEST_CASE("allclose: an infinity is near itself only, whatever the tolerance") {
    const auto near = [](double a, double b, tolerance within) {
        return allclose(full<double>(shape{}, a), full<double>(shape{}, b), within);
    };
    for (const tolerance& within : {exactly, tolerance{}, tolerance{1, 1}, tolerance{inf, inf}}) {
        CAPTURE(within.relative);
        CHECK(near(inf, inf, within));
        CHECK(near(-inf, -inf, within));
        CHECK_FALSE(near(inf, -inf, within));
        CHECK_FALSE(near(1, inf, within));
        CHECK_FALSE(near(inf, 1, within));
        CHECK(near(0.0, -0.0, within));
    }
    CHECK(
        said(difference(from<float>({1, 2}), full<float>(shape::of({2}), float(inf))))
        == "at 0=0: 1 and inf (2 of 2 elements differ, by inf at most)"
    );
}

TEST_CASE("allclose: |a - b| <= absolute + relative * |b|") {
    const auto near = [](double a, double b, tolerance within) {
        return allclose(full<double>(shape{}, a), full<double>(shape{}, b), within);
    };
    CHECK(near(100, 104, {0.04, 0}));
    CHECK(near(96, 100, {0.04, 0}));
    CHECK_FALSE(near(104.5, 100, {0.04, 0}));
    CHECK(near(104.5, 100, {0.04, 0.5}));
    CHECK(near(-96, -100, {0.04, 0}));
    CHECK_FALSE(near(4, -4, {0.04, 0}));
    CHECK_FALSE(near(1, 1.25, {not_a_number, 0}));
}

TEST_CASE("equal: integers are compared exactly, also where a double cannot") {
    using limits = std::numeric_limits<std::int64_t>;
    const std::int64_t large = (std::int64_t{1} << 53U) + 1;
    const auto x = from<std::int64_t>({large, 0});
    const auto y = from<std::int64_t>({large - 1, 0});

    CHECK_FALSE(equal(x, y));
    CHECK(
        said(difference(x, y))
        == "at 0=0: 9007199254740993 and 9007199254740992 (1 of 2 elements differ, by 1 at most)"
    );
    CHECK(allclose(x, y, {0, 1}));
    CHECK(
        said(difference(from<std::int64_t>({limits::min()}), from<std::int64_t>({limits::max()})))
        == "at 0=0: -9223372036854775808 and 9223372036854775807 (1 of 1 elements differ, by "
           "18446744073709551615 at most)"
    );
    CHECK_FALSE(equal(from<std::int32_t>({1, 2}), from<std::int32_t>({1, 3})));
}

TEST_CASE("equal: bools are equal or not, within any tolerance") {
    const auto x = from<bool>({true, false, true});
    const auto y = from<bool>({true, true, false});

    CHECK(equal(x, x));
    CHECK(said(difference(x, y)) == "at 0=1: false and true (2 of 3 elements differ)");
    CHECK_FALSE(allclose(x, y, {5, 5}));
}

TEST_CASE("equal: tensors without elements are equal if their axes are") {
    CHECK(equal(zeros<float>(axes("a b", {3, 0})), zeros<float>(axes("a b", {3, 0}))));
    CHECK_FALSE(equal(zeros<float>(axes("a b", {3, 0})), zeros<float>(axes("a b", {2, 0}))));
    CHECK(equal(full<float>(shape{}, 2), full<float>(shape{}, 2)));
}

TEST_CASE("equal: dry tensors have axes to compare, and no elements") {
    const auto x = dry<float>(axes("b", {2}));

    CHECK(category_of([&] { (void)equal(x, x); }) == "dry");
    CHECK(category_of([&] { (void)allclose(zeros<float>(axes("b", {2})), x); }) == "dry");
    CHECK(category_of([&] { (void)difference(x, zeros<float>(axes("b", {2}))); }) == "dry");
    CHECK(
        said(difference(x, zeros<float>(axes("b", {3})))) == "axis 'b' is 2 and 3: (b=2) and (b=3)"
    );
}

TEST_CASE("equal: is a test, not an operation: on no bill") {
    const auto x = counted<float>(axes("b", {2}));

    const ledger bill = bill_of([&] { (void)(equal(x, x) && allclose(x, x)); });

    CHECK(bill.size() == 0);
}
