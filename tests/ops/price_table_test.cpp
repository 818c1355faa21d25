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

namespace {

// Operands with elements, or dry ones of the same shapes.
struct operands {
    bool is_dry = false;

    template <element T = float>
    [[nodiscard]] tensor<T> get(std::string_view names, const extents& e) const {
        const shape all = axes(names, e);
        if (is_dry)
            return dry<T>(all);
        return laid<T>(all, lie::packed, [](std::int64_t i) { return i % 2; });
    }
    [[nodiscard]] tensor<float> x() const { return get("a b", {2, 3}); }
    [[nodiscard]] tensor<float> bsm() const { return get("b s m", {2, 3, 5}); }
    [[nodiscard]] tensor<float> q() const { return get("b h s d", {2, 3, 4, 5}); }
    [[nodiscard]] tensor<float> k() const { return get("b h s' d", {2, 3, 7, 5}); }
    [[nodiscard]] tensor<float> scores() const { return get("b h s s'", {2, 3, 4, 7}); }
};

// Makes its operands, and returns what runs the verb on them.
using verb_on = std::function<std::function<void()>(const operands&)>;

// `let` names the operands, `run` is the verb.
#define ABAX_VERB(let, run)                                                                        \
    [](const operands& o) -> std::function<void()> {                                               \
        (void)o;                                                                                   \
        let;                                                                                       \
        return [=] { (void)(run); };                                                               \
    }

struct price_row {
    const char* label;
    verb_on verb;
    const char* mm;
    const char* vec;
    const char* specials;
    const char* int_ops;
    const char* read;
    const char* written;
};

const std::vector<price_row>& table() {
    static const std::vector<price_row> rows = {
        // contractions
        {"scores",
         ABAX_VERB(const auto q = o.q(); const auto k = o.k(), dot(q, k, "d")),
         "2*b*d*h*s*s'",
         "0",
         "0",
         "0",
         "4*b*d*h*s + 4*b*d*h*s'",
         "4*b*h*s*s'"},
        {"product",
         ABAX_VERB(const auto x = o.bsm(); const auto w = o.get("m o", {5, 7}), dot(x, w, "m")),
         "2*b*m*o*s",
         "0",
         "0",
         "0",
         "4*b*m*s + 4*m*o",
         "4*b*o*s"},
        {"product of two summed axes",
         ABAX_VERB(const auto q = o.q();
                   const auto w = o.get("h d m", {3, 5, 2}), dot(q, w, "h d")),
         "2*b*d*h*m*s",
         "0",
         "0",
         "0",
         "4*b*d*h*s + 4*d*h*m",
         "4*b*m*s"},
        {"inner product",
         ABAX_VERB(const auto x = o.x(); const auto y = o.x(), dot(x, y, "a b")),
         "2*a*b",
         "0",
         "0",
         "0",
         "8*a*b",
         "4"},
        {"product of doubles",
         ABAX_VERB(const auto x = o.get<double>("a b", {2, 3});
                   const auto y = o.get<double>("b c", {3, 4}), dot(x, y, "b")),
         "2*a*b*c",
         "0",
         "0",
         "0",
         "8*a*b + 8*b*c",
         "8*a*c"},
        {"product of integers",
         ABAX_VERB(const auto x = o.get<std::int32_t>("a b", {2, 3});
                   const auto y = o.get<std::int32_t>("b c", {3, 4}), dot(x, y, "b")),
         "0",
         "0",
         "0",
         "2*a*b*c",
         "4*a*b + 4*b*c",
         "4*a*c"},
        {"grouped heads",
         ABAX_VERB(const auto x = o.get("b g r s d", {2, 2, 3, 4, 5});
                   const auto y = o.get("b g s' d", {2, 2, 7, 5}),
                   einsum("b g r s d, b g s' d -> b g r s s'", x, y)),
         "2*b*d*g*r*s*s'",
         "0",
         "0",
         "0",
         "4*b*d*g*r*s + 4*b*d*g*s'",
         "4*b*g*r*s*s'"},
        // nothing summed, or one operand
        {"outer",
         ABAX_VERB(const auto x = o.get("a", {2});
                   const auto y = o.get("b", {3}), einsum("a, b -> a b", x, y)),
         "0",
         "a*b",
         "0",
         "0",
         "4*a + 4*b",
         "4*a*b"},
        {"Hadamard",
         ABAX_VERB(const auto x = o.x(); const auto y = o.x(), einsum("a b, a b -> a b", x, y)),
         "0",
         "a*b",
         "0",
         "0",
         "8*a*b",
         "4*a*b"},
        {"einsum of one operand",
         ABAX_VERB(const auto x = o.x(), einsum("a b -> a", x)),
         "0",
         "a*b - a",
         "0",
         "0",
         "4*a*b",
         "4*a"},
        {"transpose by einsum",
         ABAX_VERB(const auto x = o.x(), einsum("a b -> b a", x)),
         "0",
         "0",
         "0",
         "0",
         "0",
         "0"},
        // element by element
        {"add",
         ABAX_VERB(const auto x = o.x(); const auto y = o.x(), x + y),
         "0",
         "a*b",
         "0",
         "0",
         "8*a*b",
         "4*a*b"},
        {"subtract in another order",
         ABAX_VERB(const auto x = o.x(); const auto y = o.get("b a", {3, 2}), x - y),
         "0",
         "a*b",
         "0",
         "0",
         "8*a*b",
         "4*a*b"},
        {"add a bias",
         ABAX_VERB(const auto x = o.bsm(); const auto y = o.get("m", {5}), x + y),
         "0",
         "b*m*s",
         "0",
         "0",
         "4*b*m*s + 4*m",
         "4*b*m*s"},
        {"add rank 0",
         ABAX_VERB(const auto x = o.x(); const auto y = o.get("", {}), x + y),
         "0",
         "a*b",
         "0",
         "0",
         "4*a*b + 4",
         "4*a*b"},
        {"add a number",
         ABAX_VERB(const auto x = o.x(), x + 1),
         "0",
         "a*b",
         "0",
         "0",
         "4*a*b",
         "4*a*b"},
        {"x * x", ABAX_VERB(const auto x = o.x(), x * x), "0", "a*b", "0", "0", "4*a*b", "4*a*b"},
        {"divide",
         ABAX_VERB(const auto x = o.x(); const auto y = o.x(), x / y),
         "0",
         "a*b",
         "0",
         "0",
         "8*a*b",
         "4*a*b"},
        {"maximum",
         ABAX_VERB(const auto x = o.x(), maximum(x, 0)),
         "0",
         "a*b",
         "0",
         "0",
         "4*a*b",
         "4*a*b"},
        {"minimum",
         ABAX_VERB(const auto x = o.x(), minimum(x, 0)),
         "0",
         "a*b",
         "0",
         "0",
         "4*a*b",
         "4*a*b"},
        {"compare",
         ABAX_VERB(const auto x = o.x(); const auto y = o.x(), x < y),
         "0",
         "a*b",
         "0",
         "0",
         "8*a*b",
         "a*b"},
        {"add integers",
         ABAX_VERB(const auto x = o.get<std::int64_t>("a", {2});
                   const auto y = o.get<std::int64_t>("a", {2}), x + y),
         "0",
         "0",
         "0",
         "a",
         "16*a",
         "8*a"},
        {"compare integers",
         ABAX_VERB(const auto x = o.get<std::int32_t>("a", {2}), x < 3),
         "0",
         "0",
         "0",
         "a",
         "4*a",
         "a"},
        {"pow", ABAX_VERB(const auto x = o.x(), pow(x, 2)), "0", "0", "a*b", "0", "4*a*b", "4*a*b"},
        {"negate", ABAX_VERB(const auto x = o.x(), -x), "0", "a*b", "0", "0", "4*a*b", "4*a*b"},
        {"abs", ABAX_VERB(const auto x = o.x(), abs(x)), "0", "a*b", "0", "0", "4*a*b", "4*a*b"},
        {"relu", ABAX_VERB(const auto x = o.x(), relu(x)), "0", "a*b", "0", "0", "4*a*b", "4*a*b"},
        {"exp", ABAX_VERB(const auto x = o.x(), exp(x)), "0", "0", "a*b", "0", "4*a*b", "4*a*b"},
        {"log", ABAX_VERB(const auto x = o.x(), log(x)), "0", "0", "a*b", "0", "4*a*b", "4*a*b"},
        {"sqrt", ABAX_VERB(const auto x = o.x(), sqrt(x)), "0", "0", "a*b", "0", "4*a*b", "4*a*b"},
        {"rsqrt",
         ABAX_VERB(const auto x = o.x(), rsqrt(x)),
         "0",
         "0",
         "a*b",
         "0",
         "4*a*b",
         "4*a*b"},
        {"tanh", ABAX_VERB(const auto x = o.x(), tanh(x)), "0", "0", "a*b", "0", "4*a*b", "4*a*b"},
        {"erf", ABAX_VERB(const auto x = o.x(), erf(x)), "0", "0", "a*b", "0", "4*a*b", "4*a*b"},
        {"sin", ABAX_VERB(const auto x = o.x(), sin(x)), "0", "0", "a*b", "0", "4*a*b", "4*a*b"},
        {"cos", ABAX_VERB(const auto x = o.x(), cos(x)), "0", "0", "a*b", "0", "4*a*b", "4*a*b"},
        {"sigmoid",
         ABAX_VERB(const auto x = o.x(), sigmoid(x)),
         "0",
         "3*a*b",
         "a*b",
         "0",
         "4*a*b",
         "4*a*b"},
        {"silu",
         ABAX_VERB(const auto x = o.x(), silu(x)),
         "0",
         "3*a*b",
         "a*b",
         "0",
         "4*a*b",
         "4*a*b"},
        {"gelu",
         ABAX_VERB(const auto x = o.x(), gelu(x)),
         "0",
         "4*a*b",
         "a*b",
         "0",
         "4*a*b",
         "4*a*b"},
        {"gelu tanh",
         ABAX_VERB(const auto x = o.x(), gelu(x, gelu_form::tanh)),
         "0",
         "8*a*b",
         "a*b",
         "0",
         "4*a*b",
         "4*a*b"},
        {"where",
         ABAX_VERB(const auto x = o.scores();
                   const auto m = o.get<bool>("s s'", {4, 7}), where(m, x, 0)),
         "0",
         "0",
         "0",
         "0",
         "4*b*h*s*s' + s*s'",
         "4*b*h*s*s'"},
        {"cast",
         ABAX_VERB(const auto x = o.x(), cast<double>(x)),
         "0",
         "0",
         "0",
         "0",
         "4*a*b",
         "8*a*b"},
        {"cast to bool",
         ABAX_VERB(const auto x = o.x(), cast<bool>(x)),
         "0",
         "0",
         "0",
         "0",
         "4*a*b",
         "a*b"},
        // reductions and rows
        {"sum",
         ABAX_VERB(const auto x = o.x(), sum(x, "b")),
         "0",
         "a*b - a",
         "0",
         "0",
         "4*a*b",
         "4*a"},
        {"sum of all",
         ABAX_VERB(const auto x = o.x(), sum(x, "a b")),
         "0",
         "a*b - 1",
         "0",
         "0",
         "4*a*b",
         "4"},
        {"mean",
         ABAX_VERB(const auto x = o.x(), mean(x, "b")),
         "0",
         "a*b",
         "0",
         "0",
         "4*a*b",
         "4*a"},
        {"max",
         ABAX_VERB(const auto x = o.x(), max(x, "a")),
         "0",
         "a*b - b",
         "0",
         "0",
         "4*a*b",
         "4*b"},
        {"min",
         ABAX_VERB(const auto x = o.x(), min(x, "a")),
         "0",
         "a*b - b",
         "0",
         "0",
         "4*a*b",
         "4*b"},
        {"prod",
         ABAX_VERB(const auto x = o.x(), prod(x, "a")),
         "0",
         "a*b - b",
         "0",
         "0",
         "4*a*b",
         "4*b"},
        {"sum of integers",
         ABAX_VERB(const auto x = o.get<std::int32_t>("a b", {2, 3}), sum(x, "b")),
         "0",
         "0",
         "0",
         "a*b - a",
         "4*a*b",
         "8*a"},
        {"sum of bools",
         ABAX_VERB(const auto x = o.get<bool>("a b", {2, 3}), sum(x, "b")),
         "0",
         "0",
         "0",
         "a*b - a",
         "a*b",
         "8*a"},
        {"reduce",
         ABAX_VERB(const auto x = o.bsm(), reduce(x, "b s m -> m b", by::max)),
         "0",
         "b*m*s - b*m",
         "0",
         "0",
         "4*b*m*s",
         "4*b*m"},
        {"argmax",
         ABAX_VERB(const auto x = o.x(), argmax(x, "b")),
         "0",
         "a*b - a",
         "0",
         "0",
         "4*a*b",
         "8*a"},
        {"softmax",
         ABAX_VERB(const auto x = o.scores(), softmax(x, "s'")),
         "0",
         "4*b*h*s*s' - 2*b*h*s",
         "b*h*s*s'",
         "0",
         "4*b*h*s*s'",
         "4*b*h*s*s'"},
        {"masked softmax",
         ABAX_VERB(const auto x = o.scores();
                   const auto m = o.get<bool>("s s'", {4, 7}), softmax(x, "s'", m)),
         "0",
         "4*b*h*s*s' - 2*b*h*s",
         "b*h*s*s'",
         "0",
         "4*b*h*s*s' + s*s'",
         "4*b*h*s*s'"},
        {"layer_norm",
         ABAX_VERB(const auto x = o.bsm(); const auto g = o.get("m", {5});
                   const auto c = o.get("m", {5}), layer_norm(x, "m", g, c)),
         "0",
         "7*b*m*s + b*s",
         "b*s",
         "0",
         "4*b*m*s + 8*m",
         "4*b*m*s"},
        // movement
        {"transpose",
         ABAX_VERB(const auto x = o.bsm(), rearrange(x, "b s m -> m s b")),
         "0",
         "0",
         "0",
         "0",
         "0",
         "0"},
        {"split",
         ABAX_VERB(const auto x = o.get("b m", {2, 6}), rearrange(x, "b (h=2 d) -> b h d")),
         "0",
         "0",
         "0",
         "0",
         "0",
         "0"},
        {"merge of neighbours",
         ABAX_VERB(const auto x = o.q(), rearrange(x, "b h s d -> b h (s d)")),
         "0",
         "0",
         "0",
         "0",
         "0",
         "0"},
        {"merge that moves",
         ABAX_VERB(const auto x = o.q(), rearrange(x, "b h s d -> b s (h d)")),
         "0",
         "0",
         "0",
         "0",
         "4*b*d*h*s",
         "4*b*d*h*s"},
        {"repeat",
         ABAX_VERB(const auto x = o.x(), repeat(x, "a b -> a r b", "r"_ax = 4)),
         "0",
         "0",
         "0",
         "0",
         "4*a*b",
         "4*a*b*r"},
        {"repeat with an axis of extent 1",
         ABAX_VERB(const auto x = o.x(), repeat(x, "a b -> a r t b", "r"_ax = 1, "t"_ax = 2)),
         "0",
         "0",
         "0",
         "0",
         "4*a*b",
         "4*a*b*r*t"},
        {"repeat once",
         ABAX_VERB(const auto x = o.x(), repeat(x, "a b -> a r b", "r"_ax = 1)),
         "0",
         "0",
         "0",
         "0",
         "0",
         "0"},
        {"copy", ABAX_VERB(const auto x = o.x(), copy(x)), "0", "0", "0", "0", "4*a*b", "4*a*b"},
        {"slice",
         ABAX_VERB(const auto x = o.x(), slice(x, {"b", 0, 2})),
         "0",
         "0",
         "0",
         "0",
         "0",
         "0"},
        {"at", ABAX_VERB(const auto x = o.x(), at(x, "b", 0)), "0", "0", "0", "0", "0", "0"},
        {"split into parts",
         ABAX_VERB(const auto x = o.x(), split(x, "b", {1, 2})),
         "0",
         "0",
         "0",
         "0",
         "0",
         "0"},
        {"concat",
         ABAX_VERB(const auto x = o.x();
                   const auto y = o.get("a b", {5, 3}), concat<float>({x, y}, "a")),
         "0",
         "0",
         "0",
         "0",
         "28*b",
         "28*b"},
        {"stack",
         ABAX_VERB(const auto x = o.x(); const auto y = o.x(), stack<float>({x, y}, "n")),
         "0",
         "0",
         "0",
         "0",
         "8*a*b",
         "4*a*b*n"},
        {"take",
         ABAX_VERB(const auto t = o.get("v m", {50, 5});
                   const auto i = o.get<std::int64_t>("b s", {2, 3}), take(t, i, "v")),
         "0",
         "0",
         "0",
         "0",
         "4*b*m*s + 8*b*s",
         "4*b*m*s"},
        {"take by int32",
         ABAX_VERB(const auto t = o.get("v m", {50, 5});
                   const auto i = o.get<std::int32_t>("b s", {2, 3}), take(t, i, "v")),
         "0",
         "0",
         "0",
         "0",
         "4*b*m*s + 4*b*s",
         "4*b*m*s"},
        {"fill",
         ABAX_VERB(, full<float>(axes("a b", {2, 3}), 1)),
         "0",
         "0",
         "0",
         "0",
         "0",
         "4*a*b"},
        {"iota",
         ABAX_VERB(, iota<std::int64_t>(axes("a b", {2, 3}))),
         "0",
         "0",
         "0",
         "0",
         "0",
         "8*a*b"},
        {"from", ABAX_VERB(, from<float>({1, 2}, axes("a", {2}))), "0", "0", "0", "0", "0", "4*a"},
        {"causal", ABAX_VERB(, causal("s", 4, "s'", 7)), "0", "0", "0", "0", "0", "s*s'"},
    };
    return rows;
}

}  // namespace

TEST_CASE("every verb costs its closed form, in axis names, and is one record") {
    for (const auto& row : table()) {
        CAPTURE(row.label);
        const auto run = row.verb(operands{});

        const ledger bill = bill_of(run);

        REQUIRE(bill.size() == 1);
        const cost total = bill.cost().total();
        CHECK(total.flops_mm.str() == row.mm);
        CHECK(total.flops_mm_useful.str() == row.mm);
        CHECK(total.flops_vec.str() == row.vec);
        CHECK(total.specials.str() == row.specials);
        CHECK(total.int_ops.str() == row.int_ops);
        CHECK(total.bytes_read.str() == row.read);
        CHECK(total.bytes_written.str() == row.written);
        // The counted integers are the values of the polynomials: no second formula.
        const auto at = bill.extents(0);
        CHECK(bill.total() == evaluate(total, [&](name n) { return at.at(n); }));
    }
}

TEST_CASE("a dry bill equals the wet one, record by record, for every verb") {
    for (const auto& row : table()) {
        CAPTURE(row.label);
        const auto wet = row.verb(operands{false});
        const auto dry_operands = row.verb(operands{true});

        const auto expected = records_of(bill_of(wet));

        CHECK(records_of(bill_of(dry_operands)) == expected);
        const dry_run on;
        CHECK(records_of(bill_of(wet)) == expected);
    }
}
