// Assignment never permutes.
// WRONG: assignment_never_permutes_or_broadcasts
#include <abax/ops/typed_assign.hpp>
#include <abax/ops/typed_views.hpp>

void write(abax::tensor<float, "b s">& x, const abax::tensor<float, "s b">& y) {
    abax::assign(x, abax::permute<"b s">(y));
#ifdef WRONG
    abax::assign(x, y);
#endif
}
