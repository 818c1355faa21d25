#pragma once

#include <abax/kernels/kernels.hpp>

#include <cstdint>
#include <optional>

namespace abax::kernels {

/// out = x - largest - log(sum of exp(x - largest)) for each row. float and double. -inf stays -inf; a row with NaN or
/// +inf, or of nothing but -inf, is NaN as the formula gives; an empty row is nothing.
void log_softmax(dtype type, void* out, const void* in, const loops<2>& rows, row along);

/// The class that each row should have: int64 or int32, checked by `first_wrong_target`.
struct target_ids {
    dtype type = dtype::int64;
    const void* data = nullptr;
    std::optional<std::int64_t> ignored = {};  ///< rows with this target do not count
};

/// out = log(sum of exp(x)) - x[target] for each row of `extent` elements, `stride` apart; 0 where the target is
/// ignored. Operands of `rows`: out, in, targets.
void cross_entropy_rows(
    dtype type,
    void* out,
    const void* in,
    const target_ids& targets,
    const loops<3>& rows,
    std::int64_t extent,
    std::int64_t stride
);

/// The mean of that over the rows which are not ignored; NaN if there are none. Operands of `rows`: in, targets. The
/// rows' values are added in double, in the order of the loops.
void cross_entropy_mean(
    dtype type,
    void* out,
    const void* in,
    const target_ids& targets,
    const loops<2>& rows,
    std::int64_t extent,
    std::int64_t stride
);

/// Position (in loop order) of the first target that is neither ignored nor one of 0..extent-1, or -1. Operand of
/// `nest`: targets.
[[nodiscard]] std::int64_t first_wrong_target(
    const target_ids& targets, const loops<1>& nest, std::int64_t extent
);

}  // namespace abax::kernels
