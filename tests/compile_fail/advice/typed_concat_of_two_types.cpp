// The parts of a typed `concat` are of one type; the compiler must say how they get there.
// WRONG: name_mismatch | the_parts_are_of_several_types__bring_them_to_one_by_permute_rename_as_or_cast
#include <abax/ops/typed_join.hpp>
#include <abax/ops/typed_views.hpp>

void join(const abax::tensor<float, "b s">& x, const abax::tensor<float, "s b">& y) {
    (void)abax::concat<"s">({x, abax::permute<"b s">(y)});
#ifdef WRONG
    (void)abax::concat<"s">({x, y});
#endif
}
