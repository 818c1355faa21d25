#include <abax/core/error.hpp>

#include <doctest/doctest.h>

#include <string>

using abax::category;
using abax::error;

TEST_CASE(
    "error: what() shows the pattern with a caret under the place, then what was expected and got"
) {
    const error e(
        {.kind = category::not_divisible,
         .operation = "rearrange",
         .message = "extent 30 of '(h h2)' is not divisible by h2=4",
         .pattern = "b (h h2) w -> b h w h2",
         .offset = 2,
         .length = 6,
         .input = "b=10 (h h2)=30 w=40",
         .expected = "an extent divisible by 4",
         .got = "30",
         .help = "pass h2=2"}
    );

    CHECK(
        std::string(e.what())
        == "abax: rearrange: extent 30 of '(h h2)' is not divisible by h2=4\n"
           "  b (h h2) w -> b h w h2\n"
           "    ^~~~~~\n"
           "  input     b=10 (h h2)=30 w=40\n"
           "  expected  an extent divisible by 4\n"
           "  got       30\n"
           "  help      pass h2=2"
    );
    CHECK(e.kind() == category::not_divisible);
    CHECK(e.details().length == 6);
}

TEST_CASE("error: lines that do not apply are left out") {
    CHECK(std::string(error({.message = "just this"}).what()) == "abax: just this");
}

TEST_CASE("error: the caret counts characters, not the bytes of UTF-8") {
    const error e({.message = "m", .pattern = "\xC3\xA9 \xE2\x80\xA6 b", .offset = 3, .length = 3});

    CHECK(std::string(e.what()) == "abax: m\n  \xC3\xA9 \xE2\x80\xA6 b\n    ^");
}

TEST_CASE("error: control characters of hostile text do not reach the terminal") {
    const error e({.message = "bad\x1B[31m", .pattern = "a\tb\n", .offset = 4, .length = 9});

    CHECK(std::string(e.what()) == "abax: bad [31m\n  a b \n      ^");
}

TEST_CASE("error: an offset behind the end stands at the end") {
    const error e({.message = "m", .pattern = "ab", .offset = 99, .length = 3});

    CHECK(std::string(e.what()) == "abax: m\n  ab\n    ^");
}

TEST_CASE("error: every category has a name") {
    for (int i = 0; i <= static_cast<int>(category::dry); ++i)
        CHECK_FALSE(to_string(static_cast<category>(i)).empty());
    CHECK(to_string(category::syntax) == "syntax");
    CHECK(to_string(category::name_mismatch) == "name_mismatch");
    CHECK(to_string(category::dry) == "dry");
}
