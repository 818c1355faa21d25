// A name twice in one tensor: in a type, and in a result.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: duplicate_axis | duplicate | b s ^b
auto in_a_type(const tensor<float>& x) {
#if WRONG == 1
    return as<"b s b">(x);
#else
    return as<"b s b'">(x);
#endif
}

// WRONG 2: duplicate_axis | the_result_would_have_an_axis_twice__rename_one_first | b
auto renamed(const tensor<float, "b s m">& x) {
#if WRONG == 2
    return rename<"s -> b">(x);
#else
    return rename<"s -> b, b -> s">(x);
#endif
}

// WRONG 3: duplicate_axis | the_change_renames_an_axis_twice | s -> t, ^s -> u
auto renamed_twice(const tensor<float, "b s m">& x) {
#if WRONG == 3
    return rename<"s -> t, s -> u">(x);
#else
    return rename<"s -> t, m -> u">(x);
#endif
}

// WRONG 4: duplicate_axis | the_result_would_have_an_axis_twice__rename_one_first | b
auto repeated(const tensor<float, "b s m">& x) {
#if WRONG == 4
    return repeat<"... m -> ... m b=2">(x);
#else
    return repeat<"... m -> ... m n=2">(x);
#endif
}

// WRONG 5: duplicate_axis | the_result_would_have_an_axis_twice__rename_one_first
auto contracted(const tensor<float, "b i">& x, const tensor<float, "b i o">& w) {
#if WRONG == 5
    return einsum<"b i, ... o -> b i ... o">(x, w);
#else
    return einsum<"... i, ... i o -> ... o">(x, w);
#endif
}

// WRONG 6: duplicate_axis | duplicate
auto merged(const tensor<float, "b (m: h d)">& x) {
#if WRONG == 6
    return rearrange<"b (h d) -> (b: h d) b">(x);
#else
    return rearrange<"b (h d) -> (c: h d) b">(x);
#endif
}

// WRONG 7: duplicate_axis | the_result_would_have_an_axis_twice__rename_one_first | m
auto looked_up(const tensor<float, "v m">& x, const tensor<std::int64_t, "b m">& i) {
#if WRONG == 7
    return take<"v">(x, i);
#else
    return take<"v">(x, rename<"m -> s">(i));
#endif
}

// WRONG 8: duplicate_axis | both_operands_have_this_axis__rename_one_or_multiply_along_it | b | (b i) | (b j)
auto multiplied_by_each(const tensor<float, "b i">& x, const tensor<float, "b j">& y) {
#if WRONG == 8
    return outer(x, y);
#else
    return outer(x, rename<"b -> c">(y));
#endif
}

// WRONG 9: duplicate_axis | an_axis_is_listed_twice | s s -> t
auto on_a_diagonal(const tensor<float, "s s'">& x) {
#if WRONG == 9
    return diagonal<"s s -> t">(x);
#else
    return diagonal<"s s' -> t">(x);
#endif
}

// WRONG 10: duplicate_axis | the_result_would_have_an_axis_twice__rename_one_first | b
auto of_a_diagonal(const tensor<float, "b s s'">& x) {
#if WRONG == 10
    return diagonal<"s s' -> b">(x);
#else
    return diagonal<"s s' -> t">(x);
#endif
}

// WRONG 11: duplicate_axis | the_tensor_has_this_axis_already | n | (n m)
auto stacked(const tensor<float, "n m">& x) {
#if WRONG == 11
    return stack<"n">({x, x});
#else
    return stack<"k">({x, x});
#endif
}

// WRONG 12: duplicate_axis | the_tensor_has_this_axis_already | h | (h d)
auto broadcast(const tensor<float, "h d">& x) {
#if WRONG == 12
    return broadcast<"h">(x, 2);
#else
    return broadcast<"n">(x, 2);
#endif
}

// WRONG 13: duplicate_axis | the_tensor_has_this_axis_already
auto unsqueezed(const tensor<float, "h d">& x) {
#if WRONG == 13
    return unsqueeze<"d", "h">(x);
#else
    return unsqueeze<"n", "h">(x);
#endif
}

// WRONG 14: duplicate_axis | the_tensor_has_this_axis_already
auto unfolded(const tensor<float, "s w">& x) {
#if WRONG == 14
    return unfold<"s", "w">(x, 3);
#else
    return unfold<"s", "k">(x, 3);
#endif
}
