// Two extents for one name: category size_mismatch.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: size_mismatch | extents_differ | "b h=3 -> b h=4"
// WRONG 2: size_mismatch | extents_differ | pattern | b h=3 -> b h=^4
void extents_differ_in_rearrange(const tensor<float>& x) {
#if WRONG == 1
    (void)rearrange(x, "b h=3 -> b h=4");
#elif WRONG == 2
    (void)rearrange<"b h=3 -> b h=4">(x);
#else
    (void)rearrange(x, "b h=3 -> b h");
    (void)rearrange<"b h=3 -> b h">(x);
#endif
}

// WRONG 3: size_mismatch | extents_differ | "b i=3, i=4 -> b"
// WRONG 4: size_mismatch | extents_differ | pattern | b i=3, i=^4 -> b
void extents_differ_in_einsum(const tensor<float>& x) {
#if WRONG == 3
    (void)einsum("b i=3, i=4 -> b", x, x);
#elif WRONG == 4
    (void)einsum<"b i=3, i=4 -> b">(x, x);
#else
    (void)einsum("b i=3, i -> b", x, x);
    (void)einsum<"b i=3, i -> b">(x, x);
#endif
}

// WRONG 5: size_mismatch | extents_differ | "(h=2 w) c -> h=3 c"
// WRONG 6: size_mismatch | extents_differ | pattern | (h=2 w) c -> h=^3 c
void extents_differ_in_reduce(const tensor<float>& x) {
#if WRONG == 5
    (void)reduce(x, "(h=2 w) c -> h=3 c", by::sum);
#elif WRONG == 6
    (void)reduce<"(h=2 w) c -> h=3 c">(x, by::sum);
#else
    (void)reduce(x, "(h=2 w) c -> h c", by::sum);
    (void)reduce<"(h=2 w) c -> h c">(x, by::sum);
#endif
}
