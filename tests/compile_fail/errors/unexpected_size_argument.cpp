// docs/errors.md shows what stands between the marks.
// WRONG: unexpected_size_argument | no_axis_of_the_pattern_has_this_name | b s d -> s b d | h
#include <abax/abax.hpp>

using namespace abax;

void call(const tensor<float, "b s d">& t) {
#ifdef WRONG
    // [shown]
    (void)rearrange<"b s d -> s b d">(t, "h"_ax = 4);
    // [shown]
#else
    (void)rearrange<"b s d -> s b d">(t, "d"_ax = 4);
#endif
}
