#pragma once

#include <abax/core/dtype.hpp>
#include <abax/kernels/loops.hpp>

namespace abax::kernels {

/// out = the nearest number to `in` from low to high, element by element; a NaN stays a NaN. `low` and `high` point to one
/// element each, low <= high. `out` may be `in` with the same strides. Not for bool.
void clip(
    dtype type, void* out, const void* in, const void* low, const void* high, const loops<2>& nest
);

}  // namespace abax::kernels
