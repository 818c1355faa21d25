// docs/errors.md shows what stands between the marks.
// WRONG: size_mismatch | extents_differ | b (h=2 w) d -> b h=^3 w d
#include <abax/abax.hpp>

using namespace abax;

void call(const tensor<float>& x) {
#ifdef WRONG
    // [shown]
    (void)rearrange<"b (h=2 w) d -> b h=3 w d">(x);
    // [shown]
#else
    (void)rearrange<"b (h=2 w) d -> b h w d">(x);
#endif
}
