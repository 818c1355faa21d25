#include <abax/pattern/pattern.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <string>
#include <string_view>

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
    {verb::rearrange, "->", "->"},
    {verb::rearrange, "a->a", "a -> a"},
    {verb::rearrange, "  a   b ->b a ", "a b -> b a"},
    {verb::rearrange, "(a)b->b(a)", "(a) b -> b (a)"},
    {verb::rearrange, "b s (h d) -> b h s d", "b s (h d) -> b h s d"},
    {verb::rearrange, "a () ( ) 1 (1 1) -> a", "a () () 1 () -> a"},
    {verb::rearrange, "(a 1 b) -> b 01 a", "(a b) -> b 1 a"},
    {verb::rearrange, "a ... -> (... a)", "a ... -> (... a)"},
    {verb::rearrange, "...(b) -> (b)...", "... (b) -> (b) ..."},
    {verb::rearrange, "a -> a ()", "a -> a ()"},
    {verb::rearrange, "s s' -> s' s", "s s' -> s' s", false},
    {verb::rearrange, "b (h=12 d) -> b h d", "b (h=12 d) -> b h d", false},
    {verb::rearrange, "b h=012 -> h b", "b h=12 -> h b", false},
    {verb::rearrange, "a=0 b -> b a=0", "a=0 b -> b a=0", false},
    {verb::rearrange, "b h d -> b (m:   h d)", "b h d -> b (m: h d)", false},
    {verb::rearrange, "(m: h d)->(m: h d)", "(m: h d) -> (m: h d)", false},
    {verb::rearrange, "... a -> (m: ...) a", "... a -> (m: ...) a", false},
    {verb::reduce, "a ... -> a", "a ... -> a"},
    {verb::reduce, "a 03 (2 b) -> b", "a 3 (2 b) -> b"},
    {verb::reduce, "b (h 2) (w 2) c -> (c h) (b w)", "b (h 2) (w 2) c -> (c h) (b w)"},
    {verb::repeat, "a -> (r a) 3", "a -> (r a) 3"},
    {verb::repeat, "-> a", "-> a"},
    {verb::einsum, "b i, i o -> b o", "b i, i o -> b o"},
    {verb::einsum, "i i->i", "i i -> i"},
    {verb::einsum, ",, a -> ", ", , a ->"},
    {verb::einsum, "->", "->"},
    {verb::einsum, ",->", ", ->"},
    {verb::einsum, "(i), i -> (i)", "(i), i -> (i)"},
    {verb::einsum, "... i, i ... ->", "... i, i ... ->"},
    {verb::einsum, "b s (h d), (h d) m -> b s m", "b s (h d), (h d) m -> b s m", false},
    {verb::einsum, "i 1 -> i", "i 1 -> i", false},
    {verb::einsum, "h (h d) -> h d", "h (h d) -> h d", false},
    {verb::axes, "", ""},
    {verb::axes, "b s (m: h d)", "b s (m: h d)", false},
    {verb::axes, "b ... 3 1 (h d)", "b ... 3 1 (h d)"},
});

/// A faulty text, the column (from 1) of the caret, and the words.
struct rejected {
    verb operation;
    std::string_view text;
    category kind;
    std::size_t column;
    std::string_view message;
};

constexpr auto rejected_table = std::to_array<rejected>({
    // arrows
    {verb::rearrange,
     "b c h w",
     category::syntax,
     8,
     "expected '->' between the input and output axes"},
    {verb::rearrange, "", category::syntax, 1, "expected '->' between the input and output axes"},
    {verb::rearrange,
     "a b => b a",
     category::syntax,
     5,
     "expected '->' between the input and output axes"},
    {verb::rearrange,
     "a b - > b a",
     category::syntax,
     5,
     "expected '->' between the input and output axes"},
    {verb::rearrange,
     "a -> b -> c",
     category::syntax,
     8,
     "expected one '->', but here is a second; the first is at column 3"},
    {verb::rearrange, "a --> a", category::syntax, 3, "unexpected '-'"},
    {verb::rearrange, "a ->> a", category::syntax, 5, "unexpected '>'"},
    {verb::axes, "a -> b", category::syntax, 3, "a list of axes has no '->'"},
    // groups
    {verb::rearrange,
     "b (c h -> b",
     category::syntax,
     8,
     "expected ')' to close the group opened at column 3"},
    {verb::rearrange,
     "b -> (b",
     category::syntax,
     8,
     "expected ')' to close the group opened at column 6"},
    {verb::einsum,
     "(a, b) -> a",
     category::syntax,
     3,
     "expected ')' to close the group opened at column 1"},
    {verb::rearrange,
     "(a (b)) -> a b",
     category::syntax,
     4,
     "a group in a group: the one opened at column 1 is still open"},
    {verb::rearrange, "a ) -> a", category::syntax, 3, "')' without '('"},
    // characters
    {verb::rearrange, "a\tb -> a b", category::syntax, 2, "unexpected U+0009 (tab)"},
    {verb::rearrange, "a, b -> a b", category::syntax, 2, "unexpected ','"},
    {verb::einsum, "a -> a, a", category::syntax, 7, "unexpected ','"},
    {verb::rearrange,
     "\xE2\x80\xA6 a -> a \xE2\x80\xA6",
     category::syntax,
     1,
     "unexpected '\xE2\x80\xA6'"},
    {verb::rearrange, "a \xD9\xA3 -> a", category::syntax, 3, "unexpected '\xD9\xA3'"},
    {verb::rearrange, "a \xFF -> a", category::syntax, 3, "unexpected byte 0xFF"},
    {verb::rearrange, "a;b -> a", category::syntax, 2, "unexpected ';'"},
    // dots
    {verb::rearrange,
     "a .. -> a ..",
     category::syntax,
     3,
     "dots stand only in an ellipsis, exactly three of them"},
    {verb::rearrange,
     "a ...... -> a",
     category::syntax,
     3,
     "dots stand only in an ellipsis, exactly three of them"},
    {verb::rearrange,
     "... a ... -> a ...",
     category::ellipsis,
     7,
     "'...' stands twice on one side; it is already at column 1"},
    {verb::einsum,
     "... ... -> ...",
     category::ellipsis,
     5,
     "'...' stands twice in one operand; it is already at column 1"},
    {verb::rearrange,
     "a... -> a...",
     category::syntax,
     1,
     "a space must part '...' from a name or number"},
    {verb::rearrange,
     "...a -> ...a",
     category::syntax,
     1,
     "a space must part '...' from a name or number"},
    {verb::rearrange,
     "a -> a ...",
     category::ellipsis,
     8,
     "'...' on the right needs '...' on the left"},
    {verb::rearrange,
     "a ... -> a",
     category::ellipsis,
     3,
     "'...' on the left must also stand on the right"},
    {verb::repeat,
     "a ... -> a r",
     category::ellipsis,
     3,
     "'...' on the left must also stand on the right"},
    {verb::rearrange,
     "(a ...) -> a ...",
     category::ellipsis,
     4,
     "'...' may not stand in parentheses on the left"},
    {verb::einsum,
     "... a -> (... a)",
     category::ellipsis,
     11,
     "'...' may not stand in parentheses in einsum"},
    {verb::einsum, "a -> ... a", category::ellipsis, 6, "no operand has '...'"},
    {verb::axes,
     "(... a)",
     category::ellipsis,
     2,
     "'...' may not stand in parentheses in a list of axes"},
    // words
    {verb::rearrange,
     "a_ -> a_",
     category::syntax,
     1,
     "'a_' is no axis name: a name does not end with '_'"},
    {verb::rearrange,
     "_a -> _a",
     category::syntax,
     1,
     "'_a' is no axis name: a name does not start with '_'"},
    {verb::rearrange,
     "1a -> 1a",
     category::syntax,
     1,
     "'1a' is no axis name: a name starts with a letter"},
    {verb::rearrange,
     "b'atch -> b",
     category::syntax,
     1,
     "'b'atch' is no axis name: primes stand only at the end of a name"},
    {verb::einsum,
     "_ a -> a",
     category::syntax,
     1,
     "'_' is no axis name: a name does not start with '_'"},
    {verb::rearrange,
     "0 -> 0",
     category::anonymous_axis,
     1,
     "an axis written as a number has a positive extent"},
    {verb::reduce,
     "a 00 -> a",
     category::anonymous_axis,
     3,
     "an axis written as a number has a positive extent"},
    {verb::rearrange,
     "a a -> a",
     category::duplicate_axis,
     3,
     "axis 'a' stands twice on one side; it is already at column 1"},
    {verb::rearrange,
     "s' s' -> s'",
     category::duplicate_axis,
     4,
     "axis 's'' stands twice on one side; it is already at column 1"},
    {verb::einsum,
     "a b -> a b b",
     category::duplicate_axis,
     12,
     "axis 'b' stands twice on one side; it is already at column 10"},
    {verb::einsum,
     "(a a) -> a",
     category::duplicate_axis,
     4,
     "axis 'a' stands twice in one operand; it is already at column 2"},
    {verb::axes,
     "b s b",
     category::duplicate_axis,
     5,
     "axis 'b' stands twice in one list; it is already at column 1"},
    // rules of the verbs
    {verb::rearrange,
     "a 3 -> a 3",
     category::anonymous_axis,
     3,
     "a number may not stand in rearrange"},
    {verb::rearrange,
     "a -> a 3",
     category::anonymous_axis,
     8,
     "a number may not stand in rearrange"},
    {verb::repeat,
     "a 3 -> a",
     category::anonymous_axis,
     3,
     "a number may not stand on the left of repeat"},
    {verb::reduce,
     "a b -> a 3",
     category::anonymous_axis,
     10,
     "a number may not stand on the right of reduce"},
    {verb::einsum, "i 2 -> i", category::anonymous_axis, 3, "a number may not stand in einsum"},
    {verb::rearrange, "a b -> a", category::unknown_axis, 3, "axis 'b' is missing on the right"},
    {verb::rearrange, "a -> a b", category::unknown_axis, 8, "axis 'b' is missing on the left"},
    {verb::repeat, "a b -> a", category::unknown_axis, 3, "axis 'b' is missing on the right"},
    {verb::reduce, "a -> a b", category::unknown_axis, 8, "axis 'b' is missing on the left"},
    {verb::einsum, "i j -> k", category::unknown_axis, 8, "no operand has the axis 'k'"},
    // extensions
    {verb::rearrange, "(m:h d) -> h d", category::syntax, 4, "expected a space after ':'"},
    {verb::rearrange,
     "(m:",
     category::syntax,
     4,
     "expected '->' between the input and output axes"},
    {verb::rearrange, "m: h -> h", category::syntax, 2, "unexpected ':'"},
    {verb::rearrange, "(h m: d) -> h d", category::syntax, 5, "unexpected ':'"},
    {verb::rearrange, "(m: n: d) -> d", category::syntax, 6, "unexpected ':'"},
    {verb::rearrange,
     "(1: d) -> d",
     category::syntax,
     2,
     "a merged axis is called by a name, not a number"},
    {verb::rearrange, "(m: 1) -> ", category::syntax, 1, "the merged axis 'm' has no factors"},
    {verb::rearrange,
     "(m: m d) -> m d",
     category::duplicate_axis,
     5,
     "axis 'm' stands twice on one side; it is already at column 2"},
    {verb::rearrange,
     "m (m: d) -> m d",
     category::duplicate_axis,
     4,
     "axis 'm' stands twice on one side; it is already at column 1"},
    {verb::einsum,
     "m (m: d) -> m d",
     category::duplicate_axis,
     4,
     "axis 'm' stands twice in one operand; it is already at column 1"},
    {verb::rearrange,
     "(m: h d) -> m",
     category::unknown_axis,
     5,
     "axis 'h' is missing on the right"},
    {verb::rearrange,
     "h d -> (h: d) (d: h)",
     category::duplicate_axis,
     16,
     "axis 'd' stands twice on one side; it is already at column 12"},
    {verb::rearrange, "h= 12 -> h", category::syntax, 3, "expected a number after '='"},
    {verb::rearrange, "h=", category::syntax, 3, "expected '->' between the input and output axes"},
    {verb::axes, "h=", category::syntax, 3, "expected a number after '='"},
    {verb::rearrange, "h=x -> h", category::syntax, 3, "expected a number after '='"},
    {verb::rearrange, "h =12 -> h", category::syntax, 3, "unexpected '='"},
    {verb::reduce, "2=3 -> ", category::syntax, 1, "only a name can be given an extent"},
    {verb::rearrange, "...=3 -> ...", category::syntax, 4, "unexpected '='"},
    {verb::rearrange,
     "h=2 -> h=3",
     category::size_mismatch,
     10,
     "one axis with two extents: 2 and 3"},
    {verb::einsum,
     "h=2, h=3 -> h",
     category::size_mismatch,
     8,
     "one axis with two extents: 2 and 3"},
    {verb::rearrange,
     "a=9223372036854775808 -> a",
     category::overflow,
     3,
     "the number 9223372036854775808 does not fit 64 bits"},
});

// Two faults each: the first in the order of einops is reported, not the first in the text.
constexpr auto ordered_table = std::to_array<rejected>({
    {verb::rearrange,
     "a a",
     category::syntax,
     4,
     "expected '->' between the input and output axes"},
    {verb::rearrange,
     "(a a -> ..",
     category::duplicate_axis,
     4,
     "axis 'a' stands twice on one side; it is already at column 2"},
    {verb::rearrange,
     "(a a-> a",
     category::syntax,
     5,
     "expected ')' to close the group opened at column 1"},
    {verb::rearrange, "a a; -> a", category::syntax, 4, "unexpected ';'"},
    {verb::rearrange,
     "a a) -> a",
     category::duplicate_axis,
     3,
     "axis 'a' stands twice on one side; it is already at column 1"},
    {verb::rearrange,
     "a ; .. -> a",
     category::syntax,
     5,
     "dots stand only in an ellipsis, exactly three of them"},
    {verb::rearrange,
     "a a -> ..",
     category::duplicate_axis,
     3,
     "axis 'a' stands twice on one side; it is already at column 1"},
    {verb::rearrange,
     "a 0 -> )",
     category::anonymous_axis,
     3,
     "an axis written as a number has a positive extent"},
    {verb::rearrange,
     "a 3 -> b b",
     category::duplicate_axis,
     10,
     "axis 'b' stands twice on one side; it is already at column 8"},
    {verb::rearrange,
     "a 3 -> ... b",
     category::ellipsis,
     8,
     "'...' on the right needs '...' on the left"},
    {verb::rearrange,
     "(... a) 3 -> a ...",
     category::ellipsis,
     2,
     "'...' may not stand in parentheses on the left"},
    {verb::rearrange,
     "a b 3 -> a",
     category::anonymous_axis,
     5,
     "a number may not stand in rearrange"},
    {verb::rearrange,
     "a -> 99999999999999999999 a",
     category::anonymous_axis,
     6,
     "a number may not stand in rearrange"},
    {verb::einsum,
     "a 2, b -> b b",
     category::duplicate_axis,
     13,
     "axis 'b' stands twice on one side; it is already at column 11"},
    {verb::einsum, "a -> k 2", category::unknown_axis, 6, "no operand has the axis 'k'"},
    {verb::einsum, "a -> 2 k", category::anonymous_axis, 6, "a number may not stand in einsum"},
});

void check_rejected(const rejected& row) {
    CAPTURE(to_string(row.operation));
    CAPTURE(row.text);
    const auto thrown = error_of(row.text, row.operation);
    REQUIRE(thrown.has_value());
    CHECK(to_string(thrown->kind) == to_string(row.kind));
    CHECK(thrown->offset + 1 == row.column);
    CHECK(thrown->message == row.message);
    CHECK(thrown->pattern == row.text);
    CHECK(thrown->operation == to_string(row.operation));
}

}  // namespace

TEST_CASE("parse: a legal pattern prints in canonical spelling and parses back to the same tree") {
    for (const auto& row : accepted_table) {
        CAPTURE(row.text);
        const auto parsed = parse(row.text, row.operation);

        CHECK(parsed.str() == row.canonical);
        CHECK(parsed.is_einops() == row.is_einops);
        CHECK(parsed.text() == row.text);
        CHECK(parsed.operation() == row.operation);
        CHECK(parse(parsed.str(), row.operation) == parsed);
    }
}

TEST_CASE("parse: points at the first mistake and says what it is") {
    for (const auto& row : rejected_table)
        check_rejected(row);
}

TEST_CASE("parse: of several mistakes the first in the order of einops is reported") {
    for (const auto& row : ordered_table)
        check_rejected(row);
}

TEST_CASE("parse: a number longer than any extent is legal text, and stands for the largest number"
) {
    const auto p = parse("a 9223372036854775808 -> a", verb::reduce);

    CHECK(p.input().items[1].atoms[0].number == std::numeric_limits<std::int64_t>::max());
    CHECK(parse(p.str(), verb::reduce) == p);
}
