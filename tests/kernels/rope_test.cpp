#include <abax/kernels/reference_rows.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

using namespace kernels_test;
namespace kernels = abax::kernels;

namespace {

const std::vector<extents>& rotated_shapes() {
    static const std::vector<extents> all = {
        {2},
        {0},
        {3, 0},
        {0, 4},
        {34},
        {5, 2},
        {3, 5, 6},
        {2, 3, 64},
        {7, 130},
        {3, 17, 62},
        {300, 4, 64}};
    return all;
}

/// The pairs that turn in each kernel, and tables with an entry for each pair or for each element.
struct form {
    kernels::pairing pairs;
    bool for_each_element;
};
constexpr auto all_forms = std::to_array<form>(
    {{kernels::pairing::halves, false},
     {kernels::pairing::halves, true},
     {kernels::pairing::neighbours, false},
     {kernels::pairing::neighbours, true}}
);

}  // namespace

TEST_CASE_TEMPLATE("rotate: equals the reference, whatever the strides", T, float, double) {
    constexpr unsigned seed = 60;
    CAPTURE(seed);
    random_engine random(seed);
    for_each_lie(rotated_shapes(), [&](const extents& shape, lie out_lie, lie in_lie) {
        for (const form& f : all_forms) {
            CAPTURE(shape.back());
            const auto out = make_operand<T>(random, shape, out_lie);
            auto in = make_operand<T>(random, shape, in_lie);
            extents angles = shape;
            if (!f.for_each_element)
                angles.back() /= 2;
            std::vector<bool> repeat(shape.size());
            repeat[0] = shape.size() > 1;
            auto cosines = make_operand<T>(random, angles, in_lie, repeat);
            auto sines = make_operand<T>(random, angles, out_lie, repeat);
            const auto rows = rows_of(shape, out, in, cosines, sines);
            const auto along = last_axis(shape, out, in);
            const kernels::angles tables{
                cosines.stride.back(), sines.stride.back(), f.for_each_element};

            check_equals_reference(
                out,
                [&](T* to) {
                    kernels::rotate(
                        abax::dtype_of<T>,
                        to,
                        in.data(),
                        cosines.data(),
                        sines.data(),
                        rows,
                        along,
                        f.pairs,
                        tables
                    );
                },
                [&](T* to) {
                    kernels::reference::rotate(
                        to, in.data(), cosines.data(), sines.data(), rows, along, f.pairs, tables
                    );
                },
                1e-6
            );
        }
    });
}

TEST_CASE("rotate: equal elements give equal bits at any place in the row") {
    for (const auto pairs : {kernels::pairing::halves, kernels::pairing::neighbours}) {
        constexpr std::int64_t extent = 62;  // fills no whole number of registers
        std::vector<float> in(extent);
        for (std::size_t i = 0; i < in.size(); ++i) {
            const bool is_second = pairs == kernels::pairing::halves ? i >= extent / 2 : i % 2 == 1;
            in[i] = is_second ? 1.2345678F : -0.87654321F;
        }
        const std::vector<float> cosines(extent / 2, 0.54030231F);
        const std::vector<float> sines(extent / 2, 0.84147098F);
        std::vector<float> out(extent);

        kernels::rotate(
            abax::dtype::float32,
            out.data(),
            in.data(),
            cosines.data(),
            sines.data(),
            {},
            {extent, 1, 1},
            pairs,
            {}
        );

        for (std::size_t i = 0; i < out.size(); ++i) {
            const std::size_t same =
                pairs == kernels::pairing::halves ? i / (extent / 2) * (extent / 2) : i % 2;
            CHECK(out[i] == out[same]);
        }
    }
}

TEST_CASE_TEMPLATE("rotation_tables: cosines and sines of angles in double", T, float, double) {
    const std::vector<double> frequencies = {1, 0.1, 0.001};
    for (const std::int64_t positions : {0, 1, 5, 2000}) {
        const auto count = static_cast<std::size_t>(positions) * 3;
        std::vector<T> cosines(count);
        std::vector<T> sines(count);
        std::vector<double> expected_cosines(count);
        std::vector<double> expected_sines(count);

        kernels::rotation_tables(
            abax::dtype_of<T>,
            cosines.data(),
            sines.data(),
            1000000,
            positions,
            frequencies.data(),
            3
        );
        kernels::reference::rotation_tables(
            expected_cosines.data(),
            expected_sines.data(),
            1000000,
            positions,
            frequencies.data(),
            3
        );

        for (std::size_t i = 0; i < count; ++i) {
            REQUIRE(cosines[i] == static_cast<T>(expected_cosines[i]));
            REQUIRE(sines[i] == static_cast<T>(expected_sines[i]));
        }
    }
}
