#pragma once

#include <abax/pattern/fault.hpp>

#include <string_view>

/// What a compiler prints of an arrangement that is refused: it names the function that no constant expression may call.
namespace abax::detail {

struct arranged;
struct arranged_item;

///@{
/// Why two arrangements cannot be composed, or one not inverted. While compiling the call is the error; when the program
/// runs it throws: p after q, `left` an item of p's left side, `right` the item of q's right side in its place.
[[noreturn]] void compose_needs_as_many_axes_left_in_p_as_right_in_q(
    const arranged& p, const arranged& q
);
[[noreturn]] void compose_cannot_tell_which_axes_the_two_ellipses_share(
    const arranged& p, const arranged& q
);
[[noreturn]] void compose_cannot_take_an_ellipsis_in_parentheses_apart(
    const arranged& p, const arranged_item& left, const arranged& q, const arranged_item& right
);
[[noreturn]] void compose_cannot_match_groups_with_different_numbers_of_factors(
    const arranged& p, const arranged_item& left, const arranged& q, const arranged_item& right
);
[[noreturn]] void compose_cannot_match_groups_whose_factors_have_other_names_and_sizes(
    const arranged& p, const arranged_item& left, const arranged& q, const arranged_item& right
);
[[noreturn]] void compose_finds_two_extents_for_one_axis(
    const arranged& p, const arranged_item& left, const arranged& q, const arranged_item& right
);
[[noreturn]] void compose_cannot_share_an_extent_among_factors_without_sizes(
    const arranged& p, const arranged_item& left, const arranged& q, const arranged_item& right
);
[[noreturn]] void inverse_cannot_take_an_ellipsis_in_parentheses_apart(const arranged& p);
[[noreturn]] void an_arrangement_has_at_most_32_axes_on_a_side();
[[noreturn]] void the_text_of_an_arrangement_has_at_most_512_characters();
///@}

///@{
/// What is wrong with a literal, as `summary` has it. Called only while compiling, so nowhere defined.
void expected_an_arrow_between_the_input_and_output_axes();
void a_pattern_has_one_arrow__here_is_another();
void dots_stand_only_in_an_ellipsis__exactly_three_of_them();
void an_ellipsis_may_stand_once_on_each_side();
void a_space_must_part_the_ellipsis_from_a_name_or_number();
void expected_a_parenthesis_to_close_a_group();
void groups_do_not_nest();
void a_closing_parenthesis_without_an_opening_one();
void a_character_has_no_place_in_a_pattern();
void a_comma_stands_only_between_the_operands_of_einsum();
void an_equals_sign_gives_an_extent_to_the_name_right_before_it();
void a_colon_follows_only_the_first_name_of_a_group();
void expected_a_space_after_the_colon();
void expected_a_number_after_the_equals_sign();
void only_a_name_can_be_given_an_extent();
void a_word_is_not_a_legal_axis_name();
void a_merged_axis_is_called_by_a_name__not_a_number();
void a_named_group_needs_at_least_one_axis();
void an_axis_is_never_of_extent_0_by_its_number();
void a_name_stands_twice_on_one_side();
void a_pattern_has_at_most_32_axes_on_a_side();
void an_ellipsis_on_the_right_needs_one_on_the_left();
void an_ellipsis_on_the_left_must_also_stand_on_the_right();
void an_ellipsis_may_not_stand_in_parentheses_on_the_left();
void rearrange_takes_no_numbers_but_1();
void a_name_is_missing_on_the_other_side();
void a_number_does_not_fit_64_bits();
void one_name_with_two_extents();
void a_pattern_literal_has_at_most_64_words_and_signs();
void this_is_no_pattern_of_rearrange();
///@}

/// Stops the build with the sentence for a fault.
consteval void refuse_literal(fault_kind kind) {
    using enum fault_kind;
    switch (kind) {
    case missing_arrow: return expected_an_arrow_between_the_input_and_output_axes();
    case second_arrow: return a_pattern_has_one_arrow__here_is_another();
    case broken_dots: return dots_stand_only_in_an_ellipsis__exactly_three_of_them();
    case second_ellipsis: return an_ellipsis_may_stand_once_on_each_side();
    case glued_ellipsis: return a_space_must_part_the_ellipsis_from_a_name_or_number();
    case unclosed_group: return expected_a_parenthesis_to_close_a_group();
    case nested_group: return groups_do_not_nest();
    case unopened_group: return a_closing_parenthesis_without_an_opening_one();
    case stray_character: return a_character_has_no_place_in_a_pattern();
    case stray_comma: return a_comma_stands_only_between_the_operands_of_einsum();
    case stray_equals: return an_equals_sign_gives_an_extent_to_the_name_right_before_it();
    case stray_colon: return a_colon_follows_only_the_first_name_of_a_group();
    case colon_without_space: return expected_a_space_after_the_colon();
    case bad_extent: return expected_a_number_after_the_equals_sign();
    case extent_of_number: return only_a_name_can_be_given_an_extent();
    case bad_name: return a_word_is_not_a_legal_axis_name();
    case bad_label: return a_merged_axis_is_called_by_a_name__not_a_number();
    case empty_label: return a_named_group_needs_at_least_one_axis();
    case zero: return an_axis_is_never_of_extent_0_by_its_number();
    case duplicate: return a_name_stands_twice_on_one_side();
    case too_many_axes: return a_pattern_has_at_most_32_axes_on_a_side();
    case ellipsis_only_right: return an_ellipsis_on_the_right_needs_one_on_the_left();
    case ellipsis_only_left: return an_ellipsis_on_the_left_must_also_stand_on_the_right();
    case ellipsis_in_group: return an_ellipsis_may_not_stand_in_parentheses_on_the_left();
    case number_refused: return rearrange_takes_no_numbers_but_1();
    case one_sided_name: return a_name_is_missing_on_the_other_side();
    case number_too_large: return a_number_does_not_fit_64_bits();
    case extents_differ: return one_name_with_two_extents();
    case too_many_tokens: return a_pattern_literal_has_at_most_64_words_and_signs();
    default: return this_is_no_pattern_of_rearrange();
    }
}

}  // namespace abax::detail
