#pragma once

#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

#include <cstdint>
#include <optional>

namespace abax {

///@{
/// As for typed tensors, below.
[[nodiscard]] any_tensor log_softmax(const any_tensor& x, axis_argument over);
[[nodiscard]] any_tensor cross_entropy(
    const any_tensor& logits,
    axis_argument over,
    const any_tensor& targets,
    std::optional<std::int64_t> ignored = std::nullopt
);
[[nodiscard]] any_tensor cross_entropy_rows(
    const any_tensor& logits,
    axis_argument over,
    const any_tensor& targets,
    std::optional<std::int64_t> ignored = std::nullopt
);
///@}

/// log(exp(x) / sum of exp(x)) along one axis, without leaving the range of the type on the way.
///
/// @return  the axes of x; the exponentials of each row sum to 1; -inf stays -inf; a row with NaN or +inf is NaN
/// @throws abax::error  unknown_axis, usage, dtype_mismatch (floating only)
/// @cost    4N - 2R vec FLOPs and N + R specials for N elements in R rows; one read, one write
template <element T>
[[nodiscard]] tensor<T> log_softmax(const tensor<T>& x, axis_argument over) {
    return tensor<T>(log_softmax(x.any(), over));
}

/// The mean over all rows of -log_softmax(logits) at the target: what a language model is trained to lower.
///
/// @param over     the axis of the classes
/// @param targets  int64 or int32, the class of each row: all axes of the logits but `over`, in any order
/// @param ignored  rows with this target do not count, and it need not be a class; PyTorch's is -100
/// @return  rank 0; NaN if no row counts
/// @throws abax::error  usage: a target outside the axis (which one, and where); name_mismatch, rank_mismatch,
///                      size_mismatch: targets with other axes; unknown_axis, dtype_mismatch
/// @cost    3N + R vec FLOPs and N + R specials for N logits in R rows, ignored ones too; reads N and the targets,
///          writes 1
template <element T, element Id>
[[nodiscard]] tensor<T> cross_entropy(
    const tensor<T>& logits,
    axis_argument over,
    const tensor<Id>& targets,
    std::optional<std::int64_t> ignored = std::nullopt
) {
    return tensor<T>(cross_entropy(logits.any(), over, targets.any(), ignored));
}

/// The same for each row, without the mean; 0 where the target is ignored.
///
/// @return  the axes of the logits without `over`
/// @throws abax::error  as cross_entropy
/// @cost    3N vec FLOPs and N + R specials; reads N and the targets, writes R
template <element T, element Id>
[[nodiscard]] tensor<T> cross_entropy_rows(
    const tensor<T>& logits,
    axis_argument over,
    const tensor<Id>& targets,
    std::optional<std::int64_t> ignored = std::nullopt
) {
    return tensor<T>(cross_entropy_rows(logits.any(), over, targets.any(), ignored));
}

}  // namespace abax
