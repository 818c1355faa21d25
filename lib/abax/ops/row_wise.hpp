#pragma once

#include <abax/ops/operands.hpp>
#include <abax/plan/price.hpp>

#include <initializer_list>
#include <utility>

/// Operations on each row along one axis whose result has the axes of their operand. Private to this floor.
namespace abax::detail {

/// A tensor like x that `kernel(to, rows, along)` writes. The bill has x and the `parameters` as read; the operation may ask
/// for the operands, the last of which is the result, and for the axes of the rows, which are what is known.
template <class Operation, class Kernel>
any_tensor row_wise(
    const Operation& operation,
    const any_tensor& x,
    std::size_t at,
    std::initializer_list<const any_tensor*> parameters,
    const Kernel& kernel
) {
    const bool dry = any_dry({&x}) || any_dry(parameters);
    any_tensor result = made(x.type(), x.shape(), dry);
    perform(
        operation,
        dry,
        [&] {
            call c(x.type());
            c.reads(x);
            for (const any_tensor* parameter : parameters)
                c.reads(*parameter);
            c.writes(x.shape(), x.type()).knows(without(x.shape(), at));
            c.detail(x.shape().axes_text());
            return c;
        },
        [&] {
            const strides& dense = result.where().stride;
            const kernels::row along{x.shape()[at].extent, dense[at], x.where().stride[at]};
            kernel(result.writable(), rows_of(x, dense, at), along);
        }
    );
    return result;
}

}  // namespace abax::detail
