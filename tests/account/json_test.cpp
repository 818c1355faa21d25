#include "bills.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace bills;
using abax::scope;
using nlohmann::json;

namespace {

extents lengths(std::int64_t queries, std::int64_t keys) {
    return {{"b", 1}, {"d", 8}, {"h", 4}, {"m", 32}, {"s", queries}, {"s'", keys}};
}

ledger two_layers() {
    ledger bill;
    for (const char* layer : {"h.0", "h.1"}) {
        const scope here(layer);
        add(bill, split(), lengths(5, 7));
        const auto whole = add(bill, scores(true), lengths(5, 7), 0.25);
        add(bill, softmax(), lengths(5, 7), 0.125, whole);
        add(bill, softmax(), lengths(5, 8));
    }
    return bill;
}

}  // namespace

TEST_CASE("json: names its schema and version first") {
    const auto text = two_layers().json();
    const auto document = json::parse(text);

    CHECK(document["schema"] == "abax.bill");
    CHECK(document["version"] == 1);
    CHECK(text.find("schema") < text.find("version"));
    CHECK(text.find("version") < text.find("totals"));
}

TEST_CASE("json: totals agree with the bill, and every list sums to them") {
    const ledger bill = two_layers();
    const auto document = json::parse(bill.json());
    const auto& totals = document["totals"];

    CHECK(totals["calls"] == 6);
    CHECK(totals["flops_mm"] == static_cast<std::int64_t>(bill.total().flops_mm));
    CHECK(totals["flops_mm_useful"] == static_cast<std::int64_t>(bill.total().flops_mm_useful));
    CHECK(totals["flops"] == static_cast<std::int64_t>(bill.total().flops()));
    CHECK(totals["bytes"] == static_cast<std::int64_t>(bill.total().bytes()));
    CHECK(totals["seconds"] == 0.5);
    for (const char* list : {"by_scope", "by_operation", "by_class", "records"})
        for (const char* counter :
             {"calls", "flops", "flops_mm", "specials", "bytes_read", "bytes"}) {
            CAPTURE(list);
            CAPTURE(counter);
            std::int64_t sum = 0;
            for (const auto& row : document[list])
                if (row.value("parent", -1) == -1)
                    sum += row[counter].get<std::int64_t>();
            CHECK(sum == totals[counter].get<std::int64_t>());
        }
}

TEST_CASE("json: rows are labelled by what they group") {
    const auto document = json::parse(two_layers().json());

    CHECK(document["by_scope"].size() == 2);
    CHECK(document["by_scope"][1]["scope"] == "h.1");
    CHECK(document["by_operation"][1]["operation"] == "dot");
    CHECK(document["by_class"][2]["class"] == "normalization");
}

TEST_CASE("json: has the bill as polynomials, with the equations between axes") {
    const auto document = json::parse(two_layers().json());

    CHECK(document["cost"]["flops_mm"] == "4*b*d*h*s*s'");
    CHECK(document["cost"]["flops_vec"] == "8*b*h*s*s' - 4*b*h*s");
    CHECK(document["cost"]["int_ops"] == "0");
    CHECK(document["equations"] == json::array({"m = h*d"}));
}

TEST_CASE("json: a record says what, where, how large, and what it is a part of") {
    const auto document = json::parse(two_layers().json());
    const auto& records = document["records"];

    REQUIRE(records.size() == 8);
    CHECK(records[1]["operation"] == "dot");
    CHECK(records[1]["class"] == "contraction");
    CHECK(records[1]["detail"] == "b h s d, b h s' d -> b h s s'");
    CHECK(records[1]["scope"] == "h.0");
    CHECK(records[1]["extents"]["s'"] == json::array({7, 7}));
    CHECK(records[1]["seconds"] == 0.25);
    CHECK(records[1]["parent"] == -1);
    CHECK(records[2]["parent"] == 1);
    CHECK(records[6]["parent"] == 5);
}

TEST_CASE("json: stays short for a decode loop of 1000 tokens") {
    ledger bill;
    for (std::int64_t keys = 128; keys <= 1127; ++keys)
        add(bill, softmax(), lengths(1, keys));

    const auto text = bill.json();
    const auto records = json::parse(text)["records"];

    CHECK(text.size() < 4000);
    REQUIRE(records.size() == 1);
    CHECK(records[0]["calls"] == 1000);
    CHECK(records[0]["extents"]["s'"] == json::array({128, 1127}));
}

TEST_CASE("json: integers of 2^53 and above are decimal strings") {
    const auto flops_of = [](std::int64_t n) {
        ledger bill;
        add(bill, relu({"n"}), {{"n", n}});
        return json::parse(bill.json())["totals"]["flops_vec"];
    };
    constexpr std::int64_t limit = std::int64_t{1} << 53;

    CHECK(flops_of(limit - 1) == limit - 1);
    CHECK(flops_of(limit) == "9007199254740992");

    ledger huge;
    add(huge, relu({"m", "n"}), {{"m", 1'000'000'000'000}, {"n", 1'000'000'000'000}});
    CHECK(json::parse(huge.json())["totals"]["flops"] == "1000000000000000000000000");
}

TEST_CASE("json: an empty bill is a document too") {
    const auto document = json::parse(ledger().json());

    CHECK(document["totals"]["calls"] == 0);
    CHECK(document["records"].is_array());
    CHECK(document["records"].empty());
    CHECK(document["by_scope"].empty());
    CHECK(document["equations"].is_array());
}

TEST_CASE("json: labels of any text survive, or are replaced") {
    ledger bill;
    {
        const scope here("Schicht \"α\"\n");
        add(bill, relu({"b"}), lengths(1, 1));
    }
    const scope broken("\xff");
    add(bill, relu({"b"}), lengths(1, 1));

    const auto document = json::parse(bill.json());

    CHECK(document["by_scope"][0]["scope"] == "Schicht \"α\"\n");
    CHECK(document["by_scope"][1]["scope"] == "\xef\xbf\xbd");
}
