#include <abax/account/bill_cost.hpp>
#include <abax/account/counter_fields.hpp>
#include <abax/account/ledger.hpp>
#include <abax/ops/rearrange.hpp>

#include "verbs.hpp"

#include <doctest/doctest.h>

using namespace abax;
using namespace abax::laws;
using testing::bill_of;
using testing::records_of;

namespace {

// What the table in docs/ledger.md says, in numbers.
counters expected(const verb_case& v, const parts& in, const grids& out, const site& s) {
    counters c;
    bool is_empty = false;
    for (const any_tensor& x : in) {
        c.bytes_read += bytes_to_read(x);
        is_empty = is_empty || x.volume() == 0;
    }
    if (v.reads)
        c.bytes_read = v.reads(in, out, s);
    for (const grid& y : out)
        c.bytes_written += y.bytes();
    if (!v.costs || is_empty)
        return c;  // operands without elements compute nothing
    const work w = v.costs(grids_of(in), out, s);
    if (is_floating(s.type)) {
        c.flops_mm = c.flops_mm_useful = w.mm;
        c.flops_vec = w.other;
        c.specials = w.specials;
    } else {
        c.int_ops = w.mm + w.other;
        c.specials = w.specials;
    }
    return c;
}

parts dried_all(const parts& in) {
    parts all;
    for (const any_tensor& x : in)
        all.push_back(dried(x));
    return all;
}

}  // namespace

TEST_CASE("laws: a view is one record without a price; giving names is none") {
    for_each_site(2, [](const verb_case& v, const site& s) {
        if (!v.is_view)
            return;
        const std::string where = text_of(v, s);
        CAPTURE(where);
        const parts in = operands_at(v, s);

        const ledger bill = bill_of([&] { (void)v.run(in, s); });

        CHECK(bill.total() == counters{});
        const bool names_only = v.label == "rename" || v.label == "named" || v.label == "forget";
        REQUIRE(bill.size() == (names_only ? 0 : 1));
        if (!names_only)
            CHECK(bill.at(0).what->kind == op_class::view);
    });
}

TEST_CASE(
    "laws: every verb costs what the table says, each distinct operand read once at its own size"
) {
    for_each_site(2, [](const verb_case& v, const site& s) {
        if (v.is_view || !(v.costs || v.moves_only))
            return;
        const std::string where = text_of(v, s);
        CAPTURE(where);
        const parts in = operands_at(v, s);

        grids out;
        const ledger bill = bill_of([&] { out = grids_of(v.run(in, s)); });

        counters wanted = expected(v, in, out, s);
        const bool copies = v.label.ends_with(" in place") || v.label.starts_with("assign");
        // Who writes to a shared tensor pays for a copy, as a record of its own.
        REQUIRE(bill.size() == (copies ? 2 : 1));
        if (copies)
            wanted.bytes_written += out[0].bytes();
        if (v.label == "assign a part")
            wanted.bytes_written -= out[0].bytes() - grid_of(in[1]).bytes();
        for (const counter_field& f : counter_fields) {
            CAPTURE(f.name);
            CHECK(to_string(bill.total().*(f.value)) == to_string(wanted.*(f.value)));
        }
    });
}

TEST_CASE("laws: a dry bill equals the wet one, record by record, and results have the same axes") {
    for_each_site(1, [](const verb_case& v, const site& s) {
        const std::string where = text_of(v, s);
        CAPTURE(where);
        const parts in = operands_at(v, s);
        const parts dry = dried_all(in);

        parts wet_results;
        parts dry_results;
        const auto wet_bill = records_of(bill_of([&] { wet_results = v.run(in, s); }));
        const auto dry_bill = records_of(bill_of([&] {
            const dry_run on;
            dry_results = v.run(dry, s);
        }));

        CHECK(dry_bill == wet_bill);
        REQUIRE(dry_results.size() == wet_results.size());
        for (std::size_t i = 0; i < dry_results.size(); ++i) {
            CHECK(dry_results[i].is_dry());
            CHECK(dry_results[i].shape() == wet_results[i].shape());
            CHECK(dry_results[i].type() == wet_results[i].type());
        }
    });
}

TEST_CASE("laws: dry operands give dry results and the same bill without a dry run too") {
    for_each_site(1, [](const verb_case& v, const site& s) {
        const std::string where = text_of(v, s);
        CAPTURE(where);
        const parts in = operands_at(v, s);
        if (in.empty())
            return;
        const parts dry = dried_all(in);

        const auto wet_bill = records_of(bill_of([&] { (void)v.run(in, s); }));
        parts results;
        const auto dry_bill = records_of(bill_of([&] { results = v.run(dry, s); }));

        CHECK(dry_bill == wet_bill);
        for (const any_tensor& y : results)
            CHECK(y.is_dry());
    });
}

TEST_CASE("laws: running a verb twice costs twice as much") {
    for_each_site(1, [](const verb_case& v, const site& s) {
        const std::string where = text_of(v, s);
        CAPTURE(where);
        const parts in = operands_at(v, s);

        counters once = bill_of([&] { (void)v.run(in, s); }).total();
        const counters twice = bill_of([&] {
                                   (void)v.run(in, s);
                                   (void)v.run(in, s);
                               }).total();

        CHECK(twice == (once *= 2));
    });
}

TEST_CASE(
    "laws: a counter is the value of its polynomial, and the bill asked about its own extents is itself"
) {
    for_each_site(1, [](const verb_case& v, const site& s) {
        const std::string where = text_of(v, s);
        CAPTURE(where);
        const parts in = operands_at(v, s);

        const ledger bill = bill_of([&] { (void)v.run(in, s); });

        for (std::size_t i = 0; i < bill.size(); ++i) {
            const auto at = bill.extents(i);
            CHECK(bill.counted(i) == evaluate(bill.at(i).what->price, [&](name n) {
                      return at.at(n);
                  }));
        }
        CHECK(bill.cost().at({}) == bill.total());
        CHECK(bill.cost().value() == bill.total());
    });
}

TEST_CASE("laws: a mean costs what it costs, whatever was reduced before by the same pattern") {
    using kernels::reduction;
    const site s{{2, 3, 5}, true, dtype::float32, 1, false};
    const any_tensor x = made(s.x(), lie::packed, 1);
    for (const char* text : {"a b c -> c a", "a b c -> (c a)", "a b c -> c 1 a"}) {
        CAPTURE(text);
        for (const reduction how : {reduction::sum, reduction::mean, reduction::max}) {
            const ledger bill = bill_of([&] { (void)reduce(x, pattern_text(text), how); });
            CHECK(to_string(bill.total().flops_vec) == (how == reduction::mean ? "30" : "20"));
        }
    }
}
