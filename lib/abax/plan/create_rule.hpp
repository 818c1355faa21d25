#pragma once

#include <abax/pattern/word.hpp>
#include <abax/plan/axis_rule.hpp>

#include <cstddef>
#include <string_view>

/// What functions that make tensors say of names, said while compiling.
namespace abax {

namespace detail {

/// "rank 12".
[[nodiscard]] constexpr fragment rank_text(std::size_t rank) {
    fragment text(fragment_kind::has, "rank ");
    const char digits[] = {
        static_cast<char>('0' + rank / 10 % 10), static_cast<char>('0' + rank % 10)};
    return text.add(std::string_view(digits, 2).substr(rank < 10 ? 1 : 0));
}

}  // namespace detail

/// The verdict on making a tensor of this rank whose axes are a list.
[[nodiscard]] constexpr verdict made_rule(const static_axes& axes, std::size_t rank) {
    const std::size_t listed = axis_table(axes.view()).rank();
    if (listed == rank)
        return verdict::of(axes);
    return verdict::refused(
        category::rank_mismatch,
        sentence::the_list_has_another_number_of_axes_than_the_tensor_that_is_made,
        quoted(fragment_kind::wanted, axes.view()),
        detail::rank_text(rank)
    );
}

/// The verdict on a mask over queries and keys: each has one axis, whose name is its own.
[[nodiscard]] constexpr verdict queries_and_keys_rule(
    const static_axes& queries, const static_axes& keys
) {
    for (const static_axes* axis : {&queries, &keys})
        if (!is_axis_name(axis->view()))
            return verdict::refused(
                category::syntax,
                sentence::not_the_name_of_an_axis,
                fragment(fragment_kind::axis, axis->view())
            );
    static_axes made = queries;
    made.add(keys.view());
    return detail::distinct(made);
}

namespace detail {

/// A tensor of this rank is made with the axes `Axes`: zeros<float, "b s">(2, 3).
template <static_axes Axes, std::size_t Rank>
struct made_check {
    static constexpr verdict says = judged<Axes>([] { return made_rule(Axes, Rank); });
};

/// causal<"s", "s'">(n, m).
template <static_axes Queries, static_axes Keys>
struct queries_and_keys_check {
    static constexpr verdict judge() {
        if (Keys.is == static_axes::state::faulty)
            return axes_check<Keys>::says;
        return judged<Queries>([] { return queries_and_keys_rule(Queries, Keys); });
    }
    static constexpr verdict says = judge();
};

}  // namespace detail

}  // namespace abax
