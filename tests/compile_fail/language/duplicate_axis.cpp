// A name twice where it stands once: category duplicate_axis.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: duplicate_axis | duplicate | "b s s -> b s"
// WRONG 2: duplicate_axis | duplicate | pattern | b s ^s -> b s
void duplicate_in_rearrange(const tensor<float>& x) {
#if WRONG == 1
    (void)rearrange(x, "b s s -> b s");
#elif WRONG == 2
    (void)rearrange<"b s s -> b s">(x);
#else
    (void)rearrange(x, "b s s' -> b s s'");
    (void)rearrange<"b s s' -> b s s'">(x);
#endif
}

// WRONG 3: duplicate_axis | duplicate | "b s -> b b"
// WRONG 4: duplicate_axis | duplicate | pattern | b s -> b ^b
void duplicate_in_reduce(const tensor<float>& x) {
#if WRONG == 3
    (void)reduce(x, "b s -> b b", by::sum);
#elif WRONG == 4
    (void)reduce<"b s -> b b">(x, by::sum);
#else
    (void)reduce(x, "b s -> b", by::sum);
    (void)reduce<"b s -> b">(x, by::sum);
#endif
}

// WRONG 5: duplicate_axis | duplicate | "b -> b n=2 n"
// WRONG 6: duplicate_axis | duplicate | pattern | b -> b n=2 ^n
void duplicate_in_repeat(const tensor<float>& x) {
#if WRONG == 5
    (void)repeat(x, "b -> b n=2 n");
#elif WRONG == 6
    (void)repeat<"b -> b n=2 n">(x);
#else
    (void)repeat(x, "b -> b n=2");
    (void)repeat<"b -> b n=2">(x);
#endif
}

// WRONG 7: duplicate_axis | duplicate | "i j, j -> i i"
// WRONG 8: duplicate_axis | duplicate | pattern | i j, j -> i ^i
void duplicate_in_einsum(const tensor<float>& x) {
#if WRONG == 7
    (void)einsum("i j, j -> i i", x, x);
#elif WRONG == 8
    (void)einsum<"i j, j -> i i">(x, x);
#else
    (void)einsum("i j, j -> i", x, x);
    (void)einsum<"i j, j -> i">(x, x);
#endif
}

// WRONG 9: duplicate_axis | duplicate | "i (j j), j -> i"
// WRONG 10: duplicate_axis | duplicate | pattern | i (j ^j), j -> i
void duplicate_in_einsum_again(const tensor<float>& x) {
#if WRONG == 9
    (void)einsum("i (j j), j -> i", x, x);
#elif WRONG == 10
    (void)einsum<"i (j j), j -> i">(x, x);
#else
    (void)einsum("i j, j -> i", x, x);
    (void)einsum<"i j, j -> i">(x, x);
#endif
}

// WRONG 11: duplicate_axis | duplicate | pattern | b s ^b
void duplicate_in_a_type(const tensor<float>& x) {
#if WRONG == 11
    (void)as<"b s b">(x);
#else
    (void)as<"b s b'">(x);
#endif
}

// WRONG 12: duplicate_axis | duplicate | "b * b"
// WRONG 13: duplicate_axis | duplicate | pattern | b * ^b
void duplicate_in_pack(const tensor<float>& x) {
#if WRONG == 12
    (void)pack("b * b", x, x);
#elif WRONG == 13
    (void)pack<"b * b">(x, x);
#else
    (void)pack("b * c", x, x);
    (void)pack<"b * c">(x, x);
#endif
}

// WRONG 14: duplicate_axis | duplicate | "* b *"
// WRONG 15: duplicate_axis | duplicate | pattern | * b ^*
void duplicate_in_unpack(const tensor<float>& x, const packed_shapes& shapes) {
#if WRONG == 14
    (void)unpack(x, shapes, "* b *");
#elif WRONG == 15
    (void)unpack<"* b *">(x, shapes);
#else
    (void)unpack(x, shapes, "b *");
    (void)unpack<"b *">(x, shapes);
#endif
}

// WRONG 16: duplicate_axis | duplicate | "h h"
// WRONG 17: duplicate_axis | duplicate | pattern | h ^h
void duplicate_in_parse_shape(const tensor<float>& x) {
#if WRONG == 16
    (void)parse_shape(x, "h h");
#elif WRONG == 17
    (void)parse_shape<"h h">(x);
#else
    (void)parse_shape(x, "h w");
    (void)parse_shape<"h w">(x);
#endif
}

// WRONG 18: duplicate_axis | duplicate | "(b: b s) -> b s"
// WRONG 19: duplicate_axis | duplicate | pattern | (b: ^b s) -> b s
void duplicate_in_rearrange_again(const tensor<float>& x) {
#if WRONG == 18
    (void)rearrange(x, "(b: b s) -> b s");
#elif WRONG == 19
    (void)rearrange<"(b: b s) -> b s">(x);
#else
    (void)rearrange(x, "(m: b s) -> b s");
    (void)rearrange<"(m: b s) -> b s">(x);
#endif
}
