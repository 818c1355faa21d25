#include "map.hpp"

#include <doctest/doctest.h>

using namespace kernels_test;
namespace kernels = abax::kernels;
using kernels::binary;
using kernels::unary;

namespace {

constexpr auto floating_unaries = std::to_array<unary>(
    {unary::negate,
     unary::absolute,
     unary::exp,
     unary::log,
     unary::sqrt,
     unary::rsqrt,
     unary::tanh,
     unary::erf,
     unary::sin,
     unary::cos,
     unary::sigmoid,
     unary::silu,
     unary::relu,
     unary::gelu_erf,
     unary::gelu_tanh}
);
constexpr auto exact_unaries = std::to_array<unary>({unary::negate, unary::absolute, unary::relu});
constexpr auto arithmetic = std::to_array<binary>(
    {binary::add,
     binary::subtract,
     binary::multiply,
     binary::divide,
     binary::minimum,
     binary::maximum,
     binary::power}
);
constexpr auto comparisons = std::to_array<binary>(
    {binary::equal,
     binary::not_equal,
     binary::less,
     binary::less_equal,
     binary::greater,
     binary::greater_equal,
     binary::logical_and,
     binary::logical_or}
);

/// The largest relative error of `op` in float against the same in double, over all signs and magnitudes.
template <class Function>
double worst_error(unary op, double low, double high, const Function& exact) {
    constexpr int points = 200001;
    std::vector<float> in(points);
    std::vector<float> out(points);
    for (int i = 0; i < points; ++i)
        in[static_cast<std::size_t>(i)] = static_cast<float>(low + (high - low) * i / (points - 1));
    kernels::map(op, abax::dtype::float32, out.data(), in.data(), {{points, {1, 1}}});
    double worst = 0;
    for (std::size_t i = 0; i < in.size(); ++i) {
        const double y = exact(double(in[i]));
        if (std::abs(y) > 1e-37)
            worst = std::max(worst, std::abs(double(out[i]) - y) / std::abs(y));
    }
    return worst;
}

}  // namespace

TEST_CASE_TEMPLATE("map: unary functions equal the reference", T, float, double) {
    check_unaries<T>(floating_unaries, 1e-6);
}

TEST_CASE_TEMPLATE("map: unary functions of integers are exact", T, std::int32_t, std::int64_t) {
    check_unaries<T>(exact_unaries, 0);
}

TEST_CASE("map: logical_not") {
    check_unaries<bool>(std::to_array<unary>({unary::logical_not}), 0);
}

TEST_CASE("map: float functions are within a few units in the last place") {
    CHECK(worst_error(unary::exp, -87, 88.7, [](double x) { return std::exp(x); }) < 2e-7);
    CHECK(worst_error(unary::exp, -1, 1, [](double x) { return std::exp(x); }) < 2e-7);
    CHECK(worst_error(unary::tanh, -10, 10, [](double x) { return std::tanh(x); }) < 3e-7);
    CHECK(worst_error(unary::tanh, -1e-3, 1e-3, [](double x) { return std::tanh(x); }) < 3e-7);
    CHECK(worst_error(unary::erf, -5, 5, [](double x) { return std::erf(x); }) < 3e-7);
    CHECK(worst_error(unary::erf, -1e-3, 1e-3, [](double x) { return std::erf(x); }) < 3e-7);
    CHECK(
        worst_error(unary::sigmoid, -80, 80, [](double x) { return 1 / (1 + std::exp(-x)); }) < 5e-7
    );
    CHECK(
        worst_error(unary::silu, -80, 80, [](double x) { return x / (1 + std::exp(-x)); }) < 5e-7
    );
}

TEST_CASE("map: exp reaches infinity, the subnormal numbers and zero where std::exp does") {
    for (const float x :
         {-110.0F,
          -104.0F,
          -103.5F,
          -100.0F,
          -90.0F,
          -87.5F,
          88.5F,
          88.72F,
          88.73F,
          89.5F,
          1e9F,
          -1e9F}) {
        CAPTURE(x);
        CHECK(close(computed(unary::exp, x), std::exp(x), 1e-6));
    }
    for (const double x : {-750.0, -744.0, -720.0, -708.0, 709.0, 709.78, 709.79, 800.0, 1e300}) {
        CAPTURE(x);
        CHECK(close(computed(unary::exp, x), std::exp(x), 1e-14));
    }
    CHECK(computed(unary::exp, 0.0F) == 1.0F);
    CHECK(computed(unary::exp, 0.0) == 1.0);
}

TEST_CASE_TEMPLATE("map: NaN and infinity come out as the formula gives them", T, float, double) {
    constexpr T infinity = std::numeric_limits<T>::infinity();
    constexpr T nan = std::numeric_limits<T>::quiet_NaN();
    for (const unary op : floating_unaries)
        for (const T x : {infinity, -infinity, nan, T{0}, -T{0}, T{-1}}) {
            CAPTURE(static_cast<int>(op));
            CAPTURE(x);
            CHECK(close(computed(op, x), kernels::reference::apply(op, x), 1e-6));
        }
}

TEST_CASE_TEMPLATE("map: a value does not depend on its place or stride", T, float, double) {
    constexpr std::int64_t count = 67;
    for (const unary op : floating_unaries) {
        CAPTURE(static_cast<int>(op));
        const std::vector<T> in(3 * count, T(0.7310585));
        std::vector<T> out(count);

        kernels::map(op, abax::dtype_of<T>, out.data(), in.data(), {{count, {1, 3}}});

        CHECK(std::count(out.begin(), out.end(), computed(op, in[0])) == count);
    }
}

TEST_CASE_TEMPLATE(
    "map: binary operations equal the reference", T, float, double, std::int32_t, std::int64_t
) {
    constexpr unsigned seed = 11;
    CAPTURE(seed);
    random_engine random(seed);
    for (const auto& shape : shapes())
        for (const lie how : {lie::packed, lie::permuted, lie::broken})
            for (const binary op : arithmetic) {
                CAPTURE(static_cast<int>(op));
                std::vector<bool> repeat(shape.size());
                for (std::size_t d = 0; d < shape.size(); ++d)
                    repeat[d] = random() % 3 == 0;
                const auto out = make_operand<T>(random, shape, lie::permuted);
                auto a = make_operand<T>(random, shape, how);
                auto b = make_operand<T>(random, shape, how, repeat);
                if (op == binary::power && std::is_integral_v<T>)
                    for (auto* x : {&a, &b})
                        for (std::int64_t i = 0; i < x->count; ++i)
                            x->elements[static_cast<std::size_t>(i)] =
                                static_cast<T>(random() % 7) - T(x == &a ? 3 : 0);
                const auto nest = nest_of(shape, out, a, b);

                check_equals_reference(
                    out,
                    [&](T* to) {
                        kernels::map(op, abax::dtype_of<T>, to, a.data(), b.data(), nest);
                    },
                    [&](T* to) { kernels::reference::map(op, to, a.data(), b.data(), nest); },
                    1e-6
                );
            }
}

TEST_CASE_TEMPLATE(
    "map: comparisons write bool", T, float, double, std::int32_t, std::int64_t, bool
) {
    constexpr unsigned seed = 12;
    CAPTURE(seed);
    random_engine random(seed);
    for (const auto& shape : shapes())
        for (const binary op : comparisons) {
            CAPTURE(static_cast<int>(op));
            const auto out = make_operand<bool>(random, shape, lie::broken);
            auto a = make_operand<T>(random, shape, lie::packed);
            auto b = make_operand<T>(random, shape, lie::permuted);
            if constexpr (std::is_floating_point_v<T>)
                if (a.count > 3)
                    a.elements[3] = std::numeric_limits<T>::quiet_NaN();
            const auto nest = nest_of(shape, out, a, b);

            check_equals_reference(
                out,
                [&](bool* to) {
                    kernels::map(op, abax::dtype_of<T>, to, a.data(), b.data(), nest);
                },
                [&](bool* to) { kernels::reference::compare(op, to, a.data(), b.data(), nest); }
            );
        }
}

TEST_CASE_TEMPLATE("map: minimum and maximum propagate NaN from either side", T, float, double) {
    constexpr T nan = std::numeric_limits<T>::quiet_NaN();
    for (const binary op : {binary::minimum, binary::maximum}) {
        CHECK(std::isnan(computed(op, nan, T{1})));
        CHECK(std::isnan(computed(op, T{1}, nan)));
        CHECK(computed(op, T{1}, T{2}) == (op == binary::minimum ? T{1} : T{2}));
    }
}

TEST_CASE_TEMPLATE(
    "map: integers wrap around and divide without a trap", T, std::int32_t, std::int64_t
) {
    constexpr T low = std::numeric_limits<T>::min();
    constexpr T high = std::numeric_limits<T>::max();

    CHECK(computed(binary::add, high, T{1}) == low);
    CHECK(computed(binary::subtract, low, T{1}) == high);
    CHECK(computed(binary::multiply, high, T{2}) == -2);
    CHECK(computed(binary::divide, T{7}, T{0}) == 0);
    CHECK(computed(binary::divide, low, T{-1}) == low);
    CHECK(computed(binary::divide, T{-7}, T{2}) == -3);
    CHECK(computed(binary::power, T{2}, T{-1}) == 0);
    CHECK(computed(binary::power, T{-1}, T{-3}) == -1);
    CHECK(computed(binary::power, T{-1}, T{-2}) == 1);
    CHECK(computed(binary::power, T{0}, T{-2}) == 0);
    CHECK(computed(binary::power, T{0}, T{0}) == 1);
    CHECK(computed(unary::negate, low) == low);
    CHECK(computed(unary::absolute, low) == low);
}

TEST_CASE("map: the result may be an operand with the same strides") {
    constexpr std::int64_t count = 1301;
    std::vector<float> x(2 * count, 3.0F);
    const std::vector<float> y(count, 2.0F);

    kernels::map(
        binary::multiply, abax::dtype::float32, x.data(), x.data(), y.data(), {{count, {2, 2, 1}}}
    );
    kernels::map(unary::relu, abax::dtype::float32, x.data(), x.data(), {{2 * count, {1, 1}}});

    for (std::size_t i = 0; i < x.size(); ++i)
        REQUIRE(x[i] == (i % 2 == 0 ? 6.0F : 3.0F));
}
