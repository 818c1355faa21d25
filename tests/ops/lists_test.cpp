#include <abax/account/ledger.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/join.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rows.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace abax;

TEST_CASE("lists: unnamed tensors are stacked along a new leading axis, then the pattern applies") {
    const std::vector<tensor<float>> parts{
        iota<float>(shape::of({2, 3})), iota<float>(shape::of({2, 3}), 100)};

    const auto side_by_side = rearrange(parts, "n h w -> h (n w)");
    const auto total = reduce(parts, "n h w -> h w", by::sum);
    const auto twice = repeat(parts, "n h w -> n h w c", {{"c", 2}});

    CHECK(
        side_by_side.to_vector()
        == std::vector<float>{0, 1, 2, 100, 101, 102, 3, 4, 5, 103, 104, 105}
    );
    CHECK(total.to_vector() == std::vector<float>{100, 102, 104, 106, 108, 110});
    CHECK(twice.shape() == shape::of({2, 2, 3, 2}));
}

TEST_CASE("lists: of named tensors the new axis has the name that the pattern begins with") {
    const std::vector<tensor<float>> parts(3, iota<float>(axes("h w", {2, 2})));

    const auto joined = rearrange(parts, "n h w -> h (n w)");

    CHECK(joined.shape().axes_text() == "h (n w)");
    CHECK_THROWS_AS((void)rearrange(parts, "n w h -> n w h"), error);
    CHECK_THROWS_AS((void)rearrange(parts, pattern_text("h h w -> h w")), error);
}

TEST_CASE("bill: an operation without elements computes nothing, and no counter is negative") {
    ledger bill;
    {
        const recording on(bill);
        const auto none = dry<float>(axes("a c", {0, 3}));
        (void)sum(none, "a");
        (void)softmax(none, "a");
        (void)mean(dry<float>(axes("a c", {4, 0})), "a");
        (void)argmax(dry<float>(axes("a c", {0, 4})), "c");
    }

    for (std::size_t i = 0; i < bill.size(); ++i) {
        CAPTURE(i);
        CHECK(bill.counted(i).flops() == 0);
        CHECK(bill.counted(i).bytes_read == 0);
    }
    CHECK(bill.size() == 4);
}

TEST_CASE(
    "lists: named parts of a concat or stack may have their axes in any order, the first one's counts"
) {
    const auto x = iota<float>(axes("b s", {2, 3}));
    const auto y = rearrange(x, "b s -> s b");

    const auto joined = concat<float>({x, y}, "s");
    const auto stacked = stack<float>({y, x}, "n");

    CHECK(joined.shape().str() == "b=2 s=6");
    CHECK(joined.to_vector() == std::vector<float>{0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5});
    CHECK(stacked.shape().str() == "n=2 s=3 b=2");
    CHECK(stacked.to_vector() == std::vector<float>{0, 3, 1, 4, 2, 5, 0, 3, 1, 4, 2, 5});
    CHECK_THROWS_AS((void)concat<float>({x, iota<float>(axes("b t", {2, 3}))}, "s"), error);
}

TEST_CASE(
    "scalars: a whole number fits integers however it is written; integers are not divided by 0"
) {
    const auto x = iota<std::int32_t>(shape::of({3}));

    CHECK((x * 2.0).to_vector() == std::vector<std::int32_t>{0, 2, 4});
    CHECK_THROWS_AS((void)(x * 0.5), error);
    CHECK_THROWS_AS((void)(x * 3e9), error);
    CHECK_THROWS_AS((void)(x / 0), error);
    CHECK((iota<float>(shape::of({2})) / 0.0F).shape().rank() == 1);
}
