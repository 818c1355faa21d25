// Softmax and norms name their axis; parameters have exactly it, and the mask of a softmax has it (K).
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: usage | this_verb_needs_an_axis__name_one_of_the_tensors | (b s m)
auto softmax_of_nothing(const tensor<float, "b s m">& x) {
#if WRONG == 1
    return softmax(x);
#else
    return softmax<"m">(x);
#endif
}

// WRONG 2: usage | this_verb_needs_an_axis__name_one_of_the_tensors | (b s m)
auto argmax_of_nothing(const tensor<float, "b s m">& x) {
#if WRONG == 2
    return argmax(x);
#else
    return argmax<"m">(x);
#endif
}

// WRONG 3: usage | this_verb_needs_an_axis__name_one_of_the_tensors | (b s m)
auto norm_of_nothing(const tensor<float, "b s m">& x, const tensor<float, "m">& g) {
#if WRONG == 3
    return layer_norm(x, g, g);
#else
    return layer_norm<"m">(x, g, g);
#endif
}

// WRONG 4: usage | this_verb_needs_an_axis__name_one_of_the_tensors
auto rms_norm_of_nothing(const tensor<float, "b s m">& x, const tensor<float, "m">& g) {
#if WRONG == 4
    return rms_norm(x, g);
#else
    return rms_norm<"m">(x, g);
#endif
}

// WRONG 5: usage | this_verb_needs_an_axis__name_one_of_the_tensors
auto log_softmax_of_nothing(const tensor<float, "b s m">& x) {
#if WRONG == 5
    return log_softmax(x);
#else
    return log_softmax<"m">(x);
#endif
}

// WRONG 6: usage | this_verb_needs_an_axis__name_one_of_the_tensors
auto sort_of_nothing(const tensor<float, "b s m">& x) {
#if WRONG == 6
    return sort(x);
#else
    return sort<"m">(x);
#endif
}

// WRONG 7: usage | this_verb_needs_an_axis__name_one_of_the_tensors
auto variance_of_nothing(const tensor<float, "b s m">& x) {
#if WRONG == 7
    return variance(x);
#else
    return variance<"m">(x);
#endif
}

// WRONG 8: usage | this_verb_needs_an_axis__name_one_of_the_tensors
auto flip_of_nothing(const tensor<float, "b s m">& x) {
#if WRONG == 8
    return flip<"">(x);
#else
    return flip<"s">(x);
#endif
}

// WRONG 9: unknown_axis | the_tensor_has_no_such_axis | s' | (b s m)
auto softmax_of_another(const tensor<float, "b s m">& x) {
#if WRONG == 9
    return softmax<"s'">(x);
#else
    return softmax<"s">(x);
#endif
}

// WRONG 10: name_mismatch | the_parameter_must_have_exactly_the_normalized_axis | wanted | (m) | has | (s)
auto gain_of_another(
    const tensor<float, "b s m">& x, const tensor<float, "s">& g, const tensor<float, "m">& b
) {
#if WRONG == 10
    return layer_norm<"m">(x, g, b);
#else
    return layer_norm<"m">(x, rename<"s -> m">(g), b);
#endif
}

// WRONG 11: rank_mismatch | the_parameter_must_have_exactly_the_normalized_axis | (s m)
auto bias_of_another(
    const tensor<float, "b s m">& x, const tensor<float, "m">& g, const tensor<float, "s m">& b
) {
#if WRONG == 11
    return layer_norm<"m">(x, g, b);
#else
    return layer_norm<"m">(x, g, sum<"s">(b));
#endif
}

// WRONG 12: rank_mismatch | the_parameter_must_have_exactly_the_normalized_axis
auto gain_of_more(const tensor<float, "b s m">& x, const tensor<float, "s m">& g) {
#if WRONG == 12
    return rms_norm<"m">(x, g);
#else
    return rms_norm<"m">(x, sum<"s">(g));
#endif
}

// WRONG 13: name_mismatch | the_mask_lacks_the_axis_of_the_softmax__rename_its_axis | (s)
auto mask_of_queries(const tensor<float, "h s s'">& x, const tensor<bool, "s">& c) {
#if WRONG == 13
    return softmax<"s'">(x, c);
#else
    return softmax<"s'">(x, rename<"s -> s'">(c));
#endif
}

// WRONG 14: name_mismatch | the_mask_has_an_axis_that_the_tensor_lacks | b
auto mask_of_more(const tensor<float, "h s s'">& x, const tensor<bool, "b s'">& c) {
#if WRONG == 14
    return softmax<"s'">(x, c);
#else
    return softmax<"s'">(x, any<"b">(c));
#endif
}
