#pragma once

#include <cstddef>
#include <string_view>

namespace abax {

/// A text as a template argument: `rearrange<"b s m -> s b m">(x)`.
///
/// N counts the characters and the zero behind them, so that a literal's type tells it.
template <std::size_t N>
struct fixed_text {
    char characters[N] = {};  ///< public, as a template argument wants it; ends with a zero

    /// The literal, as it was written.
    consteval fixed_text(const char (&literal)[N]
    )  // NOLINT(google-explicit-constructor): dot<"d">(a, b)
    {
        for (std::size_t i = 0; i < N; ++i)
            characters[i] = literal[i];
    }
    /// The first N - 1 characters of a text that has as many.
    constexpr explicit fixed_text(std::string_view text) {
        for (std::size_t i = 0; i + 1 < N; ++i)
            characters[i] = text[i];
    }

    /// Without the zero. Good as long as this lives: as a template argument, for ever.
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {characters, N - 1}; }
};

}  // namespace abax
