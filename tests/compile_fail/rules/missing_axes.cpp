// A verb along an axis that is not there, or along two where it takes one.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: unknown_axis | the_tensor_has_no_such_axis | d | (b s m)
auto summed(const tensor<float, "b s m">& x) {
#if WRONG == 1
    return sum<"d">(x);
#else
    return sum<"m">(x);
#endif
}

// WRONG 2: unknown_axis | the_tensor_has_no_such_axis | d
auto one_of_two(const tensor<float, "b s m">& x) {
#if WRONG == 2
    return mean<"s d">(x);
#else
    return mean<"s m">(x);
#endif
}

// WRONG 3: unknown_axis | the_tensor_has_no_such_axis | s'
auto primed(const tensor<float, "b s m">& x) {
#if WRONG == 3
    return max<"s'">(x);
#else
    return max<"s">(x);
#endif
}

// WRONG 4: unknown_axis | the_tensor_has_no_such_axis
auto merged_by_its_factors(const tensor<float, "b (m: h d)">& x) {
#if WRONG == 4
    return sum<"(m: h d)">(x);
#else
    return sum<"m">(x);
#endif
}

// WRONG 5: unknown_axis | the_tensor_has_no_such_axis
auto found(const tensor<float, "b s m">& x) {
#if WRONG == 5
    return argmax<"v">(x);
#else
    return argmax<"m">(x);
#endif
}

// WRONG 6: unknown_axis | the_tensor_has_no_such_axis
auto found_the_least(const tensor<float, "b s m">& x) {
#if WRONG == 6
    return argmin<"v">(x);
#else
    return argmin<"m">(x);
#endif
}

// WRONG 7: unknown_axis | the_tensor_has_no_such_axis
auto sorted(const tensor<float, "b s m">& x) {
#if WRONG == 7
    return sort<"v">(x);
#else
    return sort<"m">(x);
#endif
}

// WRONG 8: unknown_axis | the_tensor_has_no_such_axis
auto ordered(const tensor<float, "b s m">& x) {
#if WRONG == 8
    return argsort<"v">(x);
#else
    return argsort<"m">(x);
#endif
}

// WRONG 9: unknown_axis | the_tensor_has_no_such_axis
auto best(const tensor<float, "b s m">& x) {
#if WRONG == 9
    return topk<"v">(x, 2).values;
#else
    return topk<"m">(x, 2).values;
#endif
}

// WRONG 10: unknown_axis | the_tensor_has_no_such_axis
auto running(const tensor<float, "b s m">& x) {
#if WRONG == 10
    return cumsum<"v">(x);
#else
    return cumsum<"m">(x);
#endif
}

// WRONG 11: unknown_axis | the_tensor_has_no_such_axis
auto varying(const tensor<float, "b s m">& x) {
#if WRONG == 11
    return variance<"v">(x);
#else
    return variance<"m">(x);
#endif
}

// WRONG 12: unknown_axis | the_tensor_has_no_such_axis
auto sliced(const tensor<float, "b s m">& x) {
#if WRONG == 12
    return slice<"t">(x, 0, 1);
#else
    return slice<"s">(x, 0, 1);
#endif
}

// WRONG 13: unknown_axis | the_tensor_has_no_such_axis
auto chosen(const tensor<float, "b s m">& x) {
#if WRONG == 13
    return at<"t">(x, 0);
#else
    return at<"s">(x, 0);
#endif
}

// WRONG 14: unknown_axis | the_tensor_has_no_such_axis
auto chunked(const tensor<float, "b s m">& x) {
#if WRONG == 14
    return chunk<"t">(x, 2);
#else
    return chunk<"s">(x, 2);
#endif
}

// WRONG 15: unknown_axis | the_tensor_has_no_such_axis
auto padded(const tensor<float, "b s m">& x) {
#if WRONG == 15
    return pad<"t">(x, 1, 1);
#else
    return pad<"s">(x, 1, 1);
#endif
}

// WRONG 16: unknown_axis | the_tensor_has_no_such_axis
auto flipped(const tensor<float, "b s m">& x) {
#if WRONG == 16
    return flip<"t">(x);
#else
    return flip<"s">(x);
#endif
}

// WRONG 17: unknown_axis | the_tensor_has_no_such_axis
auto squeezed(const tensor<float, "b s m">& x) {
#if WRONG == 17
    return squeeze<"t">(x);
#else
    return squeeze<"s">(x);
#endif
}

// WRONG 18: unknown_axis | the_tensor_has_no_such_axis
void walked(const tensor<float, "b s m">& x) {
#if WRONG == 18
    for (const auto& row : along<"t">(x))
        (void)row;
#else
    for (const auto& row : along<"s">(x))
        (void)row;
#endif
}

// WRONG 19: unknown_axis | the_tensor_has_no_such_axis
auto looked_up(const tensor<float, "v m">& x, const tensor<std::int64_t, "b s">& i) {
#if WRONG == 19
    return take<"w">(x, i);
#else
    return take<"v">(x, i);
#endif
}

// WRONG 20: unknown_axis | the_tensor_has_no_such_axis
auto measured(const tensor<float, "b s m">& x) {
#if WRONG == 20
    return extent<"t">(x);
#else
    return extent<"s">(x);
#endif
}

// WRONG 21: unknown_axis | the_tensor_has_no_such_axis
auto renamed(const tensor<float, "b s m">& x) {
#if WRONG == 21
    return rename<"t -> u">(x);
#else
    return rename<"s -> u">(x);
#endif
}

// WRONG 22: unknown_axis | the_tensor_has_no_such_axis
auto permuted(const tensor<float, "b s m">& x) {
#if WRONG == 22
    return permute<"b t m">(x);
#else
    return permute<"b m s">(x);
#endif
}

// WRONG 23: unknown_axis | the_tensor_has_no_such_axis
auto on_a_diagonal(const tensor<float, "s s'">& x) {
#if WRONG == 23
    return diagonal<"s t -> u">(x);
#else
    return diagonal<"s s' -> u">(x);
#endif
}

// WRONG 24: unknown_axis | this_verb_works_along_one_axis | (s m)
auto sorted_along_two(const tensor<float, "b s m">& x) {
#if WRONG == 24
    return sort<"s m">(x);
#else
    return sort<"m">(x);
#endif
}

// WRONG 25: unknown_axis | this_verb_takes_one_axis | (s m)
auto sliced_along_two(const tensor<float, "b s m">& x) {
#if WRONG == 25
    return slice<"s m">(x, 0, 1);
#else
    return slice<"s m">(x, {{0, 1}, {0, 1}});
#endif
}

// WRONG 26: usage | each_axis_needs_an_interval_of_its_own | (b s m)
auto intervals(const tensor<float, "b s m">& x) {
#if WRONG == 26
    return slice<"b s m">(x, {{0, 1}, {0, 1}});
#else
    return slice<"b s">(x, {{0, 1}, {0, 1}});
#endif
}
