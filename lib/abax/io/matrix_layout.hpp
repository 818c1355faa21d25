#pragma once

#include <abax/core/callback.hpp>
#include <abax/plan/arguments.hpp>
#include <abax/shape/any_tensor.hpp>

#include <cstdint>

/// What `<abax/eigen.hpp>` needs to know of tensors, without a line of Eigen.
namespace abax::io {

/// A tensor seen as a matrix: element (i, k) lies at i * row_stride + k * column_stride from coordinate 0.
struct matrix_layout {
    std::int64_t rows = 1;           ///< the extents of their axes multiplied
    std::int64_t columns = 1;        ///< the same of theirs
    std::int64_t row_stride = 0;     ///< from one row to the next, in elements; may be negative
    std::int64_t column_stride = 0;  ///< from one column to the next, in elements
};

/// The axes `rows`, merged in this order, by the axes `columns`, merged in this order; each axis is in one of them.
/// @throws abax::error  unknown_axis, duplicate_axis; rank_mismatch: an axis is in neither list; other: merging the
///                      axes would need a copy; dry
[[nodiscard]] matrix_layout matrix_layout_of(
    const char* operation,
    const any_tensor& x,
    const axes_argument& rows,
    const axes_argument& columns
);

/// All axes of `x` merged in their order, as the rows of one column.
[[nodiscard]] matrix_layout vector_layout_of(const char* operation, const any_tensor& x);

/// The shape of a matrix (or, `is_vector`, of its only row or column), with names if any are given.
[[nodiscard]] shape matrix_shape(
    std::int64_t rows,
    std::int64_t columns,
    bool is_vector,
    std::string_view names,
    axis_sizes sizes
);

/// A tensor whose elements `write` fills in: 0 FLOPs and the bytes written on the bill; dry under a dry run.
[[nodiscard]] any_tensor filled_from_outside(
    const char* operation, dtype type, const shape& axes, const callback<void(std::byte*)>& write
);

}  // namespace abax::io
