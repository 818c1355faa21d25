#include <abax/kernels/reference_rows.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

using namespace kernels_test;
namespace kernels = abax::kernels;

namespace {

const std::vector<extents>& row_shapes() {
    static const std::vector<extents> all = {
        {1},
        {17},
        {3, 0},
        {0, 3},
        {5, 7},
        {11, 130},
        {130, 11},
        {2, 3, 64},
        {3, 5, 2, 17},
        {700, 100},
        {2, 50257}};
    return all;
}

}  // namespace

TEST_CASE_TEMPLATE("rms_norm: equals the reference", T, float, double) {
    constexpr unsigned seed = 61;
    CAPTURE(seed);
    random_engine random(seed);
    for (const auto& shape : row_shapes())
        for (const lie out_lie : all_lies)
            for (const lie in_lie : all_lies) {
                const auto out = make_operand<T>(random, shape, out_lie);
                auto in = make_operand<T>(random, shape, in_lie);
                auto gain = make_operand<T>(random, {shape.back()}, out_lie);
                const auto rows = part(nest_of(shape, out, in), 0, shape.size() - 1);
                const kernels::row along{shape.back(), out.stride.back(), in.stride.back()};

                bool threads_agree = false;
                const auto fast = run(out, threads_agree, [&](T* to) {
                    kernels::rms_norm(
                        abax::dtype_of<T>,
                        to,
                        in.data(),
                        gain.data(),
                        1e-5,
                        rows,
                        along,
                        gain.stride[0]
                    );
                });
                auto expected = out.copy();
                kernels::reference::rms_norm(
                    expected.data(), in.data(), gain.data(), 1e-5, rows, along, gain.stride[0]
                );

                CHECK(threads_agree);
                CHECK(first_difference(fast, expected, 2e-5) == -1);
            }
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
