#pragma once

#include <abax/plan/align_rule.hpp>
#include <abax/plan/axis_rule.hpp>
#include <abax/plan/select_rule.hpp>
#include <abax/plan/transform_rule.hpp>

#include <cstddef>
#include <span>
#include <string_view>

/// What `pack`, `unpack` and `parse_shape` say of names, said while compiling.
namespace abax {

namespace detail {

/// The one sign of a list that stands for any number of axes: `*`, or `...` of parse_shape; the number of items if none does.
[[nodiscard]] constexpr std::size_t open_item(const static_pattern& p) {
    const auto& list = p.input();
    for (std::size_t i = 0; i < list.count; ++i) {
        const auto& item = p.at(list, i);
        if (static_pattern::is_ellipsis(item)
            || (item.count == 1 && axis_table::same(p.at(item).text, "*")))
            return i;
    }
    return list.count;
}

/// Whether an item takes any one axis: `_`.
[[nodiscard]] constexpr bool is_skip(const static_pattern& p, const static_pattern::item& i) {
    return i.count == 1 && axis_table::same(p.at(i).text, "_");
}

/// Which axis of a tensor an item stands for, where `open` is the item that stands for any number.
[[nodiscard]] constexpr std::size_t axis_for(
    const static_pattern& p, std::size_t open, std::size_t item, std::size_t rank
) {
    return item < open ? item : item + rank - p.input().count;
}

/// Whether a list has an item for each axis of a tensor, and each may stand for its axis.
[[nodiscard]] constexpr verdict match_list(const static_pattern& p, const static_axes& axes) {
    const axis_table has(axes.view());
    const auto& list = p.input();
    const std::size_t open = open_item(p);
    const bool is_open = open < list.count;
    const std::size_t wanted = list.count - (is_open ? 1U : 0U);
    if (is_open ? has.rank() < wanted : has.rank() != wanted)
        return verdict::refused(
            category::rank_mismatch,
            sentence::the_pattern_has_another_rank_than_the_tensor,
            with_caret(p.text(), list.count == 0 ? list.at : p.at(list, 0).at),
            quoted(fragment_kind::tensor, axes.view())
        );
    for (std::size_t i = 0; has.is_named() && i < list.count; ++i) {
        const auto& item = p.at(list, i);
        if (i == open || is_skip(p, item))
            continue;
        if (const verdict v = match_item(p, item, has[axis_for(p, open, i, has.rank())]); !v.ok())
            return v;
    }
    return verdict::of(axes);
}

/// Whether all have names or none has, of those that have axes.
[[nodiscard]] constexpr verdict all_named_or_none(std::span<const static_axes> parts) {
    const static_axes* first = nullptr;
    for (const static_axes& part : parts) {
        const axis_table has(part.view());
        if (has.rank() == 0)
            continue;
        if (first == nullptr)
            first = &part;
        if (has.is_named() != axis_table(first->view()).is_named())
            return does_not_meet(*first, part);
    }
    return {};
}

/// What the packed axis is called: as the one axis that each part has under '*', if all call it so; else nothing.
[[nodiscard]] constexpr verdict packed_axis(
    const static_pattern& p, std::span<const static_axes> parts
) {
    const std::size_t star = open_item(p);
    const verdict nameless = verdict::of(static_axes("2"));
    const axis_table first(parts[0].view());
    for (const static_axes& part : parts) {
        const axis_table has(part.view());
        if (has.rank() != p.input().count || !has[star].is_named()
            || !axis_table::same(has[star].label, first[star].label))
            return nameless;
    }
    if (first[star].is_anonymous())
        return cannot_be_divided(first[star].text, parts[0].view());
    static_axes made;
    made.add(first[star].label);
    return verdict::of(made);
}

}  // namespace detail

/// The verdict on `pack<"b * c">(x, y)`: the kept axes are the first one's.
[[nodiscard]] constexpr verdict pack_rule(
    const static_pattern& p, std::span<const static_axes> parts
) {
    for (const static_axes& part : parts)
        if (const verdict v = detail::match_list(p, part); !v.ok())
            return v;
    if (const verdict v = detail::all_named_or_none(parts); !v.ok())
        return v;
    const std::size_t star = detail::open_item(p);
    const axis_table first(parts[0].view());
    static_axes made;
    for (std::size_t i = 0; i < p.input().count; ++i) {
        if (i == star) {
            const verdict packed = detail::packed_axis(p, parts);
            if (!packed.ok())
                return packed;
            made.add(packed.axes.view());
            continue;
        }
        // An axis without memory meets any, so the next one is compared with what is known of the factors.
        axis_table::entry known = first[detail::axis_for(p, star, i, first.rank())];
        made.add(known.text);
        for (const static_axes& part : parts) {
            const axis_table has(part.view());
            const axis_table::entry& axis = has[detail::axis_for(p, star, i, has.rank())];
            if (!detail::meet(known, axis))
                return detail::other_factors(known, axis);
            if (!known.remembers())
                known = axis;
        }
    }
    return detail::distinct(made);
}

namespace detail {

/// pack<"b * c">(x, y).
template <fixed_text Text, static_axes... Parts>
struct pack_check {
    using text = static_text<Text, verb::pack>;
    static constexpr verdict judge() {
        if (((Parts.is == static_axes::state::refused) || ...))
            return verdict::silent();
        if constexpr (!text::ok)
            return verdict::faulty(Text.view(), *text::all.wrong);
        else if constexpr (((Parts == names_in_value) || ...))
            return verdict::of(names_in_value);
        else {
            const static_axes all[] = {Parts...};
            return pack_rule(text::tree, all);
        }
    }
    static constexpr verdict says = judge();
};

/// unpack<"b * c">(x, shapes), parse_shape<"b _ h">(x): the names of x are those of the list.
template <fixed_text Text, verb Verb, static_axes Axes>
struct list_check {
    using text = static_text<Text, Verb>;
    static constexpr verdict judge() {
        if (Axes.is == static_axes::state::refused)
            return verdict::silent();
        if constexpr (!text::ok)
            return verdict::faulty(Text.view(), *text::all.wrong);
        else if constexpr (Axes == names_in_value)
            return verdict::of(names_in_value);
        else if (Verb == verb::unpack && axis_table(Axes.view()).rank() != text::tree.input().count)
            return verdict::refused(  // the axis at '*' is one, and is taken apart
                category::rank_mismatch,
                sentence::the_pattern_has_another_rank_than_the_tensor,
                with_caret(Text.view(), text::tree.at(text::tree.input(), 0).at),
                quoted(fragment_kind::tensor, Axes.view())
            );
        else
            return match_list(text::tree, Axes);
    }
    static constexpr verdict says = judge();
};

}  // namespace detail

}  // namespace abax
