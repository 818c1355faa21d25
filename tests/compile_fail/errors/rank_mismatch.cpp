// docs/errors.md shows what stands between the marks.
// WRONG: rank_mismatch | the_pattern_has_another_rank_than_the_tensor | ^b s -> s b | (b s d)
#include <abax/abax.hpp>

using namespace abax;

void call(const tensor<float, "b s d">& t) {
#ifdef WRONG
    // [shown]
    (void)rearrange<"b s -> s b">(t);
    // [shown]
#else
    (void)rearrange<"b s ... -> s b ...">(t);
#endif
}
