#include <abax/pattern/check.hpp>
#include <abax/pattern/engine.hpp>
#include <abax/pattern/static_check.hpp>
#include <abax/pattern/walker.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

// One grammar, two engines: PEGTL and the walker must give the same tokens and fail at the same place.

namespace {

using namespace abax;
using abax::test::all_verbs;

/// What a comparison found, so that a test can see that it compared something.
struct tally {
    std::size_t compared = 0;
    std::size_t accepted = 0;
    std::size_t too_long = 0;  ///< more tokens than the walker keeps
};

[[nodiscard]] bool agree(std::string_view text, verb operation, tally& seen) {
    const token_list at_run_time = tokenize(text, operation);
    const token_array walked = walk(text, operation);
    if (walked.overflowed) {
        ++seen.too_long;
        return at_run_time.tokens.size() > max_literal_tokens;
    }
    ++seen.compared;
    seen.accepted += walked.failure == no_failure ? 1 : 0;
    return walked.failure == at_run_time.failure
        && std::ranges::equal(walked.view().tokens, at_run_time.tokens)
        && static_fault(text, operation) == first_fault(text, operation, at_run_time.view());
}

/// Patterns, and the extensions that no recorded pattern uses.
std::vector<std::string> seeds() {
    std::vector<std::string> texts = {
        "b s (m: h=12 d) -> b h s d",
        "(m: ...) (n: a 1) -> s' s'' (k: s)",
        "b h=3, (h=3 d) m -> b (q: h m) d",
        "(a:  b=2 c=03)(d: 1)->...",
        "  b s' * head_dim ",
        "b _ (h) ... _ (1 w=3) ()",
    };
    for (const auto& line : test::recorded_vectors())
        texts.push_back(line.pattern);
    return texts;
}

/// Changes a text in one to four places, with an alphabet of what patterns are made of and some poison.
class mutator {
public:
    explicit mutator(std::uint32_t seed) : random_(seed) {}

    [[nodiscard]] std::string operator()(std::string text) {
        const std::size_t edits = 1 + below(4);
        for (std::size_t i = 0; i < edits; ++i)
            edit(text);
        return text;
    }

private:
    [[nodiscard]] std::size_t below(std::size_t bound) { return random_() % bound; }

    [[nodiscard]] std::string_view piece() {
        static constexpr auto alphabet = std::to_array<std::string_view>(
            {" ",
             " ",
             "(",
             ")",
             "...",
             ".",
             "->",
             "-",
             ">",
             ",",
             ":",
             ": ",
             "=",
             "=2",
             "'",
             "_",
             "a",
             "b",
             "h",
             "0",
             "1",
             "2",
             "99999999999999999999",
             "(m: ",
             "\t",
             "\n",
             "\xE2\x80\xA6",
             "\xC3",
             std::string_view("\0", 1),
             "\x7F",
             "*",
             "[",
             "\""}
        );
        return alphabet[below(alphabet.size())];
    }

    void edit(std::string& text) {
        const std::size_t at = below(text.size() + 1);
        switch (below(4)) {
        case 0: text.insert(at, piece()); break;
        case 1: text.erase(at, 1 + below(3)); break;
        case 2: text.replace(at, std::min<std::size_t>(1, text.size() - at), piece()); break;
        default:
            if (!text.empty())
                std::swap(text[below(text.size())], text[below(text.size())]);
            break;
        }
    }

    std::mt19937 random_;
};

}  // namespace

TEST_CASE("parity: both engines read every recorded pattern alike, under every verb") {
    tally seen;
    for (const auto& text : seeds()) {
        for (const verb operation : all_verbs) {
            CAPTURE(text);
            CAPTURE(to_string(operation));
            REQUIRE(agree(text, operation, seen));
        }
    }

    CHECK(seen.compared > 15'000);
    CHECK(seen.accepted > 5'000);
}

TEST_CASE("parity: both engines read mutated patterns alike") {
    constexpr std::uint32_t seed = 20;
    constexpr std::size_t rounds = 10;
    mutator mutate(seed);
    tally seen;
    const auto texts = seeds();
    for (std::size_t round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const std::string text = mutate(texts[i]);
            const verb operation = all_verbs[(i + round) % all_verbs.size()];
            CAPTURE(seed);
            CAPTURE(text);
            CAPTURE(to_string(operation));
            REQUIRE(agree(text, operation, seen));
        }
    }

    CHECK(seen.compared > 30'000);
    CHECK(seen.accepted > 3'000);
    CHECK(seen.compared - seen.accepted > 10'000);
}

TEST_CASE("parity: a mutated pattern that is accepted prints back to the same tree") {
    mutator mutate(7);
    std::size_t accepted = 0;
    std::size_t refused = 0;
    for (const auto& seed : seeds()) {
        for (const verb operation : all_verbs) {
            const std::string text = mutate(seed);
            CAPTURE(text);
            CAPTURE(to_string(operation));
            if (test::error_of(text, operation)) {
                ++refused;
                continue;
            }
            const auto p = parse(text, operation);
            const auto again = parse(p.str(), operation);
            REQUIRE(again == p);
            REQUIRE(again.str() == p.str());
            ++accepted;
        }
    }

    CHECK(accepted > 500);
    CHECK(refused > 5'000);
}
