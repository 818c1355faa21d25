#include <abax/pattern/pattern.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <string_view>

namespace {

using namespace abax;

}  // namespace

TEST_CASE("pattern: every item and atom knows its stretch of the text") {
    const auto p = parse("  b (m: h=12 1 d)  3 ...", verb::axes);
    const auto& items = p.input().items;
    const auto text_of = [&](text_range at) { return at.in(p.text()); };

    REQUIRE(items.size() == 4);
    CHECK(text_of(p.input().at) == "b (m: h=12 1 d)  3 ...");
    CHECK(text_of(items[0].at) == "b");
    CHECK(text_of(items[1].at) == "(m: h=12 1 d)");
    REQUIRE(items[1].atoms.size() == 2);
    CHECK(text_of(items[1].atoms[0].at) == "h=12");
    CHECK(text_of(items[1].atoms[1].at) == "d");
    CHECK(text_of(items[2].at) == "3");
    CHECK(text_of(items[3].at) == "...");
}

TEST_CASE("pattern: labels, extents and numbers are read into the tree") {
    const auto p = parse("b (m: h=12 1 d) 03 ...", verb::axes);
    const auto& items = p.input().items;

    CHECK(items[0].atoms[0].label == name("b"));
    CHECK_FALSE(items[0].group);
    CHECK(items[1].group);
    CHECK(items[1].label == name("m"));
    CHECK(items[1].atoms[0].label == name("h"));
    CHECK(items[1].atoms[0].extent == 12);
    CHECK_FALSE(items[1].atoms[1].extent.has_value());
    CHECK(items[2].atoms[0].kind == atom_kind::number);
    CHECK(items[2].atoms[0].number == 3);
    CHECK(items[3].is_ellipsis());
    CHECK(p.input().has_ellipsis());
    CHECK(p.output().items.empty());
}

TEST_CASE("pattern: a unit has no atoms, however it is written") {
    for (const std::string_view text : {"1", "01", "()", "( )", "(1)", "(1 1)"}) {
        CAPTURE(text);
        const auto p = parse(text, verb::axes);
        REQUIRE(p.input().items.size() == 1);
        CHECK(p.input().items[0].is_unit());
        CHECK_FALSE(p.input().items[0].is_simple_name());
        CHECK_FALSE(p.input().items[0].is_ellipsis());
    }
}

TEST_CASE("pattern: (a) and (a 1) mean a; (m: a), (a b), 3 and ... do not") {
    for (const std::string_view text : {"a", "(a)", "(a 1)", "a=3"}) {
        CAPTURE(text);
        CHECK(parse(text, verb::axes).input().items[0].is_simple_name());
    }
    for (const std::string_view text : {"(m: a)", "(a b)", "3", "(3)", "..."}) {
        CAPTURE(text);
        CHECK_FALSE(parse(text, verb::axes).input().items[0].is_simple_name());
    }
}

TEST_CASE("pattern: '(...)' holds an ellipsis and is one axis") {
    const auto p = parse("a ... -> a (...)", verb::rearrange);

    CHECK(p.output().has_ellipsis());
    CHECK_FALSE(p.output().items[1].is_ellipsis());
    CHECK(p.input().items[1].is_ellipsis());
}

TEST_CASE("pattern: einsum has one input for each operand, empty ones too") {
    const auto p = parse("b i, , i o -> b o", verb::einsum);

    REQUIRE(p.inputs().size() == 3);
    CHECK(p.inputs()[0].str() == "b i");
    CHECK(p.inputs()[1].items.empty());
    CHECK(p.inputs()[2].str() == "i o");
    CHECK(p.output().str() == "b o");
    CHECK(&p.input() == &p.inputs().front());
}

TEST_CASE("pattern: equal trees are equal however they are spelled, unequal ones are not") {
    const auto p = parse("a (b 01 c)->c  b a", verb::rearrange);

    CHECK(p == parse("a (b c) -> c b a", verb::rearrange));
    CHECK_FALSE(p == parse("a (b c) -> c a b", verb::rearrange));
    CHECK_FALSE(p == parse("a (c b) -> c b a", verb::rearrange));
    CHECK_FALSE(p == parse("a (b c) -> c b a", verb::reduce));
    CHECK_FALSE(p == parse("a (m: b c) -> c b a", verb::rearrange));
    CHECK_FALSE(p == parse("a (b=2 c) -> c b a", verb::rearrange));
}

TEST_CASE("pattern: a copy outlives the original and its text") {
    pattern copy = parse("a -> a", verb::rearrange);
    {
        const std::string text = "b s (h=12 d) -> b h s d";
        copy = parse(text, verb::rearrange);
    }

    CHECK(copy.text() == "b s (h=12 d) -> b h s d");
    CHECK(copy.input().items[2].atoms[0].at.in(copy.text()) == "h=12");
}

TEST_CASE("pattern: the tree is drawn with one line for each node") {
    const auto p = parse("b (m: h=12 d) 1 -> (h d) b", verb::rearrange);

    CHECK(p.tree() == R"(rearrange  b (m: h=12 d) 1 -> (h d) b
|- input
|  |- name b
|  |- group m
|  |  |- name h=12
|  |  `- name d
|  `- unit
`- output
   |- group
   |  |- name h
   |  `- name d
   `- name b
)");
}
