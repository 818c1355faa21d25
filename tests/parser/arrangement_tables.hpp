#pragma once

#include <abax/core/error.hpp>

#include <array>
#include <string_view>

/// The algebra of patterns, by example.
namespace abax::test {

struct row {
    std::string_view text;
    std::string_view expected;
};

// Read and written back.
inline constexpr auto spellings = std::to_array<row>({
    {"->", "->"},
    {"  ->  ", "->"},
    {"1 -> ()", "1 -> 1"},
    {"(1 1) a -> (a 01)", "1 a -> a"},
    {"->()", "-> 1"},
    {"(a) b -> b (a)", "a b -> b a"},
    {"(m: a) b -> b (n: a)", "(m: a) b -> b (n: a)"},
    {"( m: h  d ) -> (m: d h)", "(m: h d) -> (m: d h)"},
    {"(h d=03) -> h=12 d", "(h=12 d=3) -> h d"},
    {"h=0 -> h", "h=0 -> h"},
    {"h=9223372036854775807 -> h", "h=9223372036854775807 -> h"},
    {"s s' s'' -> s'' s' s", "s s' s'' -> s'' s' s"},
    {"a ... -> (... a)", "a ... -> (... a)"},
    {"... -> (...)", "... -> (...)"},
    {"a ... b -> b (m: ...) a", "a ... b -> b (m: ...) a"},
});

inline constexpr auto inverses = std::to_array<row>({
    {"->", "->"},
    {"b s (h d) -> b h s d", "b h s d -> b s (h d)"},
    {"b s (h=12 d) -> b h s d", "b h=12 s d -> b s (h d)"},
    {"b h s d=64 -> b s (h d)", "b s (h d=64) -> b h s d"},
    {"b h s d -> b s (m: h d)", "b s (m: h d) -> b h s d"},
    {"(m: h d) -> (n: d h)", "(n: d h) -> (m: h d)"},
    {"a 1 () -> a", "a -> a 1 1"},
    {"a b -> 1 (b a) 1", "1 (b a) 1 -> a b"},
    {"a ... b -> ... b a", "... b a -> a ... b"},
});

struct pair {
    std::string_view p;
    std::string_view q;
    std::string_view expected;
};

inline constexpr auto compositions = std::to_array<pair>({
    {"->", "->", "->"},
    {"x y -> y x", "a b c=3 -> (a b) c", "a b c=3 -> c (a b)"},
    {"b h s d -> b s (h d)", "b s (h d) -> b h s d", "b s (h d) -> b s (h d)"},

    // p's name is all that q made
    {"b m -> m b", "b h d -> b (h d)", "b h d -> (h d) b"},
    {"b m -> m b", "b h d -> b (m: h d)", "b h d -> (m: h d) b"},
    {"b m -> (b m)", "b h d -> b (m: h d)", "b h d -> (b h d)"},
    {"b m -> (n: m b)", "b h d -> b (m: h d)", "b h d -> (n: h d b)"},
    {"m x -> x m", "a -> a 1", "a -> 1 a"},
    {"m x -> (x m)", "a -> a 1", "a -> a"},
    {"m x -> (n: x) m", "a -> a 1", "a -> 1 a"},
    {"(m: x) -> x", "a -> (n: a)", "a -> a"},
    {"m -> m", "a ... -> (a ...)", "a ... -> (a ...)"},
    {"m b -> (b m)", "a b ... -> (a ...) b", "a b ... -> (b a ...)"},
    {"m ... -> ... m", "a b ... -> b (a ...)", "a b ... -> (a ...) b"},
    {"m ... -> (... m)", "a b ... -> b (a ...)", "a b ... -> (a ... b)"},

    // p splits what q has
    {"(h d) b -> h d b", "b m -> m b", "b (h d) -> h d b"},
    {"(h d) b -> d b h", "(b m) -> m b", "(b h d) -> d b h"},
    {"(m: h d) b -> b h d", "b m -> m b", "b (m: h d) -> b h d"},
    {"(m: h d) b -> b h d", "(b m) -> m b", "(b h d) -> b h d"},
    {"1 b -> b", "a b -> a b", "1 b -> b"},
    {"1 b -> b", "(a b) -> a b", "b -> b"},

    // units
    {"(x y) b -> y b x", "b -> 1 b", "b -> 1 b 1"},
    {"1 b -> b", "a c b -> (a c) b", "1 1 b -> b"},
    {"1 b -> b 1", "b -> 1 b", "b -> b 1"},
    {"x=1 b -> b x", "b -> 1 b", "b -> b 1"},

    // groups meet groups
    {"(x y) -> y x", "a b -> (a b)", "a b -> b a"},
    {"(a b) -> b a", "a b -> (m: a b)", "a b -> b a"},
    {"(a y) -> y a", "a b -> (a b)", "a b -> b a"},
    {"(a=2 b) -> b a", "a b -> (a b)", "a=2 b -> b a"},
    {"(x=2 y) -> y x", "a=2 b -> (a b)", "a=2 b -> b a"},
    {"(x y z) -> z y x", "a b c -> (a b c)", "a b c -> c b a"},

    // extents go with the axes that they are about
    {"x=5 y -> y x", "a b -> a b", "a=5 b -> b a"},
    {"m=24 -> m", "(h=12 d) -> (h d)", "(h=12 d=2) -> (h d)"},
    {"m=24 -> m", "h=12 d=2 -> (h d)", "h=12 d=2 -> (h d)"},
    {"(h=12 d) -> h d", "m=24 -> m", "(h=12 d=2) -> h d"},
    {"m=0 -> m", "h=12 d -> (h d)", "h=12 d=0 -> (h d)"},
    {"m=0 -> m", "h=0 d=5 -> (h d)", "h=0 d=5 -> (h d)"},
    {"m=0 -> m",
     "a=4294967296 b=4294967296 c -> (a b c)",
     "a=4294967296 b=4294967296 c=0 -> (a b c)"},

    // ellipses
    {"... -> ...", "a b -> b a", "a b -> b a"},
    {"x ... -> ... x", "a (b c) -> (b c) a", "a (b c) -> a (b c)"},
    {"x ... -> (... x)", "a b c d -> c (b a) d", "a b c d -> (b a d c)"},
    {"... x -> x ...", "a ... -> ... a", "a ... -> a ..."},
    {"x ... -> ... x", "a b ... -> b a ...", "a b ... -> a ... b"},
    {"... -> (...)", "a b ... -> b a ...", "a b ... -> (b a ...)"},
    {"x y -> y x", "... -> ...", "x y -> y x"},
    {"x (y z) 1 -> z y x", "a ... -> a ...", "a (y z) 1 -> z y a"},
    {"x y ... -> ... y x", "a ... -> a ...", "a y ... -> ... y a"},
    {"x y ... z w -> z y ... x w", "a ... b -> a ... b", "a y ... z b -> z y ... a b"},
    {"x (m: y z) -> x y z", "a ... -> a ...", "a (m: y z) -> a y z"},
    {"a ... -> a ...", "a b c -> a (m: b c)", "a b c -> a (m: b c)"},
    {"x y -> y x", "a ... b -> a ... b", "a b -> b a"},

    // names that meet by accident are told apart
    {"(a c) d -> d a c", "a b -> b a", "a (a' c) -> a a' c"},
    {"(a a') d -> d a a'", "a b -> b a", "a (a'' a') -> a a'' a'"},
    {"(m k) -> k m", "m -> m", "(m k) -> k m"},
    {"(h m) b -> b h m", "(m: a b) -> a b", "(m: h m' b) -> b h m'"},
    {"x (c d) y -> (b: y) c d x", "b m n -> b m n", "b (c d) n -> (b': n) c d b"},
    {"(m d) n -> n m d", "a n h d' -> n (m: a h d')", "a (m' d) h d' -> (m: a h d') m' d"},
    {"(m d) n -> n m d", "x a h -> x (m: a h)", "(m' d) a h -> (m: a h) m' d"},
    {"n ... -> (m: n) ...", "x a h -> x (m: a h)", "x a h -> (m': x) (m: a h)"},
});

struct refusal {
    std::string_view p;
    std::string_view q;
    category kind;
    std::string_view caret;  // what stands above it
};

inline constexpr auto refusals = std::to_array<refusal>({
    {"x -> x", "a b -> a b", category::rank_mismatch, "x"},
    {"x y z -> x y z", "a b -> a b", category::rank_mismatch, "x y z"},
    {"-> 1", "a -> a", category::rank_mismatch, ""},
    {"x y ... -> x y ...", "a -> a", category::rank_mismatch, "x y ..."},
    {"x -> x", "a ... b -> a ... b", category::rank_mismatch, "x"},
    {"(x y z) -> x y z", "a b -> (a b)", category::rank_mismatch, "(x y z)"},
    {"q (x y) -> q x y", "a b c q -> q (a b c)", category::rank_mismatch, "(x y)"},
    {"(d h) -> d h", "h d -> (h d)", category::name_mismatch, "(d h)"},
    {"(x h) -> x h", "h d -> (h d)", category::name_mismatch, "(x h)"},
    {"(d x) -> d x", "h d -> (h d)", category::name_mismatch, "(d x)"},
    {"(x=2 y) -> x y", "a b -> (a b)", category::name_mismatch, "(x=2 y)"},
    {"(x=2 y) -> x y", "a=3 b -> (a b)", category::name_mismatch, "(x=2 y)"},
    {"(x y=2) -> x y", "a b -> (a b)", category::name_mismatch, "(x y=2)"},
    {"x=3 -> x", "x=4 -> x", category::size_mismatch, "x=3"},
    {"(a=3 b) -> a b", "a=4 b -> (a b)", category::size_mismatch, "(a=3 b)"},
    {"m=25 -> m", "h=12 d -> (h d)", category::size_mismatch, "m=25"},
    {"m=25 -> m", "h=12 d=2 -> (h d)", category::size_mismatch, "m=25"},
    {"m=25 -> m", "h=0 d -> (h d)", category::size_mismatch, "m=25"},
    {"m=0 -> m", "h=2 d=3 -> (h d)", category::size_mismatch, "m=0"},
    {"m=0 -> m", "a=4294967296 b=4294967296 -> (a b)", category::size_mismatch, "m=0"},
    {"m=6 -> m", "a=4294967296 b=4294967296 c -> (a b c)", category::size_mismatch, "m=6"},
    {"m=2 -> m", "-> 1", category::size_mismatch, "m=2"},
    {"m=0 -> m", "-> 1", category::size_mismatch, "m=0"},
    {"1 -> 1", "a=12 -> a", category::size_mismatch, "1"},
    {"(x y=2) -> x y", "-> 1", category::size_mismatch, "(x y=2)"},
    {"m=24 -> m", "h d -> (h d)", category::ambiguous_size, "m=24"},
    {"m=0 -> m", "h=0 d -> (h d)", category::ambiguous_size, "m=0"},
    {"(h d) -> h d", "m=24 -> m", category::ambiguous_size, "(h d)"},
    {"m=24 -> m", "a ... -> (a ...)", category::ambiguous_size, "m=24"},
    {"(x y) -> x y", "a ... -> (a ...)", category::ellipsis, "(x y)"},
    {"(x y) -> x y", "... -> (...)", category::ellipsis, "(x y)"},
    {"1 -> 1", "... -> (...)", category::ellipsis, "1"},
    {"... x -> x ...", "a b ... -> a b ...", category::ellipsis, "... x"},
    {"x y ... -> x y ...", "... a b -> ... a b", category::ellipsis, "x y ..."},
});

}  // namespace abax::test
