#pragma once

#include <abax/kernels/kernels.hpp>
#include <abax/ops/select.hpp>
#include <abax/plan/price.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the verbs that only move elements share. Private to this floor.
namespace abax::detail {

/// The price of moving elements: bytes, and no arithmetic.
struct movement_cost {
    std::string_view label;
    [[nodiscard]] std::string_view operation() const { return label; }
    [[nodiscard]] op_class kind() const { return op_class::movement; }
    [[nodiscard]] cost price(const call& c) const { return c.with_bytes(0); }
};

/// The price of looking at a buffer in another way: nothing.
struct view_cost {
    std::string_view label;
    [[nodiscard]] std::string_view operation() const { return label; }
    [[nodiscard]] op_class kind() const { return op_class::view; }
    [[nodiscard]] cost price(const call&) const { return {}; }
};

/// `x` under another layout of its buffer: a record without a price.
[[nodiscard]] any_tensor viewed(std::string_view operation, const any_tensor& x, layout where);

/// "'s'", or "axis 1" where it has no name.
[[nodiscard]] std::string label_or_position(const shape& axes, std::size_t at);

/// An axis called by its factors has no name for `what` becomes of it. @throws abax::error name_mismatch
void require_divisible_name(
    std::string_view operation, const shape& axes, std::size_t at, std::string_view what = "a part"
);

/// Where several axes stand, each listed once and at least one. @throws abax::error unknown_axis, duplicate_axis, usage
[[nodiscard]] std::vector<std::size_t> positions_of(
    std::string_view operation, const shape& axes, const axes_argument& which
);

/// An axis to be added to `axes`: with a name if they have names, without one if not (rank 0 takes either).
/// @throws abax::error usage: no name; syntax: not a name; name_mismatch, duplicate_axis; size_mismatch: a negative extent
[[nodiscard]] axis added_axis(
    std::string_view operation, const shape& axes, std::string_view label, std::int64_t extent
);

/// @throws abax::error syntax: `label` cannot be the name of an axis
void require_axis_name(std::string_view operation, const shape& axes, std::string_view label);

/// `where` with one more axis before position `at`. @throws abax::error overflow
[[nodiscard]] layout with_axis(layout where, std::size_t at, axis added, std::int64_t stride);

/// `where`, begun `positions` further along an axis. Without elements it stays: there strides may be anything.
[[nodiscard]] layout advanced(layout where, std::size_t at, std::int64_t positions);

/// @throws abax::error usage: `position` lies outside the axis, whose last position allowed is `last` (else its end)
[[noreturn]] void outside(
    std::string_view operation,
    const shape& axes,
    std::size_t at,
    std::int64_t position,
    const std::string& help = {},
    std::optional<std::int64_t> last = std::nullopt
);

/// The layout of a part of one axis. @throws abax::error unknown_axis, usage, name_mismatch
[[nodiscard]] layout part_of(std::string_view operation, const any_tensor& x, const range& which);

/// The loops of copying `in` to where `out` says.
[[nodiscard]] kernels::loops<2> copy_nest(const layout& out, const layout& in);

/// The one element type of all operands. @throws abax::error dtype_mismatch
[[nodiscard]] dtype common_dtype(std::string_view operation, std::span<const any_tensor> operands);

/// The same axes in the same order, factors included; the axis at `free` may differ in extent.
/// @throws abax::error rank_mismatch, name_mismatch, size_mismatch
void require_same_axes(
    std::string_view operation,
    const shape& wanted,
    const shape& got,
    std::optional<std::size_t> free = std::nullopt
);

/// A tensor to be written, dry under a dry run or if an operand is.
[[nodiscard]] any_tensor result_for(
    dtype type, const shape& axes, std::span<const any_tensor> operands
);

}  // namespace abax::detail
