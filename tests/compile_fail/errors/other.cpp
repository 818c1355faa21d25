// docs/errors.md shows what stands between the marks.
// WRONG: other | the_pattern_has_another_number_of_terms_than_there_are_operands | b s d, d -> b s
#include <abax/abax.hpp>

using namespace abax;

void call(const tensor<float, "b s d">& t) {
#ifdef WRONG
    // [shown]
    (void)einsum<"b s d, d -> b s">(t);
    // [shown]
#else
    (void)einsum<"b s d -> b s">(t);
#endif
}
