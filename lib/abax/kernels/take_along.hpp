#pragma once

#include <abax/core/dtype.hpp>
#include <abax/kernels/loops.hpp>

#include <cstdint>

namespace abax::kernels {

/// out = in[... ids ...]: each element of the result is one of `in`, its position along one axis being the id at the same
/// place. Operands of `nest`: out, in (0 along the axis), ids; `stride` is that of `in` along the axis.
/// Ids are int64 or int32 and were checked by `first_outside`.
void take_along(
    dtype type,
    void* out,
    const void* in,
    dtype id_type,
    const void* ids,
    const loops<3>& nest,
    std::int64_t stride
);

}  // namespace abax::kernels
