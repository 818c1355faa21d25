#include <abax/ops/assign.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/losses.hpp>
#include <abax/ops/outer.hpp>
#include <abax/ops/rope.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/select.hpp>
#include <abax/ops/take_along.hpp>
#include <abax/plan/assign_rule.hpp>
#include <abax/plan/losses_rule.hpp>
#include <abax/plan/rope_rule.hpp>
#include <abax/plan/rows_rule.hpp>

#include "rules.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

/// The rules of verbs with several operands, on all operands of up to two or three axes that remember, forget, or have no name.
namespace abax {

namespace {

using testing::as_in_type;
using testing::axes_of;
using testing::comparison;
using testing::dry_tensor;
using testing::lists_of;

using texts = std::vector<std::string>;

const texts letters{"a", "b", "c"};
const texts all_kinds{"a", "b", "(b: x y)", "(b: y x)", "(x y)", "_"};

// What remembers two factors has as many positions as what remembers none.
any_tensor equal_extents(const std::string& text, dtype type = dtype::float32) {
    shape axes = axes_of(text, 2);
    for (axis& a : axes)
        a.extent = 4;
    return dry_tensor(axes, type);
}

std::string told(const std::string& a, const std::string& b) {
    return "(" + a + "), (" + b + ")";
}

// rule(a, b) beside verb(a, b), for all pairs of lists.
template <class Rule, class Verb>
void compare_pairs(
    comparison& all, const texts& firsts, const texts& seconds, const Rule& rule, const Verb& verb
) {
    for (const std::string& a : firsts)
        for (const std::string& b : seconds)
            all.add(told(a, b), rule(as_in_type(a), as_in_type(b)), [&] { return verb(a, b); });
}
// The same for verbs along axes.
template <class Rule, class Verb>
void compare_along(
    comparison& all,
    const texts& along,
    const texts& firsts,
    const texts& seconds,
    const Rule& rule,
    const Verb& verb
) {
    for (const std::string& over : along)
        for (const std::string& a : firsts)
            for (const std::string& b : seconds)
                all.add(
                    "over (" + over + ") of " + told(a, b),
                    rule(as_in_type(over), as_in_type(a), as_in_type(b)),
                    [&] { return verb(over, a, b); }
                );
}

void check(const comparison& all, std::size_t accepted, std::size_t refused) {
    CHECK(all.text() == "");
    CHECK(all.about_extents() == 0);
    CHECK(all.accepted() >= accepted);
    CHECK(all.refused() >= refused);
}

}  // namespace

TEST_CASE("rules: what meets element by element is foretold, of two operands") {
    comparison all;
    const auto rule = [](const static_axes& a, const static_axes& b) { return align_rule({a, b}); };
    const auto verb = [](const std::string& a, const std::string& b) {
        return (equal_extents(a) + equal_extents(b)).shape();
    };
    compare_pairs(all, lists_of(letters, 3), lists_of(letters, 3), rule, verb);
    compare_pairs(all, lists_of(all_kinds, 3), lists_of(all_kinds, 2), rule, verb);
    compare_pairs(all, lists_of(all_kinds, 2), lists_of(all_kinds, 3), rule, verb);
    check(all, 500, 500);
}

TEST_CASE("rules: what meets element by element is foretold, of three operands") {
    comparison all;
    const texts lists = lists_of(all_kinds, 2);
    for (const std::string& c : lists)
        for (const std::string& a : lists)
            for (const std::string& b : lists)
                all.add(
                    "(" + c + "), " + told(a, b),
                    align_rule({as_in_type(c), as_in_type(a), as_in_type(b)}),
                    [&] {
                        return where(
                                   equal_extents(c, dtype::boolean),
                                   equal_extents(a),
                                   equal_extents(b)
                        )
                            .shape();
                    }
                );
    check(all, 500, 500);
}

TEST_CASE("rules: assign is foretold") {
    comparison all;
    const auto verb = [](const std::string& a, const std::string& b) {
        any_tensor to = equal_extents(a);
        assign(to, equal_extents(b));
        return to.shape();
    };
    compare_pairs(all, lists_of(all_kinds, 2), lists_of(all_kinds, 2), assign_rule, verb);
    compare_pairs(all, lists_of(letters, 3), lists_of(letters, 3), assign_rule, verb);
    check(all, 50, 500);
}

TEST_CASE("rules: outer is foretold") {
    comparison all;
    const auto verb = [](const std::string& a, const std::string& b) {
        return outer(equal_extents(a), equal_extents(b)).shape();
    };
    compare_pairs(all, lists_of(all_kinds, 2), lists_of(all_kinds, 2), outer_rule, verb);
    check(all, 200, 200);
}

TEST_CASE("rules: take is foretold") {
    comparison all;
    const auto rule = [](const static_axes& over, const static_axes& a, const static_axes& b) {
        const verdict one = one_axis_rule(over);
        return one.ok() ? take_rule(over, a, b) : one;
    };
    const auto verb = [](const std::string& over, const std::string& a, const std::string& b) {
        return take(equal_extents(a), equal_extents(b, dtype::int64), over).shape();
    };
    const texts lists = lists_of(all_kinds, 2);
    compare_along(
        all, {"a", "b", "(b: x y)", "(x y)", "x", "a b", "", "_"}, lists, lists, rule, verb
    );
    check(all, 200, 200);
}

TEST_CASE("rules: take_along is foretold") {
    comparison all;
    const auto rule = [](const static_axes& over, const static_axes& a, const static_axes& b) {
        const verdict one = one_axis_rule(over);
        return one.ok() ? take_along_rule(over, a, b) : one;
    };
    const auto verb = [](const std::string& over, const std::string& a, const std::string& b) {
        return take_along(equal_extents(a), equal_extents(b, dtype::int64), over).shape();
    };
    const texts lists = lists_of(all_kinds, 2);
    compare_along(
        all, {"a", "b", "(b: x y)", "(x y)", "x", "a b", "", "_"}, lists, lists, rule, verb
    );
    check(all, 50, 200);
}

TEST_CASE("rules: norms, whose parameters have exactly the axis, are foretold") {
    comparison all;
    const auto rule = [](const static_axes& over, const static_axes& a, const static_axes& b) {
        const verdict one = one_axis_rule(over);
        const verdict along = one.ok() ? axis_rule(over, a, effect::keeps) : one;
        return along.ok() ? parameter_rule(over, a, b) : along;
    };
    const texts lists = lists_of(all_kinds, 2);
    const texts along{"a", "b", "(b: x y)", "(x y)", "x", "a b", "", "_"};
    compare_along(
        all,
        along,
        lists,
        lists,
        rule,
        [](const auto& over, const auto& a, const auto& b) {
            return rms_norm(equal_extents(a), over, equal_extents(b)).shape();
        }
    );
    compare_along(
        all,
        along,
        lists,
        lists,
        rule,
        [](const auto& over, const auto& a, const auto& b) {
            return layer_norm(equal_extents(a), over, equal_extents(b), equal_extents(b)).shape();
        }
    );
    check(all, 50, 200);
}

TEST_CASE("rules: a masked softmax is foretold") {
    comparison all;
    const auto rule = [](const static_axes& over, const static_axes& a, const static_axes& b) {
        const verdict one = one_axis_rule(over);
        const verdict along = one.ok() ? axis_rule(over, a, effect::keeps) : one;
        return along.ok() ? mask_rule(over, a, b) : along;
    };
    const texts lists = lists_of(all_kinds, 2);
    compare_along(
        all,
        {"a", "b", "(b: x y)", "(x y)", "x", "a b", "", "_"},
        lists,
        lists,
        rule,
        [](const auto& over, const auto& a, const auto& b) {
            return softmax(equal_extents(a), over, equal_extents(b, dtype::boolean)).shape();
        }
    );
    check(all, 50, 200);
}

TEST_CASE("rules: a cross-entropy is foretold") {
    comparison all;
    const texts lists = lists_of(all_kinds, 2);
    compare_along(
        all,
        {"a", "b", "(b: x y)", "(x y)", "x", "a b", "", "_"},
        lists,
        lists,
        targets_rule,
        [](const auto& over, const auto& a, const auto& b) {
            return cross_entropy_rows(equal_extents(a), over, equal_extents(b, dtype::int64))
                .shape();
        }
    );
    check(all, 40, 200);
}

TEST_CASE("rules: rotary positions are foretold") {
    comparison all;
    const texts kinds{"a", "d", "(d: x y)", "(a: x y)", "(a: y x)", "_"};
    const texts tables = lists_of({"a", "d", "(d: x y)", "(a: x y)", "pair", "_"}, 2);
    compare_along(
        all,
        {"a", "d", "(d: x y)", "x", "a d", "", "_"},
        lists_of(kinds, 2),
        tables,
        rope_rule,
        [](const auto& over, const auto& a, const auto& b) {
            any_tensor table = equal_extents(b);
            shape axes = table.shape();
            for (axis& each : axes)
                if (each.label.text() == "pair")
                    each.extent = 2;
            table = dry_tensor(axes);
            return rope_halves(equal_extents(a), over, any_rope_table{table, table}).shape();
        }
    );
    check(all, 50, 200);
}

}  // namespace abax
