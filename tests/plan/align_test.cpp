#include <abax/abax.hpp>
#include <abax/plan/align.hpp>

#include <doctest/doctest.h>

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace abax {

namespace {

using layouts = std::vector<layout>;

const shape* alike(const layouts& all) {
    std::vector<const layout*> pointers;
    for (const layout& x : all)
        pointers.push_back(&x);
    return dense_alike(pointers);
}

layout dense(const shape& axes) {
    return layout::row_major(axes);
}

layout swapped(const shape& axes) {
    layout x = dense(axes);
    std::swap(x.axes[0], x.axes[1]);
    std::swap(x.stride[0], x.stride[1]);
    return x;
}

}  // namespace

TEST_CASE("dense_alike: what is row-major over equal axes, or of rank 0, lines up as it stands") {
    const shape named = axes("a b", {2, 3});
    const shape unnamed = shape::of({2, 3});
    const shape remembering = axes("a (m: h d)", {2, 6}, {{"h", 2}});
    layout moved = dense(named);
    moved.offset = 6;
    layout odd_stride = dense(axes("a b", {1, 3}));
    odd_stride.stride[0] = 100;  // of an axis with one position, which is never walked

    const auto rows = std::to_array<layouts>({
        {dense(named)},
        {dense(named), dense(named)},
        {dense(named), moved, dense({})},
        {dense({}), dense(named)},
        {dense(unnamed), dense(unnamed), dense({})},
        {dense(remembering), dense(remembering)},
        {odd_stride, dense(axes("a b", {1, 3}))},
        {dense(axes("a b", {0, 3})), dense(axes("a b", {0, 3}))},
        {dense({}), dense({})},
    });
    for (const layouts& row : rows) {
        std::vector<const layout*> operands;
        for (const layout& x : row)
            operands.push_back(&x);
        const shape* const found = dense_alike(operands);
        CAPTURE(row.front().axes.str());
        REQUIRE(found != nullptr);
        CHECK(*found == align("add", operands).axes);
    }
}

TEST_CASE("dense_alike: where align has to look, or to complain, it says nothing") {
    const shape named = axes("a b", {2, 3});
    layout strided = dense(named);
    strided.stride = {6, 2};
    layout backwards = dense(named);
    backwards.stride[1] = -1;
    layout half_named = dense(named);
    half_named.axes[1].label = {};

    struct unlike {
        std::string_view what;
        layouts operands;
    };
    const std::vector<unlike> rows = {
        {"strided", {strided, strided}},
        {"backwards", {backwards}},
        {"permuted in memory", {swapped(named), swapped(named)}},
        {"another order", {dense(named), dense(axes("b a", {3, 2}))}},
        {"fewer axes", {dense(named), dense(axes("b", {3}))}},
        {"other extents", {dense(named), dense(axes("a b", {2, 4}))}},
        {"other names", {dense(named), dense(axes("a c", {2, 3}))}},
        {"named and unnamed", {dense(named), dense(shape::of({2, 3}))}},
        {"half named", {half_named}},
        {"other factors",
         {dense(axes("(m: h d)", {6}, {{"h", 2}})), dense(axes("(m: h d)", {6}, {{"h", 3}}))}},
        {"factors and none", {dense(axes("(m: h d)", {6}, {{"h", 2}})), dense(axes("m", {6}))}},
    };
    for (const unlike& row : rows) {
        CAPTURE(row.what);
        CHECK(alike(row.operands) == nullptr);
    }
}

TEST_CASE("add: dense operands give what the same elements give in another order of memory") {
    const auto x = iota<float>(axes("a b", {2, 3}));
    const auto y = copy(rearrange(x, "a b -> b a"));
    const auto permuted = rearrange(y, "b a -> a b");  // equal to x, but a column at a time

    CHECK_FALSE(permuted.is_contiguous());
    CHECK(equal(x + x, permuted + permuted));
    CHECK(equal(x + x, x + permuted));
    CHECK(equal(x + x, x * 2));
}

}  // namespace abax
