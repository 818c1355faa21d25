#include <abax/report/fold.hpp>

#include "bills.hpp"

#include <doctest/doctest.h>

using namespace bills;
using abax::folded;
using abax::scope;

namespace {

extents lengths(std::int64_t queries, std::int64_t keys) {
    return {{"b", 1}, {"d", 8}, {"h", 4}, {"s", queries}, {"s'", keys}};
}

}  // namespace

TEST_CASE("fold: a decode loop is one row an operation, with ranges and sums") {
    ledger bill;
    for (std::int64_t keys = 128; keys <= 1127; ++keys) {
        add(bill, scores(), lengths(1, keys), 0.5);
        add(bill, softmax(), lengths(1, keys));
    }

    const auto rows = folded(bill);

    REQUIRE(rows.size() == 2);
    CHECK(rows[0].what->operation == "dot");
    CHECK(rows[0].calls == 1000);
    CHECK(rows[0].extents.at(name("s'")) == abax::extent_range{128, 1127});
    CHECK(rows[0].extents.at(name("s")) == abax::extent_range{1, 1});
    CHECK(rows[0].extents_text() == "b=1 d=8 h=4 s=1 s'=128..1127");
    CHECK(rows[0].total.flops_mm == int128{2 * 4 * 8} * (128 + 1127) * 1000 / 2);
    CHECK(rows[0].seconds == 500);
    CHECK(rows[1].what->operation == "softmax");
}

TEST_CASE("fold: other polynomials, details and scopes are other rows") {
    ledger bill;
    add(bill, scores(), lengths(5, 7));
    add(bill, scores(true), lengths(5, 7));  // the same but for the mask
    priced_operation other = *scores();
    other.detail = "b h s d, b h t d -> b h s t";
    add(bill, std::make_shared<const priced_operation>(other), lengths(5, 7));
    const scope inside("h.0");
    add(bill, scores(), lengths(5, 7));

    CHECK(folded(bill).size() == 4);
    CHECK(folded(bill)[3].scope.text() == "h.0");
}

TEST_CASE("fold: rows without a parent sum to the total, and parts follow their whole") {
    ledger bill;
    for (int i = 0; i < 3; ++i) {
        const auto whole = add(bill, scores(), lengths(5, 7 + i));
        add(bill, softmax(), lengths(5, 7 + i), 0, whole);
        add(bill, softmax(), lengths(5, 7 + i));
    }

    const auto rows = folded(bill);
    counters sum;
    for (const auto& row : rows)
        if (row.parent == -1)
            sum += row.total;

    REQUIRE(rows.size() == 3);
    CHECK(rows[0].parent == -1);
    CHECK(rows[1].parent == 0);
    CHECK(rows[1].calls == 3);
    CHECK(rows[2].parent == -1);
    CHECK(sum == bill.total());
}

TEST_CASE("fold: an empty bill has no rows") {
    CHECK(folded(ledger()).empty());
}
