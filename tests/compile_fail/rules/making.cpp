// Tensors that are made: one extent for each axis of the list, and names.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: rank_mismatch | the_list_has_another_number_of_axes_than_the_tensor_that_is_made | (b s) | rank 3
auto extents() {
#if WRONG == 1
    return zeros<float, "b s">(2, 3, 4);
#else
    return zeros<float, "b s">(2, 3);
#endif
}

// WRONG 2: rank_mismatch | the_list_has_another_number_of_axes_than_the_tensor_that_is_made | (b s) | rank 1
auto lists() {
#if WRONG == 2
    return from<"b s">({1.0F, 2.0F});
#else
    return from<"b s">({{1.0F, 2.0F}});
#endif
}

// WRONG 3: rank_mismatch | the_list_has_another_number_of_axes_than_the_tensor_that_is_made | rank 2
auto square() {
#if WRONG == 3
    return eye<float, "i">(3);
#else
    return eye<float, "i j">(3);
#endif
}

// WRONG 4: duplicate_axis | the_result_would_have_an_axis_twice__rename_one_first | s
auto mask() {
#if WRONG == 4
    return causal<"s", "s">(3, 3);
#else
    return causal<"s", "s'">(3, 3);
#endif
}

// WRONG 5: syntax | not_the_name_of_an_axis | b s
auto mask_over_two_axes() {
#if WRONG == 5
    return causal<"b s", "s'">(3, 3);
#else
    return causal<"s", "s'">(3, 3);
#endif
}

// WRONG 6: syntax | a_list_of_axes_in_a_type_has_no_extents_ellipses_or_more_than_150_characters | b=2 s
auto extents_in_a_list() {
#if WRONG == 6
    return zeros<float, "b=2 s">(2, 3);
#else
    return zeros<float, "b s">(2, 3);
#endif
}

// WRONG 7: syntax | a_list_of_axes_in_a_type_has_no_extents_ellipses_or_more_than_150_characters | b ...
auto ellipsis_in_a_list(const tensor<float>& x) {
#if WRONG == 7
    return as<"b ...">(x);
#else
    return as<"b s">(x);
#endif
}
