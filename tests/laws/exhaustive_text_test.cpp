#include <abax/core/error.hpp>
#include <abax/pattern/check.hpp>
#include <abax/pattern/engine.hpp>
#include <abax/pattern/pattern.hpp>
#include <abax/pattern/static_check.hpp>
#include <abax/pattern/walker.hpp>

#include "every_pattern.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// All patterns of up to four elementary axes as texts: how many there are, and how both engines read them.
using namespace abax;
using namespace abax::laws;

namespace {

constexpr std::int64_t power(std::int64_t base, std::size_t exponent) {
    return exponent == 0 ? 1 : base * power(base, exponent - 1);
}
constexpr std::int64_t factorial(std::size_t n) {
    return n == 0 ? 1 : static_cast<std::int64_t>(n) * factorial(n - 1);
}
// Lists of n cut into groups: between neighbours there is a cut or none, so 2^(n-1).
constexpr std::int64_t cuts(std::size_t n) {
    return n == 0 ? 1 : power(2, n - 1);
}
// Lists of n + 1 cut so that the one at some place stands alone, over all places: the sum of cuts(p) * cuts(n - p),
// which is 2 * 2^(n-1) at both ends, 2^(n-2) at each of the n - 1 places between, together 2^(n-2) * (n + 3).
constexpr std::int64_t cuts_around_one(std::size_t n) {
    return n == 0 ? 1 : power(2, n) * static_cast<std::int64_t>(n + 3) / 4;
}
// A group of one is written in two ways. By how many the first group has, w(n) = 2 w(n-1) + w(n-2) + ... + w(0), so
// w(n) = 3 w(n-1) - w(n-2): each second Fibonacci number, 1 2 5 13 34.
constexpr std::int64_t with_parentheses(std::size_t n) {
    return n == 0 ? 1 : n == 1 ? 2 : 3 * with_parentheses(n - 1) - with_parentheses(n - 2);
}
// Each group is written in two ways: the sum over k groups of binomial(n-1, k-1) * 2^k.
constexpr std::int64_t with_labels(std::size_t n) {
    return n == 0 ? 1 : 2 * power(3, n - 1);
}
// One more piece at each of n + 1 places, cut in every way; where it stands alone, in one way more.
constexpr std::int64_t with_one_more(std::size_t n) {
    return static_cast<std::int64_t>(n + 1) * power(2, n) + cuts_around_one(n);
}

// In the order of `every_family`. Each side is written in w(n) ways, the right one in each of n! orders: n! * w(n)^2.
std::array<std::int64_t, 5> counts_in_closed_form() {
    std::array<std::int64_t, 5> all{};
    for (std::size_t n = 0; n <= 4; ++n) {
        all[0] += factorial(n) * power(cuts(n), 2);
        all[1] += factorial(n) * power(with_parentheses(n), 2);
        if (n == 4)
            continue;
        all[2] += factorial(n) * power(with_labels(n), 2);
        all[3] += factorial(n) * power(cuts(n) + with_one_more(n), 2);
        // n letters and dots, for 0 to 4 - n axes. The dots stand alone on the left. The right side has (n+1)! orders of
        // n + 1 pieces, cut in every way; dots alone, n! orders of the others around them, are also in parentheses.
        all[4] += static_cast<std::int64_t>(5 - n) * cuts_around_one(n)
                * (factorial(n + 1) * power(2, n) + factorial(n) * cuts_around_one(n));
    }
    return all;
}

std::vector<token> tokens_of(const std::string& text) {
    std::vector<token> all;
    const auto is_word = [&](std::size_t i) {
        return i < text.size() && std::isalnum(static_cast<unsigned char>(text[i])) != 0;
    };
    for (std::size_t i = 0; i < text.size();) {
        std::size_t length = 1;
        while (is_word(i) && is_word(i + length))
            ++length;
        std::optional<token_kind> kind;
        switch (text[i]) {
        case ' ': break;
        case '(': kind = token_kind::open; break;
        case ')': kind = token_kind::close; break;
        case ':': kind = token_kind::label; break;
        case '.': kind = token_kind::dots, length = 3; break;
        case '-': kind = token_kind::arrow, length = 2; break;
        default: kind = token_kind::word;
        }
        if (kind)
            all.push_back({*kind, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(length)}
            );
        i += length;
    }
    return all;
}

// Where the two engines differ; "" if they read the text alike.
std::string apart(const std::string& text) {
    const token_list at_run_time = tokenize(text, verb::rearrange);
    const token_array walked = walk(text, verb::rearrange);
    if (walked.overflowed)
        return "too many tokens";
    if (!std::ranges::equal(walked.view().tokens, at_run_time.tokens))
        return "tokens";
    if (walked.failure != at_run_time.failure)
        return "failure";
    const auto fault = first_fault(text, verb::rearrange, at_run_time.view());
    return static_fault(text, verb::rearrange) == fault ? "" : "fault";
}

bool is_refused(const std::string& text) {
    try {
        (void)parse(text, verb::rearrange);
        return false;
    } catch (const error&) {
        return true;
    }
}

}  // namespace

TEST_CASE("every pattern: there are as many as combinatorics says, each only once") {
    const auto expected = counts_in_closed_form();
    const std::vector<family> families = every_family();
    REQUIRE(families.size() == expected.size());

    for (std::size_t i = 0; i < families.size(); ++i) {
        CAPTURE(families[i].name);
        std::int64_t found = 0;
        std::set<std::pair<std::string, std::size_t>> texts;
        for_each_pattern(families[i], [&](const written_pattern& p, std::size_t count) {
            ++found;
            texts.emplace(p.text(), count);
        });
        CHECK(found == expected[i]);
        CHECK(static_cast<std::int64_t>(texts.size()) == found);
    }
    CHECK(expected == std::array<std::int64_t, 5>{1642, 28813, 2021, 14604, 6904});
}

TEST_CASE("every pattern: both engines read the same tokens and find no fault") {
    for (const family& written : every_family())
        for_each_pattern(written, [&](const written_pattern& p, std::size_t) {
            const std::string text = p.text();
            CAPTURE(text);
            REQUIRE(tokenize(text, verb::rearrange).tokens == tokens_of(text));
            REQUIRE(apart(text) == "");
            REQUIRE(!static_fault(text, verb::rearrange).has_value());
            const pattern tree = parse(text, verb::rearrange);
            REQUIRE(parse(tree.str(), verb::rearrange) == tree);
        });
}

TEST_CASE("every pattern: without any one of its characters both engines still read the same") {
    std::int64_t refused = 0;
    std::int64_t accepted = 0;

    for (const family& written : {plain_patterns(), labelled_patterns()})
        for_each_pattern(written, [&](const written_pattern& p, std::size_t) {
            for (std::size_t i = 0; i < p.text().size(); ++i) {
                std::string text = p.text();
                text.erase(i, 1);
                CAPTURE(text);
                REQUIRE(apart(text) == "");
                const bool bad = static_fault(text, verb::rearrange).has_value();
                REQUIRE(is_refused(text) == bad);
                ++(bad ? refused : accepted);
            }
        });

    CHECK(refused > 10'000);
    CHECK(accepted > 1'000);
}
