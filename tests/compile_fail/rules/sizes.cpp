// Sizes that are passed as `"h"_ax = 2` are known by name while compiling.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: missing_size | the_new_axis_has_no_size__pass_it | b d -> b d ^n | axis | n
auto new_axis(const tensor<float, "b d">& x) {
#if WRONG == 1
    return repeat<"b d -> b d n">(x);
#else
    return repeat<"b d -> b d n">(x, "n"_ax = 2);
#endif
}

// WRONG 2: missing_size | the_new_axis_has_no_size__pass_it | b d -> b d ^n k
auto new_axis_beside_another(const tensor<float, "b d">& x) {
#if WRONG == 2
    return repeat<"b d -> b d n k">(x, "k"_ax = 2);
#else
    return repeat<"b d -> b d n k=2">(x, "n"_ax = 2);
#endif
}

// WRONG 3: ambiguous_size | the_sizes_of_two_factors_are_unknown__pass_one | b ^(h d) -> b h d | h d
auto two_factors(const tensor<float, "b m">& x) {
#if WRONG == 3
    return rearrange<"b (h d) -> b h d">(x);
#else
    return rearrange<"b (h d) -> b h d">(x, "h"_ax = 2);
#endif
}

// WRONG 4: ambiguous_size | the_sizes_of_two_factors_are_unknown__pass_one | d e
auto two_of_three_factors(const tensor<float, "b m">& x) {
#if WRONG == 4
    return rearrange<"b (h d e) -> b h d e">(x, "h"_ax = 2);
#else
    return rearrange<"b (h d e=4) -> b h d e">(x, "h"_ax = 2);
#endif
}

// WRONG 5: unexpected_size_argument | no_axis_of_the_pattern_has_this_name | b (h d) -> b h d | axis | g
auto no_such_axis(const tensor<float, "b m">& x) {
#if WRONG == 5
    return rearrange<"b (h d) -> b h d">(x, "g"_ax = 2);
#else
    return rearrange<"b (h d) -> b h d">(x, "h"_ax = 2);
#endif
}

// WRONG 6: unexpected_size_argument | no_axis_of_the_pattern_has_this_name | s
auto no_such_axis_of_a_reduction(const tensor<float, "b m">& x) {
#if WRONG == 6
    return reduce<"b m -> b">(x, by::sum, "s"_ax = 2);
#else
    return reduce<"b m -> b">(x, by::sum, "m"_ax = 2);
#endif
}
