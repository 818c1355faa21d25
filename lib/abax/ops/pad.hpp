#pragma once

#include <abax/ops/elementwise.hpp>
#include <abax/plan/arguments.hpp>

#include <cstdint>

namespace abax {

///@{
/// As for typed tensors, below.
[[nodiscard]] any_tensor pad(
    const any_tensor& x,
    axis_argument along,
    std::int64_t before,
    std::int64_t after,
    scalar value = 0
);
[[nodiscard]] any_tensor roll(const any_tensor& x, axis_argument along, std::int64_t shift);
///@}

/// The elements with `before` and `after` positions of `value` around them along one axis: `pad(x, "s", 2, 0)`.
///
/// @return  the axes of x, row-major; the padded axis loses its memory
/// @throws abax::error  unknown_axis; usage: a negative amount (slice cuts); overflow, allocation; dtype_mismatch: the element type
///                      cannot hold the value; name_mismatch: `(h d)` has no name of its own
/// @cost    0 FLOPs; reads x, writes the padded size
template <element T>
[[nodiscard]] tensor<T> pad(
    const tensor<T>& x,
    axis_argument along,
    std::int64_t before,
    std::int64_t after,
    scalar value = 0
) {
    return tensor<T>(pad(x.any(), along, before, after, value));
}

/// The elements moved `shift` positions up along one axis; what leaves at its end comes back at its start:
/// 0 1 2 3 4 rolled by 2 is 3 4 0 1 2. A negative shift moves down; any shift counts modulo the extent.
///
/// @return  the axes of x, row-major; the rolled axis loses its memory
/// @throws abax::error  unknown_axis, allocation; name_mismatch: `(h d)` has no name of its own
/// @cost    0 FLOPs; each element read and written once
template <element T>
[[nodiscard]] tensor<T> roll(const tensor<T>& x, axis_argument along, std::int64_t shift) {
    return tensor<T>(roll(x.any(), along, shift));
}

}  // namespace abax
