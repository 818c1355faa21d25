#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace abax {

/// A named axis and a number: its extent where a verb asks for sizes, {"h", 12} or "h"_ax = 12; a position on it
/// where an element is read, x("b"_ax = 1, "s"_ax = 2).
struct axis_size {
    std::string_view axis;  ///< its name; the text is not copied
    std::int64_t extent;    ///< or the position

    /// A constructor, so that {{"h", 12}} can only be a list of one size: an aggregate would also take {"h", 12} for
    /// the 12 characters that begin at "h".
    constexpr axis_size(std::string_view label, std::int64_t count) : axis(label), extent(count) {}
};

/// `"h"_ax`: an axis that waits for its number.
struct axis_literal {
    std::string_view axis;  ///< the name before _ax
    /// The axis with its number, as verbs take it.
    constexpr axis_size operator=(std::int64_t extent
    ) const {  // NOLINT(misc-unconventional-assign-operator): "h"_ax = 12
        return {axis, extent};
    }
};

inline namespace literals {
/// The axis of this name: `rearrange(x, "b (h d) -> b h d", "h"_ax = 12)`. Nothing is checked before a verb sees it.
[[nodiscard]] constexpr axis_literal operator""_ax(const char* text, std::size_t length) {
    return {std::string_view(text, length)};
}
}  // namespace literals

}  // namespace abax
