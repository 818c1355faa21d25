#pragma once

#include <abax/pattern/grammar.hpp>
#include <abax/pattern/token.hpp>
#include <abax/pattern/verb.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

/// The compile-time engine: walks the rule types of `grammar.hpp` in a constant expression.
///
/// Every PEGTL 3 rule publishes `rule_t`, the kind of rule it is, and `subs_t`, its parts. A kind
/// that is not listed below does not compile, so the grammar cannot outgrow this engine unnoticed.
/// What PEGTL does about rewinding is copied exactly, since the place of a failure depends on it.
namespace abax::walker {

namespace kind = tao::pegtl::internal;
using tao::pegtl::type_list;

/// Whether a rule that fails has to put the position back to where it began.
enum class rewind : bool { dontcare, required };

/// How far the walk has come. Pointers and integers: constant evaluation pays for every call, and
/// most of all for those into the standard library.
struct state {
    constexpr state(std::string_view whole, token_array& found)
        : text(whole.data()),
          size(static_cast<std::uint32_t>(whole.size())),
          tokens(found.storage.data()) {}

    [[nodiscard]] constexpr bool stopped() const noexcept { return failure != no_failure; }

    const char* text;
    std::uint32_t size;
    token* tokens;
    std::uint32_t at = 0;
    std::uint32_t failure = no_failure;
    std::size_t count = 0;
    bool overflowed = false;
};

template <class Kind>
struct run;
template <class Rule>
struct recorded;

/// What matches a rule: PEGTL rewinds one that leaves a token.
template <class Rule>
struct step : run<typename Rule::rule_t> {};
template <class Rule>
requires requires {
    Rule::token;
}
struct step<Rule> : recorded<Rule> {};

/// Matches one rule.
template <class Rule, rewind Mode>
constexpr bool match(state& s) {
    return step<Rule>::template with<Mode>(s);
}

/// Ends a rule that began at `start`: a failure rewinds if it must. After a `must` has failed
/// nothing moves any more, as behind PEGTL's exception.
template <rewind Mode>
constexpr bool finish(state& s, std::uint32_t start, bool matched) {
    if (Mode == rewind::required && !matched && !s.stopped())
        s.at = start;
    return matched;
}

/// The one character with which every match of this kind of rule begins; -1 if there is none such.
/// Before any other character the rule fails where it stands, and need not be called to find out.
template <class Kind>
inline constexpr int lead = -1;
template <class Peek, char Character>
inline constexpr int lead<kind::one<kind::result_on_found::success, Peek, Character>> = Character;
template <char First, char... Rest>
inline constexpr int lead<kind::string<First, Rest...>> = First;
template <class First, class... Rest>
inline constexpr int lead<kind::seq<First, Rest...>> = lead<typename First::rule_t>;
template <class Condition, class... Rules>
inline constexpr int lead<kind::if_must<false, Condition, Rules...>> =
    lead<typename Condition::rule_t>;

/// Runs one kind of rule; the primary template is the answer to a kind that nobody taught it.
template <class Kind>
struct run {
    template <rewind>
    static constexpr bool with(state&) {
        static_assert(sizeof(Kind) == 0, "abax: the walker does not know this kind of PEGTL rule");
        return false;
    }
};

// seq: of one rule it is that rule; of several, the parts need not rewind because the whole does.
template <class... Rules>
struct run<kind::seq<Rules...>> {
    template <rewind Mode>
    static constexpr bool with(state& s) {
        if constexpr (sizeof...(Rules) == 1) {
            return (step<Rules>::template with<Mode>(s) && ...);
        } else {
            const auto start = s.at;
            if ((step<Rules>::template with<rewind::dontcare>(s) && ...))
                return true;
            return finish<Mode>(s, start, false);
        }
    }
};

// sor: every alternative but the last must rewind for the next one. An alternative that ran into a
// failed `must` ends the walk: no other is tried.
template <class First, class... Rest>
struct run<kind::sor<First, Rest...>> {
    template <rewind Mode>
    static constexpr bool with(state& s) {
        if constexpr (sizeof...(Rest) == 0) {
            return step<First>::template with<Mode>(s);
        } else {
            constexpr int first = lead<typename First::rule_t>;
            if ((first < 0 || (s.at != s.size && s.text[s.at] == first))
                && step<First>::template with<rewind::required>(s))
                return true;
            if (s.failure != no_failure)
                return false;
            if constexpr (sizeof...(Rest) == 1)
                return (step<Rest>::template with<Mode>(s) && ...);
            else
                return run<kind::sor<Rest...>>::template with<Mode>(s);
        }
    }
};

template <class Rule>
struct run<kind::star<Rule>> {
    template <rewind>
    static constexpr bool with(state& s) {
        if constexpr (requires { step<Rule>::end_of_run(s); })
            s.at = step<Rule>::end_of_run(s);
        else
            while (step<Rule>::template with<rewind::required>(s)) {
            }
        return s.failure == no_failure;
    }
};

template <class Rule>
struct run<kind::plus<Rule>> {
    template <rewind Mode>
    static constexpr bool with(state& s) {
        if constexpr (requires { step<Rule>::end_of_run(s); }) {
            const auto start = s.at;
            s.at = step<Rule>::end_of_run(s);
            return s.at != start;
        } else {
            return step<Rule>::template with<Mode>(s)
                && run<kind::star<Rule>>::template with<Mode>(s);
        }
    }
};

template <class Rule>
struct run<kind::opt<Rule>> {
    template <rewind>
    static constexpr bool with(state& s) {
        constexpr int first = lead<typename Rule::rule_t>;
        if (first >= 0 && (s.at == s.size || s.text[s.at] != first))
            return true;
        return step<Rule>::template with<rewind::required>(s) || s.failure == no_failure;
    }
};

// must: the first failure is the place where the rule inside gave up, rewound or not.
template <class Rule>
struct run<kind::must<Rule>> {
    template <rewind>
    static constexpr bool with(state& s) {
        if (step<Rule>::template with<rewind::dontcare>(s))
            return true;
        if (s.failure == no_failure)
            s.failure = s.at;
        return false;
    }
};

template <class Condition, class... Rules>
struct run<kind::if_must<false, Condition, Rules...>> {
    template <rewind Mode>
    static constexpr bool with(state& s) {
        return step<Condition>::template with<Mode>(s)
            && step<kind::must<Rules...>>::template with<Mode>(s);
    }
};

// The kinds that take one character can also tell where a run of such characters ends: words and
// spaces are most of a pattern, and one loop costs a tenth of a call for each character.
template <class Peek, char... Characters>
struct run<kind::one<kind::result_on_found::success, Peek, Characters...>> {
    template <rewind>
    static constexpr bool with(state& s) {
        if (s.at == s.size || ((s.text[s.at] != Characters) && ...))
            return false;
        ++s.at;
        return true;
    }
    static constexpr std::uint32_t end_of_run(const state& s) {
        const char* const text = s.text;
        const auto size = s.size;
        auto at = s.at;
        while (at != size && ((text[at] == Characters) || ...))
            ++at;
        return at;
    }
};

template <class Peek, char... Characters>
struct run<kind::one<kind::result_on_found::failure, Peek, Characters...>> {
    template <rewind>
    static constexpr bool with(state& s) {
        if (s.at == s.size || ((s.text[s.at] == Characters) || ...))
            return false;
        ++s.at;
        return true;
    }
    static constexpr std::uint32_t end_of_run(const state& s) {
        const char* const text = s.text;
        const auto size = s.size;
        auto at = s.at;
        while (at != size && ((text[at] != Characters) && ...))
            ++at;
        return at;
    }
};

/// The characters that one of PEGTL's ranges takes. Its own test is constexpr, so not even the
/// ranges are written twice; it is asked once for each character, not for each place in each text.
template <class Ranges>
struct character_table {
    constexpr character_table() {
        for (int c = 0; c < 256; ++c)
            takes[c] = Ranges::test(static_cast<char>(c));
    }
    bool takes[256] = {};
};

template <class Peek, char... Bounds>
struct run<kind::ranges<Peek, Bounds...>> {
    static constexpr character_table<kind::ranges<Peek, Bounds...>> table{};

    template <rewind>
    static constexpr bool with(state& s) {
        if (s.at == s.size || !table.takes[static_cast<unsigned char>(s.text[s.at])])
            return false;
        ++s.at;
        return true;
    }
    static constexpr std::uint32_t end_of_run(const state& s) {
        const char* const text = s.text;
        const auto size = s.size;
        auto at = s.at;
        while (at != size && table.takes[static_cast<unsigned char>(text[at])])
            ++at;
        return at;
    }
};

template <char... Characters>
struct run<kind::string<Characters...>> {
    template <rewind>
    static constexpr bool with(state& s) {
        auto at = s.at;
        if (s.size - at < sizeof...(Characters) || ((s.text[at++] != Characters) || ...))
            return false;
        s.at = at;
        return true;
    }
};

template <>
struct run<kind::eof> {
    template <rewind>
    static constexpr bool with(state& s) {
        return s.at == s.size;
    }
};

/// Matches a rule that leaves a token.
template <class Rule>
struct recorded {
    template <rewind>
    static constexpr bool with(state& s) {
        const auto start = s.at;
        if (!run<typename Rule::rule_t>::template with<rewind::dontcare>(s))
            return finish<rewind::required>(s, start, false);
        if (s.count == max_literal_tokens) {
            s.overflowed = true;
        } else {
            token& made = s.tokens[s.count++];
            made.kind = Rule::token;
            made.offset = start;
            made.length = s.at - start;
        }
        return true;
    }
};

}  // namespace abax::walker

namespace abax {

/// Finds the tokens of `text` in a constant expression.
///
/// Equal to `tokenize` (engine.hpp) for every text of at most `max_literal_tokens` tokens; a longer
/// one is marked `overflowed`.
///
/// @param found  empty; filled in place, since constant evaluation pays for every copy
constexpr void walk(std::string_view text, verb operation, token_array& found) {
    walker::state s{text, found};
    using walker::match;
    constexpr auto dontcare = walker::rewind::dontcare;
    switch (operation) {
    case verb::einsum: (void)match<grammar::einsum_pattern, dontcare>(s); break;
    case verb::axes:
    case verb::parse_shape: (void)match<grammar::axes_pattern, dontcare>(s); break;
    case verb::pack:
    case verb::unpack: (void)match<grammar::pack_pattern, dontcare>(s); break;
    default: (void)match<grammar::einops_pattern, dontcare>(s); break;
    }
    found.count = s.count;
    found.failure = s.failure;
    found.overflowed = s.overflowed;
}

/// The tokens of `text`.
[[nodiscard]] constexpr token_array walk(std::string_view text, verb operation) {
    token_array found;
    walk(text, operation, found);
    return found;
}

}  // namespace abax
