#pragma once

#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace abax {

[[nodiscard]] any_tensor concat(std::span<const any_tensor> parts, axis_argument along);
[[nodiscard]] any_tensor stack(std::span<const any_tensor> parts, std::string_view label = {});

/// The parts one after another along an axis that all have; the other axes are the same in all. Named
/// parts may have them in any order: the result has the order of the first.
/// @throws abax::error  unknown_axis, name_mismatch, rank_mismatch, size_mismatch, dtype_mismatch; other: no parts
/// @cost    0 FLOPs; each element read and written once
template <element T>
[[nodiscard]] tensor<T> concat(const std::vector<tensor<T>>& parts, axis_argument along) {
    const std::vector<any_tensor> untyped(parts.begin(), parts.end());
    return tensor<T>(concat(std::span<const any_tensor>(untyped), along));
}

/// Equal tensors along a new leading axis. @throws abax::error other: none; size_mismatch, rank_mismatch, name_mismatch, dtype_mismatch
/// @cost 0 FLOPs; each element read and written once
template <element T>
[[nodiscard]] tensor<T> stack(const std::vector<tensor<T>>& parts, std::string_view label = {}) {
    const std::vector<any_tensor> untyped(parts.begin(), parts.end());
    return tensor<T>(stack(std::span<const any_tensor>(untyped), label));
}

}  // namespace abax
