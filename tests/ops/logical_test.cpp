#include <abax/account/bill_cost.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/logical.hpp>

#include "support.hpp"

#include <array>
#include <cmath>
#include <limits>

using namespace abax;
using namespace abax::testing;

namespace {

template <class X, class Y>
concept can_and = requires(const X& x, const Y& y) {
    x& y;
};
template <class X>
concept can_not = requires(const X& x) {
    !x;
};

using row = std::vector<bool>;

}  // namespace

TEST_CASE("logical: and, or, one of both, not") {
    const auto a = from({true, true, false, false});
    const auto b = from({true, false, true, false});

    CHECK((a & b).to_vector() == row{true, false, false, false});
    CHECK((a | b).to_vector() == row{true, true, true, false});
    CHECK((a ^ b).to_vector() == row{false, true, true, false});
    CHECK((!a).to_vector() == row{false, false, true, true});
    CHECK(((!a) & b).to_vector() == row{false, false, true, false});
    CHECK(logical_and(a, b).to_vector() == (a & b).to_vector());
    CHECK(logical_or(a, b).to_vector() == (a | b).to_vector());
    CHECK(logical_xor(a, b).to_vector() == (a ^ b).to_vector());
    CHECK(logical_not(a).to_vector() == (!a).to_vector());
}

TEST_CASE("logical: comparisons make masks, which meet by name") {
    const auto x = counted<float>(axes("a b", {2, 3}), lie::permuted);
    const auto of_b = from({true, false, true}, "b");

    const auto inside = (x > 1) & (x < 6) & of_b;

    CHECK(inside.shape().str() == "a=2 b=3");
    CHECK(inside.to_vector() == row{false, false, true, true, false, false});
    CHECK((of_b & (x > 1)).shape().str() == "a=2 b=3");
}

TEST_CASE("logical: only bools have logic, which the compiler knows for typed tensors") {
    static_assert(can_and<tensor<bool>, tensor<bool>>);
    static_assert(can_and<any_tensor, any_tensor>);
    static_assert(!can_and<tensor<float>, tensor<float>>);
    static_assert(!can_and<tensor<bool>, tensor<float>>);
    static_assert(can_not<tensor<bool>>);
    static_assert(!can_not<tensor<std::int32_t>>);
    const any_tensor n = iota(dtype::int32, shape::of({2}));
    const any_tensor b = from({true, false});

    CHECK(category_of([&] { (void)(n & n); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)(n | b); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)!n; }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)(b ^ ones<bool>({3}).any()); }) == "size_mismatch");
    CHECK(tensor<bool>(b & (!b)).to_vector() == row{false, false});
}

TEST_CASE("logical: costs integer operations, and a byte an element") {
    const auto a = ones<bool>("a b", {2, 3});
    const auto b = ones<bool>("b", {3});

    const cost both = bill_of([&] { (void)(a ^ b); }).cost().total();
    const cost inverse = bill_of([&] { (void)!a; }).cost().total();

    CHECK(both.int_ops.str() == "a*b");
    CHECK(both.flops_vec.str() == "0");
    CHECK(both.bytes_read.str() == "a*b + b");
    CHECK(both.bytes_written.str() == "a*b");
    CHECK(inverse.int_ops.str() == "a*b");
}

TEST_CASE("unary maths: each function is the library's, and costs one operation") {
    struct function {
        const char* label;
        tensor<double> (*of)(const tensor<double>&);
        double (*exact)(double);
        bool is_special;
    };
#define ABAX_ROW(name, special)                                                                    \
    function {                                                                                     \
#name, [](const tensor <double>& x                                                         \
               ) { return name(x); }, [](double x) { return std::name(x); }, special               \
    }
    const std::vector<function> table = {
        ABAX_ROW(floor, false),
        ABAX_ROW(ceil, false),
        ABAX_ROW(trunc, false),
        ABAX_ROW(exp2, true),
        ABAX_ROW(expm1, true),
        ABAX_ROW(log2, true),
        ABAX_ROW(log10, true),
        ABAX_ROW(log1p, true),
        ABAX_ROW(tan, true),
        ABAX_ROW(asin, true),
        ABAX_ROW(acos, true),
        ABAX_ROW(atan, true),
        ABAX_ROW(sinh, true),
        ABAX_ROW(cosh, true),
        {"round",
         [](const tensor<double>& x) { return round(x); },
         [](double x) { return std::nearbyint(x); },
         false},
        {"sign",
         [](const tensor<double>& x) { return sign(x); },
         [](double x) { return x > 0 ? 1. : -1.; },
         false},
        {"square",
         [](const tensor<double>& x) { return square(x); },
         [](double x) { return x * x; },
         false},
        {"reciprocal",
         [](const tensor<double>& x) { return reciprocal(x); },
         [](double x) { return 1 / x; },
         false}};
#undef ABAX_ROW
    const auto x = from<double>({0.3, 0.7, 0.99}, "a");
    for (const auto& f : table) {
        CAPTURE(f.label);
        tensor<double> y;

        const ledger bill = bill_of([&] { y = f.of(x); });

        for (std::int64_t i = 0; i < 3; ++i)
            CHECK(y(i) == doctest::Approx(f.exact(x(i))).epsilon(1e-14));
        CHECK(records_of(bill).at(0).operation == f.label);
        CHECK(bill.cost().total().specials.str() == (f.is_special ? "a" : "0"));
        CHECK(bill.cost().total().flops_vec.str() == (f.is_special ? "0" : "a"));
        CHECK(bill.cost().total().bytes_written.str() == "8*a");
    }
}

TEST_CASE("unary maths: sign and square take integers, the rest does not") {
    const auto n = from({-3, 0, 4});
    CHECK(sign(n).to_vector() == std::vector<std::int32_t>{-1, 0, 1});
    CHECK(square(n).to_vector() == std::vector<std::int32_t>{9, 0, 16});
    CHECK(category_of([&] { (void)floor(n); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)reciprocal(n); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)isnan(n); }) == "dtype_mismatch");
    CHECK(category_of([] { (void)sign(from({true})); }) == "dtype_mismatch");
}

TEST_CASE("unary maths: questions about elements have bools for answers") {
    constexpr float inf = std::numeric_limits<float>::infinity();
    const auto x = from<float>({1, inf, -inf, std::nanf("")}, "a");

    const ledger bill = bill_of([&] { (void)isnan(x); });

    static_assert(std::same_as<decltype(isnan(x)), tensor<bool>>);
    CHECK(isnan(x).to_vector() == row{false, false, false, true});
    CHECK(isinf(x).to_vector() == row{false, true, true, false});
    CHECK(isfinite(x).to_vector() == row{true, false, false, false});
    CHECK(isnan(x.any()).type() == dtype::boolean);
    CHECK(bill.cost().total().bytes_written.str() == "a");
    CHECK(bill.cost().total().flops_vec.str() == "a");
    CHECK(isnan(dry<float>("a", {3})).is_dry());
}

TEST_CASE("binary maths: remainder, fmod and atan2") {
    const auto a = from({7, -7});
    CHECK(remainder(a, 3).to_vector() == std::vector<std::int32_t>{1, 2});
    CHECK(fmod(a, 3).to_vector() == std::vector<std::int32_t>{1, -1});
    CHECK(remainder(a, from({2, 0})).to_vector() == std::vector<std::int32_t>{1, 0});
    CHECK(category_of([&] { (void)remainder(a, 0); }) == "usage");
    CHECK(category_of([&] { (void)fmod(a, 0); }) == "usage");
    CHECK(category_of([&] { (void)atan2(a, a); }) == "dtype_mismatch");
    const auto y = from<double>({1, -1}, "a");
    CHECK(atan2(y, -1.0)(0) == doctest::Approx(2.356194490192345));
    const cost angle = bill_of([&] { (void)atan2(y, y); }).cost().total();
    CHECK(angle.specials.str() == "a");
    CHECK(angle.bytes_read.str() == "8*a");
    CHECK(bill_of([&] { (void)remainder(y, 2); }).cost().total().flops_vec.str() == "a");
}
