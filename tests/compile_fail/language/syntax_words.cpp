// Texts that are no pattern: names, numbers, and characters that are neither.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: syntax | stray_character | "b c-h -> b c"
// WRONG 2: syntax | stray_character | pattern | b c^-h -> b c
void stray_character_in_rearrange(const tensor<float>& x) {
#if WRONG == 1
    (void)rearrange(x, "b c-h -> b c");
#elif WRONG == 2
    (void)rearrange<"b c-h -> b c">(x);
#else
    (void)rearrange(x, "b ch -> b ch");
    (void)rearrange<"b ch -> b ch">(x);
#endif
}

// WRONG 3: syntax | stray_character | "b * -> b"
// WRONG 4: syntax | stray_character | pattern | b ^* -> b
void stray_character_in_reduce(const tensor<float>& x) {
#if WRONG == 3
    (void)reduce(x, "b * -> b", by::sum);
#elif WRONG == 4
    (void)reduce<"b * -> b">(x, by::sum);
#else
    (void)reduce(x, "b ... -> b", by::sum);
    (void)reduce<"b ... -> b">(x, by::sum);
#endif
}

// WRONG 5: syntax | stray_character | pattern | b ^[h d]
void stray_character_in_a_type(const tensor<float>& x) {
#if WRONG == 5
    (void)as<"b [h d]">(x);
#else
    (void)as<"b (h d)">(x);
#endif
}

// WRONG 6: syntax | bad_name | "b 2d -> b 2d"
// WRONG 7: syntax | bad_name | pattern | b ^2d -> b 2d
void bad_name_in_rearrange(const tensor<float>& x) {
#if WRONG == 6
    (void)rearrange(x, "b 2d -> b 2d");
#elif WRONG == 7
    (void)rearrange<"b 2d -> b 2d">(x);
#else
    (void)rearrange(x, "b d2 -> b d2");
    (void)rearrange<"b d2 -> b d2">(x);
#endif
}

// WRONG 8: syntax | bad_name | "b -> b _n"
// WRONG 9: syntax | bad_name | pattern | b -> b ^_n
void bad_name_in_repeat(const tensor<float>& x) {
#if WRONG == 8
    (void)repeat(x, "b -> b _n");
#elif WRONG == 9
    (void)repeat<"b -> b _n">(x);
#else
    (void)repeat(x, "b -> b n=2");
    (void)repeat<"b -> b n=2">(x);
#endif
}

// WRONG 10: syntax | bad_name | "b'atch i, i -> b'atch"
// WRONG 11: syntax | bad_name | pattern | ^b'atch i, i -> b'atch
void bad_name_in_einsum(const tensor<float>& x) {
#if WRONG == 10
    (void)einsum("b'atch i, i -> b'atch", x, x);
#elif WRONG == 11
    (void)einsum<"b'atch i, i -> b'atch">(x, x);
#else
    (void)einsum("b' i, i -> b'", x, x);
    (void)einsum<"b' i, i -> b'">(x, x);
#endif
}

// WRONG 12: syntax | bad_name | pattern | b ^s_
void bad_name_in_a_type(const tensor<float>& x) {
#if WRONG == 12
    (void)as<"b s_">(x);
#else
    (void)as<"b s">(x);
#endif
}

// WRONG 13: syntax | stray_equals | "b h =3 -> b h"
// WRONG 14: syntax | stray_equals | pattern | b h ^=3 -> b h
void stray_equals_in_rearrange(const tensor<float>& x) {
#if WRONG == 13
    (void)rearrange(x, "b h =3 -> b h");
#elif WRONG == 14
    (void)rearrange<"b h =3 -> b h">(x);
#else
    (void)rearrange(x, "b h=3 -> b h");
    (void)rearrange<"b h=3 -> b h">(x);
#endif
}

// WRONG 15: syntax | bad_extent | "b h=x -> b h"
// WRONG 16: syntax | bad_extent | pattern | b h=^x -> b h
void bad_extent_in_rearrange(const tensor<float>& x) {
#if WRONG == 15
    (void)rearrange(x, "b h=x -> b h");
#elif WRONG == 16
    (void)rearrange<"b h=x -> b h">(x);
#else
    (void)rearrange(x, "b h=3 -> b h");
    (void)rearrange<"b h=3 -> b h">(x);
#endif
}

// WRONG 17: syntax | extent_of_number | "b 3=3 -> b"
// WRONG 18: syntax | extent_of_number | pattern | b ^3=3 -> b
void extent_of_number_in_reduce(const tensor<float>& x) {
#if WRONG == 17
    (void)reduce(x, "b 3=3 -> b", by::sum);
#elif WRONG == 18
    (void)reduce<"b 3=3 -> b">(x, by::sum);
#else
    (void)reduce(x, "b 3 -> b", by::sum);
    (void)reduce<"b 3 -> b">(x, by::sum);
#endif
}

// WRONG 19: syntax | broken_dots | "b .. -> .. b"
// WRONG 20: syntax | broken_dots | pattern | b ^.. -> .. b
void broken_dots_in_rearrange(const tensor<float>& x) {
#if WRONG == 19
    (void)rearrange(x, "b .. -> .. b");
#elif WRONG == 20
    (void)rearrange<"b .. -> .. b">(x);
#else
    (void)rearrange(x, "b ... -> ... b");
    (void)rearrange<"b ... -> ... b">(x);
#endif
}

// WRONG 21: syntax | glued_ellipsis | "b... -> b ..."
// WRONG 22: syntax | glued_ellipsis | pattern | ^b... -> b ...
void glued_ellipsis_in_rearrange(const tensor<float>& x) {
#if WRONG == 21
    (void)rearrange(x, "b... -> b ...");
#elif WRONG == 22
    (void)rearrange<"b... -> b ...">(x);
#else
    (void)rearrange(x, "b ... -> b ...");
    (void)rearrange<"b ... -> b ...">(x);
#endif
}

// WRONG 23: syntax | glued_ellipsis | "...i, i -> ..."
// WRONG 24: syntax | glued_ellipsis | pattern | ^...i, i -> ...
void glued_ellipsis_in_einsum(const tensor<float>& x) {
#if WRONG == 23
    (void)einsum("...i, i -> ...", x, x);
#elif WRONG == 24
    (void)einsum<"...i, i -> ...">(x, x);
#else
    (void)einsum("... i, i -> ...", x, x);
    (void)einsum<"... i, i -> ...">(x, x);
#endif
}
