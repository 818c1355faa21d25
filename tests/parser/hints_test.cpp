#include <abax/pattern/pattern.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string_view>

namespace {

using namespace abax;
using abax::test::error_of;

struct hinted {
    verb operation;
    std::string_view text;
    std::string_view help;
};

constexpr auto table = std::to_array<hinted>({
    {verb::rearrange, "a \xE2\x80\xA6 -> a", "write three dots '...'"},
    {verb::rearrange, "a b \xE2\x86\x92 b a", "write '->'"},
    {verb::rearrange, "a b => b a", "write '->'"},
    {verb::rearrange, "s\xE2\x80\xB2 -> s", "write a prime as a plain apostrophe: s'"},
    {verb::rearrange,
     "a\xC2\xA0"
     "b -> b a",
     "write a plain space; this one is U+00A0"},
    {verb::rearrange,
     "\xC3\xA9 -> \xC3\xA9",
     "patterns are ASCII: names of letters, digits and '_', and '...' for an ellipsis"},
    {verb::rearrange, "a\tb -> b a", "only the space separates axes"},
    {verb::rearrange, "head -> Head", "did you mean 'Head'?"},
    {verb::rearrange, "s -> s'", "did you mean 's''?"},
    {verb::rearrange, "batch -> btach", "did you mean 'btach'?"},
    {verb::rearrange, "batch -> bath", "did you mean 'bath'?"},
    {verb::einsum, "head i -> heads", "did you mean 'head'?"},
    {verb::rearrange, "h -> w", "rearrange keeps every axis; reduce drops axes"},
    {verb::rearrange,
     "m b -> (m: b)",
     "'m' there is the name of a merged axis; write its group on both sides"},
    {verb::rearrange, "a -> a b", "rearrange keeps every axis; repeat adds axes"},
    {verb::reduce, "a -> a b", "reduce only drops axes; repeat adds them"},
    {verb::repeat, "a b -> a", "repeat keeps every axis; reduce drops axes"},
    {verb::einsum, "_ i -> i", "give the axis a name; one that is missing on the right is summed"},
    {verb::rearrange, "a (b (c)) -> a", "groups have one level: (a b c) for (a (b c))"},
    {verb::rearrange, "a 3 -> a", "give the axis a name, and its extent as in h=3"},
});

}  // namespace

TEST_CASE("parse: the help names what was probably meant") {
    for (const auto& row : table) {
        CAPTURE(row.text);
        const auto thrown = error_of(row.text, row.operation);
        REQUIRE(thrown.has_value());
        CHECK(thrown->help == row.help);
    }
}

TEST_CASE("parse: the caret underlines what is wrong, whole characters of it") {
    const auto character = error_of("a \xE2\x80\xA6 -> a", verb::rearrange).value();
    CHECK(character.offset == 2);
    CHECK(character.length == 3);

    const auto word = error_of("ab 2cd -> ab", verb::rearrange).value();
    CHECK(word.offset == 3);
    CHECK(word.length == 3);
    CHECK(word.axis == "2cd");
}

TEST_CASE("parse: what() shows the pattern with a caret below the mistake") {
    try {
        (void)parse("b (c h -> b", verb::rearrange);
        FAIL("accepted");
    } catch (const error& thrown) {
        CHECK(
            std::string_view(thrown.what())
            == "abax: rearrange: expected ')' to close the group opened at column 3\n"
               "  b (c h -> b\n"
               "         ^~"
        );
    }
}

TEST_CASE("parse: two extents for one name are reported with both numbers") {
    const auto thrown = error_of("h=2 -> h=3", verb::rearrange).value();

    CHECK(thrown.expected_extent == 2);
    CHECK(thrown.got_extent == 3);
}
