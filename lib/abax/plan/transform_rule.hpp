#pragma once

#include <abax/plan/static_pattern.hpp>
#include <abax/shape/refusal.hpp>

#include <array>
#include <cstddef>
#include <string_view>

/// What `plan_transform` says of names, said while compiling: the verdict on a rearrange, reduce or repeat.
namespace abax {

namespace detail {

/// Whether the atoms of an item are exactly the factors "h d".
[[nodiscard]] constexpr bool splits_into(
    const static_pattern& p, const static_pattern::item& i, std::string_view factors
) {
    const char* at = factors.data();
    const char* const end = at + factors.size();
    for (std::size_t k = 0; k < i.count; ++k) {
        const std::string_view wanted = p.at(i, k).text;
        if (k != 0 && (at == end || *at++ != ' '))
            return false;
        for (const char c : wanted)
            if (at == end || *at++ != c)
                return false;
        if (at != end && *at != ' ')
            return false;
    }
    return at == end;
}

/// Whether an item of a pattern may stand for an axis of a named tensor.
[[nodiscard]] constexpr verdict match_item(
    const static_pattern& p, const static_pattern::item& i, const axis_table::entry& axis
) {
    const auto refused = [&](sentence what) {
        return verdict::refused(
            category::name_mismatch,
            what,
            with_caret(p.text(), i.at),
            fragment(fragment_kind::says, p.text(i)),
            fragment(fragment_kind::has, axis.text)
        );
    };
    using enum sentence;
    const bool number = i.count == 1 && !i.group && !p.at(i).is_name;
    if (i.count == 0 || number)
        return axis.is_named() ? refused(a_unit_or_number_matches_only_an_axis_without_a_name)
                               : verdict{};
    if (p.is_simple_name(i))
        return axis_table::same(p.at(i).text, axis.label)
                 ? verdict{}
                 : refused(the_pattern_names_another_axis_than_the_tensor_has);
    if (!i.label.empty() && !axis_table::same(i.label, axis.label))
        return refused(the_pattern_demands_another_name_for_the_merged_axis);
    if (axis.remembers() && !splits_into(p, i, axis.factors))
        return refused(
            the_axis_remembers_other_factors_than_the_pattern_splits_it_into__forget_them_first
        );
    return {};
}

/// Whether a term has as many items as a tensor has axes, and each may stand for its axis.
[[nodiscard]] constexpr verdict match_term(
    const static_pattern& p,
    const static_pattern::term& t,
    const axis_table& axes,
    std::string_view axes_text
) {
    const std::size_t dots = p.ellipsis(t);
    const bool open = dots < t.count;
    const std::size_t wanted = t.count - (open ? 1U : 0U);
    if (open ? axes.rank() < wanted : axes.rank() != wanted)
        return verdict::refused(
            category::rank_mismatch,
            sentence::the_pattern_has_another_rank_than_the_tensor,
            with_caret(p.text(), t.count == 0 ? t.at : p.at(t, 0).at),
            quoted(fragment_kind::tensor, axes_text)
        );
    if (!axes.is_named())
        return {};  // matched by position
    for (std::size_t i = 0, at = 0; i < t.count; ++i) {
        if (i == dots) {
            at += axes.rank() - wanted;
            continue;
        }
        if (verdict v = match_item(p, p.at(t, i), axes[at++]); !v.ok()) {
            v.axes = static_axes(static_axes::state::refused);
            return v;
        }
    }
    return {};
}

/// The axes that a term of a pattern expects of a tensor of which nothing is known.
[[nodiscard]] constexpr static_axes expected_by(
    const static_pattern& p, const static_pattern::term& t
) {
    static_axes expected;
    for (std::size_t i = 0; i < t.count; ++i) {
        const auto& item = p.at(t, i);
        expected.add(
            p.is_simple_name(item) ? p.at(item).text
            : !item.label.empty()  ? item.label
                                   : "_"
        );
    }
    return expected;
}

/// The axes of a result, as they are put together.
class axes_writer {
public:
    /// The axis that stood for the simple name `label` on the left, if one did: it keeps its memory.
    constexpr void add_simple(std::string_view text) { made_.add(text); }

    /// A merged axis: `(h d)` or `(m: h d)`; without a name if one of its parts has none.
    constexpr void begin_group(std::string_view label) {
        made_.add("(");
        if (!label.empty()) {
            made_.append(label);
            made_.append(":");
        }
    }
    constexpr void add_part(std::string_view label) {
        if (label[0] == '(')
            nested_ = true;
        if (made_.characters[made_.length - 1] != '(')
            made_.append(" ");
        made_.append(label);
    }
    constexpr void end_group() { made_.append(")"); }

    /// The verdict on what was added.
    [[nodiscard]] constexpr verdict judged() const {
        if (nested_)
            return verdict::refused(
                category::name_mismatch,
                sentence::
                    a_merged_axis_without_a_name_of_its_own_cannot_be_merged_again__rename_it_first,
                quoted(fragment_kind::tensor, made_.view())
            );
        return distinct(made_);
    }

private:
    static_axes made_;
    bool nested_ = false;
};

/// Adds what one item of the right side becomes. `ellipsis` visits the names that `...` stands for; `simple` gives the text
/// of an axis that a simple name stands for.
template <class Ellipsis, class Simple>
constexpr void write_item(
    axes_writer& out,
    const static_pattern& p,
    const static_pattern::item& i,
    const Ellipsis& ellipsis,
    const Simple& simple
) {
    if (static_pattern::is_ellipsis(i)) {
        ellipsis([&](const axis_table::entry& axis) { out.add_simple(axis.text); });
        return;
    }
    std::size_t parts = 0;
    bool all_named = true;
    for (std::size_t k = 0; k < i.count; ++k) {
        if (p.at(i, k).text == "...") {
            ellipsis([&](const axis_table::entry& axis) {
                ++parts;
                all_named = all_named && axis.is_named();
            });
        } else {
            ++parts;
            all_named = all_named && p.at(i, k).is_name;
        }
    }
    if (p.is_simple_name(i)) {
        out.add_simple(simple(p.at(i).text));
    } else if (parts == 1 && i.has_dots && i.label.empty()) {
        // Parentheses around one axis mean that axis.
        if (i.count == 1)
            ellipsis([&](const axis_table::entry& axis) { out.add_simple(axis.text); });
        else
            out.add_simple(simple(p.at(i, p.at(i, 0).is_name ? 0 : 1).text));
    } else if (parts == 0) {
        out.add_simple("1");
    } else if (!all_named) {
        out.add_simple("_");
    } else {
        out.begin_group(i.label);
        for (std::size_t k = 0; k < i.count; ++k) {
            if (p.at(i, k).text == "...")
                ellipsis([&](const axis_table::entry& axis) { out.add_part(axis.label); });
            else
                out.add_part(p.at(i, k).text);
        }
        out.end_group();
    }
}

}  // namespace detail

/// The verdict on a rearrange, reduce or repeat of a tensor with these axes. If none of them has a name, those of the pattern are
/// the result's, as for an unnamed tensor.
[[nodiscard]] constexpr verdict transform_rule(
    const static_pattern& p, const axis_table& axes, std::string_view axes_text
) {
    const auto& left = p.input();
    if (verdict v = detail::match_term(p, left, axes, axes_text); !v.ok())
        return v;
    const std::size_t dots = p.ellipsis(left);
    if (dots < left.count && !axes.is_named())
        return verdict::of(names_in_value);
    const std::size_t members = left.count > axes.rank() ? 0 : axes.rank() + 1 - left.count;
    const auto ellipsis = [&](const auto& visit) {
        if (dots < left.count)
            for (std::size_t k = 0; k < members; ++k)
                visit(axes[dots + k]);
    };
    const auto simple = [&](std::string_view label) {
        for (std::size_t i = 0; i < left.count; ++i)
            if (p.is_simple_name(p.at(left, i))
                && axis_table::same(p.at(p.at(left, i)).text, label))
                return axes.is_named() ? axes[i > dots ? i + members - 1 : i].text : label;
        return label;
    };
    detail::axes_writer out;
    for (std::size_t i = 0; i < p.output().count; ++i)
        detail::write_item(out, p, p.at(p.output(), i), ellipsis, simple);
    return out.judged();
}

/// Which sizes a call passes, as far as the compiler knows.
struct passed_sizes {
    std::array<std::string_view, 32> names{};  ///< of `"h"_ax = 12`
    std::size_t count = 0;                     ///< how many
    bool all_known = true;                     ///< false for {{"h", 12}}, whose names are values

    /// Whether one is for this axis.
    [[nodiscard]] constexpr bool has(std::string_view label) const {
        for (std::size_t i = 0; i < count; ++i)
            if (axis_table::same(names[i], label))
                return true;
        return false;
    }
};

namespace detail {

/// Whether an atom called so stands in a term.
[[nodiscard]] constexpr bool occurs(
    const static_pattern& p, const static_pattern::term& t, std::string_view label
) {
    for (std::size_t i = 0; i < t.count; ++i)
        for (std::size_t k = 0; k < p.at(t, i).count; ++k)
            if (axis_table::same(p.at(p.at(t, i), k).text, label))
                return true;
    return false;
}

/// The verdict on a merged axis of the left side that leaves more than one factor unknown.
[[nodiscard]] constexpr verdict ambiguity(
    const static_pattern& p, const static_pattern::item& i, const passed_sizes& sizes
) {
    std::string_view first;
    for (std::size_t k = 0; k < i.count; ++k) {
        const auto& a = p.at(i, k);
        if (!a.is_name || a.has_extent || sizes.has(a.text))
            continue;
        if (!first.empty())
            return verdict::refused(
                category::ambiguous_size,
                sentence::the_sizes_of_two_factors_are_unknown__pass_one,
                with_caret(p.text(), i.at),
                fragment(fragment_kind::axis, first).add(" ").add(a.text)
            );
        first = a.text;
    }
    return {};
}

}  // namespace detail

/// The verdict on the sizes of a rearrange, reduce or repeat of a tensor with these axes, which do not count if they are in its value.
///
/// No pointer is compared with null here: under its sanitizers GCC 12 takes no such comparison for constant.
[[nodiscard]] constexpr verdict sizes_rule(
    const static_pattern& p, const axis_table& axes, bool known, const passed_sizes& sizes
) {
    for (std::size_t i = 0; i < p.output().count && sizes.all_known; ++i)
        for (std::size_t k = 0; k < p.at(p.output(), i).count; ++k) {
            const auto& a = p.at(p.at(p.output(), i), k);
            if (a.is_name && !a.has_extent && !sizes.has(a.text)
                && !detail::occurs(p, p.input(), a.text))
                return verdict::refused(
                    category::missing_size,
                    sentence::the_new_axis_has_no_size__pass_it,
                    with_caret(p.text(), a.at),
                    fragment(fragment_kind::axis, a.text)
                );
        }
    for (std::size_t i = 0; i < sizes.count; ++i)
        if (!detail::occurs(p, p.input(), sizes.names[i])
            && !detail::occurs(p, p.output(), sizes.names[i]))
            return verdict::refused(
                category::unexpected_size_argument,
                sentence::no_axis_of_the_pattern_has_this_name,
                fragment(fragment_kind::pattern, p.text()),
                fragment(fragment_kind::axis, sizes.names[i])
            );
    const std::size_t dots = p.ellipsis(p.input());
    for (std::size_t i = 0; known && i < p.input().count && sizes.all_known; ++i) {
        const auto& item = p.at(p.input(), i);
        if (i == dots || !item.group)
            continue;
        if (item.count > 1 && axes[i < dots ? i : axes.rank() + i - p.input().count].remembers())
            continue;
        if (verdict v = detail::ambiguity(p, item, sizes); !v.ok())
            return v;
    }
    return {};
}

}  // namespace abax
