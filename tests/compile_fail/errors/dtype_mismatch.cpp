// docs/errors.md shows what stands between the marks.
// WRONG: dtype_mismatch | the_operands_hold_other_types_of_elements__cast_one
#include <abax/abax.hpp>

using namespace abax;

void call(const tensor<float, "b s d">& t) {
#ifdef WRONG
    // [shown]
    (void)dot<"d">(t, cast<double>(t));
    // [shown]
#else
    (void)dot<"d">(t, cast<float>(t));
#endif
}
