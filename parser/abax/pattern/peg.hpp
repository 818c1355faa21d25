#pragma once

#include <tao/pegtl/internal/eof.hpp>
#include <tao/pegtl/internal/if_must.hpp>
#include <tao/pegtl/internal/must.hpp>
#include <tao/pegtl/internal/one.hpp>
#include <tao/pegtl/internal/opt.hpp>
#include <tao/pegtl/internal/peek_char.hpp>
#include <tao/pegtl/internal/plus.hpp>
#include <tao/pegtl/internal/ranges.hpp>
#include <tao/pegtl/internal/result_on_found.hpp>
#include <tao/pegtl/internal/seq.hpp>
#include <tao/pegtl/internal/sor.hpp>
#include <tao/pegtl/internal/star.hpp>
#include <tao/pegtl/internal/string.hpp>

/// The rules of PEGTL that the grammar is made of, under PEGTL's own names.
///
/// They are its rules, not copies: each derives from what PEGTL's rule of this name derives from. Its
/// `ascii.hpp` and `rules.hpp` also include the input and its errors, hence streams, and every program that includes
/// abax would compile them.
namespace abax::grammar::peg {

namespace kind = tao::pegtl::internal;

template <char... Characters>
struct one : kind::one<kind::result_on_found::success, kind::peek_char, Characters...> {};
template <char... Characters>
struct not_one : kind::one<kind::result_on_found::failure, kind::peek_char, Characters...> {};
template <char... Bounds>
struct ranges : kind::ranges<kind::peek_char, Bounds...> {};
template <char... Characters>
struct string : kind::string<Characters...> {};
struct eof : kind::eof {};

template <class... Rules>
struct seq : kind::seq<Rules...> {};
template <class... Rules>
struct sor : kind::sor<Rules...> {};
template <class... Rules>
struct opt : kind::opt<Rules...> {};
template <class Rule, class... Rules>
struct star : kind::star<Rule, Rules...> {};
template <class Rule, class... Rules>
struct plus : kind::plus<Rule, Rules...> {};
template <class... Rules>
struct must : kind::must<Rules...> {};
template <class Condition, class... Rules>
struct if_must : kind::if_must<false, Condition, Rules...> {};

}  // namespace abax::grammar::peg
