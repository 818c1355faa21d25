#pragma once

#include <abax/core/static_vector.hpp>
#include <abax/plan/align_rule.hpp>
#include <abax/plan/axis_rule.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

/// What verbs along one axis, and those that take entries by their ids, say of names, said while compiling.
namespace abax {

/// The verdict on a list that stands for one axis.
[[nodiscard]] constexpr verdict one_axis_rule(const static_axes& along) {
    if (axis_table(along.view()).rank() == 1)
        return {};
    return verdict::refused(
        category::unknown_axis,
        sentence::this_verb_takes_one_axis,
        quoted(fragment_kind::wanted, along.view())
    );
}

namespace detail {

/// Whether any axis has a name: then the tensor is a named one.
[[nodiscard]] constexpr bool is_named(const axis_table& axes) {
    for (std::size_t i = 0; i < axes.rank(); ++i)
        if (axes[i].is_named())
            return true;
    return false;
}

/// The limit of ranks, for what puts axes together.
[[nodiscard]] constexpr verdict at_most_max_rank(std::size_t rank) {
    return rank <= max_rank
             ? verdict{}
             : verdict::refused(category::overflow, sentence::a_tensor_has_at_most_32_axes);
}

[[nodiscard]] constexpr verdict does_not_meet(const static_axes& a, const static_axes& b) {
    return verdict::refused(
        category::name_mismatch,
        sentence::a_named_tensor_does_not_meet_an_unnamed_one__name_its_axes,
        quoted(fragment_kind::left, a.view()),
        quoted(fragment_kind::right, b.view())
    );
}

}  // namespace detail

/// The verdict on `take<"v">(table, ids)`: the axes of ids in place of v.
[[nodiscard]] constexpr verdict take_rule(
    const static_axes& over, const static_axes& table, const static_axes& ids
) {
    if (verdict v = axis_rule(over, table, effect::drops); !v.ok())
        return v;
    const axis_table has(table.view());
    const axis_table named(ids.view());
    if (named.rank() > 0 && detail::is_named(named) != detail::is_named(has))
        return detail::does_not_meet(table, ids);
    if (verdict v = detail::at_most_max_rank(has.rank() - 1 + named.rank()); !v.ok())
        return v;
    const std::size_t which = has.find(axis_table(over.view())[0].label);
    static_axes made;
    for (std::size_t i = 0; i < has.rank(); ++i) {
        if (i != which)
            made.add(has[i].text);
        else
            for (std::size_t k = 0; k < named.rank(); ++k)
                made.add(named[k].text);
    }
    return detail::distinct(made);
}

/// The verdict on `take_along<"s">(x, ids)`: ids has the axes of x, in any order, and the result those of ids.
[[nodiscard]] constexpr verdict take_along_rule(
    const static_axes& over, const static_axes& axes, const static_axes& ids
) {
    if (verdict v = axis_rule(over, axes, effect::keeps); !v.ok())
        return v;
    const axis_table x(axes.view());
    const axis_table named(ids.view());
    const std::string_view along = axis_table(over.view())[0].label;
    // Names tell which axis is which, if all are there; else the axes are compared as they stand.
    bool by_name = x.rank() == named.rank();
    for (std::size_t i = 0; by_name && i < named.rank(); ++i)
        by_name = named[i].is_named() && x.has(named[i].label);
    for (std::size_t i = 0; i < named.rank() || i < x.rank(); ++i) {
        if (x.rank() != named.rank() || !(by_name || axis_table::same(x[i].label, named[i].label)))
            return verdict::refused(
                x.rank() != named.rank() ? category::rank_mismatch : category::name_mismatch,
                sentence::the_ids_must_have_the_axes_of_the_tensor_they_count_on,
                quoted(fragment_kind::tensor, axes.view()),
                quoted(fragment_kind::has, ids.view())
            );
        const auto& own = x[by_name ? x.find(named[i].label) : i];
        if (!axis_table::same(own.label, along) && !detail::meet(own, named[i]))
            return detail::other_factors(own, named[i]);
    }
    return verdict::of(ids);
}

namespace detail {

/// The verdict on a list alone that has to be one axis.
template <static_axes Along>
inline constexpr verdict one_axis = Along.is == static_axes::state::faulty ? axes_check<Along>::says
                                                                           : one_axis_rule(Along);

/// As `judged`, for lists that have verdicts of their own.
template <static_axes... Operands, class Rule>
[[nodiscard]] constexpr verdict judged_with(
    std::initializer_list<const verdict*> lists, const Rule& rule
) {
    if (((Operands.is == static_axes::state::refused) || ...))
        return verdict::silent();
    for (const verdict* v : lists)
        if (!v->ok())
            return *v;
    if (((Operands.is == static_axes::state::in_value) || ...))
        return verdict::of(names_in_value);
    return rule();
}

/// A verb along one axis: slice<"s">(x, 0, 2), at<"s">(x, -1).
template <static_axes Along, static_axes Axes, effect What>
struct along_check {
    static constexpr verdict says =
        judged_with<Axes>({&one_axis<Along>}, [] { return axis_rule(Along, Axes, What); });
};

/// A verb along one axis or more: flip<"h w">(x), squeeze<"h">(x).
template <static_axes Over, static_axes Axes, effect What>
struct listed_check {
    static constexpr verdict says = judged<Over, Axes>([] {
        return axis_table(Over.view()).rank() > 0 ? axis_rule(Over, Axes, What)
                                                  : needs_axis_check<Axes>::says;
    });
};

/// slice<"s m">(x, {{0, 2}, {1, 3}}): as many intervals as axes.
template <static_axes Over, static_axes Axes, std::size_t Intervals>
struct slices_check {
    static constexpr verdict judged_all() {
        if (Axes.is != static_axes::state::refused && Over.is == static_axes::state::legal
            && axis_table(Over.view()).rank() != Intervals)
            return verdict::refused(
                category::usage,
                sentence::each_axis_needs_an_interval_of_its_own,
                quoted(fragment_kind::wanted, Over.view())
            );
        return judged<Over, Axes>([] { return axis_rule(Over, Axes, effect::divides); });
    }
    static constexpr verdict says = judged_all();
};

/// What ids may be.
template <class Id>
concept id_element = std::same_as<Id, std::int64_t> || std::same_as<Id, std::int32_t>;

/// A verb that takes ids of a type; `rule` is asked if it is one.
template <static_axes Over, static_axes Axes, static_axes Ids, element Id, class Rule>
[[nodiscard]] constexpr verdict judged_ids(const Rule& rule) {
    if (!id_element<Id> && Axes.is != static_axes::state::refused
        && Ids.is != static_axes::state::refused)
        return verdict::refused(
            category::dtype_mismatch, sentence::ids_are_int64_or_int32__cast_them
        );
    return judged_with<Axes, Ids>({&one_axis<Over>}, rule);
}

/// take<"v">(table, ids)
template <static_axes Over, static_axes Axes, static_axes Ids, element Id>
struct take_check {
    static constexpr verdict says =
        judged_ids<Over, Axes, Ids, Id>([] { return take_rule(Over, Axes, Ids); });
};

/// take_along<"s">(x, ids)
template <static_axes Over, static_axes Axes, static_axes Ids, element Id>
struct take_along_check {
    static constexpr verdict says =
        judged_ids<Over, Axes, Ids, Id>([] { return take_along_rule(Over, Axes, Ids); });
};

}  // namespace detail

}  // namespace abax
