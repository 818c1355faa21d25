#pragma once

#include <string_view>

namespace abax::io {

/// Whether `text` is well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
/// @see  Unicode 15, table 3-7
[[nodiscard]] constexpr bool is_utf8(std::string_view text) noexcept {
    const auto byte_at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    for (std::size_t i = 0; i < text.size();) {
        const unsigned char lead = byte_at(i);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || length > text.size() - i)
            return false;
        // What the second byte may be depends on the first: this is what rules overlong forms out.
        const unsigned char least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        const unsigned char most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (byte_at(i + 1) < least || byte_at(i + 1) > most)
            return false;
        for (std::size_t k = 2; k < length; ++k)
            if ((byte_at(i + k) & 0xC0U) != 0x80)
                return false;
        i += length;
    }
    return true;
}

/// Whether `text` is ASCII alone, which is UTF-8 too.
[[nodiscard]] constexpr bool is_ascii(std::string_view text) noexcept {
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x80)
            return false;
    return true;
}

}  // namespace abax::io
