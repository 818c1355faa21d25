// docs/errors.md shows what stands between the marks.
// WRONG: overflow | number_too_large | n=^9223372036854775808
#include <abax/abax.hpp>

using namespace abax;

void call(const tensor<float>& x) {
#ifdef WRONG
    // [shown]
    (void)repeat<"b s d -> b s d n=9223372036854775808">(x);
    // [shown]
#else
    (void)repeat<"b s d -> b s d n=2">(x);
#endif
}
