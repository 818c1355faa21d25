#include <abax/ops/create.hpp>
#include <abax/ops/expect.hpp>
#include <abax/ops/rearrange.hpp>

#include "typed_support.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace abax {

using testing::anonymous;
using testing::bill_of;
using testing::category_of;
using testing::dynamic;
using testing::merged;
using testing::refusal_of;
using testing::thrown_by;

namespace {

std::string text_of(const std::vector<axis_size>& sizes) {
    std::string text;
    for (const axis_size& size : sizes)
        text +=
            (text.empty() ? "" : " ") + std::string(size.axis) + '=' + std::to_string(size.extent);
    return text;
}

tensor<float> named_as(std::string_view names, const std::vector<std::int64_t>& extents) {
    return iota<float>(names, extents);
}

}  // namespace

TEST_CASE("expect: the extents of all names, in the order in which they first stand there") {
    const auto x = iota<float>("b s m", {2, 3, 4});
    const auto w = iota<float>("m f", {4, 5});
    const auto y = iota<float>("b s f", {2, 3, 5});

    CHECK(text_of(expect("b s m, m f -> b s f", x, w, y)) == "b=2 s=3 m=4 f=5");
    CHECK(text_of(expect("b s m, m f, b s f", x, w, y)) == "b=2 s=3 m=4 f=5");
    CHECK(text_of(expect("b s m, m f -> b s f", x.any(), w, y.any())) == "b=2 s=3 m=4 f=5");
    CHECK(text_of(expect(pattern_text("b ... m, m ..."), x, w)) == "b=2 m=4");
    CHECK(text_of(expect("... -> ...", x, w)) == "");
    CHECK(text_of(expect("", iota<float>({}))) == "");
    CHECK(
        text_of(expect("b s, ->", iota<float>({2, 3}), iota<float>({}), iota<float>({})))
        == "b=2 s=3"
    );
}

TEST_CASE("expect: what it returns are sizes for another verb, and outlive the call's text") {
    std::vector<axis_size> sizes;
    {
        const std::string text = "h w";
        sizes = expect(pattern_text(text), iota<float>({2, 3}));
    }
    CHECK(text_of(sizes) == "h=2 w=3");
    CHECK(
        rearrange(iota<float>({6, 2}), "(h w) c -> h w c", sizes).shape().extents()
        == std::vector<std::int64_t>{2, 3, 2}
    );
}

TEST_CASE("expect: groups are split by what they remember and by the other operands") {
    const auto q = merged();  // b=2 s=3 (m: h d)=4, h=2
    CHECK(text_of(expect("b s (h d)", q)) == "b=2 s=3 h=2 d=2");
    CHECK(text_of(expect("b s (m: h d)", q)) == "b=2 s=3 m=4 h=2 d=2");
    CHECK(text_of(expect("b s m", q)) == "b=2 s=3 m=4");
    CHECK(text_of(expect("(h d), h", iota<float>({12}), iota<float>({3}))) == "h=3 d=4");
    CHECK(text_of(expect("(h=3 d)", iota<float>({12}))) == "h=3 d=4");
    CHECK(text_of(expect("(h k), s (h d)", iota<float>({6}), anonymous())) == "h=2 k=3 s=3 d=2");
    CHECK(category_of([] { (void)expect("(h d)", iota<float>({12})); }) == "ambiguous_size");
    CHECK(
        category_of([] { (void)expect("(h d), h", iota<float>({12}), iota<float>({5})); })
        == "not_divisible"
    );
    CHECK(category_of([&] { (void)expect("b s (d h)", q); }) == "name_mismatch");
}

TEST_CASE("expect: numbers and h=12 demand an extent") {
    const auto x = iota<float>({2, 3});
    CHECK(text_of(expect("b 3", x)) == "b=2");
    CHECK(text_of(expect("b s=3", x)) == "b=2 s=3");
    CHECK(category_of([&] { (void)expect("b 4", x); }) == "size_mismatch");
    CHECK(category_of([&] { (void)expect("b s=4", x); }) == "size_mismatch");
    CHECK(category_of([&] { (void)expect("1 s", x); }) == "size_mismatch");
}

TEST_CASE("expect: the message names both operands and lists what is known") {
    const auto x = iota<float>("b s m", {2, 3, 4});
    const auto w = iota<float>("m f", {5, 6});

    const auto e = thrown_by([&] { (void)expect("b s m, m f", x, w); });

    CHECK(e.kind == category::size_mismatch);
    CHECK(e.operation == "expect");
    CHECK(e.message == "'m' is 4 in operand 1 and 5 in operand 2");
    CHECK(e.pattern == "b s m, m f");
    CHECK(e.offset == 7);
    CHECK(e.length == 1);
    CHECK(e.axis == "m");
    CHECK(e.expected_extent == 4);
    CHECK(e.got_extent == 5);
    CHECK(e.expected == "b=2 s=3 m=4");
    CHECK(e.got == "m=5");
    CHECK(e.input == "(b=2 s=3 m=4), (m=5 f=6)");
}

TEST_CASE("expect: what is wrong with one operand is said at its place in the whole text") {
    const auto x = iota<float>("b s", {2, 3});
    const auto w = iota<float>("m f", {5, 6});

    const auto e = thrown_by([&] { (void)expect("b s, d f", x, w); });

    CHECK(e.kind == category::name_mismatch);
    CHECK(e.pattern == "b s, d f");
    CHECK(e.offset == 5);
    CHECK(e.input == "(b=2 s=3), (m=5 f=6)");
}

TEST_CASE("expect: a text that is read when it runs breaks the same rules as a literal") {
    const auto x = iota<float>({2, 3});
    struct rejected {
        std::string_view text;
        std::string_view category;
    };
    for (const rejected& row : std::to_array<rejected>(
             {{"b s, ", "other"},
              {"", "rank_mismatch"},
              {"b b", "duplicate_axis"},
              {"b (s", "syntax"},
              {"b s)", "syntax"},
              {"b 0", "anonymous_axis"},
              {"... s ...", "ellipsis"},
              {"b _", "syntax"},
              {"b *", "syntax"},
              {"b s m", "rank_mismatch"}}
         )) {
        CAPTURE(row.text);
        CHECK(
            category_of([&] { (void)expect(pattern_text(std::string(row.text)), x); })
            == row.category
        );
        const auto wrong = expected_terms(row.text).first_fault();
        const bool by_text = row.category != "other" && row.category != "rank_mismatch";
        CHECK(wrong.has_value() == by_text);
        if (wrong)
            CHECK(to_string(category_of(wrong->kind)) == row.category);
    }
    CHECK(expected_terms("a -> b -> c").first_fault()->kind == fault_kind::second_arrow);
    CHECK(category_of([&] { (void)expect(pattern_text("a -> b -> c"), x, x); }) == "syntax");
    CHECK(category_of([&] { (void)expect(pattern_text("a b -> a, b"), x, x); }) == "syntax");
}

TEST_CASE("expect: axes of one name that remember other factors do not meet") {
    const auto a = named_as("m", {6});
    const auto hd = tensor<float>(named(iota<float>({6}), "(m: h d)", {{"h", 2}}));
    const auto dh = tensor<float>(named(iota<float>({6}), "(m: d h)", {{"h", 2}}));
    const auto h3 = tensor<float>(named(iota<float>({6}), "(m: h d)", {{"h", 3}}));
    CHECK(text_of(expect("m, m, m", hd, a, hd)) == "m=6");
    CHECK(category_of([&] { (void)expect("m, m, m", a, hd, dh); }) == "name_mismatch");
    CHECK(category_of([&] { (void)expect("m, m", hd, h3); }) == "size_mismatch");
    static_assert(detail::expect_check<"m, m", "(m: h d)", "m">::says.ok());
    CHECK(
        refusal_of<detail::expect_check<"m, m, m", "m", "(m: h d)", "(m: d h)">>()
        == "name_mismatch"
    );
}

TEST_CASE("typed expect: extents to be bound at the door, names checked while compiling") {
    const auto x = as<"b s m">(iota<float>({2, 3, 4}));
    const auto w = as<"m f">(iota<float>({4, 5}));
    const auto y = as<"b s f">(iota<float>({2, 3, 5}));

    const auto [b, s, m, f] = expect<"b s m, m f -> b s f">(x, w, y);

    CHECK(b == 2);
    CHECK(s == 3);
    CHECK(m == 4);
    CHECK(f == 5);
    static_assert(std::same_as<decltype(expect<"... m">(x)), std::array<std::int64_t, 1>>);
    CHECK(expect<"b s m, m f">(x, dynamic(w)) == std::array<std::int64_t, 4>{2, 3, 4, 5});
    CHECK(expect<"b s m, m f">(x.any(), iota<float>({4, 7}))[3] == 7);
    CHECK(expect<"b s (h d)">(merged()) == std::array<std::int64_t, 4>{2, 3, 2, 2});
    CHECK(
        category_of([&] {
            (void)expect<"b s m, s m">(x, as<"s m">(iota<float>({3, 5})));
        })
        == "size_mismatch"
    );
    CHECK(category_of([&] { (void)expect<"b s m, d f">(x, dynamic(w)); }) == "name_mismatch");
    CHECK(bill_of([&] { (void)expect<"b s m">(x); }).size() == 0);
}

TEST_CASE("typed expect: the compiler refuses what the dynamic one refuses") {
    const auto agree = [](const std::string& refused, std::string_view text, const auto&... operands
                       ) {
        CAPTURE(text);
        CHECK(refused == category_of([&] {
                  (void)expect(pattern_text(std::string(text)), operands...);
              }));
    };
    const auto x = merged();
    const auto a = anonymous();
#define AGREE(text, ...) agree(refusal_of<detail::expect_check<text, "b s (m: h d)">>(), text, x);
    AGREE("b s m")
    AGREE("b s (h d)")
    AGREE("b s (m: h d)")
    AGREE("b s (k: h d)")
    AGREE("b s (d h)")
    AGREE("b s h")
    AGREE("b 1 m")
    AGREE("b 3 m")
    AGREE("b ...")
    AGREE("b s")
    AGREE("b s m k")
    AGREE("s b m")
    AGREE("b s, m")
    AGREE("b s (m")
#undef AGREE
    agree(
        refusal_of<detail::expect_check<"b s m, s (h d)", "b s (m: h d)", "s (h d)">>(),
        "b s m, s (h d)",
        x,
        a
    );
    agree(
        refusal_of<detail::expect_check<"b s m, s m", "b s (m: h d)", "s (h d)">>(),
        "b s m, s m",
        x,
        a
    );
}

}  // namespace abax
