#include <abax/account/bill_cost.hpp>
#include <abax/ops/masks.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

using namespace abax;
using namespace abax::testing;

TEST_CASE("windowed: a query sees itself and the window - 1 keys before it") {
    const auto mask = windowed("s", 3, "s'", 5, 2);

    CHECK(mask.shape().str() == "s=3 s'=5");
    const std::vector<bool> expected = {
        false,
        true,
        true,
        false,
        false,  //
        false,
        false,
        true,
        true,
        false,  //
        false,
        false,
        false,
        true,
        true};
    CHECK(mask.to_vector() == expected);
}

TEST_CASE("windowed: a window as wide as the keys is the causal mask") {
    constexpr auto widest = std::numeric_limits<std::int64_t>::max();
    for (const std::int64_t queries : {0, 1, 3, 7})
        for (const std::int64_t past : {0, 1, 4}) {
            const auto expected = causal("s", queries, "s'", queries + past);
            for (const std::int64_t window : {queries + past + 1, widest})
                CHECK(
                    windowed("s", queries, "s'", queries + past, window).to_vector()
                    == expected.to_vector()
                );
        }
}

TEST_CASE("windowed: as many pairs as the closed form says") {
    for (const std::int64_t s : {1, 2, 5, 9})
        for (std::int64_t w = 1; w <= s; ++w) {
            std::int64_t pairs = 0;
            for (const bool open : windowed("s", s, "s'", s, w).to_vector())
                pairs += open ? 1 : 0;
            CHECK(pairs == w * (w + 1) / 2 + (s - w) * w);
        }
}

TEST_CASE("windowed: what makes no mask is refused") {
    const auto e = thrown_by([] { (void)windowed("s", 5, "s'", 4, 2); });
    CHECK(e.kind == category::usage);
    CHECK(e.operation == "windowed");
    CHECK(e.expected == "at least 5 keys");
    CHECK(category_of([] { (void)windowed("s", 2, "s'", 2, 0); }) == "usage");
    CHECK(category_of([] { (void)windowed("s", 2, "s'", 2, -1); }) == "usage");
    CHECK(category_of([] { (void)windowed("s", -1, "s'", 2, 1); }) == "usage");
    CHECK(category_of([] { (void)windowed("s", 2, "s", 2, 1); }) == "duplicate_axis");
    CHECK(
        category_of([] {
            constexpr std::int64_t huge = std::int64_t{1} << 40U;
            (void)windowed("s", huge, "s'", huge, 1);
        })
        == "overflow"
    );
}

TEST_CASE("windowed: writes a byte for each pair and costs no FLOPs, dry as wet") {
    const auto run = [] { (void)windowed("s", 3, "s'", 5, 2); };

    const ledger bill = bill_of(run);

    REQUIRE(bill.size() == 1);
    CHECK(bill.total().flops() == 0);
    CHECK(bill.total().int_ops == 0);
    CHECK(bill.cost().total().bytes_read.is_zero());
    CHECK(bill.cost().total().bytes_written.str() == "s*s'");
    const dry_run on;
    CHECK(windowed("s", 3, "s'", 5, 2).any().is_dry());
    CHECK(records_of(bill_of(run)) == records_of(bill));
}
