#pragma once

#include <abax/plan/select_rule.hpp>

#include <concepts>
#include <cstddef>

/// What assignment and the outer product say of names, said while compiling.
namespace abax {

/// The verdict on writing a tensor with the axes `from` to one with the axes `to`, which stay: the same, in the same order.
[[nodiscard]] constexpr verdict assign_rule(const static_axes& to, const static_axes& from) {
    const axis_table x(to.view());
    const axis_table y(from.view());
    if (x.rank() != y.rank())
        return verdict::refused(
            category::rank_mismatch,
            sentence::assignment_keeps_the_rank,
            quoted(fragment_kind::left, to.view()),
            quoted(fragment_kind::right, from.view())
        );
    for (std::size_t i = 0; i < x.rank(); ++i) {
        if (!axis_table::same(x[i].label, y[i].label))
            return verdict::refused(
                category::name_mismatch,
                sentence::assignment_never_permutes_or_broadcasts,
                fragment(fragment_kind::axis, y[i].text),
                quoted(fragment_kind::left, to.view()),
                quoted(fragment_kind::right, from.view())
            );
        if (!detail::meet(x[i], y[i]))
            return detail::other_factors(x[i], y[i]);
    }
    return verdict::of(to);
}

/// The verdict on `outer(a, b)`: a's axes, then b's.
[[nodiscard]] constexpr verdict outer_rule(const static_axes& a, const static_axes& b) {
    const axis_table left(a.view());
    const axis_table right(b.view());
    if (left.rank() > 0 && right.rank() > 0 && detail::is_named(left) != detail::is_named(right))
        return detail::does_not_meet(a, b);
    static_axes made = a;
    for (std::size_t i = 0; i < right.rank(); ++i) {
        if (right[i].is_named() && left.has(right[i].label))
            return verdict::refused(
                category::duplicate_axis,
                sentence::both_operands_have_this_axis__rename_one_or_multiply_along_it,
                fragment(fragment_kind::axis, right[i].label),
                quoted(fragment_kind::left, a.view()),
                quoted(fragment_kind::right, b.view())
            );
        made.add(right[i].text);
    }
    if (verdict v = detail::at_most_max_rank(left.rank() + right.rank()); !v.ok())
        return v;
    return detail::distinct(made);
}

namespace detail {

[[nodiscard]] constexpr verdict other_elements() {
    return verdict::refused(
        category::dtype_mismatch, sentence::the_operands_hold_other_types_of_elements__cast_one
    );
}

/// assign(x, from)
template <element T, static_axes To, element U, static_axes From>
struct assign_check {
    static constexpr verdict judged_all() {
        if (To.is == static_axes::state::refused || From.is == static_axes::state::refused)
            return verdict::silent();
        return std::same_as<T, U> ? assign_rule(To, From) : other_elements();
    }
    static constexpr verdict says = judged_all();
};

/// assign<"s">(x, {0, 2}, from)
template <static_axes Along, element T, static_axes To, element U, static_axes From>
struct assign_part_check {
    static constexpr verdict judged_all() {
        if (!std::same_as<T, U> && To.is != static_axes::state::refused
            && From.is != static_axes::state::refused)
            return other_elements();
        return judged_with<To, From>({&one_axis<Along>}, [] {
            const verdict part = axis_rule(Along, To, effect::divides);
            return part.ok() ? assign_rule(part.axes, From) : part;
        });
    }
    static constexpr verdict says = judged_all();
};

/// outer(a, b)
template <element T, static_axes A, element U, static_axes B>
struct outer_check {
    static constexpr verdict judged_all() {
        if (A.is == static_axes::state::refused || B.is == static_axes::state::refused)
            return verdict::silent();
        return std::same_as<T, U> ? outer_rule(A, B) : other_elements();
    }
    static constexpr verdict says = judged_all();
};

}  // namespace detail

}  // namespace abax
