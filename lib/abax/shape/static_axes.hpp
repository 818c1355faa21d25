#pragma once

#include <abax/pattern/check.hpp>
#include <abax/pattern/walker.hpp>
#include <abax/pattern/word.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace abax {

/// The axes of a tensor as a template argument, in canonical spelling: `tensor<float, "b s (m: h d)">`.
///
/// Spelling does not matter: "b s" and " b  s " are one value, hence one type.
struct static_axes {
    /// The longest list that a type can carry, in characters; longer ones are `tensor<T>`'s.
    static constexpr std::size_t capacity = 150;

    /// What the text is.
    enum class state : std::uint8_t {
        legal,     ///< a list of axes
        in_value,  ///< no text: the tensor's value has the names, if it has any
        faulty,    ///< a text that breaks a rule, kept for the message
        refused,  ///< no text: the result of a call that did not compile, which no further message is worth
    };

    char characters[capacity] = {};  ///< public, as a template argument wants it
    std::uint8_t length = 0;         ///< how many of them count
    state is = state::legal;         ///< what they are

    /// A literal, checked: a faulty one is kept as such, and the tensor's type says what is wrong with it.
    template <std::size_t N>
    consteval static_axes(const char (&literal)[N]
    )  // NOLINT(google-explicit-constructor): tensor<float, "b s m">
    {
        const std::string_view text(literal, N - 1);
        const token_array tokens = walk(text, verb::axes);
        if (tokens.overflowed || first_fault(text, verb::axes, tokens.view())) {
            keep_faulty(text);
            return;
        }
        write(text, tokens);
        if (is == state::faulty)
            keep_faulty(text);
    }

    /// No text, for the states that have none.
    constexpr explicit static_axes(state which) : is(which) {}
    /// An empty list, to be added to.
    constexpr static_axes() = default;

    /// Adds one axis, as it is written in a list. Of too many characters the state becomes `faulty`.
    constexpr void add(std::string_view item) {
        if (length != 0)
            put(' ');
        append(item);
    }
    /// Adds characters to the last axis.
    constexpr void append(std::string_view text) {
        for (const char c : text)
            put(c);
    }

    /// The canonical text. Good as long as this lives: as a template argument, for ever.
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {characters, length}; }

    /// The same state and text.
    friend constexpr bool operator==(const static_axes& a, const static_axes& b) noexcept {
        if (a.length != b.length || a.is != b.is)
            return false;
        for (std::size_t i = 0; i < a.length; ++i)
            if (a.characters[i] != b.characters[i])
                return false;
        return true;
    }

private:
    constexpr void put(char c) {
        if (length == capacity)
            is = state::faulty;
        else
            characters[length++] = c;
    }

    constexpr void keep_faulty(std::string_view text) {
        length = 0;
        for (const char c : text.substr(0, capacity))
            put(c);
        is = state::faulty;
    }

    // The tokens of a legal list, one space between words; `(a)` and `(a 1)` are a, `()` is 1, a number is an axis without a name.
    constexpr void write(std::string_view text, const token_array& tokens) {
        for (std::size_t i = 0; i < tokens.count; ++i) {
            const token& t = tokens.storage[i];
            if (t.kind == token_kind::open)
                i = write_group(text, tokens, i);
            else if (t.kind == token_kind::word)
                add(detail::is_number(t.in(text)) ? (number_value(t.in(text)) == 1 ? "1" : "_")
                                                  : t.in(text));
            else  // `...`, or `h=12`: a type has neither
                is = state::faulty;
        }
    }

    // @return the index of the closing parenthesis
    constexpr std::size_t write_group(
        std::string_view text, const token_array& tokens, std::size_t open
    ) {
        std::size_t close = open;
        std::size_t parts = 0;
        std::string_view label;
        std::string_view only;
        while (tokens.storage[close].kind != token_kind::close) {
            const token& t = tokens.storage[close++];
            if (t.kind == token_kind::label)
                label = tokens.storage[close - 2].in(text);
            if (t.kind == token_kind::dots || t.kind == token_kind::extent)
                is = state::faulty;
            if (t.kind != token_kind::word || tokens.storage[close].kind == token_kind::label)
                continue;
            if (detail::is_number(t.in(text))) {
                if (number_value(t.in(text)) != 1)
                    is = state::faulty;
                continue;
            }
            only = t.in(text);
            ++parts;
        }
        if (label.empty() && parts < 2) {
            add(parts == 0 ? "1" : only);
            return close;
        }
        add("(");
        if (!label.empty()) {
            append(label);
            append(":");
        }
        for (std::size_t i = open + 1; i < close; ++i) {
            const token& t = tokens.storage[i];
            if (t.kind != token_kind::word || tokens.storage[i + 1].kind == token_kind::label
                || detail::is_number(t.in(text)))
                continue;
            if (characters[length - 1] != '(')
                put(' ');
            append(t.in(text));
        }
        put(')');
        return close;
    }
};

/// The names are in the value: what `tensor<float>` has as its axes.
inline constexpr static_axes names_in_value{static_axes::state::in_value};

/// What the result of a call has that did not compile.
inline constexpr static_axes refused_axes{static_axes::state::refused};

}  // namespace abax
