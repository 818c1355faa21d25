#pragma once

#include <abax/plan/align_rule.hpp>
#include <abax/plan/names_rule.hpp>

#include <cstddef>
#include <string_view>

/// What rotary positions say of names, said while compiling.
namespace abax {

/// The verdict on rotating along one axis of x: the tables have `pair`, or this axis, for their angles, and of the others only such
/// as x has.
[[nodiscard]] constexpr verdict rope_rule(
    const static_axes& over, const static_axes& axes, const static_axes& tables
) {
    const verdict along = one_axis_rule(over, axes, effect::keeps);
    if (!along.ok())
        return along;
    const std::string_view rotated = axis_table(over.view())[0].label;
    const axis_table x(axes.view());
    const axis_table has(tables.view());
    const auto refused = [&](category kind, sentence what, std::string_view axis) {
        return verdict::refused(
            kind,
            what,
            fragment(fragment_kind::axis, axis),
            quoted(fragment_kind::tensor, axes.view()),
            quoted(fragment_kind::has, tables.view())
        );
    };
    using enum sentence;
    const std::string_view pair = "pair";
    const std::string_view angles = has.has(pair) ? pair : rotated;
    if (!has.has(angles))
        return refused(
            category::name_mismatch, the_tables_lack_the_axis_pair_which_holds_the_angles, pair
        );
    if (has.rank() == 1)
        return refused(category::rank_mismatch, the_tables_have_no_axis_of_positions, angles);
    if (!axis_table::same(angles, rotated) && has.has(rotated))
        return refused(
            category::name_mismatch, the_tables_have_both_pair_and_the_rotated_axis, rotated
        );
    for (std::size_t i = 0; i < has.rank(); ++i) {
        if (axis_table::same(has[i].label, angles))
            continue;
        const std::size_t at = has[i].is_named() ? x.find(has[i].label) : x.rank();
        if (at == x.rank())
            return refused(
                category::name_mismatch,
                the_tables_have_an_axis_that_the_tensor_lacks__rename_theirs,
                has[i].text
            );
        if (!detail::meet(x[at], has[i]))
            return detail::other_factors(x[at], has[i]);
    }
    return along;
}

namespace detail {

/// rope_halves<"d">(q, table).
template <static_axes Over, static_axes Axes, static_axes Tables>
struct rope_check {
    static constexpr verdict says =
        judged<Over, Axes, Tables>([] { return rope_rule(Over, Axes, Tables); });
};

}  // namespace detail

}  // namespace abax
