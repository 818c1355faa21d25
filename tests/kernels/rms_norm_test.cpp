#include <abax/kernels/reference_rows.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

using namespace kernels_test;
namespace kernels = abax::kernels;

TEST_CASE_TEMPLATE("rms_norm: equals the reference", T, float, double) {
    constexpr unsigned seed = 61;
    CAPTURE(seed);
    random_engine random(seed);
    for_each_lie(row_shapes(), [&](const extents& shape, lie out_lie, lie in_lie) {
        const auto out = make_operand<T>(random, shape, out_lie);
        auto in = make_operand<T>(random, shape, in_lie);
        auto gain = make_operand<T>(random, {shape.back()}, out_lie);
        const auto rows = rows_of(shape, out, in);
        const auto along = last_axis(shape, out, in);

        check_equals_reference(
            out,
            [&](T* to) {
                kernels::rms_norm(
                    abax::dtype_of<T>, to, in.data(), gain.data(), 1e-5, rows, along, gain.stride[0]
                );
            },
            [&](T* to) {
                kernels::reference::rms_norm(
                    to, in.data(), gain.data(), 1e-5, rows, along, gain.stride[0]
                );
            },
            2e-5
        );
    });
}

TEST_CASE_TEMPLATE(
    "rms_norm: NaN and infinity come out as the formula gives them", T, float, double
) {
    constexpr T infinity = std::numeric_limits<T>::infinity();
    constexpr T nan = std::numeric_limits<T>::quiet_NaN();
    for (const std::int64_t extent : {1, 3, 16, 21, 64})
        for (const T special : {infinity, -infinity, nan, T{0}, T{1e15F}}) {
            CAPTURE(extent);
            CAPTURE(special);
            std::vector<T> in(static_cast<std::size_t>(extent), T{1});
            in.back() = special;
            const std::vector<T> gain(in.size(), T{2});
            std::vector<T> fast(in.size());
            std::vector<T> expected(in.size());

            kernels::rms_norm(
                abax::dtype_of<T>, fast.data(), in.data(), gain.data(), 1e-5, {}, {extent, 1, 1}, 1
            );
            kernels::reference::rms_norm(
                expected.data(), in.data(), gain.data(), 1e-5, {}, {extent, 1, 1}, 1
            );

            for (std::size_t i = 0; i < in.size(); ++i)
                CHECK(close(fast[i], expected[i], 1e-6));
        }
}
