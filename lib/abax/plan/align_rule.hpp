#pragma once

#include <abax/shape/refusal.hpp>

#include <cstddef>
#include <initializer_list>
#include <string_view>

/// What `align` says of names, said while compiling: the verdict on element-wise operations.
namespace abax {

namespace detail {

/// The axes of `has` that `lacks` has not.
[[nodiscard]] constexpr fragment missing(
    fragment_kind which, const axis_table& has, const axis_table& lacks
) {
    fragment text(which, "");
    for (std::size_t i = 0; i < has.rank(); ++i)
        if (!lacks.has(has[i].label))
            text.add(text.length == 0 ? "" : " ").add(has[i].text);
    return text;
}

/// Rule (F): axes of one name that remember different factors do not meet.
[[nodiscard]] constexpr bool meet(const axis_table::entry& a, const axis_table::entry& b) {
    return !a.remembers() || !b.remembers() || axis_table::same(a.factors, b.factors);
}

[[nodiscard]] constexpr verdict other_factors(
    const axis_table::entry& a, const axis_table::entry& b
) {
    return verdict::refused(
        category::name_mismatch,
        sentence::the_operands_merged_this_axis_from_other_factors,
        fragment(fragment_kind::axis, a.label),
        fragment(fragment_kind::left, a.text),
        fragment(fragment_kind::right, b.text)
    );
}

/// Whether each axis of `narrow` is in `wide`, and the two may meet.
[[nodiscard]] constexpr verdict contained(const axis_table& narrow, const axis_table& wide) {
    for (std::size_t i = 0; i < narrow.rank(); ++i) {
        if (!narrow[i].is_named())
            return verdict::refused(
                category::name_mismatch,
                sentence::an_axis_without_a_name_meets_nothing__name_or_drop_it
            );
        const std::size_t at = wide.find(narrow[i].label);
        if (at == wide.rank())
            return verdict::refused(
                category::name_mismatch,
                sentence::
                    neither_operand_has_all_axes_of_the_other__nothing_stretches__ask_for_outer_or_broadcast
            );
        if (!meet(wide[at], narrow[i]))
            return other_factors(wide[at], narrow[i]);
    }
    return {};
}

}  // namespace detail

/// The verdict on an element-wise operation of tensors with these axes: one has the axes of all others, the leftmost of those
/// with most axes.
[[nodiscard]] constexpr verdict align_rule(std::initializer_list<static_axes> operands) {
    const static_axes* widest = operands.begin();
    std::size_t rank = 0;
    for (const static_axes& x : operands) {
        const std::size_t own = axis_table(x.view()).rank();
        if (own > rank) {
            widest = &x;
            rank = own;
        }
    }
    const axis_table wide(widest->view());
    for (const static_axes& x : operands) {
        const axis_table narrow(x.view());
        if (narrow.rank() == 0)
            continue;
        if (narrow.is_named() != wide.is_named()
            || (!wide.is_named() && narrow.rank() != wide.rank()))
            return verdict::refused(
                narrow.rank() == wide.rank() ? category::name_mismatch : category::rank_mismatch,
                wide.is_named() || narrow.is_named()
                    ? sentence::a_named_tensor_does_not_meet_an_unnamed_one__name_its_axes
                    : sentence::an_axis_without_a_name_meets_nothing__name_or_drop_it,
                quoted(fragment_kind::left, (&x < widest ? x : *widest).view()),
                quoted(fragment_kind::right, (&x < widest ? *widest : x).view())
            );
        if (!wide.is_named())
            continue;  // by position, as tensors without any name
        verdict v = detail::contained(narrow, wide);
        if (v.ok())
            continue;
        if (v.parts[0].kind == fragment_kind::none) {
            const bool is_left = &x < widest;
            const axis_table& left = is_left ? narrow : wide;
            const axis_table& right = is_left ? wide : narrow;
            v.parts[0] = detail::missing(fragment_kind::only_left, left, right);
            v.parts[1] = detail::missing(fragment_kind::only_right, right, left);
        }
        return v;
    }
    return verdict::of(*widest);
}

}  // namespace abax
