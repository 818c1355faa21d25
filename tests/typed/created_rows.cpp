#include <abax/ops/typed_create.hpp>
#include <abax/ops/typed_from.hpp>

#include "every_verb.hpp"

#include <array>
#include <optional>
#include <vector>

namespace abax::testing {

namespace {

constexpr std::array<float, 6> memory{1, 2, 3, 4, 5, 6};
const std::vector<float> six{1, 2, 3, 4, 5, 6};

// Dry operands ask for a dry run, where what is made has no elements.
template <class Form>
auto made(const operands& o, const Form& form) {
    std::optional<dry_run> unmade;
    if (o.is_dry)
        unmade.emplace();
    return form();
}

}  // namespace

#define ABAX_MADE(verb, typed, dynamic)                                                            \
    ABAX_ROW(verb, made(o, [] { return typed; }), made(o, [] { return dynamic; }))

verb_rows created_rows() {
    return {
        ABAX_MADE("zeros", (zeros<float, "b s">(2, 3)), zeros<float>("b s", {2, 3})),
        ABAX_MADE(
            "zeros",
            (zeros<float, "b (m: h d)">({2, 8}, {{"h", 2}})),
            zeros<float>(axes("b (m: h d)", {2, 8}, {{"h", 2}}))
        ),
        ABAX_MADE("ones", (ones<std::int64_t, "b s">({2, 3})), ones<std::int64_t>("b s", {2, 3})),
        ABAX_MADE("full", (full<double, "b s">({2, 3}, 0.5)), full<double>("b s", {2, 3}, 0.5)),
        ABAX_MADE(
            "iota",
            (iota<float, "b (h d)">(2, 12, "h"_ax = 3)),
            iota<float>(axes("b (h d)", {2, 12}, {{"h", 3}}))
        ),
        ABAX_MADE("iota", (iota<float, "b s">({2, 3}, 7)), iota<float>("b s", {2, 3}, 7)),
        ABAX_MADE("arange", (arange<float, "s">(10)), arange<float>("s", 10)),
        ABAX_MADE("arange", (arange<float, "s">(1, 2, 0.25)), arange<float>("s", 1, 2, 0.25)),
        ABAX_MADE("linspace", (linspace<float, "s">(0, 1, 5)), linspace<float>("s", 0, 1, 5)),
        ABAX_MADE("eye", (eye<float, "i i'">(3)), eye<float>("i i'", 3)),
        ABAX_MADE("eye", (eye<float, "i j">(2, 3)), eye<float>("i j", 2, 3)),
        ABAX_MADE("randn", (randn<float, "b s">({2, 3}, 42)), randn<float>("b s", {2, 3}, 42)),
        ABAX_MADE(
            "uniform", (uniform<float, "b s">({2, 3}, 42)), uniform<float>("b s", {2, 3}, 42)
        ),
        ABAX_MADE(
            "randint",
            (randint<std::int32_t, "b s">({2, 3}, 42, 0, 9)),
            randint<std::int32_t>("b s", {2, 3}, 42, 0, 9)
        ),
        ABAX_MADE("permutation", permutation<"b">(7, 42), permutation("b", 7, 42)),
        ABAX_MADE("causal", (causal<"s", "s'">(2, 3)), causal("s", 2, "s'", 3)),
        ABAX_MADE("windowed", (windowed<"s", "s'">(2, 3, 2)), windowed("s", 2, "s'", 3, 2)),
        ABAX_MADE("dry", (dry<float, "b s">(2, 3)), dry<float>("b s", {2, 3})),
        ABAX_ROW("from", (from<"b s">({{1, 2}, {3, 4}})), from({{1, 2}, {3, 4}}, "b s")),
        ABAX_ROW("from", (from<"b s">(six, {2, 3})), from(six, axes("b s", {2, 3}))),
        ABAX_ROW(
            "from",
            (from<"b (h d)">(six, {1, 6}, {{"h", 2}})),
            from(six, axes("b (h d)", {1, 6}, {{"h", 2}}))
        ),
        ABAX_ROW(
            "borrow",
            (borrow<"b s">(memory.data(), {2, 3})),
            borrow(memory.data(), axes("b s", {2, 3}))
        ),
    };
}

}  // namespace abax::testing
