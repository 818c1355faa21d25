// Texts that are no pattern: longer than a literal may be, though a text known at run time may.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>

using namespace abax;

// WRONG 1: syntax | too_many_tokens | "() () () () () () () () () () () () () (
// WRONG 2: syntax | too_many_tokens | pattern | ^() () () () () () (
void too_many_tokens_in_rearrange(const tensor<float>& x) {
#if WRONG == 1
    (void)rearrange(
        x,
        "() () () () () () () () () () () () () () () () -> () () () () () () () () () () () () () () () ()"
    );
#elif WRONG == 2
    (void)rearrange<
        "() () () () () () () () () () () () () () () () -> () () () () () () () () () () () () () () () ()">(
        x
    );
#else
    (void)rearrange(x, "() () () () -> () () () ()");
    (void)rearrange<"() () () () -> () () () ()">(x);
#endif
}

// WRONG 3: syntax | literal_too_long | "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
// WRONG 4: syntax | literal_too_long | pattern | ^aaaaaaaaaaaaaaaaaaa
void literal_too_long_in_rearrange(const tensor<float>& x) {
#if WRONG == 3
    (void)rearrange(
        x,
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa -> aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    );
#elif WRONG == 4
    (void)rearrange<
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa -> aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">(
        x
    );
#else
    (void)rearrange(x, "b -> b");
    (void)rearrange<"b -> b">(x);
#endif
}
