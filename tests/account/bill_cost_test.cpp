#include "bills.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace bills;

namespace {

using question = std::vector<std::pair<std::string_view, std::int64_t>>;

extents lengths(std::int64_t queries, std::int64_t keys) {
    return {{"b", 2}, {"d", 8}, {"h", 4}, {"m", 32}, {"s", queries}, {"s'", keys}};
}

ledger attention(std::int64_t queries, std::int64_t keys) {
    ledger bill;
    add(bill, split(), lengths(queries, keys));
    add(bill, scores(true), lengths(queries, keys));
    add(bill, softmax(), lengths(queries, keys));
    add(bill, relu({"b", "s", "m"}), lengths(queries, keys));
    return bill;
}

ledger decode(std::int64_t from, std::int64_t to) {
    ledger bill;
    for (std::int64_t keys = from; keys <= to; ++keys) {
        add(bill, scores(), lengths(1, keys));
        add(bill, softmax(), lengths(1, keys));
    }
    return bill;
}

abax::diagnosis refusal(const ledger& bill, const question& asked) {
    const auto e = error_of([&] { (void)bill.cost().at(asked); });
    REQUIRE(e.has_value());
    return *e;
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("bill cost: its value is the total, and its polynomials are the sum of all prices") {
    const ledger bill = attention(8, 8);
    const bill_cost cost = bill.cost();

    CHECK(cost.value() == bill.total());
    CHECK(cost.total().flops_mm.str() == "2*b*d*h*s*s'");
    CHECK(cost.total().flops_vec.str() == "4*b*h*s*s' - 2*b*h*s + b*m*s");
    CHECK(cost.str() == "2*b*d*h*s*s' + 5*b*h*s*s' - 2*b*h*s + b*m*s");
    std::ostringstream printed;
    printed << cost;
    CHECK(printed.str() == cost.str());
}

TEST_CASE("bill cost: equal calls are one group, whichever plan made them") {
    ledger bill;
    for (int i = 0; i < 3; ++i)
        add(bill, softmax(), lengths(5, 7));  // each a new, equal operation
    add(bill, softmax(), lengths(5, 8));

    const bill_cost cost = bill.cost();

    REQUIRE(cost.groups().size() == 2);
    CHECK(cost.groups()[0].calls == 3);
    CHECK(cost.groups()[1].calls == 1);
    CHECK(cost.value() == bill.total());
    CHECK(cost.total().specials.str() == "4*b*h*s*s'");
}

TEST_CASE("bill cost: at other extents it is the bill of a run there") {
    const ledger bill = attention(8, 8);

    CHECK(bill.cost().at({{"s", 32768}}) == attention(32768, 32768).total());
    CHECK(bill.cost().at({{"s", 16}, {"s'", 16}}) == attention(16, 16).total());
    CHECK(bill.cost().at({{"s", 4}, {"s'", 16}}) == attention(4, 16).total());
    CHECK(bill.cost().at({{"s'", 16}, {"s", 4}}) == attention(4, 16).total());
    CHECK(bill.cost().at({{"s'", 16}}) == attention(8, 16).total());
    CHECK(bill.cost().at({{"s", 8}}) == bill.total());
    CHECK(bill.cost().at({}) == bill.total());
}

TEST_CASE("bill cost: twice the batch is twice the bill") {
    const ledger bill = attention(8, 8);
    counters twice = bill.total();
    twice *= 2;

    CHECK(bill.cost().at({{"b", 4}}) == twice);
}

TEST_CASE("bill cost: at refuses a name that occurs nowhere, and tells which do") {
    const auto e = refusal(attention(8, 8), {{"t", 4}});

    CHECK(e.kind == category::unknown_axis);
    CHECK(e.axis == "t");
    CHECK(e.expected == "one of: b d h m s s'");
    CHECK(e.help.empty());

    ledger keys_only;
    add(keys_only, relu({"s'"}), lengths(1, 7));
    CHECK(refusal(keys_only, {{"s", 4}}).help == "did you mean s'?");
    CHECK(refusal(ledger(), {{"s", 4}}).kind == category::unknown_axis);
}

TEST_CASE("bill cost: at refuses a primed form that had another extent, unless it is given") {
    const ledger bill = attention(5, 7);

    const auto e = refusal(bill, {{"s", 10}});

    CHECK(e.kind == category::size_mismatch);
    CHECK(e.axis == "s'");
    CHECK(e.expected_extent == 5);
    CHECK(e.got_extent == 7);
    CHECK(has(e.help, R"(at({{"s", 10}, {"s'", 7}}))"));
    CHECK(bill.cost().at({{"s", 10}, {"s'", 7}}) == attention(10, 7).total());
}

TEST_CASE(
    "bill cost: a primed form that met its name nowhere still follows it, if it had its extent"
) {
    ledger equal;
    add(equal, relu({"s"}), lengths(5, 5));
    add(equal, relu({"s'"}), lengths(5, 5));
    ledger different;
    add(different, relu({"s"}), lengths(5, 7));
    add(different, relu({"s'"}), lengths(5, 7));

    CHECK(equal.cost().at({{"s", 9}}).flops_vec == 18);
    CHECK(refusal(different, {{"s", 9}}).axis == "s'");
}

TEST_CASE("bill cost: every primed form follows, and none but its own") {
    ledger bill;
    add(bill, relu({"s", "s'", "s''", "t'"}), {{"s", 5}, {"s'", 5}, {"s''", 5}, {"t'", 5}});

    CHECK(bill.cost().at({{"s", 7}}).flops_vec == 7 * 7 * 7 * 5);
    CHECK(bill.cost().at({{"s'", 7}}).flops_vec == 5 * 7 * 5 * 5);
    CHECK(bill.cost().at({{"s", 7}, {"s''", 5}}).flops_vec == 7 * 7 * 5 * 5);
}

TEST_CASE("bill cost: at refuses a name that had several extents, and tells which") {
    const ledger bill = decode(128, 1127);

    const auto keys = refusal(bill, {{"s'", 4096}});
    const auto queries = refusal(bill, {{"s", 4}});

    CHECK(keys.kind == category::size_mismatch);
    CHECK(keys.axis == "s'");
    CHECK(keys.got == "s' = 128..1127");
    CHECK(has(keys.message, "from 128 to 1127"));
    CHECK(has(keys.help, "about b, d, h; for s'"));
    CHECK(queries.axis == "s'");
    CHECK(has(queries.help, "leave s out"));
}

TEST_CASE("bill cost: a decode loop can be asked about everything else") {
    const ledger bill = decode(128, 1127);
    counters thrice = bill.total();
    thrice *= 3;

    CHECK(bill.cost().at({{"b", 6}}) == thrice);
}

TEST_CASE("bill cost: at refuses to break an equation, and tells what to pass too") {
    const ledger bill = attention(8, 8);

    const auto heads = refusal(bill, {{"h", 8}});
    const auto model = refusal(bill, {{"m", 64}});

    CHECK(heads.kind == category::size_mismatch);
    CHECK(heads.axis == "m");
    CHECK(heads.expected_extent == 64);
    CHECK(heads.got_extent == 32);
    CHECK(has(heads.message, "m = h*d"));
    CHECK(heads.help == R"(pass {"m", 64} or {"d", 4} too)");
    CHECK(model.help == R"(pass {"h", 8} or {"d", 16} too)");
    CHECK(bill.cost().at({{"h", 8}, {"m", 64}}).flops_vec > bill.total().flops_vec);
    CHECK(bill.cost().at({{"h", 8}, {"d", 4}}).flops_mm == bill.total().flops_mm);
    CHECK(refusal(bill, {{"h", 8}, {"d", 8}, {"m", 65}}).help == "choose extents with m = h*d");
}

TEST_CASE("bill cost: an equation of one record binds the whole bill") {
    // The split knows h and d only, as where m is an axis that remembers; another record knows m.
    priced_operation remembering = *split();
    remembering.variables = names({"b", "d", "h", "s"});
    ledger bill;
    add(bill, std::make_shared<const priced_operation>(remembering), lengths(8, 8));
    add(bill, relu({"b", "m"}), lengths(8, 8));

    CHECK(refusal(bill, {{"m", 64}}).axis == "m");
    CHECK(refusal(bill, {{"h", 8}}).got_extent == 32);
    CHECK(bill.cost().at({{"h", 8}, {"m", 64}}).flops_vec == 2 * 64);
}

TEST_CASE("bill cost: a whole that no record keeps is what its factors make it") {
    priced_operation remembering = *split();
    remembering.variables = names({"b", "d", "h", "s"});
    remembering.price.flops_vec = var("b") * var("h") * var("d");
    ledger bill;
    add(bill, std::make_shared<const priced_operation>(remembering), lengths(8, 8));

    CHECK(bill.cost().at({{"h", 8}}).flops_vec == 2 * 8 * 8);
    CHECK(bill.cost().at({{"h", 8}, {"m", 64}}).flops_vec == 2 * 8 * 8);
    CHECK(refusal(bill, {{"m", 64}}).kind == category::size_mismatch);
}

TEST_CASE("bill cost: a factor that no record keeps must be a whole number") {
    priced_operation halved = *split();
    halved.variables = names({"h", "m"});
    ledger bill;
    add(bill, std::make_shared<const priced_operation>(halved), lengths(8, 8));

    CHECK(bill.cost().at({{"m", 12}}) == counters{});
    const auto e = refusal(bill, {{"m", 13}});
    CHECK(e.expected == "a multiple of 4");
}

TEST_CASE("bill cost: an equation holds at each record's own extents") {
    ledger bill;  // two layers of different width, as in a pyramid
    for (const std::int64_t heads : {4, 8}) {
        extents at = lengths(8, 8);
        at["h"] = heads;
        at["m"] = 8 * heads;
        add(bill, split(), at);
    }
    priced_operation stranger = *split();
    stranger.variables = names({"d"});
    ledger unclear = bill;
    add(unclear, std::make_shared<const priced_operation>(stranger), lengths(8, 8));

    CHECK(refusal(bill, {{"h", 2}}).got == "h = 4..8");
    CHECK(refusal(bill, {{"d", 16}}).axis == "m");
    CHECK(bill.cost().at({{"b", 3}}) == counters{});
    CHECK(unclear.cost().at({{"b", 3}}) == counters{});
    const auto e = refusal(unclear, {{"d", 16}});
    CHECK(e.kind == category::size_mismatch);

    ledger only_strangers;
    add(only_strangers, std::make_shared<const priced_operation>(stranger), lengths(8, 8));
    add(only_strangers, relu({"m"}), {{"m", 32}});
    add(only_strangers, relu({"m"}), {{"m", 64}});
    CHECK(has(refusal(only_strangers, {{"d", 16}}).message, "cannot be told"));
}

TEST_CASE("bill cost: at refuses extents below 1, and a name given twice") {
    const ledger bill = attention(8, 8);

    CHECK(refusal(bill, {{"b", 0}}).kind == category::usage);
    CHECK(refusal(bill, {{"b", -1}}).got_extent == -1);
    CHECK(refusal(bill, {{"b", 2}, {"b", 2}}).kind == category::usage);
}

TEST_CASE("bill cost: at refuses extents at which a formula counts nothing meaningful") {
    const auto e = refusal(attention(8, 8), {{"s", 100}, {"s'", 10}});

    CHECK(e.kind == category::other);
    CHECK(has(e.message, "flops_mm_useful of dot"));
    CHECK(has(e.help, "causal mask"));
}

TEST_CASE("bill cost: at reports what does not fit") {
    CHECK(
        refusal(attention(8, 8), {{"b", 1'000'000'000'000'000'000}, {"s", 1'000'000'000'000}}).kind
        == category::overflow
    );
}

TEST_CASE("bill cost: groups that contradict themselves are refused") {
    const auto made = [](std::vector<bill_cost::group> groups) {
        return error_of([&] { const bill_cost refused(std::move(groups)); }).value().kind;
    };

    CHECK(made({{nullptr, {}, 1}}) == category::usage);
    CHECK(made({{softmax(), {1, 2}, 1}}) == category::usage);
}
