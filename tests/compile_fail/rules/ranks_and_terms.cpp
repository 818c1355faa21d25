// A pattern has an item for each axis, and a term for each operand.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: rank_mismatch | the_pattern_has_another_rank_than_the_tensor | (b s m)
auto too_few_items(const tensor<float, "b s m">& x) {
#if WRONG == 1
    return rearrange<"b s -> s b">(x);
#else
    return rearrange<"b ... -> ... b">(x);
#endif
}

// WRONG 2: rank_mismatch | the_pattern_has_another_rank_than_the_tensor | (b s m)
auto too_many_items(const tensor<float, "b s m">& x) {
#if WRONG == 2
    return reduce<"b s m d -> b">(x, by::sum);
#else
    return reduce<"b s m -> b">(x, by::sum);
#endif
}

// WRONG 3: rank_mismatch | the_pattern_has_another_rank_than_the_tensor | (b s m)
auto too_few_items_of_a_term(const tensor<float, "b s m">& x, const tensor<float, "m o">& w) {
#if WRONG == 3
    return einsum<"b m, m o -> b o">(x, w);
#else
    return einsum<"b s m, m o -> b s o">(x, w);
#endif
}

// WRONG 4: other | the_pattern_has_another_number_of_terms_than_there_are_operands | b s m, m -> b s
auto too_many_terms(const tensor<float, "b s m">& x) {
#if WRONG == 4
    return einsum<"b s m, m -> b s">(x);
#else
    return einsum<"b s m -> b s">(x);
#endif
}

// WRONG 5: einsum_has_another_number_of_terms_than_there_are_operands | "b s m -> b s"
auto too_few_terms_of_a_literal(const tensor<float, "b s m">& x, const tensor<float, "m o">& w) {
#if WRONG == 5
    return einsum("b s m -> b s", x, w);
#else
    return einsum("b s m, m o -> b s o", x, w);
#endif
}

// WRONG 6: other | the_pattern_has_another_number_of_terms_than_there_are_operands
auto too_few_terms_at_the_door(const tensor<float, "b s m">& x, const tensor<float, "m o">& w) {
#if WRONG == 6
    return expect<"b s m">(x, w);
#else
    return expect<"b s m, m o">(x, w);
#endif
}

// WRONG 7: expect_has_another_number_of_terms_than_there_are_operands | "b s m"
auto too_few_terms_of_a_literal_at_the_door(
    const tensor<float, "b s m">& x, const tensor<float, "m o">& w
) {
#if WRONG == 7
    return expect("b s m", x, w);
#else
    return expect("b s m, m o", x, w);
#endif
}

// WRONG 8: rank_mismatch | the_pattern_has_another_rank_than_the_tensor | (b s m)
auto packed(const tensor<float, "b s m">& x) {
#if WRONG == 8
    return pack<"b s m d *">(x, x).values;
#else
    return pack<"b s m *">(x, x).values;
#endif
}

// WRONG 9: rank_mismatch | the_pattern_has_another_rank_than_the_tensor | (b s m)
auto unpacked(const tensor<float, "b s m">& x, const packed_shapes& shapes) {
#if WRONG == 9
    return unpack<"b *">(x, shapes);
#else
    return unpack<"b * m">(x, shapes);
#endif
}
