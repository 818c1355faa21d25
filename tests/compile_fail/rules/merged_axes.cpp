// A merged axis remembers its factors, in their order, under its name.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: name_mismatch | the_axis_remembers_other_factors_than_the_pattern_splits_it_into__forget_them_first | b ^(d h) | (h d)
auto split_otherwise(const tensor<float, "b (h d)">& x) {
#if WRONG == 1
    return rearrange<"b (d h) -> b d h">(x);
#else
    return rearrange<"b (h d) -> b d h">(x);
#endif
}

// WRONG 2: name_mismatch | the_axis_remembers_other_factors_than_the_pattern_splits_it_into__forget_them_first | (m: h d)
auto split_in_three(const tensor<float, "b (m: h d)">& x) {
#if WRONG == 2
    return rearrange<"b (h d e) -> b h d e">(x, "h"_ax = 2, "d"_ax = 2);
#else
    return rearrange<"b (h d e) -> b h d e">(forget<"m">(x), "h"_ax = 2, "d"_ax = 2);
#endif
}

// WRONG 3: name_mismatch | the_pattern_demands_another_name_for_the_merged_axis | b ^(k: h d)
auto called_otherwise(const tensor<float, "b (m: h d)">& x) {
#if WRONG == 3
    return rearrange<"b (k: h d) -> b h d">(x);
#else
    return rearrange<"b (m: h d) -> b h d">(x);
#endif
}

// WRONG 4: name_mismatch | the_pattern_demands_another_name_for_the_merged_axis | b ^(k: h d)
auto called_otherwise_without_memory(const tensor<float, "b m">& x) {
#if WRONG == 4
    return rearrange<"b (k: h d) -> b h d">(x, "h"_ax = 2);
#else
    return rearrange<"b (h d) -> b h d">(x, "h"_ax = 2);
#endif
}

// WRONG 5: name_mismatch | the_axis_remembers_other_factors_than_the_pattern_splits_it_into__forget_them_first
auto split_otherwise_in_einsum(const tensor<float, "b (h d)">& x, const tensor<float, "h d">& w) {
#if WRONG == 5
    return einsum<"b (d h), h d -> b">(x, w);
#else
    return einsum<"b (h d), h d -> b">(x, w);
#endif
}

// WRONG 6: name_mismatch | a_merged_axis_without_a_name_of_its_own_cannot_be_merged_again__rename_it_first | (h d)
auto merged_again(const tensor<float, "b (h d)">& x) {
#if WRONG == 6
    return rearrange<"b ... -> (b ...)">(x);
#else
    return rearrange<"b ... -> (b ...)">(rename<"(h d) -> m">(x));
#endif
}

// WRONG 7: name_mismatch | a_merged_axis_without_a_name_of_its_own_cannot_be_divided__rename_it_first | (b (h d))
auto sliced(const tensor<float, "b (h d)">& x) {
#if WRONG == 7
    return slice<"(h d)">(x, 0, 2);
#else
    return slice<"m">(rename<"(h d) -> m">(x), 0, 2);
#endif
}

// WRONG 8: name_mismatch | a_merged_axis_without_a_name_of_its_own_cannot_be_divided__rename_it_first
auto split(const tensor<float, "b (h d)">& x) {
#if WRONG == 8
    return split<"(h d)">(x, {2, 2});
#else
    return split<"m">(rename<"(h d) -> m">(x), {2, 2});
#endif
}

// WRONG 9: name_mismatch | a_merged_axis_without_a_name_of_its_own_cannot_be_divided__rename_it_first
auto joined(const tensor<float, "b (h d)">& x) {
#if WRONG == 9
    return concat<"(h d)">({x, x});
#else
    return concat<"b">({x, x});
#endif
}

// WRONG 10: name_mismatch | a_merged_axis_without_a_name_of_its_own_cannot_be_divided__rename_it_first
auto sorted(const tensor<float, "b (h d)">& x) {
#if WRONG == 10
    return sort<"(h d)">(x);
#else
    return sort<"m">(rename<"(h d) -> m">(x));
#endif
}

// WRONG 11: name_mismatch | a_merged_axis_without_a_name_of_its_own_cannot_be_divided__rename_it_first
auto rolled(const tensor<float, "b (h d)">& x) {
#if WRONG == 11
    return roll<"(h d)">(x, 1);
#else
    return roll<"b">(x, 1);
#endif
}

// WRONG 12: name_mismatch | a_merged_axis_without_a_name_of_its_own_cannot_be_divided__rename_it_first
auto forgotten(const tensor<float, "b (h d)">& x) {
#if WRONG == 12
    return forget<"(h d)">(x);
#else
    return forget<"m">(rename<"(h d) -> m">(x));
#endif
}

// WRONG 13: name_mismatch | a_merged_axis_without_a_name_of_its_own_cannot_be_divided__rename_it_first
auto packed(const tensor<float, "b (h d)">& x) {
#if WRONG == 13
    return pack<"b *">(x, x).values;
#else
    return pack<"b *">(rename<"(h d) -> m">(x), rename<"(h d) -> m">(x)).values;
#endif
}
