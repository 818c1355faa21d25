// Texts that are no pattern: arrows, commas, and lists that have none.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: syntax | missing_arrow | "b c h w"
// WRONG 2: syntax | missing_arrow | pattern | b c h w^
void missing_arrow_in_rearrange(const tensor<float>& x) {
#if WRONG == 1
    (void)rearrange(x, "b c h w");
#elif WRONG == 2
    (void)rearrange<"b c h w">(x);
#else
    (void)rearrange(x, "b c h w -> b c h w");
    (void)rearrange<"b c h w -> b c h w">(x);
#endif
}

// WRONG 3: syntax | missing_arrow | "b c => b"
// WRONG 4: syntax | missing_arrow | pattern | b c ^=> b
void missing_arrow_in_reduce(const tensor<float>& x) {
#if WRONG == 3
    (void)reduce(x, "b c => b", by::sum);
#elif WRONG == 4
    (void)reduce<"b c => b">(x, by::sum);
#else
    (void)reduce(x, "b c -> b", by::sum);
    (void)reduce<"b c -> b">(x, by::sum);
#endif
}

// WRONG 5: syntax | missing_arrow | "b"
// WRONG 6: syntax | missing_arrow | pattern | b^
void missing_arrow_in_repeat(const tensor<float>& x) {
#if WRONG == 5
    (void)repeat(x, "b");
#elif WRONG == 6
    (void)repeat<"b">(x);
#else
    (void)repeat(x, "b -> b n=2");
    (void)repeat<"b -> b n=2">(x);
#endif
}

// WRONG 7: syntax | missing_arrow | "b i, i o"
// WRONG 8: syntax | missing_arrow | pattern | b i, i o^
void missing_arrow_in_einsum(const tensor<float>& x) {
#if WRONG == 7
    (void)einsum("b i, i o", x, x);
#elif WRONG == 8
    (void)einsum<"b i, i o">(x, x);
#else
    (void)einsum("b i, i o -> b o", x, x);
    (void)einsum<"b i, i o -> b o">(x, x);
#endif
}

// WRONG 9: syntax | second_arrow | "b c -> c b -> b c"
// WRONG 10: syntax | second_arrow | pattern | b c -> c b ^-> b c
void second_arrow_in_rearrange(const tensor<float>& x) {
#if WRONG == 9
    (void)rearrange(x, "b c -> c b -> b c");
#elif WRONG == 10
    (void)rearrange<"b c -> c b -> b c">(x);
#else
    (void)rearrange(x, "b c -> c b");
    (void)rearrange<"b c -> c b">(x);
#endif
}

// WRONG 11: syntax | stray_comma | "b, c -> b c"
// WRONG 12: syntax | stray_comma | pattern | b^, c -> b c
void stray_comma_in_rearrange(const tensor<float>& x) {
#if WRONG == 11
    (void)rearrange(x, "b, c -> b c");
#elif WRONG == 12
    (void)rearrange<"b, c -> b c">(x);
#else
    (void)rearrange(x, "b c -> b c");
    (void)rearrange<"b c -> b c">(x);
#endif
}

// WRONG 13: syntax | arrow_in_axes | "b s -> s"
// WRONG 14: syntax | arrow_in_axes | pattern | b s ^-> s
void arrow_in_axes_in_parse_shape(const tensor<float>& x) {
#if WRONG == 13
    (void)parse_shape(x, "b s -> s");
#elif WRONG == 14
    (void)parse_shape<"b s -> s">(x);
#else
    (void)parse_shape(x, "_ s");
    (void)parse_shape<"_ s">(x);
#endif
}

// WRONG 15: syntax | arrow_in_axes | pattern | b s ^-> s
void arrow_in_axes_in_a_type(const tensor<float>& x) {
#if WRONG == 15
    (void)as<"b s -> s">(x);
#else
    (void)as<"b s">(x);
#endif
}
