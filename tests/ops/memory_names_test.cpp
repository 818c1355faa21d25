#include <abax/ops/assign.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/select.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

tensor<float> merged(
    std::string_view names, const extents& shape_extents, const std::string& pattern
) {
    return rearrange(named_tensor(names, shape_extents), pattern_text(pattern));
}

}  // namespace

TEST_CASE("a merged axis remembers its factors, and splits again without sizes") {
    const auto x = named_tensor("b h s d", {2, 3, 4, 5});
    const auto y = rearrange(x, "b h s d -> b s (h d)");

    CHECK(y.shape().str() == "b=2 s=4 (h d)=15");
    CHECK(equal(rearrange(y, "b s (h d) -> b h s d"), x));
    CHECK(equal(rearrange(rearrange(x, "b h s d -> b s (m: h d)"), "b s (m: h d) -> b h s d"), x));
    CHECK(equal(rearrange(rearrange(x, "b h s d -> b s (m: h d)"), "b s (h d) -> b h s d"), x));
}

TEST_CASE("an axis without memory matches any composite, and then needs sizes") {
    const auto x = named_tensor("b m", {2, 6});

    CHECK(category_of([&] { (void)rearrange(x, "b (h d) -> b h d"); }) == "ambiguous_size");
    CHECK(rearrange(x, "b (h d) -> b h d", "h"_ax = 2).shape().str() == "b=2 h=2 d=3");
    CHECK(rearrange(x, "b (m: h d) -> b h d", "h"_ax = 2).shape().str() == "b=2 h=2 d=3");
    CHECK(
        category_of([&] { (void)rearrange(x, "b (q: h d) -> b h d", "h"_ax = 2); })
        == "name_mismatch"
    );
}

TEST_CASE("another composite than the remembered one is a name_mismatch") {
    struct row {
        std::string made;
        std::string split;
    };
    const std::vector<row> table = {
        {"b h d -> b (h d)", "b (d h) -> b h d"},
        {"b h d -> b (h d)", "b (x y) -> b x y"},
        {"b h d -> b (h d)", "b (h d z) -> b h d z"},
        {"b h d -> b (m: h d)", "b (d h) -> b h d"},
        {"b h d -> b (m: h d)", "b (m: d h) -> b h d"},
        {"b h d -> b (m: h d)", "b (n: h d) -> b h d"},
    };
    for (const auto& [made_, split_] : table) {
        const auto& made = made_;
        const auto& split = split_;
        CAPTURE(made);
        CAPTURE(split);
        const auto y = merged("b h d", {2, 3, 3}, made);
        const auto e = thrown_by([&] { (void)rearrange(y, pattern_text(split)); });
        CHECK(e.kind == category::name_mismatch);
        CHECK(e.offset == 2);
    }
}

TEST_CASE("sizes that contradict the remembered factors are refused") {
    const auto y = merged("b h d", {2, 3, 4}, "b h d -> b (h d)");

    CHECK(
        category_of([&] { (void)rearrange(y, "b (h d) -> b h d", "h"_ax = 4); }) == "size_mismatch"
    );
    CHECK(category_of([&] { (void)rearrange(y, "b (h d) -> b h d", "h"_ax = 3); }) == "nothing");
    CHECK(category_of([&] { (void)rearrange(y, "b (h=4 d) -> b h d"); }) == "size_mismatch");
}

TEST_CASE("the name of a merged axis matches it, and the memory stays") {
    const auto y = merged("b h d", {2, 3, 4}, "b h d -> b (m: h d)");

    const auto z = rearrange(y, "b m -> m b");

    CHECK(z.shape().axes_text() == "(m: h d) b");
    CHECK(rearrange(z, "(h d) b -> h d b").shape().str() == "h=3 d=4 b=2");
    // An anonymous one is matched by its factors only.
    const auto anonymous = merged("b h d", {2, 3, 4}, "b h d -> b (h d)");
    CHECK(category_of([&] { (void)rearrange(anonymous, "b m -> m b"); }) == "name_mismatch");
    CHECK(rearrange(anonymous, "b (h d) -> (h d) b").shape().axes_text() == "(h d) b");
}

TEST_CASE("forget drops the memory, after which any composite matches") {
    const auto y = merged("b h d", {2, 3, 4}, "b h d -> b (m: h d)");

    const auto z = forget(y, "m");

    CHECK(z.shape().axes_text() == "b m");
    CHECK(z.any().shares_with(y.any()));
    CHECK(y.shape().axes_text() == "b (m: h d)");
    CHECK(rearrange(z, "b (d h) -> b d h", "d"_ax = 4).shape().str() == "b=2 d=4 h=3");
    CHECK(category_of([&] { (void)forget(y, "q"); }) == "unknown_axis");
    CHECK(
        category_of([&] {
            (void)forget(merged("b h d", {2, 3, 4}, "b h d -> b (h d)"), "(h d)");
        })
        == "name_mismatch"
    );
}

TEST_CASE("slicing along a merged axis loses its memory, along another one keeps it") {
    const auto y = merged("b h d", {2, 3, 4}, "b h d -> b (m: h d)");

    CHECK(slice(y, {"m", 0, 4}).shape().str() == "b=2 m=4");
    CHECK(slice(y, {"b", 0, 1}).shape().axes_text() == "b (m: h d)");
    CHECK(split(y, "m", {4, 8})[1].shape().str() == "b=2 m=8");
    CHECK(at(y, "b", 0).shape().axes_text() == "(m: h d)");
    CHECK(concat<float>({y, y}, "m").shape().str() == "b=2 m=24");
    CHECK(concat<float>({y, y}, "b").shape().axes_text() == "b (m: h d)");
}

TEST_CASE("an anonymous merged axis has to be named before a part of it is taken") {
    const auto y = merged("b h d", {2, 3, 4}, "b h d -> b (h d)");

    CHECK(category_of([&] { (void)slice(y, {"(h d)", 0, 4}); }) == "name_mismatch");
    CHECK(category_of([&] { (void)split(y, "(h d)", {4, 8}); }) == "name_mismatch");
    CHECK(category_of([&] { (void)concat<float>({y, y}, "(h d)"); }) == "name_mismatch");
    CHECK(slice(rename(y, "(h d) -> m"), {"m", 0, 4}).shape().str() == "b=2 m=4");
}

TEST_CASE("a verb addresses an anonymous merged axis by its factors") {
    const auto y = merged("b h d", {2, 3, 4}, "b h d -> b (h d)");

    CHECK(sum(y, "(h d)").shape().str() == "b=2");
    CHECK(sum(y, "b (h d)").rank() == 0);
    CHECK(softmax(y, "(h d)").shape().axes_text() == "b (h d)");
    CHECK(at(y, "(h d)", 0).shape().str() == "b=2");
}

TEST_CASE("factors can be declared where a tensor enters") {
    const auto w = named(counted<float>(shape::of({12, 5})), "(h f r) m", {{"f", 3}, {"r", 2}});

    CHECK(w.shape().str() == "(h f r)=12 m=5");
    CHECK(category_of([&] { (void)rearrange(w, "(h r f) m -> r h f m"); }) == "name_mismatch");
    CHECK(rearrange(w, "(h f r) m -> r h f m").shape().str() == "r=2 h=2 f=3 m=5");
    CHECK(category_of([] { (void)axes("(h d)", {12}); }) == "ambiguous_size");
    CHECK(category_of([] { (void)axes("(h d)", {12}, {{"h", 5}}); }) == "not_divisible");
}

// Rule (F): operands whose axes of one name remember different factors do not meet.
TEST_CASE("axes that remember other factors do not meet, in any verb") {
    const auto grouped = merged("b g r s d", {2, 3, 3, 2, 2}, "b g r s d -> b (h: g r) s d");
    const auto tiled = merged("b g r s d", {2, 3, 3, 2, 2}, "b g r s d -> b (h: r g) s d");
    const auto other = merged("b g r s d", {2, 1, 9, 2, 2}, "b g r s d -> b (h: g r) s d");
    const auto plain = named_tensor("b h s d", {2, 9, 2, 2});

    CHECK(
        category_of([&] { (void)dot(grouped, rename(tiled, "s -> s'"), "d"); }) == "name_mismatch"
    );
    CHECK(category_of([&] { (void)(grouped + tiled); }) == "name_mismatch");
    CHECK(
        category_of([&] { (void)einsum("b h s d, b h s d -> b h s", grouped, tiled); })
        == "name_mismatch"
    );
    CHECK(category_of([&] { (void)concat<float>({grouped, tiled}, "b"); }) == "name_mismatch");
    CHECK(category_of([&] { (void)stack<float>({grouped, tiled}, "n"); }) == "name_mismatch");
    auto target = grouped;
    CHECK(category_of([&] { assign(target, tiled); }) == "name_mismatch");

    CHECK(category_of([&] { (void)(grouped + other); }) == "size_mismatch");
    CHECK(
        category_of([&] { (void)dot(grouped, rename(other, "s -> s'"), "d"); }) == "size_mismatch"
    );

    // A plain axis meets any.
    CHECK((grouped + plain).shape().axes_text() == "b (h: g r) s d");
    CHECK(category_of([&] { (void)(plain + tiled); }) == "nothing");
    CHECK(category_of([&] { (void)dot(plain, rename(tiled, "s -> s'"), "d"); }) == "nothing");
}

TEST_CASE("rows merged heads-major do not meet a mask merged batch-major") {
    const auto scores = merged("h b s s'", {3, 3, 4, 4}, "h b s s' -> (n: h b) s s'");
    const auto pad = named_tensor("b s'", {3, 4});

    const auto wrong = repeat(pad, "b s' -> (n: b h) s'", "h"_ax = 3);
    const auto e = thrown_by([&] { (void)(scores + wrong); });
    CHECK(e.kind == category::name_mismatch);
    CHECK(e.axis == "n");
    CHECK(e.expected == "(n: h b)");
    CHECK(e.got == "(n: b h)");

    const auto right = scores + repeat(pad, "b s' -> (n: h b) s'", "h"_ax = 3);
    for_each_position({3, 3, 4, 4}, [&](const extents& at) {
        const auto n = at[0] * 3 + at[1];
        REQUIRE(right(n, at[2], at[3]) == scores(n, at[2], at[3]) + pad(at[1], at[3]));
    });
}

TEST_CASE("rows cannot be regrouped as others, by a split and a merge that name them otherwise") {
    const auto q = named_tensor("b s m", {2, 3, 8});
    const auto f = rearrange(q, "b s (h d) -> (b s h) d", "h"_ax = 4);

    CHECK(category_of([&] { (void)rearrange(f, "(b h s) d -> (b h) s d"); }) == "name_mismatch");
    CHECK(rearrange(q, "b s (h d) -> (b h) s d", "h"_ax = 4).shape().str() == "(b h)=8 s=3 d=2");
}

TEST_CASE("patches that are packed in one order unpack in no other") {
    const auto x = named_tensor("b c H W", {1, 2, 4, 4});
    const auto z = rearrange(x, "b c (h p) (w q) -> b (c q p) h w", {{"p", 2}, {"q", 2}});

    CHECK(
        category_of([&] { (void)rearrange(z, "b (c p q) h w -> b c (h p) (w q)"); })
        == "name_mismatch"
    );
    const auto back = rearrange(z, "b (c q p) h w -> b c (H: h p) (W: w q)");
    CHECK(back.to_vector() == x.to_vector());
    CHECK(back.shape().axes_text() == "b c (H: h p) (W: w q)");
}

TEST_CASE("memory is one level deep: a merge of a merged axis remembers that axis") {
    const auto x = merged("a b c", {2, 3, 4}, "a b c -> (m: a b) c");

    const auto y = rearrange(x, "m c -> (m c)");

    CHECK(y.shape().str() == "(m c)=24");
    CHECK(rearrange(y, "(m c) -> m c").shape().str() == "m=6 c=4");
}

TEST_CASE("a group of one name, or with units, is that axis; with a label it is another") {
    const auto x = named_tensor("a b", {2, 3});

    CHECK(rearrange(x, "a b -> (a) (b 1)").shape().axes_text() == "a b");
    CHECK(rearrange(x, "a b -> (q: a) b").shape().axes_text() == "(q: a) b");
    CHECK(
        rearrange(rearrange(x, "a b -> (q: a) b"), "(q: a) b -> a b").shape().axes_text() == "a b"
    );
    CHECK(rearrange(named_tensor("q", {4}), "(q: a) -> a").shape().str() == "a=4");
    CHECK(einsum("(q: a) -> a", named_tensor("q", {4})).shape().str() == "a=4");
}

TEST_CASE("element-wise verbs and softmax keep the memory of their operand") {
    const auto y = merged("b h d", {2, 3, 4}, "b h d -> b (m: h d)");

    CHECK(exp(y).shape().axes_text() == "b (m: h d)");
    CHECK((y * 2).shape().axes_text() == "b (m: h d)");
    CHECK(softmax(y, "m").shape().axes_text() == "b (m: h d)");
    CHECK(sum(y, "b").shape().axes_text() == "(m: h d)");
    CHECK(rename(y, "m -> k").shape().axes_text() == "b (k: h d)");
    CHECK(cast<double>(y).shape().axes_text() == "b (m: h d)");
    CHECK(copy(y).shape().axes_text() == "b (m: h d)");
}
