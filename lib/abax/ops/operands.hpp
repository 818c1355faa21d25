#pragma once

#include <abax/kernels/kernels.hpp>
#include <abax/shape/any_tensor.hpp>

#include <initializer_list>
#include <string_view>

/// What verbs ask of their operands before they plan anything. Private to this floor.
namespace abax::detail {

/// @throws abax::error dtype_mismatch: the elements are neither float nor double
void require_floating(std::string_view operation, const any_tensor& x);

/// @throws abax::error dtype_mismatch: `x`, which is called `role` in the message, holds other elements
void require_type(
    std::string_view operation, std::string_view role, const any_tensor& x, dtype wanted
);

/// Whether a result is dry: an operand is, or a dry run is on.
[[nodiscard]] bool any_dry(std::initializer_list<const any_tensor*> operands);

/// A row-major tensor to be written.
[[nodiscard]] any_tensor made(dtype type, const shape& axes, bool dry);

/// The axes but one.
[[nodiscard]] shape without(const shape& axes, std::size_t at);

/// The loops over every element.
[[nodiscard]] kernels::loops<1> loops_over(const layout& where);

/// The rows of `x` along one axis: every other axis, with the strides of a result and of x.
[[nodiscard]] kernels::loops<2> rows_of(const any_tensor& x, const strides& out, std::size_t along);

}  // namespace abax::detail
