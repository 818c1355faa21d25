#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace abax {

/// What a token of a pattern is. Spaces leave no token.
enum class token_kind : std::uint8_t {
    word,    ///< a run of letters, digits, '_' and "'": a name or a number, `word.hpp` judges which
    dots,    ///< "..."
    open,    ///< "("
    close,   ///< ")"
    label,   ///< the ":" that makes the word before it the name of a merged axis
    extent,  ///< the word after "=": the extent of the word before it
    comma,   ///< ","
    arrow,   ///< "->"
};

/// One token: its kind and where it stands in the text.
struct token {
    token_kind kind = token_kind::word;
    std::uint32_t offset = 0;
    std::uint32_t length = 0;

    [[nodiscard]] constexpr std::uint32_t end() const noexcept { return offset + length; }
    [[nodiscard]] constexpr std::string_view in(std::string_view text) const noexcept {
        return {text.data() + offset, length};
    }
    friend constexpr bool operator==(const token&, const token&) = default;
};

/// Whether two tokens of a text read the same.
///
/// Constant evaluation pays for every call: hence a pointer and a loop, not two `string_view`.
[[nodiscard]] constexpr bool same_text(const char* text, const token& a, const token& b) noexcept {
    if (a.length != b.length)
        return false;
    for (std::uint32_t i = 0; i < a.length; ++i)
        if (text[a.offset + i] != text[b.offset + i])
            return false;
    return true;
}

/// "The text matches": the failure of a text that has none.
inline constexpr std::uint32_t no_failure = static_cast<std::uint32_t>(-1);

/// What an engine makes of a text: the tokens up to the first failure, and where that is.
struct token_view {
    std::span<const token> tokens;
    std::uint32_t failure = no_failure;
};

/// The most tokens that a pattern known while compiling may have.
inline constexpr std::size_t max_literal_tokens = 64;

/// The tokens of a literal, in place, so that they can live in a constant expression.
struct token_array {
    std::array<token, max_literal_tokens> storage{};
    std::size_t count = 0;
    std::uint32_t failure = no_failure;
    bool overflowed = false;  ///< there were more tokens; those beyond the capacity are lost

    [[nodiscard]] constexpr token_view view() const noexcept {
        return {{storage.data(), count}, failure};
    }
};

}  // namespace abax
