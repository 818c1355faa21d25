// docs/errors.md shows what stands between the marks.
// WRONG: ambiguous_size | the_sizes_of_two_factors_are_unknown__pass_one | b ^(h w) d
#include <abax/abax.hpp>

using namespace abax;

void call(const tensor<float, "b m d">& t) {
#ifdef WRONG
    // [shown]
    (void)rearrange<"b (h w) d -> b h w d">(t);
    // [shown]
#else
    (void)rearrange<"b (h w) d -> b h w d">(t, "h"_ax = 2);
#endif
}
