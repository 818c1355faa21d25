#include "bills.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace bills;
using abax::causal_mask;
using abax::recording;

namespace {

const extents small{{"b", 2}, {"s", 5}};

}  // namespace

TEST_CASE("recording: nothing is recorded without one") {
    ledger bill;

    record(relu({"b", "s"}), small);

    CHECK(recording::innermost() == nullptr);
    CHECK(bill.empty());
}

TEST_CASE("recording: all open ones get each record") {
    ledger whole;
    ledger part;
    {
        const recording outer(whole);
        record(relu({"b"}), small);
        {
            const recording inner(part);
            CHECK(&recording::innermost()->bill() == &part);
            record(relu({"s"}), small);
        }
        CHECK(&recording::innermost()->bill() == &whole);
        record(relu({"b", "s"}), small);
    }
    record(relu({"b"}), small);

    CHECK(whole.size() == 3);
    CHECK(part.size() == 1);
    CHECK(part.total().flops_vec == 5);
    CHECK(recording::innermost() == nullptr);
}

TEST_CASE("recording: a bill opened twice gets each record once") {
    ledger bill;
    ledger other;
    const recording outer(bill);
    {
        const recording middle(other);
        const recording again(bill);
        record(relu({"b"}), small);
    }
    record(relu({"b"}), small);

    CHECK(bill.size() == 2);
    CHECK(other.size() == 1);
}

TEST_CASE("recording: belongs to its thread") {
    ledger bill;
    const recording on(bill);
    bool is_open_elsewhere = true;

    std::thread([&] {
        is_open_elsewhere = recording::innermost() != nullptr;
        record(relu({"b"}), small);
    }).join();

    CHECK_FALSE(is_open_elsewhere);
    CHECK(bill.empty());
}

TEST_CASE("recording: ends when an exception passes") {
    ledger bill;
    try {
        const recording on(bill);
        throw 1;
    } catch (int) {
        CHECK(recording::innermost() == nullptr);
    }
}

TEST_CASE("causal mask: the innermost one is found, with its axes") {
    CHECK(causal_mask::innermost() == nullptr);
    {
        const causal_mask outer("s", "s'");
        const causal_mask inner("t", "t'");
        CHECK(causal_mask::innermost()->queries() == name("t"));
        CHECK(causal_mask::innermost()->keys() == name("t'"));
        CHECK(causal_mask::innermost()->outer()->queries() == name("s"));
    }
    CHECK(causal_mask::innermost() == nullptr);
}

TEST_CASE("causal mask: needs two axes") {
    CHECK(error_of([] { const causal_mask refused("s", "s"); }).value().kind == category::usage);
    CHECK(error_of([] { const causal_mask refused("", "s'"); }).value().kind == category::usage);
    CHECK(causal_mask::innermost() == nullptr);
}
