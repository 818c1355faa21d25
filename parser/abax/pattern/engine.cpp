#include <abax/pattern/engine.hpp>
#include <abax/pattern/grammar.hpp>

#include <tao/pegtl.hpp>

#include <cstddef>

namespace abax {

namespace {

namespace peg = tao::pegtl;

// Lazy tracking: nobody asks for lines, only for bytes.
using input = peg::memory_input<peg::tracking_mode::lazy>;

std::uint32_t offset_of(const char* position, const input& in) {
    return static_cast<std::uint32_t>(position - in.begin());
}

// What a failed `must` throws here. PEGTL's own parse_error would format a message nobody reads.
struct stopped {
    std::uint32_t at;
};

template <class Rule>
struct control : peg::normal<Rule> {
    template <class... States>
    [[noreturn]] static void raise(const input& in, States&&...) {
        throw stopped{offset_of(in.current(), in)};
    }
};

template <class Rule>
struct record : peg::nothing<Rule> {};

template <class Rule>
requires requires {
    Rule::token;
}
struct record<Rule> {
    template <class Matched>
    static void apply(const Matched& matched, token_list& found) {
        found.tokens.push_back(
            {Rule::token,
             offset_of(matched.begin(), matched.input()),
             static_cast<std::uint32_t>(matched.size())}
        );
    }
};

template <class Grammar>
token_list run(std::string_view text) {
    token_list found;
    input in(text.data(), text.size(), "");
    try {
        (void)peg::parse<Grammar, record, control>(in, found);
    } catch (const stopped& failure) {
        found.failure = failure.at;
    }
    return found;
}

}  // namespace

token_list tokenize(std::string_view text, verb operation) {
    switch (operation) {
    case verb::einsum: return run<grammar::einsum_pattern>(text);
    case verb::axes:
    case verb::parse_shape: return run<grammar::axes_pattern>(text);
    case verb::pack:
    case verb::unpack: return run<grammar::pack_pattern>(text);
    default: return run<grammar::einops_pattern>(text);
    }
}

}  // namespace abax
