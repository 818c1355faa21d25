#include <abax/account/bill_cost.hpp>
#include <abax/account/ledger.hpp>
#include <abax/account/scope.hpp>
#include <abax/ops/assign.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/select.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

using namespace abax;
using namespace abax::testing;

TEST_CASE("a view is a record with zero counters, so that free and unbilled differ") {
    const auto x = named_tensor("b s m", {2, 3, 4});

    const ledger bill = bill_of([&] {
        (void)rearrange(x, "b s m -> m b s");
        (void)slice(x, {"s", 0, 2});
        (void)at(x, "s", 0);
        (void)split(x, "m", {2, 2});
    });

    REQUIRE(bill.size() == 4);
    for (std::size_t i = 0; i < bill.size(); ++i) {
        CHECK(bill.at(i).what->kind == op_class::view);
        CHECK(bill.counted(i) == counters{});
        CHECK(bill.at(i).seconds == 0);
    }
}

TEST_CASE("unnamed axes enter a price as numbers") {
    const auto x = counted(shape::of({2, 3}));

    CHECK(bill_of([&] { (void)(x + x); }).cost().total().flops_vec.str() == "6");
    CHECK(
        bill_of([&] { (void)einsum("a b, c b -> a c", x, x); }).cost().total().flops_mm.str()
        == "24"
    );
    CHECK(bill_of([&] { (void)softmax(x, 1); }).cost().total().flops_vec.str() == "20");
}

TEST_CASE("equal names at other extents, and equal extents without names, have prices of their own"
) {
    for (const std::int64_t n : {3, 5, 3, 7}) {
        CAPTURE(n);
        const auto plain = counted(shape::of({2, n}));
        CHECK(bill_of([&] { (void)(plain + 1); }).total().flops_vec == 2 * n);
        const auto x = named_tensor("a b", {2, n});
        CHECK(bill_of([&] { (void)(x + 1); }).total().flops_vec == 2 * n);
    }
}

TEST_CASE("a remembering axis enters a price as the product of its factors") {
    const auto x = rearrange(named_tensor("b h d", {2, 3, 5}), "b h d -> b (m: h d)");

    CHECK(bill_of([&] { (void)exp(x); }).cost().total().specials.str() == "b*d*h");
    CHECK(bill_of([&] { (void)sum(x, "m"); }).cost().total().flops_vec.str() == "b*d*h - b");
}

TEST_CASE("one buffer is read once, under whatever names and in whatever order") {
    const auto x = named_tensor("s d", {4, 3});
    const auto square = named_tensor("a b", {4, 4});

    CHECK(bill_of([&] { (void)(x * x); }).cost().total().bytes_read.str() == "4*d*s");
    CHECK(bill_of([&] { (void)dot(x, x, "s d"); }).cost().total().bytes_read.str() == "4*d*s");
    CHECK(bill_of([&] { (void)dot(x, rename(x, "s -> s'"), "d"); }).total().bytes_read == 4 * 12);
    CHECK(
        bill_of([&] { (void)(square + rename(square, "a -> b, b -> a")); }).total().bytes_read
        == 4 * 16
    );
    // Other parts of one buffer are other elements.
    const auto first = slice(x, {"s", 0, 2});
    const auto second = slice(x, {"s", 2, 4});
    CHECK(bill_of([&] { (void)(first * second); }).total().bytes_read == 4 * 12);
    // And two buffers are two, though they hold the same.
    CHECK(bill_of([&, y = copy(x)] { (void)(x * y); }).total().bytes_read == 2 * 4 * 12);
}

TEST_CASE("a broadcast operand is read at its own size") {
    const auto row = named_tensor("b", {3});
    const tensor<float> repeated(row.any().viewed({axes("a b", {1000, 3}), {0, 1}, 0}));
    const auto x = zeros<float>(axes("a b", {1000, 3}));

    CHECK(bill_of([&] { (void)(x + repeated); }).cost().total().bytes_read.str() == "4*a*b + 4*b");
    CHECK(bill_of([&] { (void)copy(repeated); }).cost().total().bytes_read.str() == "4*b");
    CHECK(bill_of([&] { (void)sum(repeated, "a"); }).cost().total().bytes_read.str() == "4*b");
}

TEST_CASE("an einsum of several steps is one record with parts that sum to it") {
    const auto x = named_tensor("a b", {2, 30});
    const auto y = named_tensor("b c", {30, 4});
    const auto z = named_tensor("c d", {4, 5});

    const ledger bill = bill_of([&] { (void)einsum("a b, b c, c d -> a d", x, y, z); });

    const auto records = records_of(bill);
    REQUIRE(records.size() == 3);
    CHECK(records[0].operation == "einsum");
    CHECK(records[0].detail == "a b, b c, c d -> a d");
    CHECK(records[0].parent == -1);
    counters parts;
    for (std::size_t i = 1; i < records.size(); ++i) {
        CHECK(records[i].operation == "contract");
        CHECK(records[i].parent == 0);
        parts += records[i].counted;
    }
    CHECK(parts == records[0].counted);
    CHECK(bill.total() == records[0].counted);
    CHECK(bill.cost().total().flops_mm.str() == "2*a*b*c + 2*a*c*d");
    // The intermediate is written and read.
    CHECK(bill.total().bytes_read == 4 * (2 * 30 + 30 * 4 + 2 * 4 + 4 * 5));
    CHECK(bill.total().bytes_written == 4 * (2 * 4 + 2 * 5));
}

TEST_CASE("the path of an einsum depends on the extents, and so does its price") {
    const auto run = [](std::int64_t a, std::int64_t d) {
        const auto x = named_tensor("a b", {a, 3});
        const auto y = named_tensor("b c", {3, 4});
        const auto z = named_tensor("c d", {4, d});
        return bill_of([&] { (void)einsum("a b, b c, c d -> a d", x, y, z); })
            .cost()
            .total()
            .flops_mm.str();
    };

    CHECK(run(2, 50) == "2*a*b*c + 2*a*c*d");
    CHECK(run(50, 2) == "2*a*b*d + 2*b*c*d");
    CHECK(run(2, 50) == "2*a*b*c + 2*a*c*d");
}

TEST_CASE("parts sum to the whole also when a tensor is two of the operands") {
    const auto x = named_tensor("i j", {3, 4});
    const auto y = named_tensor("i j", {3, 4});
    const auto z = named_tensor("j k", {4, 5});
    for (const bool same : {false, true, false}) {
        CAPTURE(same);
        const ledger bill =
            bill_of([&] { (void)einsum("i j, i j, j k -> i k", x, same ? x : y, z); });
        counters parts;
        for (const billed& r : records_of(bill))
            if (r.parent >= 0)
                parts += r.counted;
        CHECK(parts == bill.total());
    }
}

TEST_CASE("an index that only one operand has is a reduction of its own") {
    const auto x = named_tensor("a b", {2, 3});
    const auto y = named_tensor("b c d", {3, 4, 5});

    const ledger bill = bill_of([&] { (void)einsum("a b, b c d -> a c", x, y); });

    REQUIRE(bill.size() == 3);
    CHECK(bill.at(1).what->kind == op_class::reduction);
    CHECK(bill.cost().total().flops_vec.str() == "b*c*d - b*c");
    CHECK(bill.cost().total().flops_mm.str() == "2*a*b*c");
}

TEST_CASE("causal_mask: products over both axes count the pairs that it leaves as useful") {
    struct row {
        std::int64_t queries;
        std::int64_t keys;
    };
    for (const auto& [s_, k_] : std::vector<row>{{1, 1}, {4, 4}, {2, 5}, {1, 7}}) {
        const auto& s = s_;
        const auto& k = k_;
        CAPTURE(s);
        CAPTURE(k);
        const auto q = named_tensor("b h s d", {2, 3, s, 5});
        const auto keys = named_tensor("b h s' d", {2, 3, k, 5});
        const auto w = named_tensor("d m", {5, 6});
        std::int64_t pairs = 0;
        for_each_position({s, k}, [&](const extents& at) {
            pairs += at[1] <= at[0] + (k - s) ? 1 : 0;
        });

        const ledger bill = bill_of([&] {
            const causal_mask counted_as("s", "s'");
            const auto scores = dot(q, keys, "d");
            (void)dot(scores, keys, "s'");
            (void)dot(q, w, "d");
        });

        const auto records = records_of(bill);
        REQUIRE(records.size() == 3);
        for (const int i : {0, 1}) {
            CHECK(records[static_cast<std::size_t>(i)].counted.flops_mm == 2 * 2 * 3 * 5 * s * k);
            CHECK(
                records[static_cast<std::size_t>(i)].counted.flops_mm_useful
                == 2 * 2 * 3 * 5 * pairs
            );
        }
        CHECK(records[2].counted.flops_mm_useful == records[2].counted.flops_mm);
    }
    // A mask that is gone is forgotten, though the call was priced before.
    const auto q = named_tensor("s d", {4, 5});
    const auto keys = named_tensor("s' d", {4, 5});
    const auto outside = bill_of([&] { (void)dot(q, keys, "d"); }).total();
    CHECK(outside.flops_mm_useful == outside.flops_mm);
}

TEST_CASE("copy on write is a copy on the bill, and writing to what nobody shares is none") {
    auto x = named_tensor("a b", {2, 3});
    const auto row = named_tensor("a b", {1, 3});

    auto records = records_of(bill_of([&] { assign(x, {"a", 0, 1}, row); }));
    REQUIRE(records.size() == 1);
    CHECK(records[0].operation == "assign");
    CHECK(records[0].counted.bytes_read == 12);
    CHECK(records[0].counted.bytes_written == 12);

    const auto shared = x;
    records = records_of(bill_of([&] { assign(x, {"a", 0, 1}, row); }));
    REQUIRE(records.size() == 2);
    CHECK(records[0].operation == "copy");
    CHECK(records[0].counted.bytes() == 48);
    CHECK(records[1].operation == "assign");

    auto y = x;
    records = records_of(bill_of([&] { (void)y.mut(); }));
    REQUIRE(records.size() == 1);
    CHECK(records[0].operation == "copy");
    CHECK(bill_of([&] { (void)y.mut(); }).empty());
}

TEST_CASE("an operation that throws leaves no record") {
    const auto x = named_tensor("a b", {2, 3});
    auto target = copy(x);
    const auto shared = target;
    const auto ids = from<std::int64_t>({0, 9}, axes("s", {2}));
    const auto other = named_tensor("c", {3});
    const auto a_c = named_tensor("a c", {2, 3});
    const auto turned = named_tensor("b a", {3, 2});
    const std::vector<std::function<void()>> faults = {
        [&] { (void)rearrange(x, "b a -> a b"); },
        [&] { (void)rearrange(x, pattern_text("a b -> a")); },
        [&] { (void)(x + other); },
        [&] { (void)dot(x, x, "c"); },
        [&] { (void)einsum("a b, a b, q -> a", x, x, x); },
        [&] { (void)take(x, ids, "a"); },
        [&] {
            (void)slice(x, {"a", 5});
        },
        [&] { (void)split(x, "a", {1}); },
        [&] {
            (void)concat<float>({x, a_c}, "a");
        },
        [&] { (void)softmax(x, "q"); },
        [&] { assign(target, turned); },
        [&] {
            assign(target, {"a", 0, 1}, x);
        },
        [&] {
            assign(target, {"a", 0, 1}, dry<float>(axes("a b", {1, 3})));
        },
        [&] {
            assign(target, dry<float>(axes("a b", {2, 3})));
        },
        [&] { (void)full<float>(shape::of({std::int64_t{1} << 62}), 1); },
    };
    for (std::size_t i = 0; i < faults.size(); ++i) {
        CAPTURE(i);
        ledger bill;
        {
            const recording on(bill);
            CHECK(category_of(faults[i]) != "nothing");
        }
        CHECK(bill.empty());
    }
    CHECK(target.any().shares_with(shared.any()));
}

TEST_CASE("records carry the scope in which they ran, and every open recording gets them") {
    const auto x = named_tensor("a", {3});
    ledger outer;
    ledger inner;
    {
        const recording on(outer);
        const scope here("h.0");
        (void)exp(x);
        {
            const recording also(inner);
            const scope deeper("attention");
            (void)log(x);
        }
    }

    CHECK(outer.size() == 2);
    CHECK(inner.size() == 1);
    CHECK(outer.at(0).scope.text() == "h.0");
    CHECK(inner.at(0).scope.text() == "h.0/attention");
    CHECK(records_of(inner)[0] == records_of(outer)[1]);
}

TEST_CASE("an operation outside of recordings costs no record, and the next one starts afresh") {
    const auto x = named_tensor("a", {3});
    (void)exp(x);

    CHECK(bill_of([] {}).empty());
    CHECK(bill_of([&] { (void)exp(x); }).size() == 1);
}
