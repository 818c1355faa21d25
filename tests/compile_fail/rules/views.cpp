// Lists of axes, names of new ones, and the texts of rename and diagonal.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: rank_mismatch | not_a_list_of_all_its_axes | m | (b s m) | (s b)
auto one_axis_left_out(const tensor<float, "b s m">& x) {
#if WRONG == 1
    return permute<"s b">(x);
#else
    return permute<"s b m">(x);
#endif
}

// WRONG 2: unknown_axis | a_list_of_names
auto names_of_a_value(const tensor<float>& x) {
#if WRONG == 2
    return permute<"(m: h d) b">(x);
#else
    return permute<"m b">(x);
#endif
}

// WRONG 3: syntax | a_change_reads_old_to_new | ^s s'
auto no_arrow(const tensor<float, "b s m">& x) {
#if WRONG == 3
    return rename<"s s'">(x);
#else
    return rename<"s -> s'">(x);
#endif
}

// WRONG 4: syntax | not_the_name_of_an_axis | s -> ^(h d)
auto no_new_name(const tensor<float, "b s m">& x) {
#if WRONG == 4
    return rename<"s -> (h d)">(x);
#else
    return rename<"s -> t">(x);
#endif
}

// WRONG 5: syntax | bad_name | s -> ^2s
auto no_legal_name(const tensor<float, "b s m">& x) {
#if WRONG == 5
    return rename<"s -> 2s">(x);
#else
    return rename<"s -> s2">(x);
#endif
}

// WRONG 6: syntax | a_diagonal_reads_two_axes_to_one | s s' t -> u
auto diagonal_of_three(const tensor<float, "s s' t">& x) {
#if WRONG == 6
    return diagonal<"s s' t -> u">(x);
#else
    return diagonal<"s s' -> u">(x);
#endif
}

// WRONG 7: syntax | a_new_axis_has_one_name_that_begins_with_a_letter | (u v)
auto diagonal_to_a_group(const tensor<float, "s s'">& x) {
#if WRONG == 7
    return diagonal<"s s' -> (u v)">(x);
#else
    return diagonal<"s s' -> u">(x);
#endif
}

// WRONG 8: syntax | a_new_axis_has_one_name_that_begins_with_a_letter | g h
auto new_axis_of_two_names(const tensor<float, "b s m">& x) {
#if WRONG == 8
    return broadcast<"g h">(x, 2);
#else
    return broadcast<"h">(x, 2);
#endif
}

// WRONG 9: syntax | a_new_axis_has_one_name_that_begins_with_a_letter
auto new_axis_that_is_a_number(const tensor<float, "b s m">& x) {
#if WRONG == 9
    return stack<"2">({x, x});
#else
    return stack<"n">({x, x});
#endif
}

// WRONG 10: name_mismatch | an_unnamed_tensor_gets_no_axis_with_a_name__name_all_first | h | (_ _)
auto new_axis_of_an_unnamed_tensor(const tensor<float, "2 3">& x) {
#if WRONG == 10
    return broadcast<"h">(x, 2);
#else
    return broadcast<"h">(as<"b s">(tensor<float>(x.any())), 2);
#endif
}
