// docs/errors.md shows what stands between the marks.
// WRONG: duplicate_axis | duplicate | b s ^s -> b s
#include <abax/abax.hpp>

using namespace abax;

void call(const tensor<float>& x) {
#ifdef WRONG
    // [shown]
    (void)rearrange<"b s s -> b s">(x);
    // [shown]
#else
    (void)rearrange<"b s s' -> b s s'">(x);
#endif
}
