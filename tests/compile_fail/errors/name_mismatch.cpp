// docs/errors.md shows what stands between the marks.
// WRONG: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | b ^d s -> b s d
#include <abax/abax.hpp>

using namespace abax;

void call(const tensor<float, "b s d">& t) {
#ifdef WRONG
    // [shown]
    (void)rearrange<"b d s -> b s d">(t);
    // [shown]
#else
    (void)rearrange<"b s d -> b d s">(t);
#endif
}
