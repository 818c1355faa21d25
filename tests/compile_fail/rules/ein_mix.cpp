// Layers that are written as patterns: their texts, and what they are applied to.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>
#include <abax/nn/ein_mix.hpp>

using namespace abax;

// WRONG 1: unknown_axis | the_weight_has_a_name_that_neither_side_has | "m q o"
// WRONG 2: unknown_axis | the_weight_has_a_name_that_neither_side_has | pattern{m ^q o} | axis{q}
void weight_beside_the_pattern() {
#if WRONG == 1
    const nn::ein_mix<> mix({"b m -> b o", "m q o"}, {{"m", 4}, {"o", 5}}, 42);
#elif WRONG == 2
    const nn::ein_mix<"b m -> b o", "m q o"> mix({{"m", 4}, {"o", 5}}, 42);
#else
    const nn::ein_mix<> mix({"b m -> b o", "m o"}, {{"m", 4}, {"o", 5}}, 42);
    const nn::ein_mix<"b m -> b o", "m o"> typed({{"m", 4}, {"o", 5}}, 42);
#endif
}

// WRONG 3: unknown_axis | the_right_side_has_a_name_that_neither_the_left_side_nor_the_weight_has | "b m -> b q"
// WRONG 4: unknown_axis | the_right_side_has_a_name_that_neither_the_left_side_nor_the_weight_has | pattern{b ^q} | axis{q}
void result_from_nowhere() {
#if WRONG == 3
    const nn::ein_mix<> mix({"b m -> b q", "m"}, {{"m", 4}}, 42);
#elif WRONG == 4
    const nn::ein_mix<"b m -> b q", "m"> mix({{"m", 4}}, 42);
#else
    const nn::ein_mix<> mix({"b m -> b", "m", ""}, {{"m", 4}}, 42);
    const nn::ein_mix<"b m -> b", "m", ""> typed({{"m", 4}}, 42);
#endif
}

// WRONG 5: unknown_axis | the_bias_has_a_name_that_the_right_side_lacks | "m"
// WRONG 6: unknown_axis | the_bias_has_a_name_that_the_right_side_lacks | pattern{^m} | axis{m}
void bias_of_a_summed_axis() {
#if WRONG == 5
    const nn::ein_mix<> mix({"b m -> b o", "m o", "m"}, {{"m", 4}, {"o", 5}}, 42);
#elif WRONG == 6
    const nn::ein_mix<"b m -> b o", "m o", "m"> mix({{"m", 4}, {"o", 5}}, 42);
#else
    const nn::ein_mix<> mix({"b m -> b o", "m o", "o"}, {{"m", 4}, {"o", 5}}, 42);
    const nn::ein_mix<"b m -> b o", "m o", "o"> typed({{"m", 4}, {"o", 5}}, 42);
#endif
}

// WRONG 7: ellipsis | the_axes_of_a_bias_stand_behind_the_ellipsis | "b ... m -> b o ..."
// WRONG 8: ellipsis | ellipsis_in_group | pattern{(^... m)}
void ellipsis_in_the_way() {
#if WRONG == 7
    const nn::ein_mix<> mix({"b ... m -> b o ...", "m o", "o"}, {{"m", 4}, {"o", 5}}, 42);
#elif WRONG == 8
    const nn::ein_mix<"(... m) -> ... o", "m o"> mix({{"m", 4}, {"o", 5}}, 42);
#else
    const nn::ein_mix<> mix({"b ... m -> b ... o", "m o", "o"}, {{"m", 4}, {"o", 5}}, 42);
    const nn::ein_mix<"... m -> (...) o", "m o"> typed({{"m", 4}, {"o", 5}}, 42);
#endif
}

// WRONG 9: anonymous_axis | number_refused | "b 3 -> b o"
// WRONG 10: anonymous_axis | a_list_of_names | pattern{m ^1 o}
// WRONG 11: syntax | unclosed_group | pattern{b (h d^}
void not_names() {
#if WRONG == 9
    const nn::ein_mix<> mix({"b 3 -> b o", "o"}, {{"o", 5}}, 42);
#elif WRONG == 10
    const nn::ein_mix<"b m -> b o", "m 1 o"> mix({{"m", 4}, {"o", 5}}, 42);
#elif WRONG == 11
    const nn::ein_mix<"b (h d -> b o", "h d o"> mix({{"h", 2}, {"d", 2}, {"o", 5}}, 42);
#else
    const nn::ein_mix<"b (h d) -> b o", "h d o"> typed({{"h", 2}, {"d", 2}, {"o", 5}}, 42);
#endif
}

// WRONG 12: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | pattern{b ^s (h d), h d m -> b s m} | has{t}
// WRONG 13: name_mismatch | the_axis_remembers_other_factors_than_the_pattern_splits_it_into
// WRONG 14: rank_mismatch | the_pattern_has_another_rank_than_the_tensor
// WRONG 15: unknown_axis | the_tensor_has_no_such_axis | axis{q}
void applied(
    const nn::ein_mix<"b s (h d) -> b s m", "h d m", "m">& mix,
    const tensor<float, "b s m">& x,
    const tensor<float, "b t m">& y,
    const tensor<float, "b s (m: d h)">& z
) {
#if WRONG == 12
    (void)mix(y);
#elif WRONG == 13
    (void)mix(z);
#elif WRONG == 14
    (void)mix(sum<"b">(x));
#elif WRONG == 15
    (void)mix(softmax<"q">(x));  // one mistake, one error
#else
    (void)mix(x);
    (void)mix(rename<"t -> s">(y));
    (void)mix(forget<"m">(z));
#endif
}
