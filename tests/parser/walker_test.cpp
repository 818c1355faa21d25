#include <abax/pattern/walker.hpp>

#include <doctest/doctest.h>
#include <tao/pegtl.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// The pattern grammar avoids rules that rewind, so its parity says nothing about rewinding. These
// small grammars need it; the walker has to fail where PEGTL fails.

namespace {

using namespace abax;
namespace peg = tao::pegtl;

struct ab : peg::seq<peg::one<'a'>, peg::one<'b'>> {};
struct ac : peg::seq<peg::one<'a'>, peg::one<'c'>> {};
struct marked_ab : ab {
    static constexpr auto token = token_kind::word;
};

struct alternatives : peg::must<peg::sor<ab, ac, peg::one<'c'>>, peg::eof> {};
struct repeats : peg::must<peg::star<ab>, peg::star<ac>, peg::eof> {};
struct at_least_one : peg::must<peg::plus<ab>, peg::eof> {};
struct optional : peg::must<peg::opt<ab>, peg::opt<ac>, peg::eof> {};
struct half_a_sequence : peg::must<ab, peg::eof> {};
struct half_a_token : peg::must<marked_ab, peg::eof> {};
struct nested : peg::must<peg::seq<peg::one<'c'>, peg::sor<peg::seq<ab, ab>, ac>>, peg::eof> {};
struct committed : peg::must<peg::star<peg::sor<peg::if_must<peg::one<'b'>, ab>, ac>>, peg::eof> {};

template <class Rule>
struct action : peg::nothing<Rule> {};
template <>
struct action<marked_ab> {
    template <class Matched>
    static void apply(const Matched&) {}
};

template <class Grammar>
std::uint32_t failure_in_pegtl(std::string_view text) {
    peg::memory_input in(text.data(), text.size(), "");
    try {
        (void)peg::parse<Grammar, action>(in);
        return no_failure;
    } catch (const peg::parse_error& thrown) {
        return static_cast<std::uint32_t>(thrown.positions().front().byte);
    }
}

template <class Grammar>
constexpr std::uint32_t failure_in_walker(std::string_view text) {
    token_array found;
    walker::state s{text, found};
    (void)walker::match<Grammar, walker::rewind::dontcare>(s);
    return s.failure;
}

/// Compares on all texts of up to six letters out of "abc".
template <class Grammar>
void check_all_texts() {
    constexpr std::size_t longest = 6;
    std::vector<std::string> texts = {""};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        CAPTURE(texts[i]);
        REQUIRE(failure_in_walker<Grammar>(texts[i]) == failure_in_pegtl<Grammar>(texts[i]));
        if (texts[i].size() < longest)
            for (const char letter : {'a', 'b', 'c'})
                texts.push_back(texts[i] + letter);
    }
    CHECK(texts.size() == 1093);
}

static_assert(failure_in_walker<alternatives>("ac") == no_failure);
static_assert(failure_in_walker<half_a_sequence>("ac") == 1);
static_assert(failure_in_walker<half_a_token>("ac") == 0);

}  // namespace

TEST_CASE("walker: an alternative that fails halfway is rewound for the next") {
    check_all_texts<alternatives>();
    check_all_texts<nested>();
}

TEST_CASE("walker: a repetition that fails halfway ends where it began") {
    check_all_texts<repeats>();
    check_all_texts<at_least_one>();
    check_all_texts<optional>();
}

TEST_CASE(
    "walker: a failure is reported where PEGTL reports it, rewound only if a token is at stake"
) {
    check_all_texts<half_a_sequence>();
    check_all_texts<half_a_token>();
}

TEST_CASE("walker: after a failed must no alternative is tried and nothing is rewound") {
    check_all_texts<committed>();
}
