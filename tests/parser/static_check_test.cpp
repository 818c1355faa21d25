#include <abax/pattern/static_check.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string_view>

// The compile-time engine: each row is decided by the compiler, and by `parse` again at run time.

namespace {

using namespace abax;
using abax::test::error_of;

constexpr bool accepts(verb operation, std::string_view text) {
    return !static_fault(text, operation).has_value();
}

constexpr bool rejects(
    verb operation, std::string_view text, fault_kind kind, std::uint32_t column
) {
    const auto found = static_fault(text, operation);
    return found.has_value() && found->kind == kind && found->at.offset + 1 == column;
}

static_assert(accepts(verb::rearrange, "->"));
static_assert(accepts(verb::rearrange, "b s (h d) -> b h s d"));
static_assert(accepts(verb::rearrange, "b s (m: h=12 d) -> b h s d"));
static_assert(accepts(verb::rearrange, "a ... -> (... a)"));
static_assert(accepts(verb::reduce, "b (h 2) (w 2) c -> (c h) (b w)"));
static_assert(accepts(verb::repeat, "a -> (r a) 3 s'"));
static_assert(accepts(verb::einsum, "b s (h d), (h d) m -> b s m"));
static_assert(accepts(verb::einsum, "i i ->"));
static_assert(accepts(verb::axes, "b s (m: h d)"));
static_assert(accepts(verb::axes, ""));

static_assert(rejects(verb::rearrange, "b c h w", fault_kind::missing_arrow, 8));
static_assert(rejects(verb::rearrange, "b (c h -> b", fault_kind::unclosed_group, 8));
static_assert(rejects(verb::rearrange, "b (c -> b)", fault_kind::unclosed_group, 6));
static_assert(rejects(verb::rearrange, "a (b (c)) -> a b c", fault_kind::nested_group, 6));
static_assert(rejects(verb::rearrange, "a ->> a", fault_kind::stray_character, 5));
static_assert(rejects(verb::rearrange, "(m:h d) -> h d", fault_kind::colon_without_space, 4));
static_assert(rejects(verb::rearrange, "h= 2 -> h", fault_kind::bad_extent, 3));
static_assert(rejects(verb::rearrange, "a ..... -> a", fault_kind::broken_dots, 3));
static_assert(rejects(verb::rearrange, "a a -> a", fault_kind::duplicate, 3));
static_assert(rejects(verb::rearrange, "a_ -> a_", fault_kind::bad_name, 1));
static_assert(rejects(verb::rearrange, "a -> b", fault_kind::one_sided_name, 1));
static_assert(rejects(verb::reduce, "a -> b", fault_kind::one_sided_name, 6));
static_assert(rejects(verb::einsum, "a b, c -> a d", fault_kind::one_sided_name, 13));
static_assert(rejects(verb::axes, "a (b", fault_kind::unclosed_group, 5));
static_assert(rejects(verb::axes, "a -> b", fault_kind::arrow_in_axes, 3));

// 31 names on each side and the arrow are 63 tokens; with a pair of parentheses there are 65.
constexpr std::string_view tokens_63 =
    "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 d0 -> "
    "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 d0";
constexpr std::string_view tokens_65 =
    "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 d0 -> "
    "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 (c9 d0)";

static_assert(walk(tokens_63, verb::rearrange).count == 63);
static_assert(accepts(verb::rearrange, tokens_63));
static_assert(static_fault(tokens_65, verb::rearrange)->kind == fault_kind::too_many_tokens);

struct row {
    verb operation;
    std::string_view text;
};

constexpr auto table = std::to_array<row>({
    {verb::rearrange, "b s (m: h=12 d) -> b h s d"},
    {verb::rearrange, "a ... -> ... a"},
    {verb::rearrange, "b (c h -> b"},
    {verb::rearrange, "a (b (c)) -> a b c"},
    {verb::rearrange, "(m:h) -> h"},
    {verb::rearrange, "h=, -> h"},
    {verb::rearrange, "a\n-> a"},
    {verb::reduce, "a 3 ... -> a"},
    {verb::reduce, "a -> a 3"},
    {verb::repeat, "a -> a 3 r"},
    {verb::repeat, "a 3 -> a"},
    {verb::einsum, "b i, i o -> b o"},
    {verb::einsum, "b i, i o -> b x"},
    {verb::einsum, "(a, b) -> a"},
    {verb::axes, "b s (m: h d)"},
    {verb::axes, "b s b"},
});

constexpr auto decided_by_the_compiler = [] {
    std::array<std::optional<fault>, table.size()> faults{};
    for (std::size_t i = 0; i < table.size(); ++i)
        faults[i] = static_fault(table[i].text, table[i].operation);
    return faults;
}();

}  // namespace

TEST_CASE("static_check: the compiler and parse agree on fault and place") {
    for (std::size_t i = 0; i < table.size(); ++i) {
        CAPTURE(table[i].text);
        const auto& decided = decided_by_the_compiler[i];
        const auto thrown = error_of(table[i].text, table[i].operation);

        REQUIRE(decided.has_value() == thrown.has_value());
        if (decided) {
            CHECK(category_of(decided->kind) == thrown->kind);
            CHECK(decided->at.offset == thrown->offset);
            CHECK(decided->at.length == thrown->length);
        }
    }
}

TEST_CASE("static_check: a text with more than 64 tokens is for run time only") {
    CHECK(parse(tokens_65, verb::rearrange).output().items.size() == 30);
}
