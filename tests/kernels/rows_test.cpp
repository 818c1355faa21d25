#include "rows.hpp"

#include <abax/kernels/reference.hpp>

#include <doctest/doctest.h>

using namespace kernels_test;
namespace kernels = abax::kernels;

TEST_CASE_TEMPLATE("softmax: equals the reference", T, float, double) {
    constexpr unsigned seed = 40;
    CAPTURE(seed);
    random_engine random(seed);
    for_each_lie(row_shapes(), [&](const extents& shape, lie out_lie, lie in_lie) {
        const auto out = make_operand<T>(random, shape, out_lie);
        auto in = make_operand<T>(random, shape, in_lie);
        const auto rows = rows_of(shape, out, in);
        const auto along = last_axis(shape, out, in);

        check_equals_reference(
            out,
            [&](T* to) { kernels::softmax(abax::dtype_of<T>, to, in.data(), rows, along); },
            [&](T* to) { kernels::reference::softmax(to, in.data(), rows, along); },
            1e-6
        );
    });
}

TEST_CASE_TEMPLATE(
    "masked_softmax: equals the reference; masked positions are 0", T, float, double
) {
    constexpr unsigned seed = 41;
    CAPTURE(seed);
    random_engine random(seed);
    for_each_lie(row_shapes(), [&](const extents& shape, lie out_lie, lie in_lie) {
        const auto out = make_operand<T>(random, shape, out_lie);
        auto in = make_operand<T>(random, shape, in_lie);
        std::vector<bool> repeat(shape.size());
        repeat[0] = shape.size() > 1 && random() % 2 == 0;
        auto mask = make_operand<bool>(random, shape, in_lie, repeat);
        const auto rows = rows_of(shape, out, in, mask);
        const auto along = last_axis(shape, out, in);

        check_equals_reference(
            out,
            [&](T* to) {
                kernels::masked_softmax(
                    abax::dtype_of<T>, to, in.data(), mask.data(), rows, along, mask.stride.back()
                );
            },
            [&](T* to) {
                kernels::reference::masked_softmax(
                    to, in.data(), mask.data(), rows, along, mask.stride.back()
                );
            },
            1e-6
        );
    });
}

TEST_CASE_TEMPLATE(
    "softmax: NaN, infinities and huge numbers come out as the formula gives them", T, float, double
) {
    constexpr T infinity = std::numeric_limits<T>::infinity();
    constexpr T nan = std::numeric_limits<T>::quiet_NaN();
    for (const std::int64_t extent : {1, 3, 16, 21, 64})
        for (const T special : {infinity, -infinity, nan, T{1e30F}, T{-1e30F}})
            for (const bool everywhere : {false, true}) {
                CAPTURE(extent);
                CAPTURE(special);
                std::vector<T> in(static_cast<std::size_t>(extent), everywhere ? special : T{1});
                in.back() = special;
                std::vector<T> fast(in.size());
                std::vector<T> expected(in.size());

                kernels::softmax(abax::dtype_of<T>, fast.data(), in.data(), {}, {extent, 1, 1});
                kernels::reference::softmax(expected.data(), in.data(), {}, {extent, 1, 1});

                for (std::size_t i = 0; i < in.size(); ++i)
                    CHECK(close(fast[i], expected[i], 1e-6));
            }
}

TEST_CASE_TEMPLATE("masked_softmax: what is masked is never seen", T, float, double) {
    constexpr T nan = std::numeric_limits<T>::quiet_NaN();
    constexpr T infinity = std::numeric_limits<T>::infinity();
    SUBCASE("a masked NaN or infinity") {
        const std::vector<T> in = {1, nan, 1, infinity};
        const std::array<bool, 4> mask = {true, false, true, false};
        std::vector<T> out(4);

        kernels::masked_softmax(
            abax::dtype_of<T>, out.data(), in.data(), mask.data(), {}, {4, 1, 1}, 1
        );

        CHECK(out == std::vector<T>{T(0.5), 0, T(0.5), 0});
    }
    SUBCASE("all masked") {
        const std::vector<T> in = {1, nan, 2};
        const std::array<bool, 3> mask = {};
        std::vector<T> out(3, T{7});

        kernels::masked_softmax(
            abax::dtype_of<T>, out.data(), in.data(), mask.data(), {}, {3, 1, 1}, 1
        );

        CHECK(out == std::vector<T>{0, 0, 0});
    }
    SUBCASE("NaN unmasked makes the unmasked NaN, the masked 0") {
        const std::vector<T> in = {nan, 1, 2};
        const std::array<bool, 3> mask = {true, false, true};
        std::vector<T> out(3);

        kernels::masked_softmax(
            abax::dtype_of<T>, out.data(), in.data(), mask.data(), {}, {3, 1, 1}, 1
        );

        CHECK(std::isnan(out[0]));
        CHECK(out[1] == 0);
        CHECK(std::isnan(out[2]));
    }
}

TEST_CASE_TEMPLATE("layer_norm: equals the reference", T, float, double) {
    constexpr unsigned seed = 42;
    CAPTURE(seed);
    random_engine random(seed);
    for_each_lie(row_shapes(), [&](const extents& shape, lie out_lie, lie in_lie) {
        if (shape.back() == 1)
            return;  // 0 / sqrt(epsilon) is as good as the rounding of its 0
        const auto out = make_operand<T>(random, shape, out_lie);
        auto in = make_operand<T>(random, shape, in_lie);
        auto gain = make_operand<T>(random, {shape.back()}, in_lie);
        auto bias = make_operand<T>(random, {shape.back()}, out_lie);
        const auto rows = rows_of(shape, out, in);
        const auto along = last_axis(shape, out, in);

        check_equals_reference(
            out,
            [&](T* to) {
                kernels::layer_norm(
                    abax::dtype_of<T>,
                    to,
                    in.data(),
                    gain.data(),
                    bias.data(),
                    1e-5,
                    rows,
                    along,
                    gain.stride[0],
                    bias.stride[0]
                );
            },
            [&](T* to) {
                kernels::reference::layer_norm(
                    to,
                    in.data(),
                    gain.data(),
                    bias.data(),
                    1e-5,
                    rows,
                    along,
                    gain.stride[0],
                    bias.stride[0]
                );
            },
            5e-5
        );
    });
}

TEST_CASE("layer_norm: a large mean does not drown the variance") {
    constexpr std::int64_t count = 768;
    std::vector<float> in(count);
    for (std::size_t i = 0; i < in.size(); ++i)
        in[i] = 10000.0F + (i % 2 == 0 ? 1.0F : -1.0F);
    const std::vector<float> gain(count, 1.0F);
    const std::vector<float> bias(count, 0.0F);
    std::vector<float> out(count);

    kernels::layer_norm(
        abax::dtype::float32,
        out.data(),
        in.data(),
        gain.data(),
        bias.data(),
        0,
        {},
        {count, 1, 1},
        1,
        1
    );

    for (std::size_t i = 0; i < in.size(); ++i)
        REQUIRE(out[i] == doctest::Approx(i % 2 == 0 ? 1.0 : -1.0).epsilon(1e-5));
}
