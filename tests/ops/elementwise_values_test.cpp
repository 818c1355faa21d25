#include <abax/kernels/reference.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/select.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

const std::vector<extents> shapes = {
    {},
    {0},
    {1},
    {7},
    {33},
    {2, 3},
    {3, 0, 2},
    {1, 5, 1},
    {2, 3, 5},
    {5, 7, 3},
    {2, 3, 1, 5},
    {2, 1, 3, 2, 5},
};

template <class T>
tensor<T> awkward(const shape& axes_of, lie how, unsigned seed) {
    std::mt19937 random(seed);
    return laid<T>(axes_of, how, [&](std::int64_t) {
        if constexpr (std::is_floating_point_v<T>)
            return static_cast<T>(std::normal_distribution<double>(0, 2)(random));
        else
            return static_cast<std::int64_t>(random() % 9) - 4;
    });
}

template <class T>
bool near(T a, T b) {
    if constexpr (std::is_floating_point_v<T>) {
        if (std::isnan(a) || std::isnan(b))
            return std::isnan(a) && std::isnan(b);
        if (a == b)
            return true;
        const double within = std::is_same_v<T, float> ? 2e-6 : 1e-13;
        return std::abs(double(a) - double(b)) <= within * std::max(1.0, std::abs(double(b)));
    } else {
        return a == b;
    }
}

// Compares y with formula(elements) for every layout of the operand.
template <class T, class Verb, class Formula>
void check_unary(const char* label, const Verb& verb, const Formula& formula) {
    CAPTURE(label);
    for (const extents& e : shapes)
        for (const lie how : all_lies) {
            const auto x = awkward<T>(shape::of(e), how, 7);
            CAPTURE(x.shape().str());
            CAPTURE(how);
            const tensor<T> y = verb(x);
            REQUIRE(y.shape() == x.shape());
            for_each_position(e, [&](const extents& at) {
                const T in = element_at<T>(x.any(), at);
                CAPTURE(in);
                REQUIRE(near(element_at<T>(y.any(), at), static_cast<T>(formula(in))));
            });
        }
}

template <class T, class Verb, class Formula>
void check_binary(const char* label, const Verb& verb, const Formula& formula) {
    CAPTURE(label);
    for (const extents& e : shapes)
        for (const lie left : all_lies)
            for (const lie right : all_lies) {
                const auto a = awkward<T>(shape::of(e), left, 7);
                const auto b = awkward<T>(shape::of(e), right, 8);
                CAPTURE(a.shape().str());
                CAPTURE(left);
                CAPTURE(right);
                const auto y = verb(a, b);
                using Result = typename decltype(y)::value_type;
                REQUIRE(y.shape() == a.shape());
                for_each_position(e, [&](const extents& at) {
                    const T l = element_at<T>(a.any(), at);
                    const T r = element_at<T>(b.any(), at);
                    CAPTURE(l);
                    CAPTURE(r);
                    REQUIRE(
                        near(element_at<Result>(y.any(), at), static_cast<Result>(formula(l, r)))
                    );
                });
            }
}

}  // namespace

TEST_CASE_TEMPLATE("unary verbs are their formulas, element by element", T, float, double) {
    using X = tensor<T>;
    check_unary<T>(
        "negate", [](const X& x) { return -x; }, [](T v) { return -v; }
    );
    check_unary<T>(
        "abs", [](const X& x) { return abs(x); }, [](T v) { return std::abs(v); }
    );
    check_unary<T>(
        "exp", [](const X& x) { return exp(x); }, [](T v) { return std::exp(v); }
    );
    check_unary<T>(
        "log", [](const X& x) { return log(x); }, [](T v) { return std::log(v); }
    );
    check_unary<T>(
        "sqrt", [](const X& x) { return sqrt(x); }, [](T v) { return std::sqrt(v); }
    );
    check_unary<T>(
        "rsqrt", [](const X& x) { return rsqrt(x); }, [](T v) { return T(1) / std::sqrt(v); }
    );
    check_unary<T>(
        "tanh", [](const X& x) { return tanh(x); }, [](T v) { return std::tanh(v); }
    );
    check_unary<T>(
        "erf", [](const X& x) { return erf(x); }, [](T v) { return std::erf(v); }
    );
    check_unary<T>(
        "sin", [](const X& x) { return sin(x); }, [](T v) { return std::sin(v); }
    );
    check_unary<T>(
        "cos", [](const X& x) { return cos(x); }, [](T v) { return std::cos(v); }
    );
    check_unary<T>(
        "relu", [](const X& x) { return relu(x); }, [](T v) { return v < 0 ? T(0) : v; }
    );
    check_unary<T>(
        "sigmoid", [](const X& x) { return sigmoid(x); }, [](T v) { return 1 / (1 + std::exp(-v)); }
    );
    check_unary<T>(
        "silu", [](const X& x) { return silu(x); }, [](T v) { return v / (1 + std::exp(-v)); }
    );
    check_unary<T>(
        "gelu",
        [](const X& x) { return gelu(x); },
        [](T v) { return v / 2 * (1 + std::erf(v / std::sqrt(T(2)))); }
    );
    check_unary<T>(
        "gelu tanh",
        [](const X& x) { return gelu(x, gelu_form::tanh); },
        [](T v) {
            return v / 2
                 * (1
                    + std::tanh(
                        std::sqrt(T(2) / T(3.14159265358979323846)) * (v + T(0.044715) * v * v * v)
                    ));
        }
    );
}

TEST_CASE_TEMPLATE("unary verbs of integers", T, std::int32_t, std::int64_t) {
    using X = tensor<T>;
    check_unary<T>(
        "negate", [](const X& x) { return -x; }, [](T v) { return -v; }
    );
    check_unary<T>(
        "abs", [](const X& x) { return abs(x); }, [](T v) { return v < 0 ? -v : v; }
    );
    check_unary<T>(
        "relu", [](const X& x) { return relu(x); }, [](T v) { return v < 0 ? T(0) : v; }
    );
}

TEST_CASE_TEMPLATE(
    "binary verbs are their formulas, element by element",
    T,
    float,
    double,
    std::int32_t,
    std::int64_t
) {
    using X = tensor<T>;
    check_binary<T>(
        "+", [](const X& a, const X& b) { return a + b; }, [](T l, T r) { return l + r; }
    );
    check_binary<T>(
        "-", [](const X& a, const X& b) { return a - b; }, [](T l, T r) { return l - r; }
    );
    check_binary<T>(
        "*", [](const X& a, const X& b) { return a * b; }, [](T l, T r) { return l * r; }
    );
    check_binary<T>(
        "minimum",
        [](const X& a, const X& b) { return minimum(a, b); },
        [](T l, T r) { return l < r ? l : r; }
    );
    check_binary<T>(
        "maximum",
        [](const X& a, const X& b) { return maximum(a, b); },
        [](T l, T r) { return l < r ? r : l; }
    );
    check_binary<T>(
        "equal_to",
        [](const X& a, const X& b) { return equal_to(a, b); },
        [](T l, T r) { return l == r; }
    );
    check_binary<T>(
        "not_equal_to",
        [](const X& a, const X& b) { return not_equal_to(a, b); },
        [](T l, T r) { return l != r; }
    );
    check_binary<T>(
        "<", [](const X& a, const X& b) { return a < b; }, [](T l, T r) { return l < r; }
    );
    check_binary<T>(
        "<=", [](const X& a, const X& b) { return a <= b; }, [](T l, T r) { return l <= r; }
    );
    check_binary<T>(
        ">", [](const X& a, const X& b) { return a > b; }, [](T l, T r) { return l > r; }
    );
    check_binary<T>(
        ">=", [](const X& a, const X& b) { return a >= b; }, [](T l, T r) { return l >= r; }
    );
    if constexpr (std::is_floating_point_v<T>) {
        check_binary<T>(
            "/", [](const X& a, const X& b) { return a / b; }, [](T l, T r) { return l / r; }
        );
        check_binary<T>(
            "pow",
            [](const X& a, const X& b) { return pow(a, b); },
            [](T l, T r) { return std::pow(l, r); }
        );
    } else {
        check_binary<T>(
            "/",
            [](const X& a, const X& b) { return a / (b * b + 1); },
            [](T l, T r) { return l / (r * r + 1); }
        );
    }
}

TEST_CASE("one tensor can be both operands") {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto x = counted<float>(axes("a b", {3, 5}), how);
        const auto y = x * x + x;
        for_each_position({3, 5}, [&](const extents& at) {
            const float v = x(at[0], at[1]);
            REQUIRE(y(at[0], at[1]) == v * v + v);
        });
        // Two views of one buffer, in different orders.
        const auto square = counted<float>(axes("a b", {4, 4}), how);
        const auto z = square - rename(square, "a -> b, b -> a");
        for_each_position({4, 4}, [&](const extents& at) {
            REQUIRE(z(at[0], at[1]) == square(at[0], at[1]) - square(at[1], at[0]));
        });
    }
}

TEST_CASE("a verb may be assigned to its own operand") {
    auto x = counted<float>(shape::of({2, 3}));
    const auto before = x;

    x = x + x;

    CHECK(x.to_vector() == std::vector<float>{2, 4, 6, 8, 10, 12});
    CHECK(before.to_vector() == std::vector<float>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("numbers on either side mean what they say") {
    const auto x = counted<double>(axes("a", {3}));

    CHECK((x - 1).to_vector() == std::vector<double>{0, 1, 2});
    CHECK((1 - x).to_vector() == std::vector<double>{0, -1, -2});
    CHECK((6 / x).to_vector() == std::vector<double>{6, 3, 2});
    CHECK(pow(x, 2).to_vector() == std::vector<double>{1, 4, 9});
    CHECK(pow(2, x).to_vector() == std::vector<double>{2, 4, 8});
    CHECK((x < 2).to_vector() == std::vector<bool>{true, false, false});
    CHECK((2 < x).to_vector() == std::vector<bool>{false, false, true});
    CHECK(maximum(x, 2).to_vector() == std::vector<double>{2, 2, 3});
    CHECK(minimum(2, x).to_vector() == std::vector<double>{1, 2, 2});
}

TEST_CASE("NaN: comparisons are false, minimum and maximum carry it") {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const auto x = from<float>({nan, 1, nan});
    const auto y = from<float>({1, nan, nan});

    CHECK(equal_to(x, y).to_vector() == std::vector<bool>(3, false));
    CHECK(not_equal_to(x, y).to_vector() == std::vector<bool>(3, true));
    CHECK((x < y).to_vector() == std::vector<bool>(3, false));
    CHECK((x >= y).to_vector() == std::vector<bool>(3, false));
    for (const float v : minimum(x, y).to_vector())
        CHECK(std::isnan(v));
    for (const float v : maximum(x, y).to_vector())
        CHECK(std::isnan(v));
    CHECK_FALSE(equal(x, x));
    CHECK(allclose(x, x, {0, 0, true}));
}

TEST_CASE("where: chooses element by element, for every layout") {
    for (const extents& e : shapes)
        for (const lie how : all_lies) {
            const auto condition = counted<bool>(shape::of(e), how);
            const auto a = counted<float>(shape::of(e), all_lies[(static_cast<int>(how) + 1) % 4]);
            const auto b = a * -1;
            CAPTURE(a.shape().str());
            CAPTURE(how);
            const auto y = where(condition, a, b);
            const auto z = where(condition, 5, b);
            for_each_position(e, [&](const extents& at) {
                const bool c = element_at<bool>(condition.any(), at);
                const float l = element_at<float>(a.any(), at);
                REQUIRE(element_at<float>(y.any(), at) == (c ? l : -l));
                REQUIRE(element_at<float>(z.any(), at) == (c ? 5 : -l));
            });
        }
}

TEST_CASE("where: what is not chosen does not matter, NaN and infinity included") {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const auto x = from<float>({nan, 2});

    CHECK(where(from<bool>({false, true}), x, 0).to_vector() == std::vector<float>{0, 2});
    CHECK(
        where(from<bool>({false, true}), x, -std::numeric_limits<double>::infinity())(0)
        == -std::numeric_limits<float>::infinity()
    );
}

TEST_CASE("cast: truncates floats, and anything to bool is whether it is not 0") {
    const auto x = from<double>({-2.7, -0.5, 0, 0.5, 2.7});

    CHECK(cast<std::int32_t>(x).to_vector() == std::vector<std::int32_t>{-2, 0, 0, 0, 2});
    CHECK(cast<std::int64_t>(x).to_vector() == std::vector<std::int64_t>{-2, 0, 0, 0, 2});
    CHECK(cast<bool>(x).to_vector() == std::vector<bool>{true, true, false, true, true});
    CHECK(cast<float>(x)(4) == 2.7F);
    CHECK(cast<double>(from<bool>({true, false})).to_vector() == std::vector<double>{1, 0});
    CHECK(cast<double>(x).any().shares_with(x.any()));
    CHECK(cast<std::int64_t>(from<std::int32_t>({-5}))(0) == -5);
}

TEST_CASE("cast: between all types, for every layout") {
    constexpr dtype types[] = {
        dtype::float32, dtype::float64, dtype::int32, dtype::int64, dtype::boolean};
    for (const dtype from_type : types)
        for (const dtype to : types)
            for (const lie how : all_lies) {
                const auto x = with_element(from_type, [&]<class T>(T) {
                    return counted<T>(shape::of({3, 5}), how).any();
                });
                CAPTURE(to_string(from_type));
                CAPTURE(to_string(to));
                const any_tensor y = cast(x, to);
                CHECK(y.type() == to);
                for_each_position({3, 5}, [&](const extents& at) {
                    const double in = with_element(from_type, [&]<class T>(T) {
                        return static_cast<double>(element_at<T>(x, at));
                    });
                    const double out = with_element(to, [&]<class T>(T) {
                        return static_cast<double>(element_at<T>(y, at));
                    });
                    REQUIRE(out == (to == dtype::boolean ? (in != 0 ? 1 : 0) : in));
                });
            }
}
