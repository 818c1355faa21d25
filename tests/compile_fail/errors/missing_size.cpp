// docs/errors.md shows what stands between the marks.
// WRONG: missing_size | the_new_axis_has_no_size__pass_it | b s d -> b s d ^n
#include <abax/abax.hpp>

using namespace abax;

void call(const tensor<float, "b s d">& t) {
#ifdef WRONG
    // [shown]
    (void)repeat<"b s d -> b s d n">(t);
    // [shown]
#else
    (void)repeat<"b s d -> b s d n">(t, "n"_ax = 2);
#endif
}
