#include <abax/pattern/static_check.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

// The patterns without an arrow: pack and unpack (names and one '*'), parse_shape (a list with '_').

namespace {

using namespace abax;
using abax::test::error_of;

struct accepted {
    verb operation;
    std::string_view text;
    std::string_view canonical;
    bool is_einops = true;
};

constexpr auto accepted_table = std::to_array<accepted>({
    {verb::pack, "*", "*"},
    {verb::pack, "b * c", "b * c"},
    {verb::pack, "  b   *  ", "b *"},
    {verb::unpack, "* h2 head_dim", "* h2 head_dim"},
    {verb::pack, "s' *", "s' *", false},
    {verb::parse_shape, "", ""},
    {verb::parse_shape, "_", "_"},
    {verb::parse_shape, "_ b _ (_)", "_ b _ (_)"},
    {verb::parse_shape, "b ... (h) 1 () 03", "b ... (h) 1 () 3"},
    {verb::parse_shape, "(1 a 1)b", "(a) b"},
    {verb::parse_shape, "b h=12", "b h=12", false},
});

struct refused {
    verb operation;
    std::string_view text;
    category kind;
    std::size_t column;
    std::size_t length;
    std::string_view message;
    std::string_view help;
};

constexpr std::string_view only_names = "give the axis a name; only names and one '*' stand here";

constexpr auto refused_table = std::to_array<refused>({
    {verb::pack,
     "b c",
     category::syntax,
     4,
     0,
     "expected a '*' among the axes",
     "'*' stands for the axes that are packed into one: 'b *'"},
    {verb::pack,
     "",
     category::syntax,
     1,
     0,
     "expected a '*' among the axes",
     "'*' stands for the axes that are packed into one: 'b *'"},
    {verb::unpack, "b ...", category::syntax, 3, 3, "expected a '*' among the axes", "write '*'"},
    {verb::pack,
     "b \xE2\x88\x97 c",
     category::syntax,
     3,
     3,
     "expected a '*' among the axes",
     "write '*'"},
    {verb::pack, "a* b", category::syntax, 1, 2, "'a*' is neither a name nor '*'", "write 'a *'"},
    {verb::pack, "b **", category::syntax, 3, 2, "'**' is neither a name nor '*'", "write '*'"},
    {verb::unpack,
     "* b*c",
     category::syntax,
     3,
     3,
     "'b*c' is neither a name nor '*'",
     "write 'b * c'"},
    {verb::pack,
     "* b *",
     category::duplicate_axis,
     5,
     1,
     "axis '*' stands twice in one list; it is already at column 1",
     "one '*' stands for any number of neighbouring axes"},
    {verb::pack,
     "h * h",
     category::duplicate_axis,
     5,
     1,
     "axis 'h' stands twice in one list; it is already at column 1",
     "a prime makes another axis of it: h'"},
    // What stands twice comes before what may not stand at all, and before a missing '*'.
    {verb::pack,
     "1 1",
     category::duplicate_axis,
     3,
     1,
     "axis '1' stands twice in one list; it is already at column 1",
     ""},
    {verb::pack,
     "2b c",
     category::syntax,
     5,
     0,
     "expected a '*' among the axes",
     "'*' stands for the axes that are packed into one: 'b *'"},
    {verb::pack, "1 *", category::syntax, 1, 1, "'1' may not stand in pack", only_names},
    {verb::unpack, "* 3", category::syntax, 3, 1, "'3' may not stand in unpack", only_names},
    {verb::pack,
     "() *",
     category::syntax,
     1,
     2,
     "'()' may not stand in pack",
     "split and merge axes by rearrange, before or after"},
    {verb::pack,
     "(h w) *",
     category::syntax,
     1,
     2,
     "'(h' may not stand in pack",
     "split and merge axes by rearrange, before or after"},
    {verb::pack,
     "... *",
     category::syntax,
     1,
     3,
     "'...' may not stand in pack",
     "'*' stands for any number of axes"},
    {verb::pack,
     "b * -> b",
     category::duplicate_axis,
     8,
     1,
     "axis 'b' stands twice in one list; it is already at column 1",
     "a prime makes another axis of it: b'"},
    {verb::pack,
     "b * -> c",
     category::syntax,
     5,
     2,
     "'->' may not stand in pack",
     "there is one list of axes here, without an arrow: 'b *'"},
    {verb::pack,
     "h,w *",
     category::syntax,
     1,
     3,
     "'h,w' may not stand in pack",
     "part axes by spaces; only einsum has several operands"},
    {verb::pack,
     "h=3 *",
     category::syntax,
     1,
     3,
     "'h=3' may not stand in pack",
     "only names and one '*' stand here"},
    {verb::pack,
     "_ *",
     category::syntax,
     1,
     1,
     "'_' is no axis name: a name does not start with '_'",
     "give the axis a name"},
    {verb::pack,
     "h\tw *",
     category::syntax,
     2,
     1,
     "unexpected U+0009 (tab)",
     "only the space separates axes"},
    {verb::pack,
     "h\n*",
     category::syntax,
     2,
     1,
     "unexpected U+000A (newline)",
     "only the space separates axes"},
    {verb::pack,
     "h\xC3\xA9 *",
     category::syntax,
     2,
     2,
     "unexpected '\xC3\xA9'",
     "patterns are ASCII: names of letters, digits and '_', and '...' for an ellipsis"},
    {verb::parse_shape,
     "a (b c)",
     category::other,
     3,
     5,
     "parse_shape takes no merged axis apart",
     "name it as one axis, or take it apart by rearrange first"},
    {verb::parse_shape,
     "(_ _) a",
     category::other,
     1,
     5,
     "parse_shape takes no merged axis apart",
     "name it as one axis, or take it apart by rearrange first"},
    {verb::parse_shape,
     "(...) (a b)",
     category::other,
     7,
     5,
     "parse_shape takes no merged axis apart",
     "name it as one axis, or take it apart by rearrange first"},
    {verb::parse_shape,
     "(m: a)",
     category::other,
     1,
     6,
     "parse_shape takes no merged axis apart",
     "name it as one axis, or take it apart by rearrange first"},
    {verb::parse_shape,
     "(...) a",
     category::ellipsis,
     2,
     3,
     "'...' may not stand in parentheses in a list of axes",
     "write '...' outside of the parentheses"},
    {verb::parse_shape, "a -> b", category::syntax, 3, 2, "a list of axes has no '->'", ""},
    {verb::parse_shape,
     "_a",
     category::syntax,
     1,
     2,
     "'_a' is no axis name: a name does not start with '_'",
     "names are a letter, then letters, digits and '_', then primes: h2, head_dim, s'"},
    {verb::parse_shape,
     "__",
     category::syntax,
     1,
     2,
     "'__' is no axis name: a name does not start with '_'",
     "names are a letter, then letters, digits and '_', then primes: h2, head_dim, s'"},
    {verb::parse_shape, "_=3", category::syntax, 1, 3, "only a name can be given an extent", ""},
    {verb::parse_shape,
     "(_: a)",
     category::syntax,
     2,
     1,
     "'_' is no axis name: a name does not start with '_'",
     "give the axis a name"},
    {verb::parse_shape,
     "_ a _ a",
     category::duplicate_axis,
     7,
     1,
     "axis 'a' stands twice in one list; it is already at column 3",
     "a prime makes another axis of it: a'"},
});

std::string names_of(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += "a" + std::to_string(i) + " ";
    return text;
}

}  // namespace

TEST_CASE("pack pattern: names and one star, in any place; parse_shape: what it can measure") {
    for (const auto& row : accepted_table) {
        CAPTURE(row.text);
        CAPTURE(to_string(row.operation));
        REQUIRE_FALSE(error_of(row.text, row.operation).has_value());
        const auto p = parse(row.text, row.operation);
        CHECK(p.str() == row.canonical);
        CHECK(p.is_einops() == row.is_einops);
        CHECK(p.inputs().size() == 1);
        CHECK(p.output().items.empty());
        CHECK(parse(p.str(), row.operation) == p);
        CHECK_FALSE(static_fault(row.text, row.operation).has_value());
    }
}

TEST_CASE("pack pattern: the first fault, where it stands, and how to mend it, from both engines") {
    for (const auto& row : refused_table) {
        CAPTURE(row.text);
        CAPTURE(to_string(row.operation));
        const auto thrown = error_of(row.text, row.operation);
        REQUIRE(thrown.has_value());
        CHECK(thrown->kind == row.kind);
        CHECK(thrown->operation == to_string(row.operation));
        CHECK(thrown->offset + 1 == row.column);
        CHECK(thrown->length == row.length);
        CHECK(thrown->message == row.message);
        CHECK(thrown->help == row.help);

        const auto decided = static_fault(row.text, row.operation);
        REQUIRE(decided.has_value());
        CHECK(category_of(decided->kind) == row.kind);
        CHECK(decided->at.offset + 1 == row.column);
        CHECK(decided->at.length == row.length);
    }
}

// Decided by the compiler: literals are checked while compiling.
static_assert(!static_fault("b * c", verb::pack));
static_assert(!static_fault("b _ ... (h)", verb::parse_shape));
static_assert(static_fault("b c*", verb::unpack)->kind == fault_kind::glued_star);
static_assert(static_fault("b (c d)", verb::parse_shape)->kind == fault_kind::group_in_shape);

TEST_CASE("pack pattern: '_' and '*' belong to their verbs alone") {
    for (const verb operation : test::all_verbs) {
        CAPTURE(to_string(operation));
        const std::string arrow = has_arrow(operation) ? " -> " : "";
        const bool knows_star = has_star(operation);
        const bool knows_skip = operation == verb::parse_shape;
        const std::string starred = arrow.empty() ? "*" : "* -> *";
        const std::string skipped = arrow.empty() ? "_" : "_ -> _";
        CHECK(error_of(starred, operation).has_value() != knows_star);
        CHECK(error_of(skipped, operation).has_value() != knows_skip);
    }
}

TEST_CASE("pack pattern: the items say what they are") {
    const auto packed = parse("b * c", verb::pack).input();
    CHECK(packed.items[0].is_simple_name());
    CHECK(packed.items[1].is_star());
    CHECK_FALSE(packed.items[1].is_simple_name());
    CHECK_FALSE(packed.items[1].is_unit());
    CHECK(packed.at == text_range{0, 5});
    CHECK(parse("b *", verb::pack).tree() == "pack  b *\n`- axes\n   |- name b\n   `- packed *\n");

    const auto measured = parse("b _ (_)", verb::parse_shape).input();
    CHECK(measured.items[1].is_skip());
    CHECK(measured.items[2].is_skip());
    CHECK_FALSE(measured.items[1].is_simple_name());
    CHECK(
        parse("_ 3", verb::parse_shape).tree()
        == "parse_shape  _ 3\n`- axes\n   |- skipped _\n   `- number 3\n"
    );
}

TEST_CASE("pack pattern: at most 32 axes, the star among them") {
    CHECK_FALSE(error_of(names_of(31) + "*", verb::pack).has_value());
    const auto thrown = error_of(names_of(32) + "*", verb::pack);
    REQUIRE(thrown.has_value());
    CHECK(thrown->kind == category::rank_mismatch);
    CHECK(thrown->message == "at most 32 axes");

    // Hostile length costs no more than reading it.
    const auto long_one = error_of(names_of(200'000) + "*", verb::unpack);
    REQUIRE(long_one.has_value());
    CHECK(long_one->kind == category::rank_mismatch);
}
