#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/rearrange.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

std::string text(std::string_view s) {
    return std::string(s);
}

}  // namespace

TEST_CASE("rearrange: a named tensor gives a named result, an unnamed one an unnamed result") {
    const auto x = named_tensor("b s m", {2, 3, 4});
    const auto plain = counted<float>(shape::of({2, 3, 4}));

    CHECK(rearrange(x, "b s m -> s b m").shape().str() == "s=3 b=2 m=4");
    CHECK(rearrange(plain, "b s m -> s b m").shape().str() == "3 2 4");
    // Unnamed tensors match by position: the letters are the pattern's own.
    CHECK(rearrange(plain, "q r t -> r q t").shape().str() == "3 2 4");
}

// Reported bugs that ran silently elsewhere: the left side contradicts the tensor.
TEST_CASE("rearrange: a left side that lies about a named tensor is a name_mismatch at the axis") {
    struct lying {
        std::string_view axes;
        extents shape;
        std::string_view wrong;
        std::string_view culprit;  // under the caret
        std::string_view right;
        std::string_view result;
    };
    const std::vector<lying> table = {
        // heads merged without transposing back
        {"b h s d", {3, 3, 4, 5}, "b s h d -> b s (h d)", "s", "b h s d -> b s (h d)", "b s (h d)"},
        // layers and samples mixed in one row
        {"l b d", {3, 3, 4}, "b l d -> b (l d)", "b", "l b d -> b (l d)", "b (l d)"},
        // a pattern that lies about its input
        {"w h c", {4, 4, 3}, "h w c -> (h w) c", "h", "w h c -> (h w) c", "(h w) c"},
        // features taken for pixels
        {"b c h w", {2, 4, 4, 4}, "b h w c -> b (h w) c", "h", "b c h w -> b (h w) c", "b (h w) c"},
        // attention over the batch
        {"b s m", {3, 3, 4}, "s b m -> s b m", "s", "b s m -> s b m", "s b m"},
        // primes are part of a name
        {"s s'", {3, 3}, "s' s -> s s'", "s'", "s s' -> s' s", "s' s"},
    };
    for (const auto& row : table) {
        CAPTURE(row.wrong);
        const auto x = named_tensor(row.axes, row.shape);
        const auto before = x.to_vector();

        const auto e = thrown_by([&] { (void)rearrange(x, pattern_text(text(row.wrong))); });

        CHECK(e.kind == category::name_mismatch);
        CHECK(e.operation == "rearrange");
        CHECK(e.offset == row.wrong.find(row.culprit));
        CHECK(e.length == row.culprit.size());
        CHECK(e.input == x.shape().str());
        CHECK(x.to_vector() == before);
        CHECK(rearrange(x, pattern_text(text(row.right))).shape().axes_text() == row.result);
    }
}

TEST_CASE("repeat: key heads are repeated beside the heads, not along the sequence") {
    const auto k = named_tensor("b s g d", {2, 3, 3, 2});

    const auto e = thrown_by([&] { (void)repeat(k, "b g s d -> b (g r) s d", "r"_ax = 4); });
    CHECK(e.kind == category::name_mismatch);
    CHECK(e.offset == 2);

    const auto y = repeat(k, "b s g d -> b s (g r) d", "r"_ax = 4);
    CHECK(y.shape().str() == "b=2 s=3 (g r)=12 d=2");
    for_each_position({2, 3, 12, 2}, [&](const extents& at) {
        REQUIRE(element_at<float>(y.any(), at) == k(at[0], at[1], at[2] / 4, at[3]));
    });
}

TEST_CASE("a name twice in one tensor or one side of a pattern is a duplicate_axis") {
    CHECK(category_of([] { (void)axes("x x", {2, 2}); }) == "duplicate_axis");
    CHECK(category_of([] { (void)axes("x x'", {2, 2}); }) == "nothing");

    const auto t = named_tensor("a b", {3, 3});
    CHECK(category_of([&] { (void)rearrange(t, pattern_text("a a -> a a")); }) == "duplicate_axis");
    CHECK(category_of([&] { (void)rename(t, "b -> a"); }) == "duplicate_axis");
    CHECK(category_of([&] { (void)named(counted(shape::of({3, 3})), "x x"); }) == "duplicate_axis");
}

TEST_CASE("rearrange: 1 and () match only axes without a name") {
    const auto x = named_tensor("a b", {1, 3});
    const auto open = rearrange(x, "a b -> a 1 b");  // b stands behind an axis without a name

    CHECK(open.shape().str() == "a=1 1 b=3");
    CHECK(rearrange(open, "a 1 b -> a b").shape().str() == "a=1 b=3");
    CHECK(rearrange(open, "a () b -> a b").shape().str() == "a=1 b=3");

    for (const std::string pattern : {"1 b -> b", "() b -> b"}) {
        CAPTURE(pattern);
        const auto e = thrown_by([&] { (void)rearrange(x, pattern_text(pattern)); });
        CHECK(e.kind == category::name_mismatch);
        CHECK(e.offset == 0);
        CHECK(e.axis == "a");
    }
    // And a name does not match an axis without one.
    const auto e = thrown_by([&] { (void)rearrange(open, "a q b -> a b q"); });
    CHECK(e.kind == category::name_mismatch);
    CHECK(e.offset == 2);
    CHECK(
        category_of([&] {
            (void)rearrange(counted(shape::of({1, 3})), "1 b -> b");
        })
        == "nothing"
    );
}

TEST_CASE("reduce: a named axis does not vanish behind a 1") {
    const auto x = named_tensor("a b", {2, 3});

    CHECK(reduce(x, "a b -> a", by::sum).shape().str() == "a=2");
    CHECK(reduce(x, "a b -> a 1", by::sum).shape().str() == "a=2 1");
    CHECK(category_of([&] { (void)reduce(x, "a 3 -> a", by::sum); }) != "nothing");
    CHECK(category_of([&] { (void)reduce(x, "b a -> a", by::sum); }) == "name_mismatch");
}

TEST_CASE("rearrange: an ellipsis takes any names and carries them along") {
    const auto x = named_tensor("b s h d", {2, 3, 5, 7});

    CHECK(rearrange(x, "b ... d -> d ... b").shape().str() == "d=7 s=3 h=5 b=2");
    CHECK(rearrange(x, "... d -> d ...").shape().str() == "d=7 b=2 s=3 h=5");
    CHECK(rearrange(x, "b s h d ... -> ... d h s b").shape().str() == "d=7 h=5 s=3 b=2");
    CHECK(rearrange(x, "b ... -> b (...)").shape().str() == "b=2 (s h d)=105");
    CHECK(reduce(x, "... d -> ...", by::max).shape().str() == "b=2 s=3 h=5");
    CHECK(repeat(x, "b ... -> b r ...", "r"_ax = 2).shape().str() == "b=2 r=2 s=3 h=5 d=7");

    const auto e = thrown_by([&] { (void)rearrange(x, "... h -> h ..."); });
    CHECK(e.kind == category::name_mismatch);
    CHECK(e.offset == 4);
}

TEST_CASE("rearrange: an ellipsis carries the memory of merged axes") {
    const auto x = rearrange(named_tensor("b s h d", {2, 3, 5, 7}), "b s h d -> b s (m: h d)");

    const auto y = rearrange(x, "b ... -> ... b");

    CHECK(y.shape().axes_text() == "s (m: h d) b");
    CHECK(rearrange(y, "s (h d) b -> b s h d").shape().str() == "b=2 s=3 h=5 d=7");
}

TEST_CASE("a name that an ellipsis carries may not meet itself on the right") {
    const auto x = named_tensor("a b", {2, 3});

    CHECK(
        category_of([&] { (void)repeat(x, "a ... -> a b ...", "b"_ax = 2); }) == "duplicate_axis"
    );
}

TEST_CASE("rearrange: faults in the pattern come before faults in the tensor") {
    const auto x = named_tensor("a b", {2, 3});

    CHECK(category_of([&] { (void)rearrange(x, pattern_text("b a -> b q")); }) == "unknown_axis");
    CHECK(category_of([&] { (void)rearrange(x, "b a c -> c b a"); }) == "rank_mismatch");
    CHECK(category_of([&] { (void)rearrange(x, "b a -> a b", "q"_ax = 2); }) == "name_mismatch");
}

TEST_CASE("sizes can be passed in braces, as literals, or written in the pattern") {
    const auto x = named_tensor("b m", {2, 6});
    const auto expected = rearrange(x, "b (h=2 d) -> b h d");

    CHECK(expected.shape().str() == "b=2 h=2 d=3");
    CHECK(equal(rearrange(x, "b (h d) -> b h d", {{"h", 2}}), expected));
    CHECK(equal(rearrange(x, "b (h d) -> b h d", {{"h", 2}, {"d", 3}}), expected));
    CHECK(equal(rearrange(x, "b (h d) -> b h d", "h"_ax = 2), expected));
    CHECK(equal(rearrange(x, "b (h d) -> b h d", "d"_ax = 3, "h"_ax = 2), expected));
    CHECK(equal(rearrange(x.any(), "b (h d) -> b h d", {{"h", 2}}), expected.any()));
    CHECK(equal(rearrange(x.any(), "b (h d) -> b h d", "h"_ax = 2), expected.any()));
    CHECK(equal(
        repeat(expected, "b h d -> b (h d r)", {{"r", 1}}),
        repeat(expected, "b h d -> b (h d r)", "r"_ax = 1)
    ));
    CHECK(reduce(x, "b (h d) -> b h", by::sum, {{"h", 2}}).shape().str() == "b=2 h=2");

    CHECK(
        category_of([&] { (void)rearrange(x, "b (h=2 d) -> b h d", "h"_ax = 3); })
        == "size_mismatch"
    );
    CHECK(category_of([&] { (void)rearrange(x, "b (h d) -> b h d"); }) == "ambiguous_size");
    CHECK(
        category_of([&] { (void)rearrange(x, "b (h d) -> b h d", "h"_ax = 4); }) == "not_divisible"
    );
    CHECK(
        category_of([&] { (void)rearrange(x, "b (h d) -> b h d", "q"_ax = 2); })
        == "unexpected_size_argument"
    );
    CHECK(
        category_of([&] {
            (void)rearrange(x, "b (h d) -> b h d", {{"h", 2}, {"h", 3}});
        })
        == "size_mismatch"
    );
}

TEST_CASE("text known only at run time is checked as a literal is") {
    const auto x = named_tensor("b s", {2, 3});

    CHECK(rearrange(x, pattern_text("b s -> s b")).shape().str() == "s=3 b=2");
    CHECK(category_of([&] { (void)rearrange(x, pattern_text("b s -> s b (")); }) == "syntax");
}

TEST_CASE("an operation that is refused leaves its operand as it was") {
    const auto x = named_tensor("b s", {2, 3});
    const auto shared = x;

    CHECK(category_of([&] { (void)rearrange(x, "s b -> b s"); }) == "name_mismatch");
    CHECK(
        category_of([&] { (void)reduce(x, "b s -> b", by::mean, "s"_ax = 4); }) == "size_mismatch"
    );

    CHECK(x.shape().str() == "b=2 s=3");
    CHECK(x.any().shares_with(shared.any()));
    CHECK(x.to_vector() == std::vector<float>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("parts that are stacked and rearranged in one go are matched by position") {
    const auto x = counted<float>(shape::of({2, 3}));
    const std::vector<tensor<float>> parts = {x, x, x, x};

    const auto y = rearrange(parts, "n h w -> h (n w)");

    CHECK(y.shape().str() == "2 12");
    for_each_position({2, 12}, [&](const extents& at) {
        REQUIRE(y(at[0], at[1]) == x(at[0], at[1] % 3));
    });
}
