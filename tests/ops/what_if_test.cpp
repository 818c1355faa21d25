#include <abax/account/bill_cost.hpp>
#include <abax/account/ledger.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/select.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

// Attention over b h s d with keys of its own length.
ledger attention_bill(std::int64_t s, std::int64_t keys) {
    const auto q = dry<float>(axes("b h s d", {2, 3, s, 5}));
    const auto k = dry<float>(axes("b h s' d", {2, 3, keys, 5}));
    return bill_of([&] {
        const causal_mask counted_as("s", "s'");
        const auto scores = dot(q, k, "d") * 0.5;
        const auto weights = softmax(scores, "s'", causal("s", s, "s'", keys));
        (void)dot(weights, k, "s'");
    });
}

// A split into heads, and work on both sides of it.
ledger heads_bill(std::int64_t h, std::int64_t d) {
    const auto x = dry<float>(axes("b m", {2, h * d}));
    return bill_of([&] {
        (void)exp(x);
        (void)exp(rearrange(x, "b (h d) -> b h d", "h"_ax = h));
    });
}

}  // namespace

TEST_CASE("at: the bill at other extents is the bill of a run at those extents") {
    const bill_cost cost = attention_bill(4, 4).cost();

    CHECK(cost.at({}) == attention_bill(4, 4).total());
    for (const std::int64_t s : {1, 2, 9, 4096}) {
        CAPTURE(s);
        // s' follows s, which it equalled wherever both occur.
        CHECK(cost.at({{"s", s}}) == attention_bill(s, s).total());
        // Unless it is given itself.
        CHECK(cost.at({{"s", 1}, {"s'", s}}) == attention_bill(1, s).total());
    }
}

TEST_CASE("at: a primed name leads nobody") {
    CHECK(attention_bill(4, 4).cost().at({{"s'", 9}}) == attention_bill(4, 9).total());
}

TEST_CASE("at: where s' had another extent than s, it has to be given") {
    const bill_cost cost = attention_bill(1, 4).cost();

    const auto e = thrown_by([&] { (void)cost.at({{"s", 2}}); });
    CHECK(e.kind == category::size_mismatch);
    CHECK(e.axis == "s'");
    CHECK(cost.at({{"s", 2}, {"s'", 7}}) == attention_bill(2, 7).total());
}

TEST_CASE("at: what has no answer is refused, with the reason") {
    const bill_cost cost = attention_bill(4, 4).cost();

    CHECK(category_of([&] { (void)cost.at({{"q", 2}}); }) == "unknown_axis");
    CHECK(category_of([&] { (void)cost.at({{"s", 2}, {"s", 2}}); }) == "usage");
    CHECK(category_of([&] { (void)cost.at({{"s", 0}}); }) == "usage");
    // A causal mask with fewer keys than queries leaves less than nothing.
    CHECK(category_of([&] { (void)cost.at({{"s", 50}, {"s'", 2}}); }) == "other");
}

TEST_CASE("at: a split adds the equation m = h*d, which has to hold") {
    const ledger bill = heads_bill(4, 3);
    const bill_cost cost = bill.cost();

    CHECK(cost.at({{"m", 20}, {"h", 4}, {"d", 5}}) == heads_bill(4, 5).total());
    const auto e = thrown_by([&] { (void)cost.at({{"h", 8}}); });
    CHECK(e.kind == category::size_mismatch);
    CHECK(e.message.find("m = d*h") + e.message.find("m = h*d") != 2 * std::string::npos);
    CHECK(category_of([&] { (void)cost.at({{"m", 13}}); }) == "size_mismatch");
    CHECK(category_of([&] { (void)cost.at({{"m", 24}, {"h", 4}}); }) == "size_mismatch");
    CHECK(category_of([&] { (void)cost.at({{"m", 24}, {"h", 8}}); }) == "nothing");
    CHECK(category_of([&] { (void)cost.at({{"b", 100}}); }) == "nothing");
}

TEST_CASE("every verb that splits a plain axis, or names a merge, states the equation") {
    const auto x = named_tensor("b m", {2, 6});
    const auto parts = named_tensor("b h d", {2, 2, 3});
    const auto equations = [](auto&& run) {
        std::string all;
        const ledger bill = bill_of(run);
        for (const equation& e : bill.at(0).what->equations)
            all += e.str() + ';';
        return all;
    };

    CHECK(equations([&] { (void)rearrange(x, "b (h=2 d) -> b h d"); }) == "m = h*d;");
    CHECK(equations([&] { (void)rearrange(x, "b (h=2 d) -> h b d"); }) == "m = h*d;");
    CHECK(equations([&] { (void)rearrange(x, "b (h=2 d) -> h (b d)"); }) == "m = h*d;");
    CHECK(equations([&] { (void)reduce(x, "b (h=2 d) -> b h", by::sum); }) == "m = h*d;");
    CHECK(equations([&] { (void)repeat(x, "b (h=2 d) -> b h d r", "r"_ax = 2); }) == "m = h*d;");
    CHECK(equations([&] { (void)einsum("b (h=2 d) -> b h d", x); }) == "m = h*d;");
    CHECK(equations([&] { (void)einsum("b (h d), b h d -> b h", x, parts); }) == "m = h*d;");
    CHECK(equations([&] { (void)rearrange(parts, "b h d -> b (m: h d)"); }) == "m = h*d;");
    CHECK(equations([&] { (void)einsum("b h d -> b (m: h d)", parts); }) == "m = h*d;");
    // What remembers needs none: it enters prices as the product. Nor does an unnamed tensor.
    CHECK(equations([&] { (void)rearrange(parts, "b h d -> b (h d)"); }).empty());
    CHECK(equations([&] {
              (void)rearrange(counted(shape::of({2, 6})), "b (h=2 d) -> b h d");
          }).empty());
}

TEST_CASE("at: a name that had several extents cannot be asked about, others can") {
    ledger bill;
    {
        const recording on(bill);
        for (const std::int64_t past : {1, 2, 3})
            (void)exp(dry<float>(axes("b s'", {2, past})));
    }
    const bill_cost cost = bill.cost();

    CHECK(category_of([&] { (void)cost.at({{"s'", 4}}); }) == "size_mismatch");
    CHECK(cost.at({{"b", 10}}).specials == 10 * (1 + 2 + 3));
}

TEST_CASE("the bill prints as one polynomial, in a canonical order") {
    const auto q = dry<float>(axes("b h s d", {2, 3, 4, 5}));
    const auto k = dry<float>(axes("b h s' d", {2, 3, 4, 5}));

    const ledger bill = bill_of([&] { (void)softmax(dot(q, k, "d"), "s'"); });

    CHECK(bill.cost().str() == "2*b*d*h*s*s' + 5*b*h*s*s' - 2*b*h*s");
}
