// An ellipsis where it may not stand: category ellipsis.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: ellipsis | second_ellipsis | "... b ... -> b ..."
// WRONG 2: ellipsis | second_ellipsis | pattern | ... b ^... -> b ...
void second_ellipsis_in_rearrange(const tensor<float>& x) {
#if WRONG == 1
    (void)rearrange(x, "... b ... -> b ...");
#elif WRONG == 2
    (void)rearrange<"... b ... -> b ...">(x);
#else
    (void)rearrange(x, "... b -> b ...");
    (void)rearrange<"... b -> b ...">(x);
#endif
}

// WRONG 3: ellipsis | second_ellipsis | "... i ..., i -> ..."
// WRONG 4: ellipsis | second_ellipsis | pattern | ... i ^..., i -> ...
void second_ellipsis_in_einsum(const tensor<float>& x) {
#if WRONG == 3
    (void)einsum("... i ..., i -> ...", x, x);
#elif WRONG == 4
    (void)einsum<"... i ..., i -> ...">(x, x);
#else
    (void)einsum("... i, i -> ...", x, x);
    (void)einsum<"... i, i -> ...">(x, x);
#endif
}

// WRONG 5: ellipsis | second_ellipsis | "... h ..."
// WRONG 6: ellipsis | second_ellipsis | pattern | ... h ^...
void second_ellipsis_in_parse_shape(const tensor<float>& x) {
#if WRONG == 5
    (void)parse_shape(x, "... h ...");
#elif WRONG == 6
    (void)parse_shape<"... h ...">(x);
#else
    (void)parse_shape(x, "... h");
    (void)parse_shape<"... h">(x);
#endif
}

// WRONG 7: ellipsis | ellipsis_only_right | "b -> b ..."
// WRONG 8: ellipsis | ellipsis_only_right | pattern | b -> b ^...
void ellipsis_only_right_in_rearrange(const tensor<float>& x) {
#if WRONG == 7
    (void)rearrange(x, "b -> b ...");
#elif WRONG == 8
    (void)rearrange<"b -> b ...">(x);
#else
    (void)rearrange(x, "b ... -> b ...");
    (void)rearrange<"b ... -> b ...">(x);
#endif
}

// WRONG 9: ellipsis | ellipsis_only_right | "b s -> ..."
// WRONG 10: ellipsis | ellipsis_only_right | pattern | b s -> ^...
void ellipsis_only_right_in_reduce(const tensor<float>& x) {
#if WRONG == 9
    (void)reduce(x, "b s -> ...", by::sum);
#elif WRONG == 10
    (void)reduce<"b s -> ...">(x, by::sum);
#else
    (void)reduce(x, "... s -> ...", by::sum);
    (void)reduce<"... s -> ...">(x, by::sum);
#endif
}

// WRONG 11: ellipsis | ellipsis_only_right | "i, i -> ..."
// WRONG 12: ellipsis | ellipsis_only_right | pattern | i, i -> ^...
void ellipsis_only_right_in_einsum(const tensor<float>& x) {
#if WRONG == 11
    (void)einsum("i, i -> ...", x, x);
#elif WRONG == 12
    (void)einsum<"i, i -> ...">(x, x);
#else
    (void)einsum("... i, i -> ...", x, x);
    (void)einsum<"... i, i -> ...">(x, x);
#endif
}

// WRONG 13: ellipsis | ellipsis_only_left | "b ... -> b"
// WRONG 14: ellipsis | ellipsis_only_left | pattern | b ^... -> b
void ellipsis_only_left_in_rearrange(const tensor<float>& x) {
#if WRONG == 13
    (void)rearrange(x, "b ... -> b");
#elif WRONG == 14
    (void)rearrange<"b ... -> b">(x);
#else
    (void)rearrange(x, "b ... -> ... b");
    (void)rearrange<"b ... -> ... b">(x);
#endif
}

// WRONG 15: ellipsis | ellipsis_only_left | "... b -> b n=2"
// WRONG 16: ellipsis | ellipsis_only_left | pattern | ^... b -> b n=2
void ellipsis_only_left_in_repeat(const tensor<float>& x) {
#if WRONG == 15
    (void)repeat(x, "... b -> b n=2");
#elif WRONG == 16
    (void)repeat<"... b -> b n=2">(x);
#else
    (void)repeat(x, "... b -> ... b n=2");
    (void)repeat<"... b -> ... b n=2">(x);
#endif
}

// WRONG 17: ellipsis | ellipsis_in_group | "b (... c) -> b ... c"
// WRONG 18: ellipsis | ellipsis_in_group | pattern | b (^... c) -> b ... c
void ellipsis_in_group_in_rearrange(const tensor<float>& x) {
#if WRONG == 17
    (void)rearrange(x, "b (... c) -> b ... c");
#elif WRONG == 18
    (void)rearrange<"b (... c) -> b ... c">(x);
#else
    (void)rearrange(x, "b ... c -> b (... c)");
    (void)rearrange<"b ... c -> b (... c)">(x);
#endif
}

// WRONG 19: ellipsis | ellipsis_in_group | "... i, i -> (...)"
// WRONG 20: ellipsis | ellipsis_in_group | pattern | ... i, i -> (^...)
void ellipsis_in_group_in_einsum(const tensor<float>& x) {
#if WRONG == 19
    (void)einsum("... i, i -> (...)", x, x);
#elif WRONG == 20
    (void)einsum<"... i, i -> (...)">(x, x);
#else
    (void)einsum("... i, i -> ...", x, x);
    (void)einsum<"... i, i -> ...">(x, x);
#endif
}
