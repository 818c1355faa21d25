#include <abax/ops/compare.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/from.hpp>
#include <abax/ops/join.hpp>
#include <abax/ops/logical.hpp>
#include <abax/ops/pack.hpp>
#include <abax/ops/rearrange.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <type_traits>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

struct two_tensors {
    const tensor<float> x = from<float>({{1, 2, 3}, {4, 5, 6}}, "b s");
    const tensor<float> y = from<float>({{6, 5, 4}, {3, 2, 1}}, "b s");
    const any_tensor any_x = x;
    const any_tensor any_y = y;
};

}  // namespace

TEST_CASE_FIXTURE(two_tensors, "where: takes any_tensors as they are, and numbers beside them") {
    const tensor<bool> c = x > y;
    const auto expected = where(c, x, y);

    CHECK(equal(where(c.any(), any_x, any_y), expected));
    CHECK(equal(where(c, any_x, any_y), expected));
    CHECK(equal(where(any_x > any_y, any_x, any_y), expected));
    CHECK(equal(where(c.any(), x, any_y), expected));
    CHECK(equal(where(c.any(), any_x, y), expected));
    CHECK(equal(where(c.any(), any_x, 0), where(c, x, 0)));
    CHECK(equal(where(c.any(), -1.5, any_y), where(c, -1.5, y)));
    CHECK(equal(where(c.any(), &any_x, &any_y), expected));
    CHECK(category_of([&] { (void)where(c.any(), any_x, c.any()); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)where(any_x, any_x, any_y); }) == "dtype_mismatch");
}

TEST_CASE_FIXTURE(
    two_tensors, "cast: an any_tensor becomes a tensor of the type that is asked for"
) {
    const auto whole = cast<std::int64_t>(any_x / 2);
    const auto same = cast<float>(any_x);

    static_assert(std::is_same_v<decltype(whole), const tensor<std::int64_t>>);
    CHECK(equal(whole, cast<std::int64_t>(x / 2)));
    CHECK(same.any().shares_with(any_x));
    CHECK(bill_of([&] { (void)cast<float>(any_x); }).size() == 0);
}

TEST_CASE_FIXTURE(two_tensors, "einsum, pack: any_tensors stand in a row, also beside typed ones") {
    const auto product = einsum("b s, b s -> b", x, y);

    CHECK(equal(einsum("b s, b s -> b", any_x, any_y), product));
    CHECK(equal(einsum("b s, b s -> b", x, any_y), product));
    CHECK(equal(einsum("b s, b s -> b", any_x, y), product));
    CHECK(equal(einsum("b s -> b", any_x), sum(x, "s")));
    CHECK(equal(einsum("b s, b s, b s -> b", x, y, any_x), sum(x * y * x, "s")));
    CHECK(
        category_of([&] { (void)einsum("b s, b s -> b", any_x, (x > y).any()); })
        == "dtype_mismatch"
    );

    const auto expected = pack("b *", x, sum(x, "s"));
    const auto in_a_row = pack("b *", any_x, sum(any_x, "s"));
    const auto in_braces = pack("b *", {any_x, sum(any_x, "s")});
    const auto mixed = pack("b *", x, sum(any_x, "s"));
    CHECK(equal(in_a_row.values, expected.values));
    CHECK(in_a_row.shapes == expected.shapes);
    CHECK(equal(in_braces.values, expected.values));
    CHECK(equal(mixed.values, expected.values));
    CHECK(equal(
        unpack(in_a_row.values, in_a_row.shapes, "b *")[0],
        unpack(expected.values, expected.shapes, "b *")[0]
    ));
}

TEST_CASE_FIXTURE(two_tensors, "concat, stack: any_tensors stand in braces too") {
    CHECK(equal(concat({any_x, any_y}, "s"), concat({x, y}, "s")));
    CHECK(equal(concat({any_x}, "s"), x));
    CHECK(equal(stack({any_x, any_y}, "n"), stack({x, y}, "n")));
    CHECK(equal(stack({any_x, any_y}), stack({x, y})));
    CHECK(equal(concat({any_x, x.any()}, "b"), concat({x, x}, "b")));
    CHECK(
        category_of([&] {
            (void)concat({any_x, cast<double>(x).any()}, "s");
        })
        == "dtype_mismatch"
    );
}

TEST_CASE_FIXTURE(
    two_tensors, "rearrange, reduce, repeat: a list in braces is stacked first, as a vector is"
) {
    const std::vector<tensor<float>> parts{x, y};
    const std::vector<any_tensor> any_parts{x, y};

    const auto side_by_side = rearrange(parts, "n b s -> b (n s)");
    CHECK(equal(rearrange({x, y}, "n b s -> b (n s)"), side_by_side));
    CHECK(equal(rearrange({any_x, any_y}, "n b s -> b (n s)"), side_by_side));
    CHECK(equal(rearrange(any_parts, "n b s -> b (n s)"), side_by_side));
    CHECK(equal(rearrange({x}, "n b s -> (n b) s"), rearrange(std::vector{x}, "n b s -> (n b) s")));
    CHECK(equal(
        rearrange({x, y}, "n b (k j) -> n b k j", {{"k", 3}}),
        rearrange(parts, "n b (k j) -> n b k j", {{"k", 3}})
    ));

    const auto total = reduce(parts, "n b s -> b s", by::sum);
    CHECK(equal(total, x + y));
    CHECK(equal(reduce({x, y}, "n b s -> b s", by::sum), total));
    CHECK(equal(reduce({any_x, any_y}, "n b s -> b s", by::sum), total));
    CHECK(equal(reduce({any_x, any_y}, "n b s -> b s", reduction_named("sum")), total));
    CHECK(equal(reduce(any_parts, "n b s -> b s", by::sum), total));
    CHECK(equal(reduce({x > 3, y > 3}, "n b s -> b s", by::any), (x > 3) | (y > 3)));

    const auto twice = repeat(parts, "n b s -> n b s c", {{"c", 2}});
    CHECK(equal(repeat({x, y}, "n b s -> n b s c", {{"c", 2}}), twice));
    CHECK(equal(repeat({any_x, any_y}, "n b s -> n b s c", {{"c", 2}}), twice));
    CHECK(equal(repeat(any_parts, "n b s -> n b s c", {{"c", 2}}), twice));
}
