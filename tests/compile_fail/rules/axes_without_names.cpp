// `1`, `()` and numbers match unnamed axes only; such axes meet nothing.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: name_mismatch | a_unit_or_number_matches_only_an_axis_without_a_name | ^1 s m -> s m | says | has
auto unit(const tensor<float, "b s m">& x) {
#if WRONG == 1
    return rearrange<"1 s m -> s m">(x);
#else
    return rearrange<"s m -> s 1 m">(at<"b">(x, 0));
#endif
}

// WRONG 2: name_mismatch | a_unit_or_number_matches_only_an_axis_without_a_name | ^() s m
auto empty_group(const tensor<float, "b s m">& x) {
#if WRONG == 2
    return rearrange<"() s m -> s m">(x);
#else
    return rearrange<"() s m -> s m">(rearrange<"s m -> () s m">(at<"b">(x, 0)));
#endif
}

// WRONG 3: name_mismatch | a_unit_or_number_matches_only_an_axis_without_a_name | ^2 s m
auto number(const tensor<float, "b s m">& x) {
#if WRONG == 3
    return reduce<"2 s m -> s m">(x, by::sum);
#else
    return reduce<"2 s m -> s m">(as<"2 s m">(tensor<float>(x.any())), by::sum);
#endif
}

// WRONG 4: name_mismatch | a_unit_or_number_matches_only_an_axis_without_a_name | ^1 s m
auto unit_in_einsum(const tensor<float, "b s m">& x) {
#if WRONG == 4
    return einsum<"1 s m -> s m">(x);
#else
    return einsum<"b s m -> b s">(x);
#endif
}

// WRONG 5: name_mismatch | an_axis_without_a_name_meets_nothing__name_or_drop_it | only_left | only_right
auto added(const tensor<float, "b s m">& x, const tensor<float, "b 1 m">& y) {
#if WRONG == 5
    return x + y;
#else
    return x + rearrange<"b 1 m -> b m">(y);
#endif
}

// WRONG 6: name_mismatch | an_axis_without_a_name_meets_nothing__name_or_drop_it
auto compared(const tensor<float, "b s m">& x, const tensor<float, "b 1 m">& y) {
#if WRONG == 6
    return y < x;
#else
    return rearrange<"b 1 m -> b m">(y) < x;
#endif
}

// WRONG 7: name_mismatch | an_axis_without_a_name_meets_nothing__name_or_drop_it | (b s m) | (1 m)
auto multiplied(const tensor<float, "b s m">& x, const tensor<float, "1 m">& y) {
#if WRONG == 7
    return dot<"m">(x, y);
#else
    return dot<"m">(x, rearrange<"1 m -> m">(y));
#endif
}
