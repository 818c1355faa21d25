#include <abax/pattern/pattern.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>

// Whatever the text, parse returns a tree or throws abax::error, soon.

namespace {

using namespace abax;
using abax::test::all_verbs;
using abax::test::error_of;

std::string repeated(std::string_view part, std::size_t times) {
    std::string text;
    text.reserve(part.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        text += part;
    return text;
}

// Distinct names: n0 n1 n2 ...
std::string names(std::size_t count, std::string_view separator, std::string_view suffix = "") {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text +=
            (i == 0 ? "" : std::string(separator)) + "n" + std::to_string(i) + std::string(suffix);
    return text;
}

constexpr std::size_t megabyte = 1'000'000;

}  // namespace

TEST_CASE("hostile: ten thousand parentheses are one mistake, not a deep recursion") {
    const auto opening = error_of(repeated("(", 10'000) + " -> a", verb::rearrange);
    REQUIRE(opening.has_value());
    CHECK(opening->kind == category::syntax);
    CHECK(opening->offset == 1);

    const auto closing = error_of("a" + repeated(")", 10'000) + " -> a", verb::rearrange);
    REQUIRE(closing.has_value());
    CHECK(closing->offset == 1);

    const auto pairs = error_of(repeated("()", 10'000) + "->", verb::rearrange);
    REQUIRE(pairs.has_value());
    CHECK(pairs->kind == category::rank_mismatch);
    CHECK(pairs->offset == 64);
}

TEST_CASE("hostile: a megabyte of anything is decided in linear time") {
    const auto texts = {
        repeated("a", megabyte) + "->" + repeated("a", megabyte),
        repeated(" ", megabyte) + "->",
        repeated("a ", megabyte / 2) + "->",
        names(megabyte / 8, " ") + "->",
        "(" + repeated("1 ", megabyte / 2) + ") ->",
        repeated(".", megabyte) + "->",
        repeated("... ", megabyte / 4) + "->",
        repeated("->", megabyte / 2),
        repeated("a,", megabyte / 2) + "->",
        names(megabyte / 8, "=1,", "") + "->",
        "a" + repeated("'", megabyte) + "-> a",
        repeated("9", megabyte) + " -> ",
        repeated("a...", megabyte / 4) + "->",
        repeated("h=", megabyte / 2) + "->",
        repeated("\xE2\x80\xA6", megabyte / 3),
    };
    const auto start = std::chrono::steady_clock::now();
    for (const auto& text : texts)
        for (const verb operation : all_verbs)
            (void)error_of(text, operation);
    const auto seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

    // Quadratic work on any of them would take minutes; the bound leaves room for sanitizers.
    CHECK(seconds < 30.0);
}

TEST_CASE("hostile: a legal name may be very long") {
    const std::string long_name = repeated("n", 100'000);
    const auto p = parse(long_name + " b -> b " + long_name, verb::rearrange);

    CHECK(p.output().items[1].atoms[0].label.text() == long_name);
}

TEST_CASE("hostile: every byte that patterns do not have is refused where it stands") {
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        const bool legal = std::string_view(" ()_'").find(c) != std::string_view::npos
                        || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z') || c == '.';
        if (legal)
            continue;
        CAPTURE(byte);
        const auto thrown = error_of(std::string("a ") + c + " -> a", verb::rearrange);
        REQUIRE(thrown.has_value());
        CHECK(thrown->kind == category::syntax);
        CHECK(thrown->offset == 2);
        CHECK(thrown->length == 1);
    }
}

TEST_CASE("hostile: a null byte does not end the pattern") {
    const auto thrown = error_of(std::string_view("a -> a\0 b", 9), verb::rearrange);

    REQUIRE(thrown.has_value());
    CHECK(thrown->offset == 6);
    CHECK(thrown->message == "unexpected U+0000 (null)");
}

TEST_CASE("hostile: truncated UTF-8 at the end is one byte, not a read past the text") {
    for (const std::string_view text :
         {"a -> a \xE2", "a -> a \xE2\x80", "a -> a \xF0\x9F\x98", "a -> a \x80"}) {
        CAPTURE(text);
        const auto thrown = error_of(text, verb::rearrange);
        REQUIRE(thrown.has_value());
        CHECK(thrown->offset == 7);
        CHECK(thrown->length == 1);
    }
}

TEST_CASE("hostile: 32 axes in one list are the most, units and factors included") {
    const auto pattern_of = [](const std::string& axes) { return axes + " -> " + axes; };

    CHECK_FALSE(error_of(pattern_of(names(32, " ")), verb::rearrange).has_value());
    CHECK_FALSE(error_of(pattern_of("(" + names(32, " ") + ") ..."), verb::rearrange).has_value());
    for (const std::string& axes :
         {names(33, " "), "(" + names(33, " ") + ")", repeated("1 ", 33), repeated("() ", 33)}) {
        CAPTURE(axes);
        const auto thrown = error_of(pattern_of(axes), verb::rearrange);
        REQUIRE(thrown.has_value());
        CHECK(thrown->kind == category::rank_mismatch);
    }
}

TEST_CASE("hostile: 32 operands are the most of an einsum") {
    CHECK_FALSE(error_of(repeated("a,", 31) + "a -> a", verb::einsum).has_value());

    const auto thrown = error_of(repeated("a,", 32) + "a -> a", verb::einsum);
    REQUIRE(thrown.has_value());
    CHECK(thrown->kind == category::other);
    CHECK(thrown->offset == 63);
}
