#include <abax/pattern/diagnose.hpp>
#include <abax/pattern/literal.hpp>
#include <abax/pattern/pattern.hpp>
#include <abax/pattern/static_check.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

// What a literal carries: tokens of four bytes, from which the same pattern is built as by `parse`.

namespace {

using namespace abax;
using abax::test::all_verbs;
using abax::test::error_of;

[[nodiscard]] bool same_places(const side& a, const side& b) {
    const auto atoms = [](const atom& x, const atom& y) { return x == y && x.at == y.at; };
    const auto items = [&](const item& x, const item& y) {
        return x == y && x.at == y.at && std::ranges::equal(x.atoms, y.atoms, atoms);
    };
    return a.at == b.at && std::ranges::equal(a.items, b.items, items);
}

[[nodiscard]] bool same_in_all(const pattern& a, const pattern& b) {
    return a == b && a.text() == b.text() && same_places(a.output(), b.output())
        && std::ranges::equal(a.inputs(), b.inputs(), same_places);
}

// The extensions that no recorded pattern uses, and texts without a token.
std::vector<std::string> texts() {
    std::vector<std::string> all = {
        "",
        "   ",
        "->",
        "b s (m: h=12 d) -> b h s d",
        "(m: ...) (n: a 1) -> s' s'' (k: s)",
        "b h=3, (h=3 d) m -> b (q: h m) d",
        "  b s' * head_dim ",
        "b _ (h) ... _ (1 w) ()",
    };
    for (const auto& line : test::recorded_vectors())
        all.push_back(line.pattern);
    return all;
}

// Decided by the compiler: the tokens fit a constant, and a template argument.
constexpr auto attention = [] {
    literal_tokens<16> tokens;
    if (read_literal("b s (m: h=12 d) -> b h s d", verb::rearrange, tokens))
        throw "a legal pattern";
    return tokens;
}();
static_assert(attention.count == 14);
static_assert(attention.storage[2] == packed_token{4, 1, token_kind::open});
static_assert(attention.storage[6] == packed_token{10, 2, token_kind::extent});
static_assert(attention.storage[9] == packed_token{16, 2, token_kind::arrow});
template <literal_tokens<16> Tokens>
struct as_argument : std::integral_constant<std::size_t, Tokens.count> {};
static_assert(as_argument<attention>::value == 14);

/// The fault of a literal with room for `Capacity` tokens.
template <std::size_t Capacity = max_literal_tokens>
constexpr std::optional<fault> literal_fault(std::string_view text, verb operation) {
    literal_tokens<Capacity> tokens;
    return read_literal(text, operation, tokens);
}

static_assert(!literal_fault<3>("a b c", verb::axes));
static_assert(literal_fault<2>("a b c", verb::axes)->kind == fault_kind::too_many_tokens);
static_assert(literal_fault("a a", verb::axes)->kind == fault_kind::duplicate);

}  // namespace

TEST_CASE("literal: a pattern built from packed tokens is the one that parse makes of the text") {
    std::size_t built = 0;
    for (const auto& text : texts()) {
        for (const verb operation : all_verbs) {
            literal_tokens<> tokens;
            const bool refused = read_literal(text, operation, tokens).has_value();
            CAPTURE(text);
            CAPTURE(to_string(operation));
            if (walk(text, operation).overflowed)
                continue;
            REQUIRE(refused == error_of(text, operation).has_value());
            if (refused)
                continue;
            const auto expected = parse(text, operation);
            REQUIRE(same_in_all(parse_packed(text, operation, tokens.view()), expected));
            ++built;
        }
    }

    CHECK(built > 5'000);
}

TEST_CASE("literal: a word of more than 255 characters is for run time only") {
    const std::string longest(255, 'n');
    const std::string longer(256, 'n');
    const auto pattern_of = [](const std::string& word) { return "b " + word + " -> b " + word; };

    literal_tokens<> tokens;
    const std::string text = pattern_of(longest);
    REQUIRE_FALSE(read_literal(text, verb::rearrange, tokens).has_value());
    CHECK(same_in_all(
        parse_packed(text, verb::rearrange, tokens.view()), parse(text, verb::rearrange)
    ));

    const auto refused = literal_fault(pattern_of(longer), verb::rearrange);
    REQUIRE(refused.has_value());
    CHECK(refused->kind == fault_kind::literal_too_long);
    CHECK(refused->at == text_range{2, 256});
    CHECK_FALSE(error_of(pattern_of(longer), verb::rearrange).has_value());
}

TEST_CASE("literal: a text of more than 65535 characters is for run time only") {
    const std::string gap(65'532, ' ');

    literal_tokens<> tokens;
    const std::string text = "a " + gap + "b";
    REQUIRE(text.size() == max_literal_length);
    REQUIRE_FALSE(read_literal(text, verb::axes, tokens).has_value());
    CHECK(tokens.view()[1] == packed_token{65'534, 1, token_kind::word});
    CHECK(same_in_all(parse_packed(text, verb::axes, tokens.view()), parse(text, verb::axes)));

    const auto refused = literal_fault(text + " ", verb::axes);
    REQUIRE(refused.has_value());
    CHECK(refused->kind == fault_kind::literal_too_long);
    CHECK(refused->at == text_range{0, 65'536});
}

TEST_CASE("literal: a text too long says so, as syntax, and that run time takes it") {
    const std::string text(256, 'n');
    const auto refused = literal_fault(text, verb::axes);
    REQUIRE(refused.has_value());

    const diagnosis said = diagnose(text, verb::axes, *refused);
    CHECK(said.kind == category::syntax);
    CHECK(said.message == "a pattern literal has at most 65535 characters, 255 in a word");
    CHECK(said.help == "a text that is known at run time may be longer");
}
