// A number where it may not stand: category anonymous_axis.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: anonymous_axis | number_refused | "b 3 -> b 3"
// WRONG 2: anonymous_axis | number_refused | pattern | b ^3 -> b 3
void number_refused_in_rearrange(const tensor<float>& x) {
#if WRONG == 1
    (void)rearrange(x, "b 3 -> b 3");
#elif WRONG == 2
    (void)rearrange<"b 3 -> b 3">(x);
#else
    (void)rearrange(x, "b c=3 -> b c");
    (void)rearrange<"b c=3 -> b c">(x);
#endif
}

// WRONG 3: anonymous_axis | number_refused | "b c -> b 3"
// WRONG 4: anonymous_axis | number_refused | pattern | b c -> b ^3
void number_refused_in_reduce(const tensor<float>& x) {
#if WRONG == 3
    (void)reduce(x, "b c -> b 3", by::sum);
#elif WRONG == 4
    (void)reduce<"b c -> b 3">(x, by::sum);
#else
    (void)reduce(x, "b 3 -> b", by::sum);
    (void)reduce<"b 3 -> b">(x, by::sum);
#endif
}

// WRONG 5: anonymous_axis | number_refused | "b 3 -> b 3 n=2"
// WRONG 6: anonymous_axis | number_refused | pattern | b ^3 -> b 3 n=2
void number_refused_in_repeat(const tensor<float>& x) {
#if WRONG == 5
    (void)repeat(x, "b 3 -> b 3 n=2");
#elif WRONG == 6
    (void)repeat<"b 3 -> b 3 n=2">(x);
#else
    (void)repeat(x, "b -> b 3");
    (void)repeat<"b -> b 3">(x);
#endif
}

// WRONG 7: anonymous_axis | number_refused | "b 3, b -> b"
// WRONG 8: anonymous_axis | number_refused | pattern | b ^3, b -> b
void number_refused_in_einsum(const tensor<float>& x) {
#if WRONG == 7
    (void)einsum("b 3, b -> b", x, x);
#elif WRONG == 8
    (void)einsum<"b 3, b -> b">(x, x);
#else
    (void)einsum("b i, b -> b", x, x);
    (void)einsum<"b i, b -> b">(x, x);
#endif
}

// WRONG 9: anonymous_axis | number_refused | "b i, i -> b 3"
// WRONG 10: anonymous_axis | number_refused | pattern | b i, i -> b ^3
void number_refused_in_einsum_again(const tensor<float>& x) {
#if WRONG == 9
    (void)einsum("b i, i -> b 3", x, x);
#elif WRONG == 10
    (void)einsum<"b i, i -> b 3">(x, x);
#else
    (void)einsum("b i, i -> b 1", x, x);
    (void)einsum<"b i, i -> b 1">(x, x);
#endif
}

// WRONG 11: anonymous_axis | zero | "b 0 -> b"
// WRONG 12: anonymous_axis | zero | pattern | b ^0 -> b
void zero_in_rearrange(const tensor<float>& x) {
#if WRONG == 11
    (void)rearrange(x, "b 0 -> b");
#elif WRONG == 12
    (void)rearrange<"b 0 -> b">(x);
#else
    (void)rearrange(x, "b 1 -> b");
    (void)rearrange<"b 1 -> b">(x);
#endif
}

// WRONG 13: anonymous_axis | zero | "b 0 -> b"
// WRONG 14: anonymous_axis | zero | pattern | b ^0 -> b
void zero_in_reduce(const tensor<float>& x) {
#if WRONG == 13
    (void)reduce(x, "b 0 -> b", by::sum);
#elif WRONG == 14
    (void)reduce<"b 0 -> b">(x, by::sum);
#else
    (void)reduce(x, "b 3 -> b", by::sum);
    (void)reduce<"b 3 -> b">(x, by::sum);
#endif
}

// WRONG 15: anonymous_axis | zero | pattern | b ^0
void zero_in_a_type(const tensor<float>& x) {
#if WRONG == 15
    (void)as<"b 0">(x);
#else
    (void)as<"b 3">(x);
#endif
}
