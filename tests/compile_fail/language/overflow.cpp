// A number that does not fit: category overflow.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: overflow | number_too_large | "b h=9223372036854775808 -> b h"
// WRONG 2: overflow | number_too_large | pattern | b h=^9223372036854775808 -> b h
void number_too_large_in_rearrange(const tensor<float>& x) {
#if WRONG == 1
    (void)rearrange(x, "b h=9223372036854775808 -> b h");
#elif WRONG == 2
    (void)rearrange<"b h=9223372036854775808 -> b h">(x);
#else
    (void)rearrange(x, "b h=9223372036854775807 -> b h");
    (void)rearrange<"b h=9223372036854775807 -> b h">(x);
#endif
}

// WRONG 3: overflow | number_too_large | "b -> b n=9223372036854775808"
// WRONG 4: overflow | number_too_large | pattern | b -> b n=^9223372036854775808
void number_too_large_in_repeat(const tensor<float>& x) {
#if WRONG == 3
    (void)repeat(x, "b -> b n=9223372036854775808");
#elif WRONG == 4
    (void)repeat<"b -> b n=9223372036854775808">(x);
#else
    (void)repeat(x, "b -> b n=2");
    (void)repeat<"b -> b n=2">(x);
#endif
}

// WRONG 5: overflow | number_too_large | "b i=9223372036854775808, i -> b"
// WRONG 6: overflow | number_too_large | pattern | b i=^9223372036854775808, i -> b
void number_too_large_in_einsum(const tensor<float>& x) {
#if WRONG == 5
    (void)einsum("b i=9223372036854775808, i -> b", x, x);
#elif WRONG == 6
    (void)einsum<"b i=9223372036854775808, i -> b">(x, x);
#else
    (void)einsum("b i=3, i -> b", x, x);
    (void)einsum<"b i=3, i -> b">(x, x);
#endif
}
