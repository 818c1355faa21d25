#pragma once

#include <abax/pattern/word.hpp>
#include <abax/plan/select_rule.hpp>

#include <array>
#include <cstddef>
#include <string_view>

/// What verbs that add, order or join axes of one tensor say of names, said while compiling.
namespace abax {

/// The verdict on a list that stands for one new axis: a name, and no merged axis.
[[nodiscard]] constexpr verdict new_axis_rule(const static_axes& added) {
    if (is_axis_name(added.view()))
        return {};
    return verdict::refused(
        category::syntax,
        sentence::a_new_axis_has_one_name_that_begins_with_a_letter,
        fragment(fragment_kind::axis, added.view())
    );
}

/// The verdict on a verb that puts the new axis `added` before position `at` of a tensor.
[[nodiscard]] constexpr verdict added_rule(
    const static_axes& added, const static_axes& axes, std::size_t at = 0
) {
    const axis_table has(axes.view());
    if (has.rank() > 0 && !detail::is_named(has))
        return verdict::refused(
            category::name_mismatch,
            sentence::an_unnamed_tensor_gets_no_axis_with_a_name__name_all_first,
            fragment(fragment_kind::axis, added.view()),
            quoted(fragment_kind::tensor, axes.view())
        );
    if (has.has(added.view()))
        return verdict::refused(
            category::duplicate_axis,
            sentence::the_tensor_has_this_axis_already,
            fragment(fragment_kind::axis, added.view()),
            quoted(fragment_kind::tensor, axes.view())
        );
    if (verdict v = detail::at_most_max_rank(has.rank() + 1); !v.ok())
        return v;
    static_axes made;
    for (std::size_t i = 0; i <= has.rank(); ++i) {
        if (i == at)
            made.add(added.view());
        if (i < has.rank())
            made.add(has[i].text);
    }
    return detail::distinct(made);
}

/// The verdict on `permute<"s b m">(x)`: every axis exactly once.
[[nodiscard]] constexpr verdict permute_rule(const static_axes& order, const static_axes& axes) {
    const axis_table wanted(order.view());
    const axis_table has(axes.view());
    if (wanted.rank() == 0 && has.rank() > 0)
        return detail::no_axis_given(axes.view());
    static_axes made;
    for (std::size_t i = 0; i < wanted.rank(); ++i) {
        const std::size_t at = has.find(wanted[i].text);
        if (at == has.rank())
            return detail::no_such_axis(wanted[i].text, axes.view());
        made.add(has[at].text);
    }
    if (wanted.rank() != has.rank())
        return verdict::refused(
            category::rank_mismatch,
            sentence::not_a_list_of_all_its_axes,
            detail::missing(fragment_kind::axis, has, wanted),
            quoted(fragment_kind::tensor, axes.view()),
            quoted(fragment_kind::wanted, order.view())
        );
    return verdict::of(made);
}

/// The verdict on `unfold<"s", "w">(x, window)`: s loses its memory, w comes last.
[[nodiscard]] constexpr verdict unfold_rule(
    const static_axes& along, const static_axes& added, const static_axes& axes
) {
    const verdict divided = axis_rule(along, axes, effect::divides);
    return divided.ok() ? added_rule(added, divided.axes, axis_table(axes.view()).rank()) : divided;
}

/// "s s' -> t", taken apart: two axes, and what their diagonal is called.
struct diagonal_text {
    std::array<std::string_view, 2> of;  ///< the axes
    std::string_view called;             ///< the name on the right
    bool ok = false;                     ///< whether there are an arrow and two axes

    /// Reads a text as the dynamic verb does.
    constexpr explicit diagonal_text(std::string_view text) {
        std::size_t arrow = 0;
        while (arrow + 1 < text.size() && !(text[arrow] == '-' && text[arrow + 1] == '>'))
            ++arrow;
        if (arrow + 1 >= text.size())
            return;
        std::size_t count = 0;
        for (std::size_t at = 0; at < arrow;) {
            const std::size_t end = end_of_word(text.substr(0, arrow), at);
            if (end > at && count < of.size())
                of[count] = text.substr(at, end - at);
            count += end > at ? 1U : 0U;
            at = end + 1;
        }
        called = text.substr(arrow + 2);
        while (!called.empty() && called.front() == ' ')
            called.remove_prefix(1);
        while (!called.empty() && called.back() == ' ')
            called.remove_suffix(1);
        ok = count == of.size();
    }

private:
    // The space behind the word that begins at `at`; `(h d)` is one. No string_view::find: under the sanitizer of undefined
    // behaviour GCC 12 takes it for no constant expression where the text is a template argument.
    [[nodiscard]] static constexpr std::size_t end_of_word(std::string_view text, std::size_t at) {
        const bool group = text[at] == '(';
        while (at < text.size() && group && text[at] != ')')
            ++at;
        while (at < text.size() && text[at] != ' ')
            ++at;
        return at;
    }
};

/// The verdict on `diagonal<"s s' -> t">(x)`: t in place of the axis that is written first. Without axes, on the text alone.
[[nodiscard]] constexpr verdict diagonal_rule(std::string_view text, const static_axes& axes) {
    const diagonal_text read(text);
    if (!read.ok)
        return verdict::refused(
            category::syntax,
            sentence::a_diagonal_reads_two_axes_to_one,
            fragment(fragment_kind::pattern, text)
        );
    const axis_table has(axes.view());
    const bool known = axes.is == static_axes::state::legal;
    for (const std::string_view label : read.of)
        if (known && !has.has(label))
            return detail::no_such_axis(label, axes.view());
    if (axis_table::same(read.of[0], read.of[1]))
        return verdict::refused(
            category::duplicate_axis,
            sentence::an_axis_is_listed_twice,
            fragment(fragment_kind::axis, read.of[1]),
            fragment(fragment_kind::pattern, text)
        );
    if (!is_axis_name(read.called))
        return verdict::refused(
            category::syntax,
            sentence::a_new_axis_has_one_name_that_begins_with_a_letter,
            fragment(fragment_kind::axis, read.called),
            fragment(fragment_kind::pattern, text)
        );
    if (!known)
        return verdict::of(names_in_value);
    static_axes made;
    for (std::size_t i = 0; i < has.rank(); ++i)
        if (axis_table::same(has[i].label, read.of[0]))
            made.add(read.called);
        else if (!axis_table::same(has[i].label, read.of[1]))
            made.add(has[i].text);
    return detail::distinct(made);
}

namespace detail {

/// The verdict on a list alone that has to be one new name.
template <static_axes Added>
inline constexpr verdict new_axis = Added.is == static_axes::state::faulty ? axes_check<Added>::says
                                                                           : new_axis_rule(Added);

/// broadcast<"h">(x, 12), stack<"n">({a, b}), unsqueeze<"h">(x): the new axis comes first.
template <static_axes Added, static_axes Axes>
struct added_check {
    static constexpr verdict says =
        judged_with<Axes>({&new_axis<Added>}, [] { return added_rule(Added, Axes); });
};

/// unsqueeze<"h", "s">(x): the new axis comes before another one.
template <static_axes Added, static_axes Before, static_axes Axes>
struct added_before_check {
    static constexpr verdict says = judged_with<Axes>({&new_axis<Added>, &one_axis<Before>}, [] {
        const verdict v = axis_rule(Before, Axes, effect::keeps);
        const axis_table has(Axes.view());
        return v.ok() ? added_rule(Added, Axes, has.find(Before.view())) : v;
    });
};

/// unfold<"s", "w">(x, 3)
template <static_axes Along, static_axes Added, static_axes Axes>
struct unfold_check {
    static constexpr verdict says = judged_with<Axes>({&new_axis<Added>, &one_axis<Along>}, [] {
        return unfold_rule(Along, Added, Axes);
    });
};

/// permute<"s b m">(x), which tells all axes of the result, also where x has them in its value.
template <static_axes Order, static_axes Axes>
struct permute_check {
    static constexpr verdict judged_all() {
        if (Axes.is != static_axes::state::in_value || Order.is != static_axes::state::legal)
            return judged<Order, Axes>([] { return permute_rule(Order, Axes); });
        const axis_table wanted(Order.view());
        for (std::size_t i = 0; i < wanted.rank(); ++i)
            if (!axis_table::same(wanted[i].text, wanted[i].label))
                return verdict::refused(
                    category::unknown_axis,
                    sentence::a_list_of_names,
                    fragment(fragment_kind::axis, wanted[i].text)
                );
        return verdict::of(Order);
    }
    static constexpr verdict says = judged_all();
};

/// diagonal<"s s' -> t">(x)
template <fixed_text Text, static_axes Axes>
struct diagonal_check {
    static constexpr verdict says = Axes.is == static_axes::state::refused
                                      ? verdict::silent()
                                      : diagonal_rule(Text.view(), Axes);
};

}  // namespace detail

}  // namespace abax
