#include <abax/pattern/word.hpp>

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <string_view>

namespace {

using namespace abax;

struct judged {
    std::string_view word;
    word_kind kind;
};

constexpr auto table = std::to_array<judged>({
    {"a", word_kind::name},
    {"Head", word_kind::name},
    {"x_0", word_kind::name},
    {"a__b", word_kind::name},
    {"h2", word_kind::name},
    {"s'", word_kind::name},
    {"s''", word_kind::name},
    {"x_0'", word_kind::name},
    {"1", word_kind::unit},
    {"01", word_kind::unit},
    {"2", word_kind::number},
    {"03", word_kind::number},
    {"999999999999999999999", word_kind::number},
    {"0", word_kind::zero},
    {"00", word_kind::zero},
    {"2b", word_kind::starts_with_digit},
    {"1_0", word_kind::starts_with_digit},
    {"0x1", word_kind::starts_with_digit},
    {"1'", word_kind::starts_with_digit},
    {"_", word_kind::starts_with_underscore},
    {"_a", word_kind::starts_with_underscore},
    {"__", word_kind::starts_with_underscore},
    {"a_", word_kind::ends_with_underscore},
    {"a_'", word_kind::ends_with_underscore},
    {"'", word_kind::starts_with_prime},
    {"''", word_kind::starts_with_prime},
    {"'a", word_kind::starts_with_prime},
    {"b'atch", word_kind::prime_inside},
    {"b'a'", word_kind::prime_inside},
});

constexpr bool all_judged() {
    for (const auto& row : table)
        if (judge(row.word) != row.kind)
            return false;
    return true;
}

static_assert(all_judged());
static_assert(number_value("0007") == 7);
static_assert(number_value("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
static_assert(!number_value("9223372036854775808"));
static_assert(!number_value("99999999999999999999999"));
static_assert(without_primes("s''") == "s");
static_assert(without_primes("s") == "s");

}  // namespace

TEST_CASE("word: a run of letters, digits, '_' and primes is judged the same at run time") {
    for (const auto& row : table) {
        CAPTURE(row.word);
        CHECK(judge(row.word) == row.kind);
    }
}

TEST_CASE("word: an axis name is ASCII, whole and not a number") {
    CHECK(is_axis_name("head_dim"));
    CHECK(is_axis_name("s'"));
    CHECK_FALSE(is_axis_name(""));
    CHECK_FALSE(is_axis_name("1"));
    CHECK_FALSE(is_axis_name("a b"));
    CHECK_FALSE(is_axis_name("a-b"));
    CHECK_FALSE(is_axis_name("\xC3\xA9"));
    CHECK_FALSE(is_axis_name(std::string_view("a\0b", 3)));
}
