// A name that stands on one side only: category unknown_axis.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: unknown_axis | one_sided_name | "b s m -> b s"
// WRONG 2: unknown_axis | one_sided_name | pattern | b s ^m -> b s
void one_sided_name_in_rearrange(const tensor<float>& x) {
#if WRONG == 1
    (void)rearrange(x, "b s m -> b s");
#elif WRONG == 2
    (void)rearrange<"b s m -> b s">(x);
#else
    (void)rearrange(x, "b s m -> b s m");
    (void)rearrange<"b s m -> b s m">(x);
#endif
}

// WRONG 3: unknown_axis | one_sided_name | "b s -> b s m"
// WRONG 4: unknown_axis | one_sided_name | pattern | b s -> b s ^m
void one_sided_name_in_rearrange_again(const tensor<float>& x) {
#if WRONG == 3
    (void)rearrange(x, "b s -> b s m");
#elif WRONG == 4
    (void)rearrange<"b s -> b s m">(x);
#else
    (void)rearrange(x, "b s -> s b");
    (void)rearrange<"b s -> s b">(x);
#endif
}

// WRONG 5: unknown_axis | one_sided_name | "b s -> b m"
// WRONG 6: unknown_axis | one_sided_name | pattern | b s -> b ^m
void one_sided_name_in_reduce(const tensor<float>& x) {
#if WRONG == 5
    (void)reduce(x, "b s -> b m", by::sum);
#elif WRONG == 6
    (void)reduce<"b s -> b m">(x, by::sum);
#else
    (void)reduce(x, "b s -> b", by::sum);
    (void)reduce<"b s -> b">(x, by::sum);
#endif
}

// WRONG 7: unknown_axis | one_sided_name | "b s -> b n=2"
// WRONG 8: unknown_axis | one_sided_name | pattern | b ^s -> b n=2
void one_sided_name_in_repeat(const tensor<float>& x) {
#if WRONG == 7
    (void)repeat(x, "b s -> b n=2");
#elif WRONG == 8
    (void)repeat<"b s -> b n=2">(x);
#else
    (void)repeat(x, "b s -> b s n=2");
    (void)repeat<"b s -> b s n=2">(x);
#endif
}

// WRONG 9: unknown_axis | one_sided_name | "b i, i o -> b o k"
// WRONG 10: unknown_axis | one_sided_name | pattern | b i, i o -> b o ^k
void one_sided_name_in_einsum(const tensor<float>& x) {
#if WRONG == 9
    (void)einsum("b i, i o -> b o k", x, x);
#elif WRONG == 10
    (void)einsum<"b i, i o -> b o k">(x, x);
#else
    (void)einsum("b i, i o -> b o", x, x);
    (void)einsum<"b i, i o -> b o">(x, x);
#endif
}
