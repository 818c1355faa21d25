// docs/errors.md shows what stands between the marks.
// WRONG: ellipsis | ellipsis_only_left | b ^... -> b
#include <abax/abax.hpp>

using namespace abax;

void call(const tensor<float>& x) {
#ifdef WRONG
    // [shown]
    (void)rearrange<"b ... -> b">(x);
    // [shown]
#else
    (void)rearrange<"b ... -> ... b">(x);
#endif
}
