#pragma once

#include <abax/shape/refusal.hpp>
#include <abax/shape/tensor.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

/// What verbs that work along axes of one tensor say of names, said while compiling.
namespace abax {

/// What a verb does to the axes that it is given.
enum class effect : std::uint8_t {
    keeps,    ///< softmax: as they were
    drops,    ///< sum: gone
    divides,  ///< slice: they lose their memory, and need a name of their own
};

namespace detail {

[[nodiscard]] constexpr verdict no_such_axis(std::string_view label, std::string_view axes) {
    return verdict::refused(
        category::unknown_axis,
        sentence::the_tensor_has_no_such_axis,
        fragment(fragment_kind::axis, label),
        quoted(fragment_kind::tensor, axes)
    );
}

[[nodiscard]] constexpr verdict no_axis_given(std::string_view axes) {
    return verdict::refused(
        category::usage,
        sentence::this_verb_needs_an_axis__name_one_of_the_tensors,
        quoted(fragment_kind::tensor, axes)
    );
}

[[nodiscard]] constexpr verdict cannot_be_divided(std::string_view label, std::string_view axes) {
    return verdict::refused(
        category::name_mismatch,
        sentence::a_merged_axis_without_a_name_of_its_own_cannot_be_divided__rename_it_first,
        fragment(fragment_kind::axis, label),
        quoted(fragment_kind::tensor, axes)
    );
}

}  // namespace detail

/// The verdict on a verb along the axes `over` of a tensor.
[[nodiscard]] constexpr verdict axis_rule(
    const static_axes& over, const static_axes& axes, effect what
) {
    const axis_table wanted(over.view());
    const axis_table has(axes.view());
    for (std::size_t i = 0; i < wanted.rank(); ++i)
        if (!has.has(wanted[i].text))  // as it is called: "m", and not "(m: h d)"
            return detail::no_such_axis(wanted[i].text, axes.view());
    static_axes made;
    for (std::size_t i = 0; i < has.rank(); ++i) {
        const bool meant = has[i].is_named() && wanted.has(has[i].label);
        if (meant && what == effect::divides && has[i].is_anonymous())
            return detail::cannot_be_divided(has[i].text, axes.view());
        if (!meant || what == effect::keeps)
            made.add(has[i].text);
        else if (what == effect::divides)
            made.add(has[i].label);
    }
    return verdict::of(made);
}

/// The verdict on a verb that puts the new axes `added` before those of a tensor.
[[nodiscard]] constexpr verdict prefix_rule(const static_axes& added, const static_axes& axes) {
    const axis_table first(added.view());
    const axis_table has(axes.view());
    static_axes made = added;
    for (std::size_t i = 0; i < has.rank(); ++i) {
        if (has[i].is_named() && first.has(has[i].label))
            return verdict::refused(
                category::duplicate_axis,
                sentence::the_tensor_has_this_axis_already,
                fragment(fragment_kind::axis, has[i].label),
                quoted(fragment_kind::tensor, axes.view())
            );
        made.add(has[i].text);
    }
    return detail::distinct(made);
}

namespace detail {

/// What is decided before any rule is asked: a list that is no list, an operand that was refused, or names in a value. Then the
/// verdict is final, and `rule` is not called.
template <static_axes List, static_axes... Operands, class Rule>
[[nodiscard]] constexpr verdict judged(const Rule& rule) {
    if (((Operands.is == static_axes::state::refused) || ...))
        return verdict::silent();
    if (List.is == static_axes::state::faulty)
        return axes_check<List>::says;
    if (((Operands.is == static_axes::state::in_value) || ...))
        return verdict::of(names_in_value);
    return rule();
}

/// A verb along the axes `Over`: softmax<"m">(x), sum<"b s">(x), slice<"s">(x, 0, 2).
template <static_axes Over, static_axes Axes, effect What>
struct axis_check {
    static constexpr verdict says = judged<Over, Axes>([] { return axis_rule(Over, Axes, What); });
};

/// A verb that adds the axes `Added` in front: broadcast<"h">(x, 12).
template <static_axes Added, static_axes Axes>
struct prefix_check {
    static constexpr verdict says = judged<Added, Axes>([] { return prefix_rule(Added, Axes); });
};

/// A verb that is called without the axis that it needs.
template <static_axes Axes>
struct needs_axis_check {
    static constexpr verdict says =
        Axes.is == static_axes::state::refused
            ? verdict::silent()
            : verdict::refused(
                category::usage,
                sentence::this_verb_needs_an_axis__name_one_of_the_tensors,
                Axes.is == static_axes::state::in_value ? fragment()
                                                        : quoted(fragment_kind::tensor, Axes.view())
            );
};

}  // namespace detail

}  // namespace abax
