#pragma once

#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace abax {

/// Positions from, from + step, ... below `to` along one axis; negative ones count from the end.
struct range {
    axis_argument along;
    std::int64_t from = 0;
    std::optional<std::int64_t> to = std::nullopt;  ///< the end of the axis, if not given
    std::int64_t step = 1;
};

[[nodiscard]] any_tensor take(const any_tensor& table, const any_tensor& ids, axis_argument over);
[[nodiscard]] any_tensor slice(const any_tensor& x, const range& which);
[[nodiscard]] any_tensor at(const any_tensor& x, axis_argument along, std::int64_t position);
[[nodiscard]] std::vector<any_tensor> split(
    const any_tensor& x, axis_argument along, const std::vector<std::int64_t>& extents
);

/// The entries of `table` that `ids` name: an embedding lookup.
///
/// @param ids  int64 or int32, positions along the axis `over`
/// @return  the table's axes, with those of ids in place of `over`
/// @throws abax::error  unknown_axis, usage (an id outside the axis: which one, and where), dtype_mismatch, duplicate_axis
/// @cost    0 FLOPs; reads and writes only the entries named, and reads the ids
template <element T, element Id>
[[nodiscard]] tensor<T> take(const tensor<T>& table, const tensor<Id>& ids, axis_argument over) {
    return tensor<T>(take(table.any(), ids.any(), over));
}

/// A part of one axis: `slice(x, {"s", 0, 5})`, `slice(x, {"s", -1})`. A view; the axis loses its memory.
/// @throws abax::error  unknown_axis, usage: outside the axis, or a step of 0 or less
template <element T>
[[nodiscard]] tensor<T> slice(const tensor<T>& x, const range& which) {
    return tensor<T>(slice(x.any(), which));
}

/// One position of one axis, which disappears: `at(x, "s", -1)`. A view. @throws abax::error  unknown_axis, usage
template <element T>
[[nodiscard]] tensor<T> at(const tensor<T>& x, axis_argument along, std::int64_t position) {
    return tensor<T>(at(x.any(), along, position));
}

/// Consecutive parts of one axis: `split(qkv, "o", {m, m, m})`. Views.
/// @throws abax::error  unknown_axis; size_mismatch: the parts do not add up to the axis
template <element T>
[[nodiscard]] std::vector<tensor<T>> split(
    const tensor<T>& x, axis_argument along, const std::vector<std::int64_t>& extents
) {
    std::vector<tensor<T>> parts;
    for (any_tensor& part : split(x.any(), along, extents))
        parts.emplace_back(std::move(part));
    return parts;
}

}  // namespace abax
