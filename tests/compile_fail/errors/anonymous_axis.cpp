// docs/errors.md shows what stands between the marks.
// WRONG: anonymous_axis | number_refused | b ^6 d -> b d 6
#include <abax/abax.hpp>

using namespace abax;

void call(const tensor<float>& x) {
#ifdef WRONG
    // [shown]
    (void)rearrange<"b 6 d -> b d 6">(x);
    // [shown]
#else
    (void)rearrange<"b h=6 d -> b d h">(x);
#endif
}
