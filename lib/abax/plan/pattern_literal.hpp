#pragma once

#include <abax/pattern/static_check.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace abax {

class arrangement;

/// A pattern known only at run time: `rearrange(x, pattern_text(line))`.
class pattern_text {
public:
    /// Kept as it is; the verb that gets it parses it and throws if it is not well-formed.
    explicit pattern_text(std::string text) : text_(std::move(text)) {}
    /// As it was given.
    [[nodiscard]] std::string_view text() const noexcept { return text_; }

private:
    std::string text_;
};

/// A literal that was read while compiling, in one piece: the sizes, then the tokens, then the characters. A single object, since
/// each costs an object file more for its name than for its bytes.
struct literal_header {
    std::uint32_t tokens;      ///< how many follow
    std::uint32_t characters;  ///< how many follow the tokens
};
/// The whole piece. Verbs take its header.
template <std::size_t Tokens, std::size_t Characters>
struct stored_literal {
    literal_header header{Tokens, Characters - 1};  ///< the sizes
    std::array<packed_token, Tokens> tokens{};      ///< what the text was read into
    char characters[Characters] = {};               ///< the text, and a zero

    /// Copies a text and its tokens.
    constexpr stored_literal(std::string_view text, std::span<const packed_token> read) {
        for (std::size_t i = 0; i < Tokens; ++i)
            tokens[i] = read[i];
        for (std::size_t i = 0; i + 1 < Characters; ++i)
            characters[i] = text[i];
    }
};

/// The pattern that a compiled verb gets: a text, and its tokens if it was read while compiling.
class pattern_argument {
public:
    /// A text to be read at run time. It is not copied: it outlives the call.
    explicit pattern_argument(const pattern_text& text) noexcept : text_(text.text()) {}
    /// A text that was read while compiling. Neither is copied: both outlive the call.
    constexpr pattern_argument(
        std::string_view text, std::span<const packed_token> tokens, bool is_literal = true
    ) noexcept
        : text_(text), tokens_(tokens), is_literal_(is_literal) {}
    /// The literal that `header` begins.
    explicit pattern_argument(const literal_header& header) noexcept
        : tokens_(reinterpret_cast<const packed_token*>(&header + 1), header.tokens),
          is_literal_(true) {
        text_ = {reinterpret_cast<const char*>(tokens_.data() + header.tokens), header.characters};
    }

    /// As it was given.
    [[nodiscard]] constexpr std::string_view text() const noexcept { return text_; }
    /// Whether it was read, and found legal, while compiling.
    [[nodiscard]] constexpr bool is_literal() const noexcept { return is_literal_; }
    /// What a literal was read into.
    [[nodiscard]] constexpr std::span<const packed_token> tokens() const noexcept {
        return tokens_;
    }

private:
    std::string_view text_;
    std::span<const packed_token> tokens_;
    bool is_literal_ = false;
};

namespace detail {

/// Not constexpr, so that a literal that needs it stops the build; its name is the message.
template <category Category, fault_kind Fault>
void pattern_does_not_compile();

/// Not constexpr either: `einsum("i, j -> i j", x)`.
void einsum_has_another_number_of_terms_than_there_are_operands();

/// That function for each kind of fault. A table: every function between the message and the literal is a line of output more.
inline constexpr auto refusals = []<std::size_t... K>(std::index_sequence<K...>) {
    return std::array<void (*)(), sizeof...(K)>{
        &pattern_does_not_compile<category_of(fault_kind(K)), fault_kind(K)>...};
}
(std::make_index_sequence<fault_kinds>{});

/// How many operands an einsum of these tokens takes.
[[nodiscard]] constexpr std::size_t count_terms(std::span<const packed_token> tokens) {
    std::size_t terms = 1;
    for (const packed_token& t : tokens)
        terms += t.kind == token_kind::comma ? 1 : 0;
    return terms;
}

}  // namespace detail

/// The pattern of a verb: a literal, which is checked while compiling and not parsed again, a `pattern_text`, or an `arrangement`.
///
/// A literal that breaks a rule of the verb does not compile; the compiler names the category and the fault.
/// @tparam Operands  how many an einsum has; 0 if that is known at run time only
template <verb Verb, std::size_t Operands = 0>
class pattern_literal {
public:
    ///@{
    /// The text is not copied: it outlives the call.
    template <std::size_t N>
    consteval pattern_literal(const char (&literal)[N]
    )  // NOLINT(google-explicit-constructor): so that calls read as in einops
        : text_(literal, N - 1), is_literal_(true) {
        if (const auto wrong = read_literal(text_, Verb, tokens_))
            detail::refusals[static_cast<std::size_t>(wrong->kind)]();
        if (Operands != 0 && detail::count_terms(tokens_.view()) != Operands)
            detail::einsum_has_another_number_of_terms_than_there_are_operands();
    }
    pattern_literal(const pattern_text& text)  // NOLINT(google-explicit-constructor)
        : text_(text.text()) {}
    /// An arrangement, wherever a rearrange's pattern may stand: `rearrange(x, compose(p, q))`.
    template <std::same_as<arrangement> Arrangement>
    requires(Verb == verb::rearrange)
        pattern_literal(const Arrangement& p)  // NOLINT(google-explicit-constructor)
        : text_(p.text()) {}
    ///@}

    /// What the compiled verb gets; it refers to this.
    operator pattern_argument() const noexcept  // NOLINT(google-explicit-constructor): a veneer
    {
        return {text_, tokens_.view(), is_literal_};
    }

private:
    std::string_view text_;
    literal_tokens<> tokens_{};
    bool is_literal_ = false;
};

}  // namespace abax
