#pragma once

#include <abax/plan/align_rule.hpp>
#include <abax/plan/names_rule.hpp>
#include <abax/plan/select_rule.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// What a cross-entropy says of names, said while compiling.
namespace abax {

/// The verdict on targets: they have all axes of the logits but the classes', in any order. The result is that of the rows.
[[nodiscard]] constexpr verdict targets_rule(
    const static_axes& over, const static_axes& logits, const static_axes& targets
) {
    const verdict rows = one_axis_rule(over, logits, effect::drops);
    if (!rows.ok())
        return rows;
    const axis_table rest(rows.axes.view());
    const axis_table has(targets.view());
    const std::string_view classes = axis_table(over.view())[0].label;
    const auto refused = [&](sentence what, std::string_view axis) {
        return verdict::refused(
            category::name_mismatch,
            what,
            fragment(fragment_kind::axis, axis),
            quoted(fragment_kind::left, logits.view()),
            quoted(fragment_kind::right, targets.view())
        );
    };
    using enum sentence;
    if (has.has(classes))
        return refused(the_targets_have_the_axis_over_which_they_choose, classes);
    if (has.rank() > 0 && rest.rank() > 0 && has.is_named() != rest.is_named())
        return detail::does_not_meet(logits, targets);
    for (std::size_t i = 0; i < rest.rank(); ++i)
        if (rest[i].is_named() && !has.has(rest[i].label))
            return refused(the_targets_lack_an_axis_of_the_rows__each_row_needs_one, rest[i].text);
    if (has.rank() != rest.rank() && !rest.is_named())
        return verdict::refused(
            category::rank_mismatch,
            the_targets_have_an_axis_that_the_rows_lack,
            quoted(fragment_kind::left, logits.view()),
            quoted(fragment_kind::right, targets.view())
        );
    if (!rest.is_named())
        return rows;  // by position
    for (std::size_t i = 0; i < has.rank(); ++i) {
        const std::size_t at = has[i].is_named() ? rest.find(has[i].label) : rest.rank();
        if (at == rest.rank())
            return refused(the_targets_have_an_axis_that_the_rows_lack, has[i].text);
        if (!detail::meet(rest[at], has[i]))
            return detail::other_factors(rest[at], has[i]);
    }
    return rows;
}

namespace detail {

/// cross_entropy<"v">(logits, targets); what it says is that of the rows.
template <static_axes Over, static_axes Logits, class Id, static_axes Targets>
struct targets_check {
    static constexpr verdict judge() {
        if (Logits.is != static_axes::state::refused && Targets.is != static_axes::state::refused
            && !std::same_as<Id, std::int64_t> && !std::same_as<Id, std::int32_t>)
            return verdict::refused(
                category::dtype_mismatch, sentence::targets_are_positions__int64_or_int32
            );
        return judged<Over, Logits, Targets>([] { return targets_rule(Over, Logits, Targets); });
    }
    static constexpr verdict says = judge();
};

/// The axes of a mean over all rows: none, whatever the operands have, unless the call does not compile.
template <class Check>
inline constexpr static_axes mean_axes = Check::says.ok() ? static_axes("") : refused_axes;

}  // namespace detail

}  // namespace abax
