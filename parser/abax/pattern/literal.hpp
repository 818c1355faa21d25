#pragma once

#include <abax/pattern/fault.hpp>
#include <abax/pattern/token.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace abax {

/// A token in four bytes: what a pattern literal carries for each of its words and signs.
struct packed_token {
    std::uint16_t offset = 0;
    std::uint8_t length = 0;
    token_kind kind = token_kind::word;

    /// The same token in its wide form.
    [[nodiscard]] constexpr token unpacked() const noexcept { return {kind, offset, length}; }
    friend constexpr bool operator==(const packed_token&, const packed_token&) = default;
};
static_assert(sizeof(packed_token) == 4);

/// What a pattern literal was parsed into while compiling. `parse_packed` builds the pattern of it.
///
/// Of structural type, so that it can be a template argument.
template <std::size_t Capacity = max_literal_tokens>
struct literal_tokens {
    std::array<packed_token, Capacity> storage{};
    std::size_t count = 0;

    [[nodiscard]] constexpr std::span<const packed_token> view() const noexcept {
        return {storage.data(), count};
    }
    friend constexpr bool operator==(const literal_tokens&, const literal_tokens&) = default;
};

/// The most characters of a pattern literal, and of one word in it; text known at run time may be
/// longer.
inline constexpr std::size_t max_literal_length = std::numeric_limits<std::uint16_t>::max();
inline constexpr std::size_t max_literal_word = std::numeric_limits<std::uint8_t>::max();

/// What keeps the tokens of `text` from being packed: too many characters, or too long a word.
[[nodiscard]] constexpr std::optional<fault> wrong_length(
    std::string_view text, std::span<const token> tokens
) noexcept {
    if (text.size() > max_literal_length)
        return fault{
            fault_kind::literal_too_long, {0, static_cast<std::uint32_t>(text.size())}, {}};
    for (const token& t : tokens)
        if (t.length > max_literal_word)
            return fault{fault_kind::literal_too_long, {t.offset, t.length}, {}};
    return std::nullopt;
}

/// Packs tokens that `wrong_length` has let pass; at most `Capacity` of them.
template <std::size_t Capacity>
constexpr void pack_tokens(
    std::span<const token> tokens, literal_tokens<Capacity>& packed
) noexcept {
    // Constant evaluation pays for every call: hence pointers, and members one by one.
    const token* const from = tokens.data();
    packed_token* const to = packed.storage.data();
    const std::size_t count = tokens.size();
    for (std::size_t i = 0; i < count; ++i) {
        to[i].offset = static_cast<std::uint16_t>(from[i].offset);
        to[i].length = static_cast<std::uint8_t>(from[i].length);
        to[i].kind = from[i].kind;
    }
    packed.count = count;
}

}  // namespace abax
