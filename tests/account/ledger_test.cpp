#include "bills.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace bills;
using abax::scope;

namespace {

const extents small{{"b", 2}, {"d", 11}, {"h", 3}, {"m", 33}, {"s", 5}, {"s'", 7}};

ledger three_layers() {
    ledger bill;
    add(bill, relu({"b"}), small);
    for (const char* layer : {"h.1", "h.10", "h.2"}) {
        const scope outer(layer);
        add(bill, relu({"b", "s"}), small, 0.5);
        const scope inner("attention");
        add(bill, split(), small);
        add(bill, scores(), small, 0.25);
        add(bill, softmax(), small);
    }
    return bill;
}

counters sum_of(const std::vector<abax::bill_row>& rows) {
    counters sum;
    for (const auto& row : rows)
        sum += row.total;
    return sum;
}

}  // namespace

TEST_CASE("ledger: keeps what was recorded, in order") {
    const ledger bill = three_layers();

    CHECK(bill.size() == 13);
    CHECK(bill.at(3).what->operation == "dot");
    CHECK(bill.at(3).scope.text() == "h.1/attention");
    CHECK(bill.at(3).seconds == 0.25);
    CHECK(bill.at(3).parent == -1);
    CHECK_FALSE(bill.at(0).scope);
    CHECK(bill.counted(3).flops_mm == 2 * 2 * 11 * 3 * 5 * 7);
    CHECK(bill.extents(3).at(name("s'")) == 7);
    CHECK(bill.extents(3).size() == 5);
}

TEST_CASE("ledger: the total is the sum of its records") {
    const ledger bill = three_layers();

    counters sum;
    for (std::size_t i = 0; i < bill.size(); ++i)
        sum += bill.counted(i);

    CHECK(bill.total() == sum);
    CHECK(bill.total().flops_mm == 3 * 2 * 2 * 11 * 3 * 5 * 7);
}

TEST_CASE("ledger: totals by scope, operation and class sum to the total") {
    const ledger bill = three_layers();

    for (const auto by : {grouping::scope, grouping::operation, grouping::op_class}) {
        CAPTURE(static_cast<int>(by));
        CHECK(sum_of(bill.totals(by)) == bill.total());
    }
}

TEST_CASE("ledger: totals come in order of first appearance, with calls and time") {
    const ledger bill = three_layers();

    const auto by_scope = bill.totals(grouping::scope);
    const auto by_operation = bill.totals(grouping::operation);
    const auto by_class = bill.totals(grouping::op_class);

    REQUIRE(by_scope.size() == 7);
    CHECK(by_scope[0].label.empty());
    CHECK(by_scope[1].label == "h.1");
    CHECK(by_scope[1].calls == 1);
    CHECK(by_scope[2].label == "h.1/attention");
    CHECK(by_scope[2].calls == 3);
    CHECK(by_scope[2].seconds == 0.25);
    CHECK(by_scope[3].label == "h.10");
    REQUIRE(by_operation.size() == 4);
    CHECK(by_operation[0].label == "relu");
    CHECK(by_operation[0].calls == 4);
    CHECK(by_operation[0].seconds == 1.5);
    REQUIRE(by_class.size() == 4);
    CHECK(by_class[1].label == "view");
    CHECK(by_class[1].total == counters{});
}

TEST_CASE("ledger: a scope holds what is in it, not its siblings with a longer name") {
    const ledger bill = three_layers();

    CHECK(bill.total_in("h.1").flops_mm == 2 * 2 * 11 * 3 * 5 * 7);
    CHECK(bill.total_in("h.1").flops_vec == bill.total_in("h.1/attention").flops_vec + 2 * 5);
    CHECK(bill.total_in("h.1/attention").flops_vec == 4 * 2 * 3 * 5 * 7 - 2 * 2 * 3 * 5);
    CHECK(bill.total_in("h") == counters{});
    CHECK(bill.total_in("nowhere") == counters{});
    CHECK(bill.total_in("") == bill.total());
}

TEST_CASE("ledger: parts of a record are kept, and counted once") {
    ledger bill;
    const auto whole = add(bill, scores(), small, 1.0);
    const auto part = add(bill, scores(), small, 0.5, whole);
    add(bill, softmax(), small, 0.25, part);

    CHECK(bill.size() == 3);
    CHECK(bill.at(1).parent == whole);
    CHECK(bill.counted(1) == bill.counted(0));
    CHECK(bill.total() == bill.counted(0));
    for (const auto by : {grouping::scope, grouping::operation, grouping::op_class}) {
        REQUIRE(bill.totals(by).size() == 1);
        CHECK(bill.totals(by)[0].calls == 1);
        CHECK(bill.totals(by)[0].seconds == 1.0);
    }
    CHECK(bill.cost().value() == bill.total());
    CHECK(bill.cost().groups().size() == 1);
}

TEST_CASE("ledger: twice the work is twice the bill") {
    ledger once = three_layers();
    ledger twice = three_layers();
    for (std::size_t i = 0; i < once.size(); ++i) {
        const auto r = once.at(i);
        extents at;
        for (const auto& [axis, extent] : once.extents(i))
            at[std::string(axis.text())] = extent;
        add(twice, r.what, at);
    }

    counters doubled = once.total();
    doubled *= 2;

    CHECK(twice.total() == doubled);
    CHECK(twice.cost().total().flops_mm == 2 * once.cost().total().flops_mm);
}

TEST_CASE("ledger: a copy is a value of its own") {
    ledger bill = three_layers();
    const counters before = bill.total();

    ledger copied(bill);
    ledger assigned;
    add(assigned, softmax(), small);
    assigned = bill;
    add(bill, scores(), small);
    const ledger& itself = copied;
    copied = itself;

    CHECK(copied.size() == 13);
    CHECK(copied.total() == before);
    CHECK(assigned.size() == 13);
    CHECK(assigned.total() == before);
    CHECK(bill.size() == 14);
}

TEST_CASE("ledger: is empty after clear, and usable") {
    ledger bill = three_layers();

    bill.clear();

    CHECK(bill.empty());
    CHECK(bill.total() == counters{});
    CHECK(bill.totals(grouping::scope).empty());
    CHECK(bill.cost().str() == "0");
    CHECK(add(bill, softmax(), small) == 0);
    CHECK(bill.extents(0).at(name("s'")) == 7);
}

TEST_CASE("ledger: operations without axes have a price too") {
    priced_operation what{.operation = "add", .kind = op_class::elementwise};
    what.price.flops_vec = 6;  // an unnamed axis of extent 6
    ledger bill;

    add(bill, std::make_shared<const priced_operation>(what), {});
    add(bill, softmax(), small);

    CHECK(bill.counted(0).flops_vec == 6);
    CHECK(bill.extents(0).empty());
    CHECK(bill.extents(1).at(name("b")) == 2);
}

TEST_CASE("ledger: a bill of 1e24 FLOPs is exact, and one too large an error") {
    const auto at = [](std::int64_t n) { return extents{{"b", n}, {"s", n}, {"m", n}, {"d", n}}; };
    ledger bill;
    for (int i = 0; i < 3; ++i)
        add(bill, relu({"b", "s", "m", "d"}), at(1'000'000));

    CHECK(abax::to_string(bill.total().flops()) == "3000000000000000000000000");
    CHECK(bill.total().bytes() == 8 * bill.total().flops());

    add(bill, relu({"b", "s", "m", "d"}), at(10'000'000'000));
    CHECK(error_of([&] { (void)bill.total(); })->kind == category::overflow);
    CHECK(error_of([&] { (void)bill.counted(3); })->kind == category::overflow);
    CHECK(bill.counted(2).flops_vec == bill.counted(0).flops_vec);
}

TEST_CASE("ledger: refuses records that contradict themselves, and questions about none") {
    ledger bill;
    const std::vector<std::int64_t> two{1, 2};
    const auto refused = [&](auto&& body) {
        const auto e = error_of(body);
        REQUIRE(e.has_value());
        CHECK(e->kind == category::usage);
    };

    refused([&] { bill.add(nullptr, name{}, {}, 0); });
    refused([&] { bill.add(softmax(), name{}, two, 0); });
    refused([&] { bill.add(relu({"b", "s"}), name{}, two, 0, 0); });
    refused([&] { bill.add(relu({"b", "s"}), name{}, two, 0, -2); });
    CHECK(bill.empty());
    refused([&] { (void)bill.at(0); });
    refused([&] { (void)bill.counted(0); });
    refused([&] { (void)bill.extents(0); });
}

TEST_CASE("ledger: threads can record into one bill") {
    ledger bill;
    const auto work = [&bill] {
        const abax::recording on(bill);
        const scope here("worker");
        for (int i = 0; i < 500; ++i)
            record(softmax(), small);
    };

    std::thread first(work);
    std::thread second(work);
    for (int i = 0; i < 20; ++i)
        (void)ledger(bill).total();  // reading meanwhile sees whole records
    first.join();
    second.join();

    CHECK(bill.size() == 1000);
    counters one = bill.counted(0);
    one *= 1000;
    CHECK(bill.total() == one);
    CHECK(bill.total_in("worker") == one);
}
