#pragma once

#include <abax/core/error.hpp>
#include <abax/core/fixed_text.hpp>
#include <abax/pattern/fault.hpp>
#include <abax/shape/axis_table.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

/// Why a call does not compile. A rule is a constexpr function whose verdict is a value; only a refusal is turned into types,
/// whose names are the compiler's message.
namespace abax {

/// What is wrong with a call, in the words that the compiler prints.
enum class sentence : std::uint8_t {
    none,
    // patterns
    the_pattern_names_another_axis_than_the_tensor_has,
    the_pattern_has_another_rank_than_the_tensor,
    a_unit_or_number_matches_only_an_axis_without_a_name,
    the_pattern_demands_another_name_for_the_merged_axis,
    the_axis_remembers_other_factors_than_the_pattern_splits_it_into__forget_them_first,
    the_result_would_have_an_axis_twice__rename_one_first,
    the_new_axis_has_no_size__pass_it,
    no_axis_of_the_pattern_has_this_name,
    the_sizes_of_two_factors_are_unknown__pass_one,
    the_pattern_has_another_number_of_terms_than_there_are_operands,
    // operands
    neither_operand_has_all_axes_of_the_other__nothing_stretches__ask_for_outer_or_broadcast,
    the_operands_merged_this_axis_from_other_factors,
    an_axis_without_a_name_meets_nothing__name_or_drop_it,
    this_name_is_summed_but_neither_operand_has_it,
    this_name_is_summed_but_the_left_operand_lacks_it__rename_its_axis_or_sum_the_right_one,
    this_name_is_summed_but_the_right_operand_lacks_it__rename_its_axis_or_sum_the_left_one,
    the_operands_hold_other_types_of_elements__cast_one,
    the_left_operand_keeps_its_axes__the_right_one_has_others,
    // one tensor
    the_tensor_has_no_such_axis,
    an_axis_is_listed_twice,
    the_tensor_has_this_axis_already,
    a_merged_axis_without_a_name_of_its_own_cannot_be_divided__rename_it_first,
    a_merged_axis_without_a_name_of_its_own_cannot_be_merged_again__rename_it_first,
    this_verb_needs_an_axis__name_one_of_the_tensors,
    the_parameter_must_have_exactly_the_normalized_axis,
    the_mask_lacks_the_axis_of_the_softmax__rename_its_axis,
    the_mask_has_an_axis_that_the_tensor_lacks,
    not_a_list_of_all_its_axes,
    this_verb_takes_one_axis,
    a_new_axis_has_one_name_that_begins_with_a_letter,
    an_unnamed_tensor_gets_no_axis_with_a_name__name_all_first,
    a_named_tensor_does_not_meet_an_unnamed_one__name_its_axes,
    both_operands_have_this_axis__rename_one_or_multiply_along_it,
    ids_are_int64_or_int32__cast_them,
    the_ids_must_have_the_axes_of_the_tensor_they_count_on,
    each_axis_needs_an_interval_of_its_own,
    the_parts_are_of_several_types__bring_them_to_one_by_permute_rename_as_or_cast,
    a_tensor_has_at_most_32_axes,
    // types
    assignment_never_permutes_or_broadcasts,
    assignment_keeps_the_rank,
    names_in_the_value_are_checked_by_as,
    a_list_of_axes_in_a_type_has_no_extents_ellipses_or_more_than_150_characters,
    // texts
    a_change_reads_old_to_new,
    a_diagonal_reads_two_axes_to_one,
    a_list_of_names,
    // making tensors
    the_list_has_another_number_of_axes_than_the_tensor_that_is_made,
    not_the_name_of_an_axis,
    // names, losses, rotary positions
    this_verb_works_along_one_axis,
    the_change_renames_an_axis_twice,
    the_targets_have_the_axis_over_which_they_choose,
    the_targets_lack_an_axis_of_the_rows__each_row_needs_one,
    the_targets_have_an_axis_that_the_rows_lack,
    targets_are_positions__int64_or_int32,
    the_tables_lack_the_axis_pair_which_holds_the_angles,
    the_tables_have_no_axis_of_positions,
    the_tables_have_both_pair_and_the_rotated_axis,
    the_tables_have_an_axis_that_the_tensor_lacks__rename_theirs,
    // layers
    the_right_side_has_a_name_that_neither_the_left_side_nor_the_weight_has,
    the_weight_has_a_name_that_neither_side_has,
    the_bias_has_a_name_that_the_right_side_lacks,
    the_axes_of_a_bias_stand_behind_the_ellipsis,
};

/// What a fragment of a message is.
enum class fragment_kind : std::uint8_t {
    none,
    pattern,     ///< its text, with '^' where the mistake is
    axis,        ///< the name that it is about
    says,        ///< what the pattern says there
    has,         ///< what the tensor has there
    tensor,      ///< the axes of the tensor
    left,        ///< the axes of the left operand
    right,       ///< the axes of the right operand
    only_left,   ///< the axes that only the left operand has
    only_right,  ///< the axes that only the right operand has
    wanted,      ///< the axes that were asked for
    hint,        ///< what to write
};

/// A piece of a message: a short text that was put together while compiling.
struct fragment {
    static constexpr std::size_t capacity = 200;  ///< characters beyond it are lost

    fragment_kind kind = fragment_kind::none;  ///< whether, and as what, it is shown
    std::array<char, capacity> characters{};   ///< its text
    std::size_t length = 0;                    ///< how many of them count

    ///@{
    /// Nothing, or a text.
    constexpr fragment() = default;
    constexpr fragment(fragment_kind which, std::string_view text) : kind(which) { add(text); }
    ///@}

    /// Adds characters.
    constexpr fragment& add(std::string_view text) {
        for (const char c : text)
            if (length < capacity)
                characters[length++] = c;
        return *this;
    }
    /// The text.
    [[nodiscard]] constexpr std::string_view view() const noexcept {
        return {characters.data(), length};
    }
};

/// "(b s m)": how axes are quoted.
[[nodiscard]] constexpr fragment quoted(fragment_kind which, std::string_view axes) {
    return fragment(which, "(").add(axes).add(")");
}

/// A pattern with '^' before the character `at`.
[[nodiscard]] constexpr fragment with_caret(std::string_view pattern, std::size_t at) {
    return fragment(fragment_kind::pattern, pattern.substr(0, at)).add("^").add(pattern.substr(at));
}

/// What a rule says of a call: the axes of its result, or why there is none.
struct verdict {
    static_axes axes;                               ///< of the result
    sentence what = sentence::none;                 ///< what is wrong, if something is
    category kind = category::other;                ///< under which category
    fault_kind broken = fault_kind::missing_arrow;  ///< if the text itself is faulty
    bool is_faulty_text = false;                    ///< whether it is
    std::array<fragment, 3> parts{};                ///< what else the message shows

    /// Whether the call is legal.
    [[nodiscard]] constexpr bool ok() const noexcept {
        return what == sentence::none && !is_faulty_text;
    }

    /// A legal call with these axes as its result.
    [[nodiscard]] static constexpr verdict of(const static_axes& axes) {
        verdict v;
        v.axes = axes;
        return v;
    }
    /// A call that does not compile.
    template <class... Parts>
    [[nodiscard]] static constexpr verdict refused(
        category kind, sentence what, const Parts&... parts
    ) {
        verdict v;
        v.axes = static_axes(static_axes::state::refused);
        v.kind = kind;
        v.what = what;
        std::size_t i = 0;
        ((v.parts[i++] = parts), ...);
        return v;
    }
    /// What has an operand that was refused: refused too, without another message.
    [[nodiscard]] static constexpr verdict silent() {
        verdict v;
        v.axes = static_axes(static_axes::state::refused);
        return v;
    }
    /// A text that breaks a rule of the pattern language.
    [[nodiscard]] static constexpr verdict faulty(std::string_view text, const fault& wrong) {
        verdict v;
        v.axes = static_axes(static_axes::state::refused);
        v.kind = category_of(wrong.kind);
        v.broken = wrong.kind;
        v.is_faulty_text = true;
        v.parts[0] = with_caret(text, wrong.at.offset);
        return v;
    }
};

namespace detail {

/// The axes, unless one stands there twice or they are too many characters for a type.
[[nodiscard]] constexpr verdict distinct(const static_axes& made) {
    if (made.is == static_axes::state::faulty)
        return verdict::refused(
            category::overflow,
            sentence::a_list_of_axes_in_a_type_has_no_extents_ellipses_or_more_than_150_characters
        );
    const axis_table axes(made.view());
    for (std::size_t i = 1; i < axes.rank(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (axes[i].is_named() && axis_table::same(axes[i].label, axes[k].label))
                return verdict::refused(
                    category::duplicate_axis,
                    sentence::the_result_would_have_an_axis_twice__rename_one_first,
                    fragment(fragment_kind::axis, axes[i].label),
                    quoted(fragment_kind::tensor, made.view())
                );
    return verdict::of(made);
}

}  // namespace detail

/// Naming it is how a call is refused, and its arguments are the message: not defined for GCC, a false assertion for Clang,
/// which would spend three more lines on where it is declared.
template <category Category, auto What, class... Where>
#if defined(__clang__)
struct does_not_compile {
    static constexpr bool never = false;  ///< what is asserted
};
#else
struct does_not_compile;
#endif

/// The labels of a message's fragments, never defined. Clang 14 prints a text that is a template argument as numbers, but
/// characters as characters.
namespace message {
#if defined(__clang__)
#define ABAX_FRAGMENT(name)                                                                        \
    template <char... Text>                                                                        \
    struct name
#else
#define ABAX_FRAGMENT(name)                                                                        \
    template <fixed_text Text>                                                                     \
    struct name
#endif
ABAX_FRAGMENT(pattern);
ABAX_FRAGMENT(axis);
ABAX_FRAGMENT(says);
ABAX_FRAGMENT(has);
ABAX_FRAGMENT(tensor);
ABAX_FRAGMENT(left);
ABAX_FRAGMENT(right);
ABAX_FRAGMENT(only_left);
ABAX_FRAGMENT(only_right);
ABAX_FRAGMENT(wanted);
ABAX_FRAGMENT(hint);
#undef ABAX_FRAGMENT
}  // namespace message

namespace detail {

template <fragment_kind Kind>
struct fragment_type;
#if defined(__clang__)
#define ABAX_FRAGMENT(name)                                                                        \
    template <>                                                                                    \
    struct fragment_type<fragment_kind::name> {                                                    \
        template <class Check, std::size_t Part, std::size_t... At>                                \
        static message::name<Check::says.parts[Part].characters[At]...> of(std::index_sequence<    \
                                                                           At...>);                \
    }
#else
#define ABAX_FRAGMENT(name)                                                                        \
    template <>                                                                                    \
    struct fragment_type<fragment_kind::name> {                                                    \
        template <class Check, std::size_t Part, std::size_t... At>                                \
        static message::name<fixed_text<sizeof...(At) + 1>(Check::says.parts[Part].view())>        \
            of(std::index_sequence<At...>);                                                        \
    }
#endif
ABAX_FRAGMENT(pattern);
ABAX_FRAGMENT(axis);
ABAX_FRAGMENT(says);
ABAX_FRAGMENT(has);
ABAX_FRAGMENT(tensor);
ABAX_FRAGMENT(left);
ABAX_FRAGMENT(right);
ABAX_FRAGMENT(only_left);
ABAX_FRAGMENT(only_right);
ABAX_FRAGMENT(wanted);
ABAX_FRAGMENT(hint);
#undef ABAX_FRAGMENT

template <class Check, std::size_t Part>
using part = decltype(fragment_type<Check::says.parts[Part].kind>::template of<Check, Part>(
    std::make_index_sequence<Check::says.parts[Part].length>{}
));

template <class Check>
constexpr auto reason() {
    if constexpr (Check::says.is_faulty_text)
        return Check::says.broken;
    else
        return Check::says.what;
}

template <class Check>
constexpr std::size_t part_count() {
    std::size_t n = 0;
    for (const fragment& f : Check::says.parts)
        n += f.kind != fragment_kind::none ? 1 : 0;
    return n;
}

}  // namespace detail

/// Stops the build with one message unless the verdict `Check::says` is good. A check of what was refused before is
/// refused without a word: one mistake, one error.
template <class Check>
[[gnu::always_inline]] constexpr void require() {
    if constexpr (!Check::says.ok()) {
        constexpr auto why = detail::reason<Check>();
        constexpr category kind = Check::says.kind;
        // Each in one line, since the compiler prints it.
        // clang-format off
        if constexpr (detail::part_count<Check>() == 0)
            static_assert(does_not_compile<kind, why>::never);
        else if constexpr (detail::part_count<Check>() == 1)
            static_assert(does_not_compile<kind, why, detail::part<Check, 0>>::never);
        else if constexpr (detail::part_count<Check>() == 2)
            static_assert(does_not_compile<kind, why, detail::part<Check, 0>, detail::part<Check, 1>>::never);
        else
            static_assert(does_not_compile<kind, why, detail::part<Check, 0>, detail::part<Check, 1>, detail::part<Check, 2>>::never);
        // clang-format on
    }
}

}  // namespace abax
