#pragma once

#include <abax/kernels/reference.hpp>

#include "support.hpp"

/// What the tests of element-wise kernels share.
namespace kernels_test {

/// Each of `ops` against the reference, whatever the strides. The tolerance is that of first_difference.
template <class T, class Ops>
void check_unaries(const Ops& ops, double tolerance) {
    constexpr unsigned seed = 10;
    CAPTURE(seed);
    random_engine random(seed);
    for (const auto& shape : shapes())
        for (const lie how : {lie::packed, lie::sliced, lie::broken})
            for (const abax::kernels::unary op : ops) {
                CAPTURE(static_cast<int>(op));
                const auto out = make_operand<T>(random, shape, lie::permuted);
                auto in = make_operand<T>(random, shape, how);
                const auto nest = nest_of(shape, out, in);

                check_equals_reference(
                    out,
                    [&](T* to) { abax::kernels::map(op, abax::dtype_of<T>, to, in.data(), nest); },
                    [&](T* to) { abax::kernels::reference::map(op, to, in.data(), nest); },
                    tolerance
                );
            }
}

/// One element.
template <class T>
T computed(abax::kernels::unary op, T x) {
    T result = 0;
    abax::kernels::map(op, abax::dtype_of<T>, &result, &x, {});
    return result;
}

template <class T>
T computed(abax::kernels::binary op, T a, T b) {
    T result = 0;
    abax::kernels::map(op, abax::dtype_of<T>, &result, &a, &b, {});
    return result;
}

}  // namespace kernels_test
