#include <abax/report/scope_tree.hpp>
#include <abax/report/table.hpp>
#include <abax/report/units.hpp>

#include "bills.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <sstream>

using namespace bills;
using abax::machine;
using abax::scope;

namespace {

const extents small{{"b", 2}, {"d", 64}, {"h", 12}, {"m", 768}, {"s", 64}, {"s'", 64}};

ledger layers(int count) {
    ledger bill;
    {
        const scope here("embedding");
        add(bill, relu({"b", "m"}), small, 1e-6);
    }
    for (int i = 0; i < count; ++i) {
        const scope layer("h." + std::to_string(i));
        {
            const scope here("attention");
            add(bill, split(), small);
            add(bill, scores(), small, 1e-3);
            add(bill, softmax(), small, 2e-3);
        }
        const scope here("mlp");
        add(bill, relu({"b", "m"}), small, 1e-6);
    }
    return bill;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

std::vector<std::string> labels_of(const ledger& bill, bool fold_layers = true) {
    std::vector<std::string> labels;
    for (const auto& [depth, row] : scope_tree(bill.totals(grouping::scope), fold_layers))
        labels.push_back(std::string(2 * depth, ' ') + row.label);
    return labels;
}

ledger in_scopes(std::initializer_list<const char*> paths) {
    ledger bill;
    for (const char* path : paths) {
        const scope here(path);
        add(bill, relu({"b"}), small);
    }
    return bill;
}

}  // namespace

TEST_CASE("units: three digits, and the next suffix where rounding asks for it") {
    struct example {
        std::int64_t value;
        const char* text;
    };
    constexpr auto table = std::to_array<example>({
        {0, "0"},
        {999, "999"},
        {1000, "1.00 k"},
        {1234, "1.23 k"},
        {9994, "9.99 k"},
        {9996, "10.0 k"},
        {99'949, "99.9 k"},
        {99'960, "100 k"},
        {999'499, "999 k"},
        {999'500, "1.00 M"},
        {1'234'000'000, "1.23 G"},
        {-1234, "-1.23 k"},
    });

    for (const auto& row : table) {
        CAPTURE(row.value);
        CHECK(abax::si_count(row.value) == row.text);
    }
    CHECK(abax::si_count(int128{1'000'000'000'000} * 3'000'000'000'000) == "3.00 Y");
    CHECK(abax::si_bytes(999) == "999 B");
    CHECK(abax::si_bytes(12'345'678'901) == "12.3 GB");
}

TEST_CASE("units: times from nanoseconds to hours") {
    CHECK(abax::si_seconds(7200) == "7200 s");
    CHECK(abax::si_seconds(1.5) == "1.50 s");
    CHECK(abax::si_seconds(0.0123) == "12.3 ms");
    CHECK(abax::si_seconds(0.00099996) == "1.00 ms");
    CHECK(abax::si_seconds(41e-6) == "41.0 µs");
    CHECK(abax::si_seconds(5e-9) == "5.00 ns");
}

TEST_CASE("units: text is cut between characters, to one line") {
    CHECK(abax::columns("größer") == 6);
    CHECK(abax::elided("größer", 6) == "größer");
    CHECK(abax::elided("größer", 4) == "grö…");
    CHECK(abax::columns(abax::elided("größer", 4)) == 4);
    CHECK(abax::elided("a\nb\tc", 9) == "a b c");
}

TEST_CASE("scope tree: layers fold, and parts stand below their whole") {
    CHECK(
        labels_of(layers(12))
        == std::vector<std::string>{"embedding", "h.*", "  attention", "  mlp"}
    );
    CHECK(
        labels_of(layers(2), false)
        == std::vector<
            std::string>{"embedding", "h.0", "  attention", "  mlp", "h.1", "  attention", "  mlp"}
    );
    CHECK(
        labels_of(layers(1)) == std::vector<std::string>{"embedding", "h.0", "  attention", "  mlp"}
    );
}

TEST_CASE("scope tree: only the numbers that differ become stars") {
    CHECK(labels_of(in_scopes({"h.0.w1", "h.1.w1"})) == std::vector<std::string>{"h.*.w1"});
    CHECK(labels_of(in_scopes({"7", "8"})) == std::vector<std::string>{"*"});
    CHECK(
        labels_of(in_scopes({"h.0/ln", "g.0/ln"})) == std::vector<std::string>{"h.0/ln", "g.0/ln"}
    );
    CHECK(labels_of(in_scopes({"h.0", "h.x"})) == std::vector<std::string>{"h.0", "h.x"});
    CHECK(labels_of(in_scopes({"h.0", "h."})) == std::vector<std::string>{"h.0", "h."});
}

TEST_CASE("scope tree: a scope with one scope in it shares its row, unless it worked itself") {
    CHECK(
        labels_of(in_scopes({"model/encoder/a", "model/encoder/b"}))
        == std::vector<std::string>{"model/encoder", "  a", "  b"}
    );
    CHECK(
        labels_of(in_scopes({"model", "model/encoder"}))
        == std::vector<std::string>{"model", "  (itself)", "  encoder"}
    );
}

TEST_CASE("scope tree: children sum to their parent, roots to the bill") {
    ledger bill = layers(3);
    for (const char* layer : {"h.1", "h.2"}) {
        const scope here(layer);
        add(bill, softmax(), small);
    }
    add(bill, softmax(), small);
    for (const bool fold_layers : {true, false}) {
        CAPTURE(fold_layers);
        const auto rows = scope_tree(bill.totals(grouping::scope), fold_layers);
        counters roots;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            counters children;
            bool has_children = false;
            for (std::size_t j = i + 1; j < rows.size() && rows[j].depth > rows[i].depth; ++j)
                if (rows[j].depth == rows[i].depth + 1) {
                    has_children = true;
                    children += rows[j].row.total;
                }
            CAPTURE(rows[i].row.label);
            if (has_children)
                CHECK(children == rows[i].row.total);
            if (rows[i].depth == 0)
                roots += rows[i].row.total;
        }
        CHECK(rows.front().row.label == "(no scope)");
        CHECK(roots == bill.total());
    }
}

TEST_CASE("table: looks like this") {
    const machine server{.flops_per_second = 350e9, .bytes_per_second = 27e9, .name = "server"};

    CHECK('\n' + table(layers(12), {.on = server}) == R"(
scope        calls   FLOPs     mm     read  written  FLOP/byte  seconds  GFLOP/s  bound
embedding        1  1.54 k      0  6.14 kB  6.14 kB       0.12  1.00 µs     1.54  memory
h.*             48   157 M  151 M  14.2 MB  9.51 MB       6.61  36.0 ms     4.36  memory
  attention     36   157 M  151 M  14.2 MB  9.44 MB       6.65  36.0 ms     4.36  memory
  mlp           12  18.4 k      0  73.7 kB  73.7 kB       0.12  12.0 µs     1.54  memory
total           49   157 M  151 M  14.2 MB  9.52 MB       6.60  36.0 ms     4.36  memory
k, M, G, T ... are powers of 1000; bytes count operation by operation
bound on server: compute from 13.0 FLOP/byte
)");
}

TEST_CASE("table: lines are aligned and fit a page of 100 columns") {
    ledger bill = layers(12);
    {
        const scope here("a very long scope with an ümläut, much longer than any label should be");
        add(bill, scores(), small, 1.0);
    }
    const machine server{350e9, 27e9, "server"};
    const auto lines = lines_of(table(bill, {.on = server}));

    for (const auto& line : lines) {
        CAPTURE(line);
        CHECK(abax::columns(line) <= 100);
    }
    const auto bound = abax::columns(lines[0].substr(0, lines[0].find("bound")));
    for (std::size_t i = 1; i + 2 < lines.size(); ++i) {
        CAPTURE(lines[i]);
        const auto word = std::max(lines[i].rfind("memory") + 1, lines[i].rfind("compute") + 1) - 1;
        CHECK(abax::columns(lines[i].substr(0, word)) == bound);
    }
    CHECK(table(bill).find("…") != std::string::npos);
}

TEST_CASE("table: bound follows the ridge, and needs a machine") {
    ledger bill;
    add(bill, scores(), small);
    const counters total = bill.total();
    const double intensity =
        static_cast<double>(total.flops()) / static_cast<double>(total.bytes());
    const auto verdict_at = [&](double ridge) {
        const auto lines = lines_of(table(bill, {.on = machine{ridge * 1e9, 1e9, ""}}));
        return lines[1].substr(lines[1].rfind(' ') + 1);
    };

    CHECK(verdict_at(intensity) == "compute");
    CHECK(verdict_at(intensity * 0.99) == "compute");
    CHECK(verdict_at(intensity * 1.01) == "memory");
    CHECK(table(bill).find("bound") == std::string::npos);
    CHECK(error_of([&] { (void)table(bill, {.on = machine{}}); }).value().kind == category::usage);
}

TEST_CASE("table: views and dry runs have dashes, not zeros") {
    ledger bill;
    add(bill, split(), small);

    const auto lines = lines_of(table(bill, {.on = machine{1e9, 1e9, ""}}));

    CHECK(lines[1].find('-') != std::string::npos);
    CHECK(lines[1].ends_with("-"));
    CHECK(lines[1].find("nan") == std::string::npos);
    CHECK(lines[1].find("inf") == std::string::npos);
}

TEST_CASE("table: groups by operation and class, and by scope unless told otherwise") {
    const ledger bill = layers(2);

    const auto first_words = [](const std::string& text) {
        std::vector<std::string> words;
        for (const auto& line : lines_of(text))
            words.push_back(line.substr(0, line.find(' ')));
        words.pop_back();  // the legend
        return words;
    };

    CHECK(
        first_words(bill.table(grouping::operation))
        == std::vector<std::string>{"operation", "relu", "rearrange", "dot", "softmax", "total"}
    );
    CHECK(
        first_words(bill.table(grouping::op_class))
        == std::vector<
            std::string>{"class", "elementwise", "view", "contraction", "normalization", "total"}
    );
    CHECK(bill.table() == table(bill));
    CHECK(lines_of(bill.table()).front().starts_with("scope"));
}

TEST_CASE("table: the total counts every call once") {
    const ledger bill = layers(12);

    for (const auto by : {grouping::scope, grouping::operation, grouping::op_class}) {
        const auto lines = lines_of(bill.table(by));
        std::istringstream total(lines[lines.size() - 2]);
        std::string label;
        std::int64_t calls = 0;
        total >> label >> calls;
        CHECK(label == "total");
        CHECK(calls == 49);
    }
}

TEST_CASE("table: an empty bill is a header and a total") {
    const auto lines = lines_of(ledger().table());

    REQUIRE(lines.size() == 3);
    CHECK(lines[1].starts_with("total"));
}

TEST_CASE("table: folded records show their ranges, and parts below their whole") {
    ledger bill;
    for (std::int64_t keys = 128; keys < 1128; ++keys) {
        extents at = small;
        at["s'"] = keys;
        const auto whole = add(bill, scores(), at);
        add(bill, softmax(), at, 0, whole);
    }

    const auto lines = lines_of(record_table(bill, {.width = 160}));

    REQUIRE(lines.size() == 5);
    CHECK(lines[1].starts_with("dot b h s d, b h s' d -> b h s s'  b=2 d=64 h=12 s=64 s'=128..1127")
    );
    CHECK(lines[2].starts_with("  softmax  b=2 h=12 s=64 s'=128..1127"));
    CHECK(lines[3].find(" 1000 ") != std::string::npos);
}
