// A part of `(h d)` would have no name: the axis is renamed first.
// WRONG: a_merged_axis_without_a_name_of_its_own_cannot_be_divided__rename_it_first
#include <abax/ops/typed_select.hpp>

abax::tensor<float, "s (h d)"> first_row(const abax::tensor<float, "s (h d)">& x) {
#ifdef WRONG
    auto part = abax::slice<"(h d)">(x, 0, 2);
    auto again = abax::slice<"s">(part, 0, 1);  // one mistake, one error
#endif
    return abax::slice<"s">(x, 0, 1);
}
