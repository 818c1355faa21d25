#pragma once

#include <abax/ops/refused.hpp>
#include <abax/ops/veneer.hpp>

#include <optional>
#include <string>

namespace abax {

/// How far elements may lie apart: |a - b| <= absolute + relative * |b|. An infinity is near itself only, and NaN near
/// nothing, or near NaN with `nan_equal`. Integers are compared exactly, not as rounded doubles; bools are equal or not.
struct tolerance {
    double relative = 1e-5;  ///< of |b|
    double absolute = 1e-8;  ///< in the unit of the elements
    bool nan_equal = false;  ///< whether NaN is near NaN
};

///@{
/// As for typed tensors, below; unequal element types are a difference.
[[nodiscard]] bool equal(const any_tensor& a, const any_tensor& b);
[[nodiscard]] bool allclose(const any_tensor& a, const any_tensor& b, tolerance within = {});
[[nodiscard]] std::optional<std::string> difference(
    const any_tensor& a, const any_tensor& b, tolerance within = {0, 0, false}
);
///@}

/// Same axes (names, factors, extents) and elements; NaN equals nothing. A test, not an operation: on no bill.
/// @throws abax::error dry: the axes are the same, and there are no elements to compare
template <element T>
[[nodiscard]] bool equal(const tensor<T>& a, const tensor<T>& b) {
    return equal(a.any(), b.any());
}

/// Same axes, and elements within a tolerance. @throws abax::error dry
template <element T>
[[nodiscard]] bool allclose(const tensor<T>& a, const tensor<T>& b, tolerance within = {}) {
    return allclose(a.any(), b.any(), within);
}

/// Says where two tensors differ, or nothing if they do not. Of elements the first in row-major order, by named
/// coordinates, how many more there are, and how far the farthest two are apart:
///
///     "at b=0 s=3: 1.5 and 2 (17 of 24 elements differ, by 0.5 at most)"
///     "at b=1 s=0: nan and 2 (3 of 24 elements differ, 1 of them by NaN, the others by 0.5 at most)"
///     "axis 's' is 3 and 4: (b=2 s=3) and (b=2 s=4)"
///
/// @throws abax::error dry: the axes are the same, and there are no elements to compare
template <element T>
[[nodiscard]] std::optional<std::string> difference(
    const tensor<T>& a, const tensor<T>& b, tolerance within = {0, 0, false}
) {
    return difference(a.any(), b.any(), within);
}

}  // namespace abax
