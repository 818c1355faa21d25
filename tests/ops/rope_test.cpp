#include <abax/account/bill_cost.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rope.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

using rope_verb = tensor<float> (*)(const tensor<float>&, axis_argument, const rope_table<float>&);
constexpr rope_verb halves = rope_halves<float>;
constexpr rope_verb pairs = rope_pairs<float>;

/// What the definition gives at one place of x, whose positions (from `first` on) are s and whose heads d.
double expected_at(const tensor<float>& x, const place& where, bool of_halves, double first) {
    const std::int64_t d = x.extent("d");
    const std::int64_t i = where.at("d");
    const std::int64_t pair = of_halves ? i % (d / 2) : i / 2;
    const bool is_second = of_halves ? i >= d / 2 : i % 2 == 1;
    place other = where;
    other["d"] = of_halves ? (i + d / 2) % d : i ^ 1;
    const double angle =
        (static_cast<double>(where.at("s")) + first)
        * std::pow(10000.0, -2.0 * static_cast<double>(pair) / static_cast<double>(d));
    return element_by_name<float>(x.any(), where) * std::cos(angle)
         + (is_second ? 1 : -1) * element_by_name<float>(x.any(), other) * std::sin(angle);
}

rope_table<float> dry_table(const char* names, const extents& shape) {
    return {dry<float>(axes(names, shape)), dry<float>(axes(names, shape))};
}

}  // namespace

TEST_CASE("rope: is its definition, wherever the positions stand and however x lies") {
    for (const bool of_halves : {true, false})
        for (const char* names : {"b h s d", "b s h d", "s d b h", "d h s b"})
            for (const lie how : all_lies) {
                CAPTURE(of_halves);
                CAPTURE(names);
                CAPTURE(how);
                extents shape;
                for (const char c : std::string(names))
                    if (c != ' ')
                        shape.push_back(c == 'd' ? 38 : c == 's' ? 5 : c == 'h' ? 3 : 2);
                const auto x = laid<float>(axes(names, shape), how, [](std::int64_t i) {
                    return static_cast<double>(i % 17) - 8;
                });

                const auto y =
                    (of_halves ? halves : pairs)(x, "d", rope_angles<float>("s", 5, 38, 10000, 7));

                CHECK(y.shape() == x.shape());
                for_each_place(extents_by_name(x.any()), [&](const place& at) {
                    CHECK(
                        std::abs(
                            element_by_name<float>(y.any(), at) - expected_at(x, at, of_halves, 7)
                        )
                        < 3e-6
                    );
                });
            }
}

TEST_CASE("rope_angles: the tables are cosines and sines of position * theta^(-2i/d)") {
    const auto table = rope_angles<double>("s", 3, 4, 100, 2);

    CHECK(table.cosines.shape().str() == "s=3 pair=2");
    CHECK(table.sines.shape() == table.cosines.shape());
    CHECK(rope_frequencies(4, 100) == std::vector<double>{1, 0.1});
    CHECK(table.cosines.to_vector()[4] == std::cos(4.0));
    CHECK(table.sines.to_vector()[5] == std::sin(4.0 * rope_frequencies(4, 100)[1]));
    CHECK(rope_angles<float>("", 3, 4).cosines.shape().str() == "3 2");

    const std::vector<double> slower = {0.5, 0.05};
    const auto scaled = rope_angles<double>("s", 3, slower, 2);
    CHECK(scaled.cosines.to_vector()[4] == std::cos(2.0));
}

TEST_CASE("rope: position 0 changes nothing, and a rotation keeps the length of each pair") {
    const auto x = named_tensor("s d", {4, 6});
    const auto table = rope_angles<float>("s", 4, 6);
    for (const rope_verb verb : {halves, pairs}) {
        const auto y = verb(x, "d", table);
        for (std::size_t i = 0; i < 6; ++i)
            CHECK(y.to_vector()[i] == x.to_vector()[i]);
        double before = 0;
        double after = 0;
        for (std::size_t i = 0; i < 24; ++i) {
            before += double(x.to_vector()[i]) * x.to_vector()[i];
            after += double(y.to_vector()[i]) * y.to_vector()[i];
        }
        CHECK(after == doctest::Approx(before));
    }
}

TEST_CASE("rope: scores depend on the distance of query and key alone") {
    const auto q = from<float>({1, 2, -3, 4}, axes("s d", {1, 4}));
    const auto k = from<float>({-2, 1, 5, 3}, axes("s' d", {1, 4}));
    for (const rope_verb verb : {halves, pairs}) {
        const auto score = [&](std::int64_t query, std::int64_t key) {
            return dot(verb(q, "d", rope_angles<float>("s", 1, 4, 10000, query)),
                       verb(k, "d", rope_angles<float>("s'", 1, 4, 10000, key)),
                       "d")
                .to_vector()[0];
        };
        CHECK(score(3, 1) == doctest::Approx(score(12, 10)).epsilon(1e-5));
        CHECK(std::abs(score(3, 1) - score(1, 3)) > 0.1F);
    }
}

TEST_CASE("rope: pairs are halves of an axis in another order") {
    const auto x = named_tensor("s d", {3, 8});
    const auto table = rope_angles<float>("s", 3, 8);

    const auto neighbours = rearrange(x, "s (d: two i) -> s (d: i two)", "two"_ax = 2);
    const auto y =
        rearrange(rope_pairs(neighbours, "d", table), "s (d: i two) -> s (d: two i)", "two"_ax = 2);

    CHECK(y.to_vector() == rope_halves(x, "d", table).to_vector());
}

TEST_CASE("rope: a part of a table and a renamed one rotate as tables made for the purpose") {
    const auto q = named_tensor("s d", {2, 6});
    const auto k = rename(q, "s -> s'");
    const auto all = rope_angles<float>("s", 9, 6);
    const auto made = rope_halves(q, "d", rope_angles<float>("s", 2, 6, 10000, 5)).to_vector();

    const auto part = slice(all, {"s", 5, 7});

    CHECK(rope_halves(q, "d", part).to_vector() == made);
    CHECK(rope_halves(k, "d", rename(part, "s -> s'")).to_vector() == made);
}

TEST_CASE("rope: each sequence of a batch may have positions of its own") {
    const auto x = named_tensor("b h s d", {2, 3, 2, 4});
    const auto all = rope_angles<float>("p", 10, 4);
    const auto ids = from<std::int64_t>({0, 1, 5, 6}, axes("b s", {2, 2}));
    const rope_table<float> table{take(all.cosines, ids, "p"), take(all.sines, ids, "p")};

    const auto y = rope_halves(x, "d", table);

    const auto second = rope_halves(at(x, "b", 1), "d", rope_angles<float>("s", 2, 4, 10000, 5));
    CHECK(at(y, "b", 1).to_vector() == second.to_vector());
}

TEST_CASE("rope: tables with an entry for each element, every angle twice, give the same") {
    const auto x = named_tensor("b s d", {2, 3, 6});
    const auto table = rope_angles<float>("s", 3, 6);
    const auto twice = [](const tensor<float>& t, auto text) {
        return repeat(t, pattern_text(text), "two"_ax = 2);
    };
    const rope_table<float> whole{
        twice(table.cosines, "s pair -> s (d: two pair)"),
        twice(table.sines, "s pair -> s (d: two pair)")};
    const rope_table<float> interleaved{
        twice(table.cosines, "s pair -> s (d: pair two)"),
        twice(table.sines, "s pair -> s (d: pair two)")};

    CHECK(rope_halves(x, "d", whole).to_vector() == rope_halves(x, "d", table).to_vector());
    CHECK(rope_pairs(x, "d", interleaved).to_vector() == rope_pairs(x, "d", table).to_vector());
}

TEST_CASE("rope: an unnamed tensor says which axis holds its positions") {
    const auto named_x = named_tensor("b s h d", {2, 3, 2, 6});
    const auto x = counted(shape::of({2, 3, 2, 6}));
    const auto table = rope_angles<float>("", 3, 6);

    CHECK(
        rope_halves(x, -1, 1, table).to_vector()
        == rope_halves(named_x, "d", rope_angles<float>("s", 3, 6)).to_vector()
    );
    CHECK(
        rope_pairs(x, 3, -3, table).to_vector()
        == rope_pairs(named_x, "d", "s", rope_angles<float>("s", 3, 6)).to_vector()
    );
    const auto e = thrown_by([&] { (void)rope_halves(x, -1, table); });
    CHECK(e.kind == category::usage);
    CHECK(e.help.find("rope_halves(x, over, positions, table)") != std::string::npos);
}

TEST_CASE("rope: what does not meet is refused, with the way out") {
    const auto x = named_tensor("b s d", {2, 3, 6});
    const auto plain = counted(shape::of({2, 3, 6}));
    const auto table = rope_angles<float>("s", 3, 6);
    const auto unnamed = rope_angles<float>("", 3, 6);
    struct wrong {
        std::string_view label;
        std::function<void()> call;
        std::string_view category;
        std::string_view words;  ///< somewhere in the message or the help
    };
    const std::vector<wrong> all = {
        {"odd",
         [&] {
             (void)rope_halves(named_tensor("s d", {3, 5}), "d", table);
         },
         "not_divisible",
         "extent 5 of 'd' is odd"},
        {"odd pairs",
         [&] {
             (void)rope_pairs(named_tensor("s d", {3, 1}), "d", table);
         },
         "not_divisible",
         "extent 1 of 'd' is odd"},
        {"primes",
         [&] { (void)rope_halves(rename(x, "s -> s'"), "d", table); },
         "name_mismatch",
         "rename(table, \"s -> s'\")"},
        {"no positions in x",
         [&] {
             (void)rope_halves(named_tensor("q d", {3, 6}), "d", table);
         },
         "name_mismatch",
         "has the axis 's', which the tensor lacks"},
        {"another number of positions",
         [&] { (void)rope_halves(x, "d", rope_angles<float>("s", 4, 6)); },
         "size_mismatch",
         "s"},
        {"another head",
         [&] { (void)rope_halves(x, "d", rope_angles<float>("s", 3, 8)); },
         "size_mismatch",
         "hold 4 angles for each position, but 'd' of extent 6 has 3 pairs"},
        {"no angles",
         [&] {
             (void)rope_halves(
                 x, "d", {rename(table.cosines, "pair -> i"), rename(table.sines, "pair -> i")}
             );
         },
         "name_mismatch",
         "lack the axis 'pair'"},
        {"no axis of positions",
         [&] {
             (void)rope_halves(x, "d", {at(table.cosines, "s", 0), at(table.sines, "s", 0)});
         },
         "rank_mismatch",
         "no axis of positions"},
        {"the rotated axis as positions",
         [&] { (void)rope_halves(x, "d", rope_angles<float>("d", 6, 6)); },
         "name_mismatch",
         "both 'pair' and 'd'"},
        {"cosines and sines differ",
         [&] {
             (void)rope_halves(x, "d", {table.cosines, slice(table.sines, {"s", 0, 2})});
         },
         "size_mismatch",
         "different shapes"},
        {"unknown axis", [&] { (void)rope_halves(x, "k", table); }, "unknown_axis", "'k'"},
        {"named tables",
         [&] { (void)rope_halves(plain, -1, 1, table); },
         "name_mismatch",
         "unnamed"},
        {"unnamed tables", [&] { (void)rope_halves(x, "d", unnamed); }, "name_mismatch", "unnamed"},
        {"positions rotated",
         [&] { (void)rope_halves(plain, -1, 2, unnamed); },
         "usage",
         "cannot hold the positions"},
        {"wrong positions", [&] { (void)rope_halves(plain, -1, 0, unnamed); }, "size_mismatch", ""},
        {"positions the tables lack",
         [&] { (void)rope_pairs(x, "d", "b", table); },
         "name_mismatch",
         "lack 'b'"},
        {"integers",
         [&] {
             const any_tensor i = iota(dtype::int32, axes("s d", {3, 6}));
             (void)rope_halves(i, "d", table.any());
         },
         "dtype_mismatch",
         "int32"},
        {"tables of another type",
         [&] { (void)rope_halves(x.any(), "d", rope_angles<double>("s", 3, 6).any()); },
         "dtype_mismatch",
         "float64"}};
    for (const wrong& row : all) {
        CAPTURE(row.label);
        const auto e = thrown_by(row.call);
        CHECK(std::string(to_string(e.kind)) == row.category);
        CHECK((e.message + e.help).find(row.words) != std::string::npos);
        CHECK(!e.operation.empty());
    }
}

TEST_CASE("rope_angles: arguments that make no tables are refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const auto made_by = [](std::int64_t extent, std::int64_t head, double theta, std::int64_t first
                         ) {
        return category_of([=] { (void)rope_angles<float>("s", extent, head, theta, first); });
    };
    CHECK(made_by(3, 5, 10000, 0) == "not_divisible");
    CHECK(made_by(3, -2, 10000, 0) == "usage");
    CHECK(made_by(-1, 4, 10000, 0) == "usage");
    CHECK(made_by(3, 4, 10000, -1) == "usage");
    CHECK(made_by(3, 4, 0, 0) == "usage");
    CHECK(made_by(3, 4, nan, 0) == "usage");
    CHECK(made_by(3, 4, 10000, std::numeric_limits<std::int64_t>::max()) == "overflow");
    CHECK(made_by(0, 4, 10000, 0) == "nothing");
    CHECK(made_by(3, 0, 10000, 0) == "nothing");
    CHECK(category_of([] { (void)rope_angles<float>("pair", 3, 4); }) == "duplicate_axis");
    CHECK(
        category_of([] { (void)rope_angles(dtype::int32, "s", 3, rope_frequencies(4)); })
        == "dtype_mismatch"
    );
}

TEST_CASE("rope: extents of 0, and NaN stays in its pair") {
    CHECK(
        rope_halves(named_tensor("s d", {0, 4}), "d", rope_angles<float>("s", 0, 4)).volume() == 0
    );
    CHECK(
        rope_halves(named_tensor("s d", {3, 0}), "d", rope_angles<float>("s", 3, 0)).volume() == 0
    );
    CHECK(
        rope_halves(counted(shape::of({3, 0})), -1, 0, rope_angles<float>("", 3, 0)).volume() == 0
    );

    const float nan = std::numeric_limits<float>::quiet_NaN();
    const auto x = from<float>({1, nan, 1, 1}, axes("s d", {1, 4}));
    const auto table = rope_angles<float>("s", 1, 4, 10000, 1);
    const auto h = rope_halves(x, "d", table).to_vector();
    const auto p = rope_pairs(x, "d", table).to_vector();
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(std::isnan(h[i]) == (i % 2 == 1));
        CHECK(std::isnan(p[i]) == (i < 2));
    }
}

TEST_CASE("rope: costs 3N, reads N and the tables, and the price holds at other extents") {
    const auto run = [](const tensor<float>& x, const rope_table<float>& table) {
        return bill_of([&] { (void)rope_halves(x, "d", table); });
    };
    const auto x = named_tensor("b h s d", {2, 3, 4, 6});
    const auto table = rope_angles<float>("s", 4, 6);

    const ledger bill = run(x, table);

    REQUIRE(bill.size() == 1);
    const cost total = bill.cost().total();
    CHECK(total.flops_vec.str() == "3*b*d*h*s");
    CHECK(total.specials.is_zero());
    CHECK(total.bytes_read.str() == "4*b*d*h*s + 4*d*s");
    CHECK(total.bytes_written.str() == "4*b*d*h*s");
    CHECK(records_of(bill)[0].kind == op_class::elementwise);
    CHECK(
        bill.cost().at({{"d", 8}, {"s", 5}})
        == run(dry<float>(axes("b h s d", {2, 3, 5, 8})), dry_table("s pair", {5, 4})).total()
    );
    CHECK(run(x, dry_table("s d", {4, 6})).cost().total().bytes_read.str() == "4*b*d*h*s + 8*d*s");
    CHECK(records_of(run(dry<float>(x.shape()), table)) == records_of(bill));
    CHECK(records_of(run(x, dry_table("s pair", {4, 3}))) == records_of(bill));
    const dry_run on;
    CHECK(records_of(run(x, table)) == records_of(bill));
}

TEST_CASE("rope_angles: costs 1 multiplication and 2 specials for each angle") {
    const auto run = [] { (void)rope_angles<float>("s", 4, 6); };

    const ledger bill = bill_of(run);

    REQUIRE(bill.size() == 1);
    const cost total = bill.cost().total();
    CHECK(total.flops_vec.str() == "pair*s");
    CHECK(total.specials.str() == "2*pair*s");
    CHECK(total.bytes_read.is_zero());
    CHECK(total.bytes_written.str() == "8*pair*s");
    const dry_run on;
    CHECK(records_of(bill_of(run)) == records_of(bill));
}
