// A simple name on the left is the tensor's at that place, in every verb.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | b ^m s -> b s m | says | has
auto rearranged(const tensor<float, "b s m">& x) {
#if WRONG == 1
    return rearrange<"b m s -> b s m">(x);
#else
    return rearrange<"b s m -> b m s">(x);
#endif
}

// WRONG 2: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | b s ^d -> b s
auto reduced(const tensor<float, "b s m">& x) {
#if WRONG == 2
    return reduce<"b s d -> b s">(x, by::sum);
#else
    return reduce<"b s m -> b s">(x, by::sum);
#endif
}

// WRONG 3: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | ^s b m -> s b m n=2
auto repeated(const tensor<float, "b s m">& x) {
#if WRONG == 3
    return repeat<"s b m -> s b m n=2">(x);
#else
    return repeat<"b s m -> b s m n=2">(x);
#endif
}

// WRONG 4: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | b s m, ^o m -> b s o
auto contracted(const tensor<float, "b s m">& x, const tensor<float, "m o">& w) {
#if WRONG == 4
    return einsum<"b s m, o m -> b s o">(x, w);
#else
    return einsum<"b s m, m o -> b s o">(x, w);
#endif
}

// WRONG 5: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | ... ^s -> s ...
auto behind_an_ellipsis(const tensor<float, "b s m">& x) {
#if WRONG == 5
    return rearrange<"... s -> s ...">(x);
#else
    return rearrange<"... m -> m ...">(x);
#endif
}

// WRONG 6: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | b ^m *
auto packed(const tensor<float, "b s m">& x) {
#if WRONG == 6
    return pack<"b m *">(x, x).values;
#else
    return pack<"b * m">(x, x).values;
#endif
}

// WRONG 7: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | b * ^s
auto unpacked(const tensor<float, "b s m">& x, const packed_shapes& shapes) {
#if WRONG == 7
    return unpack<"b * s">(x, shapes);
#else
    return unpack<"b * m">(x, shapes);
#endif
}

// WRONG 8: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | _ ^m _
auto asked_for_sizes(const tensor<float, "b s m">& x) {
#if WRONG == 8
    return parse_shape<"_ m _">(x);
#else
    return parse_shape<"_ s _">(x);
#endif
}

// WRONG 9: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | b s m, ^f m
auto expected_at_the_door(const tensor<float, "b s m">& x, const tensor<float, "m f">& w) {
#if WRONG == 9
    return expect<"b s m, f m">(x, w);
#else
    return expect<"b s m, m f">(x, w);
#endif
}
