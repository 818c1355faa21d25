// docs/errors.md shows what stands between the marks.
// WRONG: usage | this_verb_needs_an_axis__name_one_of_the_tensors | (b s d)
#include <abax/abax.hpp>

using namespace abax;

void call(const tensor<float, "b s d">& t) {
#ifdef WRONG
    // [shown]
    (void)softmax(t);
    // [shown]
#else
    (void)softmax<"d">(t);
#endif
}
