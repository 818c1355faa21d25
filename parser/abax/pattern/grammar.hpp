#pragma once

#include <abax/pattern/peg.hpp>
#include <abax/pattern/token.hpp>

/// The grammar of patterns, written once.
///
/// Two engines run these types: PEGTL at run time (`engine.cpp`) and a `constexpr` matcher while
/// compiling (`walker.hpp`). A rule with a member `token` leaves a token of that kind.
///
///     pattern <- side '->' side            einsum: side (',' side)* '->' side
///                                          axes, parse_shape: side
///     side    <- SP* (item SP*)*
///     item    <- group / factor
///     group   <- '(' SP* (NAME ':' SP+)? (factor SP*)* ')'
///     factor  <- '...' / word ('=' word)?
///
///     pattern <- SP* (CHUNK SP*)*          pack, unpack; CHUNK: anything but spaces
///
/// Words are gathered leniently, any run of letters, digits, '_' and "'", and `check.hpp` judges
/// them afterwards: in einops a wrong name is a fault among others, reported in order of position,
/// and two words that touch are one wrong word, not two.
///
/// The trap: where PEGTL reports a failure depends on rewinding, and rewinding on whether an action
/// is attached. Hence behind `must` (and behind the first rule of `if_must`) stand only rules that
/// fail without having consumed, or that never fail; and no rule rewinds over a token.
namespace abax::grammar {

struct space : peg::one<' '> {};
struct spaces : peg::star<space> {};

// A lone last argument of `ranges` is a single character.
struct word_character : peg::ranges<'a', 'z', 'A', 'Z', '0', '9', '_', '_', '\''> {};
struct word : peg::plus<word_character> {
    static constexpr auto token = token_kind::word;
};
struct dots : peg::string<'.', '.', '.'> {
    static constexpr auto token = token_kind::dots;
};

/// The 12 of `h=12`. Once '=' is read, a word must follow.
struct extent_word : peg::plus<word_character> {
    static constexpr auto token = token_kind::extent;
};
struct extent : peg::if_must<peg::one<'='>, extent_word> {};

/// The colon of `(m: h d)`. Once it is read, a space must follow: `m:h` would look like one name.
struct colon : peg::one<':'> {
    static constexpr auto token = token_kind::label;
};
struct label : peg::if_must<colon, space> {};

struct open : peg::one<'('> {
    static constexpr auto token = token_kind::open;
};
struct close : peg::one<')'> {
    static constexpr auto token = token_kind::close;
};
struct factor : peg::sor<dots, peg::seq<word, peg::opt<extent>>> {};

/// Only the first word of a group can be its label. The character after it tells, so that no rule
/// has to look back.
struct first_factor : peg::sor<dots, peg::seq<word, peg::opt<peg::sor<label, extent>>>> {};
struct group
    : peg::if_must<open, spaces, peg::opt<first_factor, spaces>, peg::star<factor, spaces>, close> {
};

struct item : peg::sor<group, factor> {};
struct side : peg::seq<spaces, peg::star<item, spaces>> {};

struct comma : peg::one<','> {
    static constexpr auto token = token_kind::comma;
};
struct arrow : peg::string<'-', '>'> {
    static constexpr auto token = token_kind::arrow;
};
struct terms : peg::seq<side, peg::star<comma, side>> {};

/// rearrange, reduce, repeat.
struct einops_pattern : peg::must<side, arrow, side, peg::eof> {};
/// einsum.
struct einsum_pattern : peg::must<terms, arrow, side, peg::eof> {};
/// As in einops, spaces alone part what stands in the pattern of pack: `a*` is one wrong chunk.
struct chunk : peg::plus<peg::not_one<' '>> {
    static constexpr auto token = token_kind::word;
};

/// A list of axes without an arrow: axes, parse_shape.
struct axes_pattern : peg::must<side, peg::eof> {};
/// pack, unpack.
struct pack_pattern : peg::must<spaces, peg::star<chunk, spaces>, peg::eof> {};

}  // namespace abax::grammar
