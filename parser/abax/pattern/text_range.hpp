#pragma once

#include <cstdint>
#include <string_view>

namespace abax {

/// A stretch of a pattern's text, in bytes: where a caret stands.
struct text_range {
    std::uint32_t offset = 0;
    std::uint32_t length = 0;

    [[nodiscard]] constexpr std::string_view in(std::string_view text) const noexcept {
        return text.substr(offset, length);
    }
    friend constexpr bool operator==(const text_range&, const text_range&) = default;
};

}  // namespace abax
