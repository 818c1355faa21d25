// `dot` is strict: a summed name is in both operands.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: unknown_axis | this_name_is_summed_but_the_left_operand_lacks_it__rename_its_axis_or_sum_the_right_one | axis | m | (b s d) | (m o)
auto left_lacks(const tensor<float, "b s d">& x, const tensor<float, "m o">& w) {
#if WRONG == 1
    return dot<"m">(x, w);
#else
    return dot<"m">(rename<"d -> m">(x), w);
#endif
}

// WRONG 2: unknown_axis | this_name_is_summed_but_the_right_operand_lacks_it__rename_its_axis_or_sum_the_left_one | (b s m) | (i o)
auto right_lacks(const tensor<float, "b s m">& x, const tensor<float, "i o">& w) {
#if WRONG == 2
    return dot<"m">(x, w);
#else
    return dot<"m">(x, rename<"i -> m">(w));
#endif
}

// WRONG 3: unknown_axis | this_name_is_summed_but_neither_operand_has_it | (b s m) | (m o)
auto neither_has(const tensor<float, "b s m">& x, const tensor<float, "m o">& w) {
#if WRONG == 3
    return dot<"d">(x, w);
#else
    return dot<"m">(x, w);
#endif
}

// WRONG 4: unknown_axis | this_name_is_summed_but_neither_operand_has_it | e
auto one_of_two_names(const tensor<float, "b h d">& x, const tensor<float, "h d m">& w) {
#if WRONG == 4
    return dot<"h e">(x, w);
#else
    return dot<"h d">(x, w);
#endif
}

// WRONG 5: duplicate_axis | duplicate | m ^m
auto no_list(const tensor<float, "b m">& x, const tensor<float, "m o">& w) {
#if WRONG == 5
    return dot<"m m">(x, w);
#else
    return dot<"m">(x, w);
#endif
}

// WRONG 6: dtype_mismatch | the_operands_hold_other_types_of_elements__cast_one
auto other_elements(const tensor<float, "b m">& x, const tensor<double, "m o">& w) {
#if WRONG == 6
    return dot<"m">(x, w);
#else
    return dot<"m">(x, cast<float>(w));
#endif
}

// WRONG 7: dtype_mismatch | the_operands_hold_other_types_of_elements__cast_one
auto other_elements_in_einsum(const tensor<float, "b m">& x, const tensor<double, "m o">& w) {
#if WRONG == 7
    return einsum<"b m, m o -> b o">(x, w);
#else
    return einsum<"b m, m o -> b o">(x, cast<float>(w));
#endif
}
