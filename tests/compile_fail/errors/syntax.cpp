// docs/errors.md shows what stands between the marks.
// WRONG: syntax | unclosed_group | b (h w c ^-> b h w c
#include <abax/abax.hpp>

using namespace abax;

void call(const tensor<float>& x) {
#ifdef WRONG
    // [shown]
    (void)rearrange<"b (h w c -> b h w c">(x);
    // [shown]
#else
    (void)rearrange<"b (h w) c -> b h w c">(x, "h"_ax = 2);
#endif
}
