// A name in both operands of `outer` would be in the result twice.
// WRONG: duplicate_axis | both_operands_have_this_axis__rename_one_or_multiply_along_it
#include <abax/ops/typed_outer.hpp>

void table(const abax::tensor<float, "b q">& x, const abax::tensor<float, "k">& y) {
    (void)abax::outer(x, y);
#ifdef WRONG
    (void)abax::outer(x, x);
#endif
}
