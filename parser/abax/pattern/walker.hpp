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

/// How far the walk has come.
struct state {
    std::string_view text;
    std::uint32_t at = 0;
    token_array tokens{};

    [[nodiscard]] constexpr bool stopped() const noexcept { return tokens.failure != no_failure; }
    [[nodiscard]] constexpr bool at_end() const noexcept { return at == text.size(); }
};

template <class Rule, rewind Mode>
constexpr bool match(state& s);

/// Ends a rule that began at `start`: a failure rewinds if it must. After a `must` has failed
/// nothing moves any more, as behind PEGTL's exception.
template <rewind Mode>
constexpr bool finish(state& s, std::uint32_t start, bool matched) {
    if (Mode == rewind::required && !matched && !s.stopped())
        s.at = start;
    return matched;
}

template <class Test>
constexpr bool take_character(state& s, Test test) {
    if (s.at_end() || !test(s.text[s.at]))
        return false;
    ++s.at;
    return true;
}

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
            return (match<Rules, Mode>(s) && ...);
        } else {
            const auto start = s.at;
            return finish<Mode>(s, start, (match<Rules, rewind::dontcare>(s) && ...));
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
            return match<First, Mode>(s);
        } else {
            return match<First, rewind::required>(s)
                || (!s.stopped() && run<kind::sor<Rest...>>::template with<Mode>(s));
        }
    }
};

template <class Rule>
struct run<kind::star<Rule>> {
    template <rewind>
    static constexpr bool with(state& s) {
        while (match<Rule, rewind::required>(s)) {
        }
        return !s.stopped();
    }
};

template <class Rule>
struct run<kind::plus<Rule>> {
    template <rewind Mode>
    static constexpr bool with(state& s) {
        return match<Rule, Mode>(s) && run<kind::star<Rule>>::template with<Mode>(s);
    }
};

template <class Rule>
struct run<kind::opt<Rule>> {
    template <rewind>
    static constexpr bool with(state& s) {
        return match<Rule, rewind::required>(s) || !s.stopped();
    }
};

// must: the first failure is the place where the rule inside gave up, rewound or not.
template <class Rule>
struct run<kind::must<Rule>> {
    template <rewind>
    static constexpr bool with(state& s) {
        if (match<Rule, rewind::dontcare>(s))
            return true;
        if (!s.stopped())
            s.tokens.failure = s.at;
        return false;
    }
};

template <class Condition, class... Rules>
struct run<kind::if_must<false, Condition, Rules...>> {
    template <rewind Mode>
    static constexpr bool with(state& s) {
        return match<Condition, Mode>(s) && match<kind::must<Rules...>, Mode>(s);
    }
};

// PEGTL's own tests of a character are constexpr, so not even the ranges are written twice.
template <class Peek, char... Characters>
struct run<kind::one<kind::result_on_found::success, Peek, Characters...>> {
    template <rewind>
    static constexpr bool with(state& s) {
        return take_character(s, [](char c) { return ((c == Characters) || ...); });
    }
};

template <class Peek, char... Characters>
struct run<kind::one<kind::result_on_found::failure, Peek, Characters...>> {
    template <rewind>
    static constexpr bool with(state& s) {
        return take_character(s, [](char c) { return ((c != Characters) && ...); });
    }
};

template <class Peek, char... Bounds>
struct run<kind::ranges<Peek, Bounds...>> {
    template <rewind>
    static constexpr bool with(state& s) {
        return take_character(s, [](char c) { return kind::ranges<Peek, Bounds...>::test(c); });
    }
};

template <char... Characters>
struct run<kind::string<Characters...>> {
    static constexpr char characters[] = {Characters...};
    static constexpr std::string_view wanted{characters, sizeof...(Characters)};

    template <rewind>
    static constexpr bool with(state& s) {
        if (s.text.substr(s.at, wanted.size()) != wanted)
            return false;
        s.at += static_cast<std::uint32_t>(wanted.size());
        return true;
    }
};

template <>
struct run<kind::eof> {
    template <rewind>
    static constexpr bool with(state& s) {
        return s.at_end();
    }
};

/// Matches one rule, and records its token if it leaves one: PEGTL rewinds a rule with an action.
template <class Rule, rewind Mode>
constexpr bool match(state& s) {
    using this_kind = run<typename Rule::rule_t>;
    if constexpr (requires { Rule::token; }) {
        const auto start = s.at;
        if (!finish<rewind::required>(s, start, this_kind::template with<rewind::dontcare>(s)))
            return false;
        s.tokens.push_back({Rule::token, start, s.at - start});
        return true;
    } else {
        return this_kind::template with<Mode>(s);
    }
}

}  // namespace abax::walker

namespace abax {

/// The tokens of `text`, found in a constant expression.
///
/// Equal to `tokenize` (engine.hpp) for every text of at most `max_literal_tokens` tokens; a longer
/// one is marked `overflowed`.
[[nodiscard]] constexpr token_array walk(std::string_view text, verb operation) {
    walker::state s{text};
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
    return s.tokens;
}

}  // namespace abax
