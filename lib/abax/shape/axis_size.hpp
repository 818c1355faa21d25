#pragma once

#include <abax/core/fixed_text.hpp>

#include <concepts>
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

/// A size whose axis the compiler knows: what `"h"_ax = 12` gives.
template <fixed_text Axis>
struct static_size : axis_size {
    static constexpr std::string_view name = Axis.view();  ///< the axis
    /// The axis with its number.
    [[gnu::always_inline]] constexpr explicit static_size(std::int64_t count)
        : axis_size(Axis.view(), count) {}
};

/// `"h"_ax`: an axis that waits for its number.
template <fixed_text Axis>
struct axis_literal {
    /// The axis with its number, as verbs take it.
    [[gnu::always_inline]] constexpr static_size<Axis> operator=(std::int64_t extent
    ) const {  // NOLINT(misc-unconventional-assign-operator): "h"_ax = 12
        return static_size<Axis>(extent);
    }
};

inline namespace literals {
/// The axis of this name: `rearrange(x, "b (h d) -> b h d", "h"_ax = 12)`. Verbs with names in types check it while compiling.
template <fixed_text Axis>
[[nodiscard, gnu::always_inline]] constexpr axis_literal<Axis> operator""_ax() {
    return {};
}
}  // namespace literals

/// A size as a verb takes any number of: an `axis_size`, or what `"h"_ax = 12` gives.
template <class X>
concept size_argument = std::derived_from<X, axis_size>;

}  // namespace abax
