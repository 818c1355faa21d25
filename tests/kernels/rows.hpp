#pragma once

#include "support.hpp"

/// What the tests of kernels that work row by row share. A row is the last axis of a shape, wherever it lies in memory.
namespace kernels_test {

/// Shapes that hit tails, empty and single rows; some for several threads, and one as long as a vocabulary.
inline const std::vector<extents>& row_shapes() {
    static const std::vector<extents> all = {
        {1},
        {0},
        {17},
        {3, 0},
        {0, 3},
        {5, 7},
        {11, 130},
        {130, 11},
        {2, 3, 64},
        {3, 5, 2, 17},
        {700, 100},
        {2, 50257}};
    return all;
}

/// The loops over the rows.
template <class... Operands>
auto rows_of(const extents& shape, const Operands&... operands) {
    return part(nest_of(shape, operands...), 0, shape.size() - 1);
}

/// The loop along a row.
template <class Out, class In>
abax::kernels::row last_axis(const extents& shape, const operand<Out>& out, const operand<In>& in) {
    return {shape.back(), out.stride.back(), in.stride.back()};
}

}  // namespace kernels_test
