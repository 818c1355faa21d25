#pragma once

#include <abax/ops/veneer.hpp>

#include <optional>
#include <string>

namespace abax {

/// How far elements may lie apart: |a - b| <= absolute + relative * |b|.
struct tolerance {
    double relative = 1e-5;
    double absolute = 1e-8;
    bool nan_equal = false;
};

/// As for typed tensors, below; unequal element types are a difference.
[[nodiscard]] bool equal(const any_tensor& a, const any_tensor& b);
[[nodiscard]] bool allclose(const any_tensor& a, const any_tensor& b, tolerance within = {});

/// Says where two tensors first differ, by named coordinates, or nothing if they do not:
/// "at b=0 s=3: 1.5 and 2 (17 of 24 elements differ, by 0.5 at most)".
[[nodiscard]] std::optional<std::string> difference(
    const any_tensor& a, const any_tensor& b, tolerance within = {0, 0, false}
);

/// Same element type, axes (names, factors, extents) and elements; NaN equals nothing. A test, not an operation:
/// on no bill. @throws abax::error dry
template <element T>
[[nodiscard]] bool equal(const tensor<T>& a, const tensor<T>& b) {
    return equal(a.any(), b.any());
}

/// Same axes, and elements within a tolerance. @throws abax::error dry, dtype_mismatch
template <element T>
[[nodiscard]] bool allclose(const tensor<T>& a, const tensor<T>& b, tolerance within = {}) {
    return allclose(a.any(), b.any(), within);
}

}  // namespace abax
