// docs/errors.md shows what stands between the marks.
// WRONG: unknown_axis | the_tensor_has_no_such_axis | s' | (b s d)
#include <abax/abax.hpp>

using namespace abax;

void call(const tensor<float, "b s d">& t) {
#ifdef WRONG
    // [shown]
    (void)softmax<"s'">(t);
    // [shown]
#else
    (void)softmax<"s">(t);
#endif
}
