// (F) Operands whose axes of one name remember other factors do not meet; one without memory meets any.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: name_mismatch | the_operands_merged_this_axis_from_other_factors | left | (m: h d) | right | (m: d h)
auto added(const tensor<float, "b (m: h d)">& q, const tensor<float, "b (m: d h)">& k) {
#if WRONG == 1
    return q + k;
#else
    return q + forget<"m">(k);
#endif
}

// WRONG 2: name_mismatch | the_operands_merged_this_axis_from_other_factors
void in_place(tensor<float, "b (m: h d)">& q, const tensor<float, "b (m: d h)">& k) {
#if WRONG == 2
    q += k;
#else
    q += forget<"m">(k);
#endif
}

// WRONG 3: name_mismatch | the_operands_merged_this_axis_from_other_factors
auto chosen(
    const tensor<float, "b (m: h d)">& q,
    const tensor<float, "b (m: d h)">& k,
    const tensor<bool, "b">& c
) {
#if WRONG == 3
    return where(c, q, k);
#else
    return where(c, q, forget<"m">(k));
#endif
}

// WRONG 4: name_mismatch | the_operands_merged_this_axis_from_other_factors | (m: h d) | (m: d h)
auto summed_by_dot(const tensor<float, "b (m: h d)">& q, const tensor<float, "(m: d h) o">& w) {
#if WRONG == 4
    return dot<"m">(q, w);
#else
    return dot<"m">(q, forget<"m">(w));
#endif
}

// WRONG 5: name_mismatch | the_operands_merged_this_axis_from_other_factors
auto kept_by_dot(const tensor<float, "i (m: h d)">& q, const tensor<float, "(m: d h) i">& w) {
#if WRONG == 5
    return dot<"i">(q, w);
#else
    return dot<"i">(q, forget<"m">(w));
#endif
}

// WRONG 6: name_mismatch | the_operands_merged_this_axis_from_other_factors
auto in_einsum(const tensor<float, "b (m: h d)">& q, const tensor<float, "(m: d h) o">& w) {
#if WRONG == 6
    return einsum<"b m, m o -> b o">(q, w);
#else
    return einsum<"b m, m o -> b o">(q, forget<"m">(w));
#endif
}

// WRONG 7: name_mismatch | the_operands_merged_this_axis_from_other_factors
auto in_an_ellipsis(const tensor<float, "(m: h d) i">& q, const tensor<float, "(m: d h) i">& w) {
#if WRONG == 7
    return einsum<"... i, ... i -> ...">(q, w);
#else
    return einsum<"... i, ... i -> ...">(q, forget<"m">(w));
#endif
}

// WRONG 8: name_mismatch | the_operands_merged_this_axis_from_other_factors
auto masked(const tensor<float, "b (m: h d)">& q, const tensor<bool, "(m: d h)">& c) {
#if WRONG == 8
    return softmax<"m">(q, c);
#else
    return softmax<"m">(q, forget<"m">(c));
#endif
}

// WRONG 9: name_mismatch | the_operands_merged_this_axis_from_other_factors
auto normalized(const tensor<float, "b (m: h d)">& q, const tensor<float, "(m: d h)">& g) {
#if WRONG == 9
    return rms_norm<"m">(q, g);
#else
    return rms_norm<"m">(q, forget<"m">(g));
#endif
}

// WRONG 10: name_mismatch | the_operands_merged_this_axis_from_other_factors
void assigned(tensor<float, "b (m: h d)">& q, const tensor<float, "b (m: d h)">& k) {
#if WRONG == 10
    assign(q, k);
#else
    assign(q, forget<"m">(k));
#endif
}

// WRONG 11: name_mismatch | the_operands_merged_this_axis_from_other_factors
auto packed(const tensor<float, "b c (m: h d)">& q, const tensor<float, "b (m: d h)">& k) {
#if WRONG == 11
    return pack<"b * m">(q, k).values;
#else
    return pack<"b * m">(q, forget<"m">(k)).values;
#endif
}

// WRONG 12: name_mismatch | the_operands_merged_this_axis_from_other_factors
auto expected(const tensor<float, "b (m: h d)">& q, const tensor<float, "b (m: d h)">& k) {
#if WRONG == 12
    return expect<"b m, b m">(q, k);
#else
    return expect<"b m, b m">(q, forget<"m">(k));
#endif
}

// WRONG 13: name_mismatch | the_operands_merged_this_axis_from_other_factors
auto picked(const tensor<float, "s (m: h d)">& x, const tensor<std::int64_t, "s (m: d h)">& i) {
#if WRONG == 13
    return take_along<"s">(x, i);
#else
    return take_along<"s">(x, forget<"m">(i));
#endif
}

// WRONG 14: name_mismatch | the_operands_merged_this_axis_from_other_factors
auto targeted(const tensor<float, "v (m: h d)">& x, const tensor<std::int64_t, "(m: d h)">& t) {
#if WRONG == 14
    return cross_entropy<"v">(x, t);
#else
    return cross_entropy<"v">(x, forget<"m">(t));
#endif
}
