#include "map.hpp"

#include <doctest/doctest.h>

using namespace kernels_test;
namespace kernels = abax::kernels;
using kernels::binary;
using kernels::unary;

namespace {

constexpr auto library_unaries = std::to_array<unary>(
    {unary::floor,
     unary::ceil,
     unary::round,
     unary::trunc,
     unary::sign,
     unary::square,
     unary::reciprocal,
     unary::exp2,
     unary::expm1,
     unary::log2,
     unary::log10,
     unary::log1p,
     unary::tan,
     unary::asin,
     unary::acos,
     unary::atan,
     unary::sinh,
     unary::cosh}
);
constexpr auto questions =
    std::to_array<unary>({unary::is_nan, unary::is_infinite, unary::is_finite});

}  // namespace

TEST_CASE_TEMPLATE(
    "map: rounding, roots of numbers and the library's functions equal the reference",
    T,
    float,
    double
) {
    check_unaries<T>(library_unaries, 1e-6);
}

TEST_CASE_TEMPLATE("map: sign and square of integers are exact", T, std::int32_t, std::int64_t) {
    check_unaries<T>(std::to_array<unary>({unary::sign, unary::square}), 0);
}

TEST_CASE_TEMPLATE("map: rounding by hand, ties to the even neighbour", T, float, double) {
    struct rounded {
        T x, floor, ceil, round, trunc, sign;
    };
    constexpr T inf = std::numeric_limits<T>::infinity();
    for (const rounded& row : std::initializer_list<rounded>{
             {T(0.5), 0, 1, 0, 0, 1},
             {T(1.5), 1, 2, 2, 1, 1},
             {T(2.5), 2, 3, 2, 2, 1},
             {T(-0.5), -1, 0, 0, 0, -1},
             {T(-1.5), -2, -1, -2, -1, -1},
             {T(-2.7), -3, -2, -3, -2, -1},
             {3, 3, 3, 3, 3, 1},
             {0, 0, 0, 0, 0, 0},
             {T(1e30), T(1e30), T(1e30), T(1e30), T(1e30), 1},
             {inf, inf, inf, inf, inf, 1},
             {-inf, -inf, -inf, -inf, -inf, -1}}) {
        CAPTURE(row.x);
        CHECK(computed(unary::floor, row.x) == row.floor);
        CHECK(computed(unary::ceil, row.x) == row.ceil);
        CHECK(computed(unary::round, row.x) == row.round);
        CHECK(computed(unary::trunc, row.x) == row.trunc);
        CHECK(computed(unary::sign, row.x) == row.sign);
    }
    CHECK_FALSE(std::signbit(computed(unary::sign, -T{0})));
    CHECK(std::signbit(computed(unary::round, T(-0.5))));
}

TEST_CASE_TEMPLATE(
    "map: NaN stays NaN, and infinities go where the functions go", T, float, double
) {
    constexpr T infinity = std::numeric_limits<T>::infinity();
    for (const unary op : library_unaries)
        for (const T x :
             {infinity, -infinity, std::numeric_limits<T>::quiet_NaN(), T{0}, -T{0}, T{-2}}) {
            CAPTURE(static_cast<int>(op));
            CAPTURE(x);
            CHECK(close(computed(op, x), kernels::reference::apply(op, x), 1e-6));
        }
}

TEST_CASE_TEMPLATE("map: questions write bools, at any stride", T, float, double) {
    random_engine random(21);
    constexpr T inf = std::numeric_limits<T>::infinity();
    for (const auto& shape : shapes())
        for (const unary op : questions) {
            CAPTURE(static_cast<int>(op));
            const auto out = make_operand<bool>(random, shape, lie::broken);
            auto in = make_operand<T>(random, shape, lie::broken);
            for (std::int64_t i = 0; i < in.count; i += 3)
                in.elements[static_cast<std::size_t>(i)] = i % 2 == 0
                                                             ? std::numeric_limits<T>::quiet_NaN()
                                                         : i % 4 == 1 ? inf
                                                                      : -inf;
            const auto nest = nest_of(shape, out, in);

            check_equals_reference(
                out,
                [&](bool* to) { kernels::map(op, abax::dtype_of<T>, to, in.data(), nest); },
                [&](bool* to) { kernels::reference::ask(op, to, in.data(), nest); }
            );
        }
}

TEST_CASE_TEMPLATE(
    "map: what division leaves equals the reference", T, float, double, std::int32_t, std::int64_t
) {
    random_engine random(22);
    for (const auto& shape : shapes())
        for (const binary op : {binary::remainder, binary::fmod}) {
            CAPTURE(static_cast<int>(op));
            const auto out = make_operand<T>(random, shape, lie::permuted);
            auto a = make_operand<T>(random, shape, lie::broken);
            auto b = make_operand<T>(random, shape, lie::packed);
            const auto nest = nest_of(shape, out, a, b);

            check_equals_reference(
                out,
                [&](T* to) { kernels::map(op, abax::dtype_of<T>, to, a.data(), b.data(), nest); },
                [&](T* to) { kernels::reference::map(op, to, a.data(), b.data(), nest); },
                1e-6
            );
        }
}

TEST_CASE_TEMPLATE(
    "map: remainder has the sign of the divisor, fmod that of the dividend",
    T,
    float,
    double,
    std::int32_t,
    std::int64_t
) {
    struct division {
        T a, b, remainder, fmod;
    };
    for (const division& row : std::initializer_list<division>{
             {7, 3, 1, 1},
             {-7, 3, 2, -1},
             {7, -3, -2, 1},
             {-7, -3, -1, -1},
             {6, 3, 0, 0},
             {-6, 3, 0, 0},
             {0, 5, 0, 0}}) {
        CAPTURE(row.a);
        CAPTURE(row.b);
        CHECK(computed(binary::remainder, row.a, row.b) == row.remainder);
        CHECK(computed(binary::fmod, row.a, row.b) == row.fmod);
    }
}

TEST_CASE("map: what division leaves at the edges") {
    constexpr auto low = std::numeric_limits<std::int32_t>::min();
    constexpr double inf = std::numeric_limits<double>::infinity();

    CHECK(computed(binary::remainder, low, -1) == 0);
    CHECK(computed(binary::fmod, low, -1) == 0);
    CHECK(computed(binary::remainder, 5, 0) == 0);
    CHECK(computed(binary::fmod, 5, 0) == 0);
    CHECK(std::isnan(computed(binary::remainder, 5.0, 0.0)));
    CHECK(std::isnan(computed(binary::fmod, inf, 2.0)));
    CHECK(computed(binary::remainder, -1.0, inf) == inf);
    CHECK(computed(binary::fmod, -1.0, inf) == -1);
    CHECK(std::signbit(computed(binary::remainder, 6.0, -3.0)));
}

TEST_CASE_TEMPLATE("map: atan2 knows all four quadrants", T, float, double) {
    CHECK(close(computed(binary::atan2, T{1}, T{1}), T(0.785398163397448), 1e-6));
    CHECK(close(computed(binary::atan2, T{1}, T{-1}), T(2.35619449019234), 1e-6));
    CHECK(close(computed(binary::atan2, T{-1}, T{-1}), T(-2.35619449019234), 1e-6));
    CHECK(close(computed(binary::atan2, T{-1}, T{1}), T(-0.785398163397448), 1e-6));
}

TEST_CASE("map: logical_xor is true where one operand is, and not both") {
    for (const bool a : {false, true})
        for (const bool b : {false, true})
            CHECK(computed(binary::logical_xor, a, b) == (a != b));
}
