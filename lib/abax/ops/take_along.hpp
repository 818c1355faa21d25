#pragma once

#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

namespace abax {

/// One element of x for each id: result[b, k] = x[b, ids[b, k]] for `take_along(x, ids, "s")`, x being b s. What
/// `take_along_axis` is in NumPy and `gather` in PyTorch; `take` picks whole entries.
///
///     take_along(x, argsort(x, "s"), "s")  equals  sort(x, "s")
///
/// @param ids   int64 or int32, positions on the axis `over`. It has the axes of x, named ones in any order, and their
///              extents but along `over`
/// @param over  the axis that the ids count on
/// @return  the axes of ids, with elements of x
/// @throws abax::error  unknown_axis; usage: an id outside the axis (which one, and where); dtype_mismatch: other ids;
///                      rank_mismatch, name_mismatch, size_mismatch: ids has other axes than x
/// @cost    0 FLOPs; reads the ids and as many elements of x, writes as many
template <element T, element Id>
[[nodiscard]] tensor<T> take_along(const tensor<T>& x, const tensor<Id>& ids, axis_argument over);

/// As for typed tensors, above.
[[nodiscard]] any_tensor take_along(const any_tensor& x, const any_tensor& ids, axis_argument over);

template <element T, element Id>
tensor<T> take_along(const tensor<T>& x, const tensor<Id>& ids, axis_argument over) {
    return tensor<T>(take_along(x.any(), ids.any(), over));
}

}  // namespace abax
