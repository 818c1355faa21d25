#include <abax/abax.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace abax {

using testing::category_of;

TEST_CASE("a tensor that was moved from has rank 0 and no element, and can be given a value again"
) {
    auto x = iota<float>(axes("i", {3}));
    const auto y = std::move(x);

    // What is tested is the state after the move.
    // NOLINTBEGIN(bugprone-use-after-move)
    CHECK(y.to_vector() == std::vector<float>{0, 1, 2});
    CHECK(x.rank() == 0);
    CHECK(x.is_dry());
    CHECK(category_of([&] { (void)x.item(); }) == "dry");
    CHECK(category_of([&] { (void)x.to_vector(); }) == "dry");
    CHECK(category_of([&] { (void)sum(x, "i"); }) == "unknown_axis");
    CHECK((x + 1).is_dry());
    x += 1;
    CHECK(copy(x).is_dry());
    CHECK(to_string(x.any()).find("dry") != std::string::npos);
    CHECK(category_of([&] { (void)equal(x, y); }) == "nothing");

    x = iota<float>(axes("i", {2}));
    CHECK(x(1) == 1);
    // NOLINTEND(bugprone-use-after-move)

    any_tensor a = y.any();
    const any_tensor b = std::move(a);
    CHECK(a.rank() == 0);  // NOLINT(bugprone-use-after-move)
    CHECK(b.rank() == 1);
}

TEST_CASE(
    "from: a vector with names and extents, as zeros and randn take them, or alone as one axis"
) {
    const std::vector<float> values{1, 2, 3, 4};

    CHECK(equal(from(values, "a b", {2, 2}), from({{1.F, 2.F}, {3.F, 4.F}}, "a b")));
    CHECK(from(values).shape().str() == "4");
    CHECK(from(values, "q").shape().str() == "q=4");
    CHECK(from(std::vector<float>{1, 2}).shape().str() == "2");
    CHECK(from(std::vector<float>{}).volume() == 0);
    CHECK(category_of([&] { (void)from(values, "a b", {2, 3}); }) == "size_mismatch");
    CHECK(category_of([&] { (void)from(values, "a b"); }) == "rank_mismatch");
}

TEST_CASE("slice: several axes in one call are taken one after the other") {
    const auto x = iota<float>(axes("s m", {3, 4}));

    const auto part = slice(x, {{"s", 1, 3}, {"m", 0, 4, 2}});

    CHECK(part.shape().str() == "s=2 m=2");
    CHECK(part.to_vector() == std::vector<float>{4, 6, 8, 10});
    CHECK(equal(slice(x.any(), {{"s", 1, 3}, {"m", 0, 4, 2}}), part.any()));
    CHECK(category_of([&] { (void)slice(x, {{"s", 1, 3}, {"q", 0, 4}}); }) == "unknown_axis");
    CHECK(category_of([&] { (void)slice(x, {{"s", 1, 3}, {"s", 0, 3}}); }) == "usage");
}

TEST_CASE("a bill's figures print, though they have 128 bits") {
    const auto x = iota<float>(axes("s m", {3, 4}));
    ledger bill;
    {
        const recording on(bill);
        (void)(x + x);
    }
    std::ostringstream out;

    out << bill.total().flops() << ' ' << bill.total().bytes();

    CHECK(out.str() == "12 96");
}

TEST_CASE("operands that do not meet are told how they could, and it works") {
    const auto x = iota<float>(axes("b s", {2, 3}));
    const auto o = iota<float>(axes("o", {5}));

    const std::string sum_help = testing::thrown_by([&] { (void)(x + o); }).help;
    const std::string product_help = testing::thrown_by([&] { (void)(x * o); }).help;
    const auto neither = testing::thrown_by([&] { (void)dot(x, o, "k"); });

    CHECK(sum_help == "nothing stretches: give the other operand the axis, broadcast(x, \"o\", 5)");
    CHECK(product_help.find("outer(a, b)") != std::string::npos);
    CHECK((broadcast(x, "o", 5) + o).shape().str() == "o=5 b=2 s=3");
    CHECK(neither.message == "'k' is summed, but neither operand has it");
    CHECK(neither.help == "name an axis that both have");
}

}  // namespace abax
