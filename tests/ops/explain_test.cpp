#include <abax/ops/explain.hpp>
#include <abax/pattern/arrangement.hpp>
#include <abax/plan/contraction.hpp>
#include <abax/plan/transform.hpp>

#include "typed_support.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

namespace abax {

using testing::bill_of;
using testing::category_of;
using testing::counted;
using testing::named_tensor;

namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("explain of a call says what explain of its plan says") {
    const auto x = named_tensor("b s m", {2, 3, 4});
    const auto w = named_tensor("m o", {4, 5});
    const std::vector<axis_size> h{{"h", 2}};
    CHECK(
        explain(x, "b s (h d) -> b h s d", {{"h", 2}})
        == explain(
            plan_transform(parse("b s (h d) -> b h s d", verb::rearrange), x.where(), x.type(), h)
        )
    );
    CHECK(
        explain(x, "b s m -> b m", by::mean)
        == explain(plan_transform(
            parse("b s m -> b m", verb::reduce), x.where(), x.type(), {}, kernels::reduction::mean
        ))
    );
    CHECK(
        explain(x, "b s m -> b s m c", {{"c", 3}})
        == explain(plan_transform(
            parse("b s m -> b s m c", verb::repeat),
            x.where(),
            x.type(),
            std::vector<axis_size>{{"c", 3}}
        ))
    );
    const std::array<layout, 2> operands{x.where(), w.where()};
    CHECK(
        explain("b s m, m o -> b s o", x, w)
        == explain(plan_einsum(parse("b s m, m o -> b s o", verb::einsum), operands, x.type()))
    );
}

TEST_CASE("explain tells views from copies, and what they move") {
    const auto x = named_tensor("b s m", {2, 3, 4});
    CHECK(has(explain(x, "b s m -> m s b"), "step 1: view of operand 1"));
    CHECK(has(explain(x, "b s m -> m s b"), "0 bytes"));
    const std::string copy = explain(x, "b s m -> m (s b)");
    CHECK(has(copy, "step 1: copy of operand 1"));
    CHECK(has(copy, "reads 96 bytes, writes 96 bytes"));
    CHECK(has(explain(x, "b s m -> b", by::sum), "reduce"));
    // Three operands: the order in which pairs are contracted.
    const auto v = named_tensor("o", {5});
    const std::string path = explain("b s m, m o, o -> b s", x, named_tensor("m o", {4, 5}), v);
    CHECK(has(path, "operand 3"));
    CHECK(has(path, "step 2: "));
}

TEST_CASE("explain of one tensor is of a rearrange, and of a repeat where the right side has more"
) {
    const auto x = named_tensor("b s", {2, 3});
    CHECK(explain(x, "b s -> s b").find("rearrange") == 0);
    CHECK(explain(x, "b s -> b s 1").find("rearrange") == 0);
    CHECK(explain(x, "b s -> b s 2").find("repeat") == 0);
    CHECK(explain(x, "b s -> b s c", "c"_ax = 2).find("repeat") == 0);
    CHECK(explain(x, pattern_text("b s -> b s c"), {{"c", 2}}).find("repeat") == 0);
    CHECK(explain(x, pattern_text("b s -> s b")).find("rearrange") == 0);
    CHECK(explain(x, arrangement("b s -> s b")).find("rearrange") == 0);
    CHECK(explain(x.any(), "b s -> s b") == explain(x, "b s -> s b"));
    // Neither: what is wrong with it as a rearrange.
    CHECK(category_of([&] { (void)explain(x, pattern_text("b s -> s c")); }) == "unknown_axis");
    CHECK(category_of([&] { (void)explain(x, pattern_text("b s s b")); }) == "syntax");
}

TEST_CASE("explain throws what the verb throws, and runs nothing") {
    const auto x = named_tensor("b s m", {2, 3, 4});
    CHECK(category_of([&] { (void)explain(x, "b t m -> b m t"); }) == "name_mismatch");
    CHECK(category_of([&] { (void)explain(x, "b s m -> b s m c"); }) == "missing_size");
    CHECK(
        category_of([&] {
            (void)explain(x, "b s (h d) -> b s h d", {{"h", 3}});
        })
        == "not_divisible"
    );
    CHECK(category_of([&] { (void)explain("b s m, q -> b s", x, x); }) == "rank_mismatch");
    CHECK(
        category_of([&] {
            (void
            )explain("b, b -> b", named_tensor("b", {2}).any(), full<double>("b", {2}, 1).any());
        })
        == "dtype_mismatch"
    );
    const auto bill = bill_of([&] {
        (void)explain(x, "b s m -> m (s b)");
        (void)explain(x, "b s m -> b", by::sum);
        (void)explain("b s m, b s m ->", x, x);
        (void)explain<"b s m -> m (s b)">(x);
    });
    CHECK(bill.size() == 0);
    CHECK(
        explain(dry<float>(axes("b s m", {2, 3, 4})), "b s m -> m (s b)")
        == explain(x, "b s m -> m (s b)")
    );
}

TEST_CASE("typed explain is the dynamic one, after the compiler's checks") {
    const auto x = testing::merged();
    const auto w = as<"m o">(named_tensor("m o", {4, 5}));
    CHECK(explain<"b s (h d) -> b h s d">(x) == explain(x, "b s (h d) -> b h s d"));
    CHECK(explain<"b s m -> b s m c">(x, "c"_ax = 2) == explain(x, "b s m -> b s m c", {{"c", 2}}));
    CHECK(explain<"b s m -> b">(x, by::max) == explain(x, "b s m -> b", by::max));
    CHECK(explain<"b s m, m o -> b s o">(x, w) == explain("b s m, m o -> b s o", x, w));
    const auto y = counted<float>(shape::of({2, 3, 4}));
    CHECK(explain<"b s m -> m s b">(y) == explain(y, "b s m -> m s b"));
}

}  // namespace abax
