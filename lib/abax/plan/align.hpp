#pragma once

#include <abax/plan/contraction.hpp>

#include <span>

namespace abax {

/// Operands of an element-wise operation lined up: the axes of the result, and how each operand moves along them.
struct alignment {
    shape axes;
    std::vector<strides> stride;  ///< of each operand, along `axes`; 0 where it lacks the axis
};

/// Lines up the operands of an element-wise operation.
///
/// Named: one operand's axes contain those of all others; the result has the order of the operand with most
/// axes, the leftmost of them. Unnamed: equal ranks and extents. Rank 0 meets anything. Nothing stretches.
/// @throws abax::error  name_mismatch, rank_mismatch, size_mismatch
[[nodiscard]] alignment align(std::string_view operation, std::span<const layout* const> operands);

/// The axes of operands that line up as they stand: row-major and dense over equal axes, or of rank 0. Null where `align`
/// has to look, and perhaps to complain.
[[nodiscard]] const shape* dense_alike(std::span<const layout* const> operands);

/// Position of an axis, by name or (unnamed tensors only) by number. @throws abax::error unknown_axis, usage
[[nodiscard]] std::size_t position_of(
    std::string_view operation, const shape& axes, const axis_argument& which
);

/// Strides of an operand along `axes`, all of which it may lack (0) but which must hold all of its own.
/// @throws abax::error  name_mismatch, size_mismatch
[[nodiscard]] strides strides_along(
    std::string_view operation, std::string_view role, const layout& x, const shape& axes
);

}  // namespace abax
