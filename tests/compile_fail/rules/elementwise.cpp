// One operand has the axes of all others: nothing stretches, and the left one of `+=` keeps its axes.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: name_mismatch | neither_operand_has_all_axes_of_the_other__nothing_stretches__ask_for_outer_or_broadcast | only_left | s | only_right | m
auto subtracted(const tensor<float, "b s">& x, const tensor<float, "b m">& y) {
#if WRONG == 1
    return x - y;
#else
    return outer(sum<"s">(x), sum<"b">(y));
#endif
}

// WRONG 2: name_mismatch | neither_operand_has_all_axes_of_the_other__nothing_stretches__ask_for_outer_or_broadcast
auto compared(const tensor<float, "b s">& x, const tensor<float, "b m">& y) {
#if WRONG == 2
    return x < y;
#else
    return sum<"s">(x) < y;
#endif
}

// WRONG 3: name_mismatch | neither_operand_has_all_axes_of_the_other__nothing_stretches__ask_for_outer_or_broadcast | i | j
auto raised(const tensor<float, "i">& x, const tensor<float, "j">& y) {
#if WRONG == 3
    return pow(x, y);
#else
    return pow(x, rename<"j -> i">(y));
#endif
}

// WRONG 4: name_mismatch | neither_operand_has_all_axes_of_the_other__nothing_stretches__ask_for_outer_or_broadcast
auto chosen(
    const tensor<bool, "b s">& c, const tensor<float, "b m">& x, const tensor<float, "b m">& y
) {
#if WRONG == 4
    return where(c, x, y);
#else
    return where(any<"s">(c), x, y);
#endif
}

// WRONG 5: name_mismatch | neither_operand_has_all_axes_of_the_other__nothing_stretches__ask_for_outer_or_broadcast
auto chosen_beside_a_number(const tensor<bool, "b s">& c, const tensor<float, "m">& x) {
#if WRONG == 5
    return where(c, x, 0);
#else
    return where(c, rename<"m -> s">(x), 0);
#endif
}

// WRONG 6: name_mismatch | neither_operand_has_all_axes_of_the_other__nothing_stretches__ask_for_outer_or_broadcast
auto and_beside_bools(const tensor<bool, "b s">& c, const tensor<bool, "b t">& d) {
#if WRONG == 6
    return c & d;
#else
    return c & rename<"t -> s">(d);
#endif
}

// WRONG 7: dtype_mismatch | the_operands_hold_other_types_of_elements__cast_one
auto other_elements(const tensor<float, "b s">& x, const tensor<std::int64_t, "b s">& y) {
#if WRONG == 7
    return x + y;
#else
    return x + cast<float>(y);
#endif
}

// WRONG 8: name_mismatch | the_left_operand_keeps_its_axes__the_right_one_has_others | left | (b) | right | (b s)
void in_place_with_more_axes(tensor<float, "b">& x, const tensor<float, "b s">& y) {
#if WRONG == 8
    x += y;
#else
    x += sum<"s">(y);
#endif
}

// WRONG 9: name_mismatch | neither_operand_has_all_axes_of_the_other__nothing_stretches__ask_for_outer_or_broadcast
void in_place_with_another_axis(tensor<float, "b s">& x, const tensor<float, "m">& y) {
#if WRONG == 9
    x *= y;
#else
    x *= rename<"m -> s">(y);
#endif
}

// WRONG 10: dtype_mismatch | the_operands_hold_other_types_of_elements__cast_one
void in_place_with_other_elements(tensor<float, "b s">& x, const tensor<double, "s">& y) {
#if WRONG == 10
    x -= y;
#else
    x -= cast<float>(y);
#endif
}

// WRONG 11: name_mismatch | neither_operand_has_all_axes_of_the_other__nothing_stretches__ask_for_outer_or_broadcast
auto one_mistake_one_error(const tensor<float, "b s">& x, const tensor<float, "b m">& y) {
#if WRONG == 11
    return softmax<"q">(exp(x + y) * 2) - x;
#else
    return softmax<"s">(exp(x + sum<"m">(y)) * 2) - x;
#endif
}
