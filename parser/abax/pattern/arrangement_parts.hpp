#pragma once

#include <abax/pattern/arrangement_refused.hpp>
#include <abax/pattern/check_side.hpp>
#include <abax/pattern/text_range.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// What an arrangement is made of: small fixed arrays, so that it can live in a constant expression. In arrays the defaults
// are zeros, and what must not be 0 is set: where a constant expression has used such a class, GCC 12 may leave zeros for
// any other defaults when the program runs.
namespace abax {

/// The most characters of an arrangement's text.
inline constexpr std::size_t max_arrangement_text = 512;

namespace detail {

/// A name of an arrangement, by number: axes from 0 in the order of the left side, labels from
/// `first_label`.
using axis_id = std::uint8_t;
inline constexpr axis_id first_label = max_axes;
inline constexpr axis_id the_ellipsis = 0xFE;  ///< as a factor: the axes of `...`
inline constexpr axis_id no_label = 0xFF;
inline constexpr std::size_t max_names = 3 * max_axes;  ///< axes, and labels of both sides
inline constexpr std::size_t max_factors = max_axes + 1;
inline constexpr std::int64_t no_extent = -1;

/// What stands for one axis of the tensor: its factors, none for a unit; or the bare ellipsis.
struct arranged_item {
    std::uint8_t first = 0;
    std::uint8_t count = 0;
    axis_id label = 0;    ///< m of `(m: h d)`, or `no_label`
    bool spread = false;  ///< `...`, any number of axes; `(...)` is one
    text_range at = {};   ///< where it stands in the text
};

/// One side of the arrow.
struct arranged_side {
    std::array<arranged_item, max_axes> items{};
    std::array<axis_id, max_factors> factors{};
    std::uint8_t item_count = 0;
    std::uint8_t factor_count = 0;

    [[nodiscard]] constexpr std::span<const arranged_item> list() const noexcept {
        return {items.data(), item_count};
    }
    [[nodiscard]] constexpr std::span<const axis_id> of(const arranged_item& i) const noexcept {
        return {factors.data() + i.first, i.count};
    }
    /// Begins an item; `add` gives it factors.
    constexpr void begin(axis_id label = no_label) {
        if (item_count == max_axes)
            an_arrangement_has_at_most_32_axes_on_a_side();
        items[item_count++] = {factor_count, 0, label, false, {}};
    }
    constexpr void add(axis_id factor) {
        if (factor_count == max_factors)
            an_arrangement_has_at_most_32_axes_on_a_side();
        factors[factor_count++] = factor;
        ++items[item_count - 1].count;
    }
    /// Adds `...` that stands alone.
    constexpr void add_ellipsis() {
        begin();
        add(the_ellipsis);
        items[item_count - 1].spread = true;
    }
    /// Where the bare ellipsis stands among the items; `item_count` if nowhere.
    [[nodiscard]] constexpr std::size_t ellipsis_position() const noexcept {
        std::size_t i = 0;
        while (i < item_count && !items[i].spread)
            ++i;
        return i;
    }
};

/// Equal but for what things are called: units, groups and axes stand at the same places.
[[nodiscard]] constexpr bool same_structure(
    const arranged_side& a, const arranged_side& b
) noexcept {
    if (a.item_count != b.item_count || a.factor_count != b.factor_count)
        return false;
    for (std::size_t i = 0; i < a.item_count; ++i)
        if (a.items[i].count != b.items[i].count || a.items[i].spread != b.items[i].spread)
            return false;
    for (std::size_t i = 0; i < a.factor_count; ++i)
        if (a.factors[i] != b.factors[i])
            return false;
    return true;
}

/// An arrangement, read: its canonical text and what stands where in it.
struct arranged {
    std::array<char, max_arrangement_text> characters{};
    std::uint32_t length = 0;
    std::array<text_range, max_names> names{};
    std::array<std::int64_t, max_axes> extents{};  ///< `no_extent` where none is given
    std::uint8_t axis_count = 0;
    std::uint8_t label_count = 0;
    arranged_side left{};
    arranged_side right{};

    [[nodiscard]] constexpr std::string_view text() const noexcept {
        return {characters.data(), length};
    }
    [[nodiscard]] constexpr std::string_view name_of(axis_id id) const noexcept {
        return names[id].in(text());
    }
};

}  // namespace detail

}  // namespace abax
