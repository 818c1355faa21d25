#pragma once

#include <abax/pattern/pattern.hpp>
#include <abax/plan/arguments.hpp>
#include <abax/plan/plan.hpp>
#include <abax/plan/resolve.hpp>

#include <optional>

namespace abax {

/// The plan of a rearrange, reduce or repeat: split axes into elementary ones, permute, reduce, add, merge.
///
/// A rearrange is a view where the strides allow it, else one copy. A repeat that adds an axis of extent other
/// than 1 copies. A reduce with nothing to reduce is a view, or a conversion to the type that it promises.
///
/// @param how          the reduction; only for reduce
/// @param gives_names  the result has the names of the pattern also if x is unnamed
/// @throws abax::error  in this order: missing_size, rank_mismatch, name_mismatch, unexpected_size_argument,
///                      ambiguous_size, size_mismatch or not_divisible, duplicate_axis, other (min or max of nothing,
///                      mean of integers), overflow
[[nodiscard]] plan plan_transform(
    const pattern& text,
    const layout& x,
    dtype type,
    axis_sizes sizes = {},
    std::optional<kernels::reduction> how = std::nullopt,
    bool gives_names = false
);

/// The plan of reducing whole axes of `x`, those whose entry in `reduced` is true.
/// @throws abax::error  other (min or max of nothing, mean of integers)
[[nodiscard]] plan plan_reduction(
    std::string operation,
    const layout& x,
    dtype type,
    const std::vector<bool>& reduced,
    kernels::reduction how
);

/// The layout of merging each group of neighbours into one axis, if strides allow that without a copy.
/// `axes[i]` is the axis that the i-th group becomes.
[[nodiscard]] std::optional<layout> merged_view(
    const std::vector<std::vector<elementary>>& groups, const shape& axes, std::int64_t offset
);

/// @throws abax::error duplicate_axis when two axes of a result have one name
void check_distinct(const call_site& where, const shape& axes);

}  // namespace abax
