#include <abax/core/error.hpp>
#include <abax/pattern/arrangement.hpp>
#include <abax/pattern/pattern.hpp>

#include "arrangement_tables.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// The algebra of patterns. Each row of the tables is decided by the compiler, and again when the test runs.

namespace {

using namespace abax;
using namespace abax::test;

constexpr auto heads = arrangement("b s (h d) -> b h s d");
static_assert(inverse(heads) == arrangement("b h s d -> b s (h d)"));
static_assert(inverse(heads) == "x y z w -> x z (y w)");
static_assert(compose(inverse(heads), heads) == identity);
static_assert(compose(heads, inverse(heads)) == identity);
static_assert(heads != identity);
static_assert(compose("a b -> b a", "a b -> b a") == identity);
static_assert(compose(heads, inverse(heads)).text() == "b h s d -> b h s d");

// The text of a constant is a literal in its turn.
constexpr auto there_and_back = compose("y x -> x y", "a b -> b a");
static_assert(arrangement::literal(there_and_back.text()).text() == "a b -> a b");

consteval bool is_spelled(const row& r) {
    return arrangement::literal(r.text).text() == r.expected;
}
consteval bool is_inverted(const row& r) {
    return inverse(arrangement::literal(r.text)).text() == r.expected;
}
consteval bool is_composed(const pair& r) {
    return compose(arrangement::literal(r.p), arrangement::literal(r.q)).text() == r.expected;
}

// The rows from `first` to `end`: Clang limits the steps of one constant expression.
template <class Row, std::size_t N, class Test>
consteval bool hold(
    const std::array<Row, N>& rows, const Test& test, std::size_t first = 0, std::size_t end = N
) {
    for (std::size_t i = first; i < end; ++i)
        if (!test(rows[i]))
            return false;
    return true;
}
static_assert(hold(spellings, is_spelled));
static_assert(hold(inverses, is_inverted));
static_assert(hold(compositions, is_composed, 0, 20));
static_assert(hold(compositions, is_composed, 20, 40));
static_assert(hold(compositions, is_composed, 40));

}  // namespace

namespace {

// What composing throws; the text of the composition if it throws nothing.
struct outcome {
    std::string text;
    std::optional<diagnosis> thrown;
};

template <class Body>
outcome outcome_of(const Body& body) {
    try {
        return {body().str(), std::nullopt};
    } catch (const error& e) {
        return {"", e.details()};
    }
}

outcome composed(std::string_view p, std::string_view q) {
    return outcome_of([&] { return compose(arrangement(p), arrangement(q)); });
}

// n0 n1 n2 ...
std::string names(std::size_t first, std::size_t end, std::string_view tail = "") {
    std::string text;
    for (std::size_t i = first; i < end; ++i)
        text += (i == first ? "n" : " n") + std::to_string(i) + std::string(tail);
    return text;
}

bool merges_an_ellipsis(std::string_view text) {
    const pattern read = parse(text, verb::rearrange);
    for (const item& i : read.output().items)
        for (const atom& a : i.atoms)
            if (i.group && a.kind == atom_kind::ellipsis)
                return true;
    return false;
}

arrangement same(const std::string& axes) {
    return arrangement(axes + " -> " + axes);
}

}  // namespace

TEST_CASE("arrangement: the text is the canonical spelling, and parses to the same pattern") {
    for (const row& r : spellings) {
        CAPTURE(r.text);
        const arrangement a(r.text);
        CHECK(a.str() == r.expected);
        CHECK(parse(a.text(), verb::rearrange).str() == a.text());
        CHECK(arrangement(a.text()).text() == a.text());
        CHECK(arrangement(parse(r.text, verb::rearrange)).text() == a.text());
    }
}

TEST_CASE("arrangement: what parse refuses is refused with the same words") {
    for (const std::string_view text :
         {"a -> b", "a (b", "a b", "a 2 -> a", "(a ...) -> a ...", "a -> a -> a"}) {
        CAPTURE(text);
        const outcome read = outcome_of([&] { return arrangement(text); });
        const outcome parsed = outcome_of([&] { return parse(text, verb::rearrange); });
        REQUIRE(read.thrown.has_value());
        REQUIRE(parsed.thrown.has_value());
        CHECK(read.thrown->kind == parsed.thrown->kind);
        CHECK(read.thrown->message == parsed.thrown->message);
    }
}

TEST_CASE("arrangement: a pattern of another verb is none") {
    const outcome read = outcome_of([] { return arrangement(parse("a b -> a", verb::reduce)); });

    REQUIRE(read.thrown.has_value());
    CHECK(read.thrown->kind == category::usage);
}

TEST_CASE("arrangement: the inverse swaps the sides, and its inverse is the first again") {
    for (const row& r : inverses) {
        CAPTURE(r.text);
        const arrangement p(r.text);
        CHECK(inverse(p).str() == r.expected);
        CHECK(inverse(inverse(p)) == p);
        CHECK(inverse(inverse(p)).text() == p.text());
        CHECK(compose(inverse(p), p) == identity);
        CHECK(compose(p, inverse(p)) == identity);
    }
}

TEST_CASE("arrangement: an ellipsis in parentheses has no inverse") {
    const outcome o =
        outcome_of([] { return inverse(arrangement(std::string_view("a ... -> (a ...)"))); });

    REQUIRE(o.thrown.has_value());
    CHECK(o.thrown->kind == category::other);
    CHECK(o.thrown->operation == "inverse");
    CHECK(o.thrown->offset == 12);
    CHECK(o.thrown->length == 3);
}

TEST_CASE("arrangement: compose matches what the first makes with what the second reads") {
    for (const pair& r : compositions) {
        CAPTURE(r.p);
        CAPTURE(r.q);
        const outcome o = composed(r.p, r.q);
        if (o.thrown)
            FAIL_CHECK(std::string(error(*o.thrown).what()));
        CHECK(o.text == r.expected);
        CHECK(parse(o.text, verb::rearrange).str() == o.text);
    }
}

TEST_CASE("arrangement: the inverse of a composition is the composition of the inverses") {
    for (const pair& r : compositions) {
        CAPTURE(r.p);
        CAPTURE(r.q);
        const arrangement p(r.p);
        const arrangement q(r.q);
        if (merges_an_ellipsis(r.p) || merges_an_ellipsis(r.q))
            continue;
        const outcome backwards = outcome_of([&] { return compose(inverse(q), inverse(p)); });
        // A factor that p gives a size, and q none, can be matched from one side only.
        if (backwards.thrown && backwards.thrown->kind == category::name_mismatch)
            continue;
        if (backwards.thrown)
            FAIL_CHECK(std::string(error(*backwards.thrown).what()));
        else
            CHECK(arrangement(backwards.text) == inverse(compose(p, q)));
    }
}

TEST_CASE("arrangement: what cannot be decided is refused, and the caret stands where") {
    for (const refusal& r : refusals) {
        CAPTURE(r.p);
        CAPTURE(r.q);
        const outcome o = composed(r.p, r.q);
        CAPTURE(o.text);
        REQUIRE(o.thrown.has_value());
        CHECK(to_string(o.thrown->kind) == to_string(r.kind));
        CHECK(o.thrown->operation == "compose");
        CHECK(o.thrown->pattern == r.p);
        CHECK(o.thrown->pattern.substr(o.thrown->offset, o.thrown->length) == r.caret);
        CHECK(o.thrown->input == r.q);
    }
}

TEST_CASE("arrangement: a refusal reads as other errors do") {
    const outcome o = composed("q (x y z) -> x y z q", "a b c -> c (a b)");

    REQUIRE(o.thrown.has_value());
    CHECK(
        std::string(error(*o.thrown).what())
        == "abax: compose: '(x y z)' reads what is made as '(a b)': 3 axes for 2\n"
           "  q (x y z) -> x y z q\n"
           "    ^~~~~~~\n"
           "  input     a b c -> c (a b)\n"
           "  expected  one name, or a group of 2 axes\n"
           "  got       '(a b)'\n"
           "  help      which axes meet depends on extents; run the two patterns one after the other"
    );
}

TEST_CASE("arrangement: equality ignores what things are called, and nothing else") {
    const auto equal = [](std::string_view a, std::string_view b) {
        return arrangement(a) == arrangement(b);
    };
    CHECK(equal("a b -> b a", "x y -> y x"));
    CHECK(equal("a b -> b a", "b a -> a b"));
    CHECK(equal("a b -> (m: a b)", "a b -> (a b)"));
    CHECK(equal("(a) b -> a b", "a b -> a (b)"));
    CHECK(equal("h=3 -> h", "k -> k=3"));
    CHECK_FALSE(equal("a b -> b a", "a b -> a b"));
    CHECK_FALSE(equal("a b -> (a b)", "a b -> (b a)"));
    CHECK_FALSE(equal("a b -> (a b)", "a b -> a b"));
    CHECK_FALSE(equal("a b c -> (a b) c", "a b c -> a (b c)"));
    CHECK_FALSE(equal("a -> a 1", "a -> 1 a"));
    CHECK_FALSE(equal("a -> a 1", "a -> a"));
    CHECK_FALSE(equal("h=3 -> h", "h -> h"));
    CHECK_FALSE(equal("h=3 -> h", "h=4 -> h"));
    CHECK_FALSE(equal("... -> ...", "a -> a"));
    CHECK_FALSE(equal("... -> ...", "... -> (...)"));
    CHECK_FALSE(equal("... a -> ... a", "a ... -> a ..."));
}

TEST_CASE("arrangement: what leaves every axis in place moves nothing") {
    for (const std::string_view text :
         {"->", "a b -> a b", "(a b) 1 -> (m: a b) 1", "... a -> ... a", "h=3 -> h"}) {
        CAPTURE(text);
        CHECK(arrangement(text) == identity);
        CHECK(arrangement(text).moves_nothing());
    }
    for (const std::string_view text :
         {"a b -> b a",
          "a 1 -> a",
          "a 1 -> 1 a",
          "a b -> (a b)",
          "... -> (...)",
          "a ... -> ... a"}) {
        CAPTURE(text);
        CHECK(arrangement(text) != identity);
    }
}

TEST_CASE("hostile: an arrangement has 32 axes on a side, and no limit of words and signs") {
    const arrangement all = same(names(0, 32));
    CHECK(compose(all, all) == identity);
    CHECK(inverse(all) == all);
    CHECK(compose(all, all).text() == all.text());

    // 32 axes, each behind its extent and in a group with another: far more than 64 tokens.
    std::string grouped;
    for (std::size_t i = 0; i < 32; i += 2)
        grouped += " (" + names(i, i + 2, "=2") + ")";
    const arrangement merge(names(0, 32) + " ->" + grouped);
    CHECK(compose(inverse(merge), merge) == identity);
    CHECK(compose(merge, inverse(merge)) == identity);
}

TEST_CASE("hostile: a composition with more than 32 axes on a side is refused") {
    const std::string many = names(0, 31);
    const auto refused = {
        composed("x (y z) -> x y z", "(" + many + ") m -> (" + many + ") m"),
        composed("x (y z) -> (x y z)", "(" + many + ") m -> (" + many + ") m"),
        composed("x y0 y1 y2 -> x y0 y1 y2", many + " ... -> (" + many + ") ..."),
        composed("x 1 1 1 -> x", many + " ... -> (" + many + ") ..."),
    };
    for (const outcome& o : refused) {
        CAPTURE(o.text);
        REQUIRE(o.thrown.has_value());
        CHECK(o.thrown->kind == category::rank_mismatch);
    }
    CHECK_FALSE(composed("x y -> y x", "(" + many + ") m -> (" + many + ") m").thrown.has_value());
}

TEST_CASE("hostile: a text has at most 512 characters") {
    const auto twice = [](std::size_t length) {
        return std::string(length, 'n') + " -> " + std::string(length, 'n');
    };
    CHECK(arrangement(twice(254)).text().size() == 512);
    CHECK_FALSE(outcome_of([&] { return compose(arrangement(twice(254)), arrangement(twice(254))); }
    ).thrown.has_value());

    const outcome read = outcome_of([&] { return arrangement(twice(255)); });
    REQUIRE(read.thrown.has_value());
    CHECK(read.thrown->kind == category::overflow);

    const std::string x(120, 'x');
    const std::string y(120, 'y');
    const outcome grown = composed(
        "(" + x + " " + y + ") -> " + x + " " + y,
        std::string(10, 'm') + " q -> (" + std::string(10, 'm') + " q)"
    );
    CHECK_FALSE(grown.thrown.has_value());
    const std::string a(80, 'a');
    const outcome joined =
        composed("(" + x + " " + y + ") q -> q " + x + " " + y, a + " m -> m " + a);
    REQUIRE(joined.thrown.has_value());
    CHECK(joined.thrown->kind == category::overflow);
}

namespace {

// As large as literals get: 63 words and signs.
constexpr auto widest = arrangement(
    "a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 d0 -> "
    "d0 c9 c8 c7 c6 c5 c4 c3 c2 c1 c0 b9 b8 b7 b6 b5 b4 b3 b2 b1 b0 a9 a8 a7 a6 a5 a4 a3 a2 a1 a0"
);
static_assert(compose(widest, widest) == identity);
static_assert(inverse(widest) == widest);
static_assert(compose("... -> (...)", widest) == compose("... x -> (... x)", widest));

}  // namespace

TEST_CASE("arrangement: a constant is the same when the program runs") {
    const arrangement read(heads.text());
    CHECK(read == heads);
    CHECK(compose(inverse(read), read).text() == compose(inverse(heads), heads).text());
    CHECK(compose(arrangement(widest.text()), widest) == identity);
}
