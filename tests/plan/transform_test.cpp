#include <abax/ops/rearrange.hpp>
#include <abax/pattern/pattern.hpp>
#include <abax/plan/transform.hpp>

#include "../ops/patterns.hpp"
#include "../ops/support.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

plan planned(const std::string& text, const layout& x, verb operation = verb::rearrange) {
    return plan_transform(parse(text, operation), x, dtype::float32);
}

layout dense(const extents& e) {
    return layout::row_major(shape::of(e));
}

}  // namespace

TEST_CASE("a rearrange of a dense tensor is a view exactly where no element has to move") {
    struct row {
        std::string text;
        extents shape;
        bool view;
    };
    const std::vector<row> table = {
        {"a b c -> a b c", {2, 3, 5}, true},
        {"a b c -> c a b", {2, 3, 5}, true},  // another order of strides
        {"a b c -> (a b) c", {2, 3, 5}, true},
        {"a b c -> a (b c)", {2, 3, 5}, true},
        {"a b c -> (a b c)", {2, 3, 5}, true},
        {"a b c -> c (a b)", {2, 3, 5}, true},
        {"(a=2 b) c -> a b c", {6, 5}, true},
        {"(a=2 b) c -> b a c", {6, 5}, true},
        {"a b -> a 1 b", {2, 3}, true},
        {"a 1 b -> b a", {2, 1, 3}, true},
        {"a b c -> (b a) c", {2, 3, 5}, false},
        {"a b c -> (a c) b", {2, 3, 5}, false},
        {"a b c -> a (c b)", {2, 3, 5}, false},
        {"b h s d -> b s (h d)", {2, 3, 4, 5}, false},
        // An extent of 1 lies anywhere.
        {"b h s d -> b s (h d)", {2, 1, 4, 5}, true},
        {"b h s d -> b s (h d)", {2, 3, 1, 5}, true},
        {"b h s d -> b (s h) d", {2, 3, 4, 5}, false},
        // And nothing moves where nothing is.
        {"a b c -> (b a) c", {2, 0, 5}, true},
    };
    for (const auto& [text_, shape_of, view] : table) {
        const auto& text = text_;
        CAPTURE(text);
        const plan p = planned(text, dense(shape_of));
        CHECK(p.is_view() == view);
        REQUIRE(p.steps.size() == 1);
        CHECK(p.steps[0].kind == (view ? step_kind::view : step_kind::copy));
    }
}

TEST_CASE("merging is a view where strides chain, also in what is no dense tensor") {
    const auto with_strides = [](const extents& e, const extents& stride) {
        return layout{shape::of(e), strides(stride.begin(), stride.end()), 7};
    };

    CHECK(planned("a b -> (a b)", with_strides({2, 3}, {6, 2})).is_view());
    CHECK(planned("a b -> (a b)", with_strides({2, 3}, {-3, -1})).is_view());
    CHECK(planned("a b -> (a b)", with_strides({2, 3}, {0, 0})).is_view());
    CHECK(planned("a b c -> a (b c)", with_strides({2, 3, 5}, {100, 5, 1})).is_view());
    CHECK_FALSE(planned("a b c -> (a b) c", with_strides({2, 3, 5}, {100, 5, 1})).is_view());
    CHECK_FALSE(planned("a b -> (a b)", with_strides({2, 3}, {1, 2})).is_view());
    CHECK(planned("a b -> (b a)", with_strides({2, 3}, {1, 2})).is_view());
    CHECK(planned("a b -> (a b)", with_strides({2, 3}, {6, 2})).result().offset == 7);
    CHECK(planned("a b -> (b a)", with_strides({2, 3}, {3, 1})).result().offset == 0);
}

TEST_CASE("a repeat that adds elements copies, one that adds extents of 1 is a view") {
    CHECK(planned("a b -> a 1 b", dense({2, 3}), verb::repeat).is_view());
    CHECK(planned("a b -> a r=1 b", dense({2, 3}), verb::repeat).is_view());
    CHECK_FALSE(planned("a b -> a r=2 b", dense({2, 3}), verb::repeat).is_view());
    CHECK_FALSE(planned("a b -> a r=0 b", dense({2, 3}), verb::repeat).is_view());
}

TEST_CASE("a reduce with nothing to reduce is a view, or a conversion to the type it promises") {
    const auto kind = [](dtype type, kernels::reduction how) {
        return plan_transform(parse("a b -> b a", verb::reduce), dense({2, 3}), type, {}, how)
            .steps[0]
            .kind;
    };

    CHECK(kind(dtype::float32, by::sum) == step_kind::view);
    CHECK(kind(dtype::int64, by::sum) == step_kind::view);
    CHECK(kind(dtype::int32, by::sum) == step_kind::convert);
    CHECK(kind(dtype::boolean, by::prod) == step_kind::convert);
    CHECK(kind(dtype::float32, by::any) == step_kind::convert);
    CHECK(kind(dtype::boolean, by::all) == step_kind::view);
    CHECK(kind(dtype::int32, by::max) == step_kind::view);
}

TEST_CASE(
    "a plan is a value: planned twice it tells the same, and it runs on any operand of its layout"
) {
    const layout where = dense({2, 3, 5});
    const plan p = planned("a b c -> (c b) a", where);
    CHECK(explain(p) == explain(planned("a b c -> (c b) a", where)));

    for (const int first : {0, 100}) {
        const any_tensor x = iota(dtype::float32, shape::of({2, 3, 5}), first);
        const tensor<float> y(execute(p, {&x, 1}));
        for_each_position({2, 3, 5}, [&](const extents& at) {
            REQUIRE(y(at[2] * 3 + at[1], at[0]) == element_at<float>(x, at));
        });
    }
}

TEST_CASE("a view shares the buffer of its operand, a copy does not") {
    std::mt19937 random(99);
    for (int round = 0; round < 300; ++round) {
        const random_pattern p = make_pattern(random, shape_of_pattern::same);
        CAPTURE(p.text());
        const auto x = counted<float>(shape::of(p.shape_of(p.left)), all_lies[random() % 4]);
        const auto names = p.sizes();
        const plan made = plan_transform(
            parse(p.text(), verb::rearrange), x.where(), dtype::float32, as_sizes(names)
        );

        const any_tensor y = execute(made, {&x.any(), 1});

        REQUIRE(y.shares_with(x.any()) == made.is_view());
        REQUIRE(y.where() == made.result());
        if (!made.is_view())
            REQUIRE(y.is_contiguous());
    }
}

TEST_CASE("what a plan costs is what its run puts on the bill") {
    std::mt19937 random(100);
    for (const shape_of_pattern how : {shape_of_pattern::same, shape_of_pattern::adds}) {
        const verb operation = how == shape_of_pattern::same ? verb::rearrange : verb::repeat;
        for (int round = 0; round < 150; ++round) {
            const random_pattern p = make_pattern(random, how);
            CAPTURE(p.text());
            const auto x = counted<float>(shape::of(p.shape_of(p.left)), all_lies[random() % 4]);
            const auto names = p.sizes();
            const plan made = plan_transform(
                parse(p.text(), operation), x.where(), dtype::float32, as_sizes(names)
            );

            const ledger bill = bill_of([&] { (void)execute(made, {&x.any(), 1}); });

            REQUIRE(bill.size() == 1);
            REQUIRE(bill.counted(0) == evaluate(price_of(made), [](name) {
                        return std::int64_t{0};
                    }));
            const counters counted_now = bill.counted(0);
            REQUIRE(counted_now.flops() == 0);
            if (made.is_view()) {
                REQUIRE(counted_now.bytes() == 0);
            } else {
                REQUIRE(counted_now.bytes_read == 4 * x.where().distinct_volume());
                REQUIRE(counted_now.bytes_written == 4 * made.result().axes.volume());
            }
        }
    }
}

TEST_CASE("faults are found while planning, in the order of the documentation") {
    const layout x = dense({2, 3});
    const auto fault = [&](const std::string& text,
                           const std::vector<axis_size>& sizes,
                           verb operation = verb::rearrange) {
        return category_of([&] {
            (void)plan_transform(parse(text, operation), x, dtype::float32, sizes);
        });
    };

    CHECK(fault("a -> a r", {}, verb::repeat) == "missing_size");
    CHECK(fault("a -> a", {{"q", 2}}) == "rank_mismatch");
    CHECK(fault("(a c) b -> a b c", {{"q", 2}}) == "unexpected_size_argument");
    CHECK(fault("(a c) b -> a b c", {{"b", 7}}) == "ambiguous_size");
    CHECK(fault("(a c) b -> a b c", {{"b", 7}, {"a", 2}}) == "size_mismatch");
    CHECK(fault("(a c) b -> a b c", {{"a", 3}}) == "not_divisible");
    CHECK(fault("(a c) b -> a b c", {{"a", -1}}) == "size_mismatch");
}

TEST_CASE("the result of a merge that does not fit 64 bits is an overflow") {
    const layout x{shape::of({std::int64_t{1} << 40U, 1}), {1, 1}, 0};

    CHECK(
        category_of([&] {
            (void)plan_transform(
                parse("a b -> (a r) b", verb::repeat),
                x,
                dtype::float32,
                {{"r", std::int64_t{1} << 40U}}
            );
        })
        == "overflow"
    );
}
