#pragma once

#include <abax/ops/elementwise.hpp>

namespace abax {

/// As for typed tensors, below.
[[nodiscard]] any_tensor clip(const any_tensor& x, scalar low, scalar high);

/// Each element brought into low..high: `clip(x, -1, 1)`. A NaN stays a NaN. For one bound alone, or bounds that are tensors,
/// there are `maximum` and `minimum`.
///
/// @return  the axes of x, row-major
/// @throws abax::error  usage: low above high, or a NaN as a bound; dtype_mismatch: bools, or a bound that does not fit the
///                      element type; name_mismatch: an axis of a named tensor without a name
/// @cost    2N vec FLOPs: each element is compared with both bounds; reads and writes N
template <element T, static_axes Axes>
[[nodiscard]] tensor<T, Axes> clip(const tensor<T, Axes>& x, scalar low, scalar high) {
    return detail::typed<tensor<T, Axes>>(clip(x.any(), low, high));
}

}  // namespace abax
