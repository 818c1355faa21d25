#include <abax/account/bill_cost.hpp>
#include <abax/ops/assign.hpp>
#include <abax/ops/create.hpp>

#include "support.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <span>

using namespace abax;
using namespace abax::testing;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();

template <class T>
using row = std::vector<T>;

}  // namespace

TEST_CASE("create: shapes are written with names, without, or taken from another tensor") {
    CHECK(zeros<float>("b s", {2, 3}).shape().str() == "b=2 s=3");
    CHECK(zeros<float>({2, 3}).shape().str() == "2 3");
    CHECK(zeros<float>({4}).shape().str() == "4");
    CHECK(zeros<float>({}).shape().str() == "()");
    CHECK(zeros<float>(axes("b (m: h d)", {2, 6}, {{"h", 2}})).shape().axes_text() == "b (m: h d)");
    CHECK(zeros<float>("(h=2 d)", {6}).shape().axes_text() == "(h d)");
    const std::vector<std::int64_t> extents = {5, 7};
    CHECK(zeros<float>(extents).shape().str() == "5 7");
    CHECK(ones<double>("a b", extents).shape().str() == "a=5 b=7");
    CHECK(dry<float>("b s", {1000000, 1000000}).shape().str() == "b=1000000 s=1000000");
    CHECK(iota<float>({2, 2}).to_vector() == row<float>{0, 1, 2, 3});
    CHECK(full<float>({2}, 5).to_vector() == row<float>{5, 5});
    CHECK(full<float>("a", {2}, 5).to_vector() == row<float>{5, 5});
    CHECK(full({2}, 1.5).to_vector() == row<double>{1.5, 1.5});
}

TEST_CASE_TEMPLATE(
    "create: zeros and ones of every element type",
    T,
    float,
    double,
    std::int32_t,
    std::int64_t,
    bool
) {
    CHECK(zeros<T>({3}).to_vector() == row<T>(3, T{0}));
    CHECK(ones<T>("a", {3}).to_vector() == row<T>(3, T{1}));
}

TEST_CASE("create: 'like' takes axes, memories and element type, and is dry where the tensor is") {
    const auto x = iota<std::int64_t>(axes("b (m: h d)", {2, 6}, {{"h", 2}}));

    CHECK(zeros_like(x).shape() == x.shape());
    CHECK(zeros_like(x).to_vector() == row<std::int64_t>(12, 0));
    CHECK(ones_like(x).to_vector() == row<std::int64_t>(12, 1));
    CHECK(full_like(x, 1LL << 60).to_vector() == row<std::int64_t>(12, 1LL << 60));
    CHECK(ones_like(x.any()).type() == dtype::int64);
    CHECK(zeros_like(dry<float>("a", {3})).is_dry());
    CHECK(category_of([&] { (void)full_like(x, 0.5); }) == "dtype_mismatch");
}

TEST_CASE("create: a value that does not fit its element type is refused") {
    CHECK(
        category_of([] { (void)full(dtype::int32, axes("a", {1}), 1LL << 31); }) == "dtype_mismatch"
    );
    CHECK(category_of([] { (void)full(dtype::boolean, axes("a", {1}), 2); }) == "dtype_mismatch");
    CHECK(
        category_of([] { (void)full(dtype::float32, axes("a", {1}), 1e300); }) == "dtype_mismatch"
    );
    CHECK(category_of([] { (void)iota<std::int32_t>({2}, 2147483647); }) == "dtype_mismatch");
    CHECK(category_of([] { (void)iota<std::int64_t>({2}, highest); }) == "overflow");
    CHECK(std::isnan(full<float>({}, std::nanf("")).item()));
}

TEST_CASE("create: extents that are negative or too large are refused, and 0 is not") {
    CHECK(category_of([] { (void)zeros<float>({-1}); }) == "size_mismatch");
    CHECK(category_of([] { (void)zeros<float>("a", {-1}); }) == "size_mismatch");
    CHECK(category_of([] { (void)zeros<float>({highest, 2}); }) == "overflow");
    CHECK(category_of([] { (void)zeros<double>({highest / 2}); }) == "overflow");
    CHECK(category_of([] { (void)ones<float>({std::int64_t{1} << 60}); }) == "allocation");
    CHECK(category_of([] { (void)zeros<float>("a b", {2}); }) == "rank_mismatch");
    CHECK(category_of([] { (void)zeros<float>("a a", {2, 2}); }) == "duplicate_axis");
    CHECK(zeros<float>({0, highest}).volume() == 0);
}

TEST_CASE("arange: whole numbers as in numpy") {
    struct example {
        std::int64_t start, stop, step;
        row<std::int64_t> expected;
    };
    const std::vector<example> table = {
        {0, 4, 1, {0, 1, 2, 3}},
        {2, 9, 3, {2, 5, 8}},
        {2, 8, 3, {2, 5}},
        {5, 0, -2, {5, 3, 1}},
        {5, 1, -2, {5, 3}},
        {0, 0, 1, {}},
        {3, 0, 1, {}},
        {0, 3, -1, {}},
        {highest - 1, highest, 5, {highest - 1}},
        {lowest, highest, highest, {lowest, -1, highest - 1}},
        {highest, lowest, lowest, {highest, -1}}};
    for (const auto& e : table) {
        CAPTURE(e.start);
        CAPTURE(e.step);
        CHECK(arange<std::int64_t>(e.start, e.stop, e.step).to_vector() == e.expected);
    }
    CHECK(arange<std::int32_t>("s", 3).to_vector() == row<std::int32_t>{0, 1, 2});
    CHECK(arange<std::int32_t>("s", 3).shape().str() == "s=3");
    CHECK(arange<std::int32_t>(0, 2).shape().str() == "2");
    CHECK(arange<float>("s", 1, 3).to_vector() == row<float>{1, 2});
    CHECK(
        arange<std::int32_t>(2147483646, 2147483648).to_vector()
        == row<std::int32_t>{2147483646, 2147483647}
    );
}

TEST_CASE("arange: floats never reach the stop, however the quotient is rounded") {
    struct example {
        double start, stop, step;
        std::int64_t extent;
    };
    const std::vector<example> table = {
        {0, 1, 0.1, 10},
        {0, 0.3, 0.1, 3},
        {1, 1.3, 0.1, 3},  // numpy has four here, the last of them 1.3
        {0, 0.95, 0.1, 10},
        {-0.9, 0, 0.3, 3},  // the product is not rounded: the next one would be -5.6e-17
        {1, 0, -0.25, 4},
        {0, -1, 0.5, 0},
        {0.5, 0.5, 1, 0},
        {0, 1e-300, 1, 1},
        {-1e308, 0, 1e307, 10}};
    for (const auto& e : table) {
        CAPTURE(e.stop);
        CAPTURE(e.step);
        const auto x = arange<double>(e.start, e.stop, e.step);
        CHECK(x.volume() == e.extent);
        for (std::int64_t i = 0; i < x.volume(); ++i) {
            CHECK(x(i) == std::fma(double(i), e.step, e.start));
            CHECK((e.step > 0 ? x(i) < e.stop : x(i) > e.stop));
        }
    }
    CHECK(arange<float>(0, 0.3, 0.1).to_vector() == row<float>{0, 0.1F, 0.2F});
}

TEST_CASE("arange: steps that lead nowhere and ends that do not exist are refused") {
    CHECK(category_of([] { (void)arange<float>("s", 0, 1, 0); }) == "usage");
    CHECK(category_of([] { (void)arange<std::int64_t>(0, 1, 0); }) == "usage");
    CHECK(category_of([] { (void)arange<double>(0, inf); }) == "usage");
    CHECK(category_of([] { (void)arange<double>(not_a_number, 1); }) == "usage");
    CHECK(category_of([] { (void)arange<double>(0, 1, inf); }) == "usage");
    CHECK(category_of([] { (void)arange<double>(0, 1e300, 1); }) == "overflow");
    CHECK(category_of([] { (void)arange<double>(-1.7e308, 1.7e308, 1); }) == "overflow");
    CHECK(category_of([] { (void)arange<std::int64_t>(lowest, highest); }) == "overflow");
    CHECK(category_of([] { (void)arange<std::int64_t>(0, highest); }) == "overflow");
    CHECK(category_of([] { (void)arange<double>(0, 1e17); }) == "allocation");
    CHECK(category_of([] { (void)arange<std::int64_t>(0.5); }) == "dtype_mismatch");
    CHECK(
        category_of([] { (void)arange<std::int32_t>(0, 1LL << 40, 1LL << 39); }) == "dtype_mismatch"
    );
    CHECK(category_of([] { (void)arange<float>(0, 1e300, 1e299); }) == "dtype_mismatch");
    CHECK(category_of([] { (void)arange(dtype::boolean, {}, 0, 2); }) == "dtype_mismatch");
    CHECK(category_of([] { (void)arange<float>("a b", 2); }) == "rank_mismatch");
}

TEST_CASE("linspace: both ends are exact, and the row reads the same from either") {
    CHECK(linspace<double>("s", 0, 1, 5).to_vector() == row<double>{0, 0.25, 0.5, 0.75, 1});
    CHECK(linspace<double>("s", 0, 1, 5).shape().str() == "s=5");
    CHECK(linspace<float>(3, 4, 1).to_vector() == row<float>{3});
    CHECK(linspace<float>(3, 4, 0).volume() == 0);
    CHECK(linspace<float>(4, 3, 2).to_vector() == row<float>{4, 3});
    for (const std::int64_t count : {2, 3, 7, 10, 101}) {
        CAPTURE(count);
        const auto there = linspace<double>(0.1, 0.7, count);
        const auto back = linspace<double>(0.7, 0.1, count);
        CHECK(there(0) == 0.1);
        CHECK(there(count - 1) == 0.7);
        for (std::int64_t i = 0; i < count; ++i) {
            CHECK(there(i) == back(count - 1 - i));
            CHECK(there(i) == doctest::Approx(0.1 + 0.6 * double(i) / double(count - 1)));
        }
    }
    const auto widest = linspace<double>(-1.7e308, 1.7e308, 3);
    CHECK(widest.to_vector() == row<double>{-1.7e308, 0, 1.7e308});
    CHECK(category_of([] { (void)linspace<double>(0, inf, 3); }) == "usage");
    CHECK(category_of([] { (void)linspace<double>(0, 1, -1); }) == "size_mismatch");
    CHECK(category_of([] { (void)linspace<double>(0, 1, lowest); }) == "size_mismatch");
    CHECK(category_of([] { (void)linspace<float>(0, 1e300, 3); }) == "dtype_mismatch");
    CHECK(category_of([] { (void)linspace(dtype::int32, {}, 0, 1, 3); }) == "dtype_mismatch");
}

TEST_CASE("eye: ones where both positions are equal") {
    CHECK(eye<float>("i j", 2).to_vector() == row<float>{1, 0, 0, 1});
    CHECK(eye<float>("i j", 2).shape().str() == "i=2 j=2");
    CHECK(eye<std::int32_t>(2, 3).to_vector() == row<std::int32_t>{1, 0, 0, 0, 1, 0});
    CHECK(eye<bool>("i j", 3, 2).to_vector() == row<bool>{true, false, false, true, false, false});
    CHECK(eye<double>(0).shape().str() == "0 0");
    CHECK(category_of([] { (void)eye<float>("i i", 2); }) == "duplicate_axis");
    CHECK(category_of([] { (void)eye<float>("i", 2); }) == "rank_mismatch");
    CHECK(category_of([] { (void)eye<float>(-1); }) == "size_mismatch");
    CHECK(category_of([] { (void)eye<float>(1LL << 40); }) == "overflow");
}

TEST_CASE("from: lists of lists are tensors") {
    const auto matrix = from({{1, 2, 3}, {4, 5, 6}});
    static_assert(std::same_as<decltype(matrix), const tensor<std::int32_t>>);
    CHECK(matrix.shape().str() == "2 3");
    CHECK(matrix.to_vector() == row<std::int32_t>{1, 2, 3, 4, 5, 6});
    const auto doubles = from({{1.0, 2.0}});
    const auto floats = from({{1.0F}, {2.0F}});
    const auto bools = from({true, false});
    static_assert(std::same_as<decltype(doubles), const tensor<double>>);
    static_assert(std::same_as<decltype(floats), const tensor<float>>);
    static_assert(std::same_as<decltype(bools), const tensor<bool>>);

    CHECK(from<float>({{1, 2}, {3, 4}}, "b s").shape().str() == "b=2 s=2");
    CHECK(from({1, 2, 3}, "s").shape().str() == "s=3");
    CHECK(from<float>({1, 2}).shape().str() == "2");
    CHECK(from<float>({{1, 2}}).shape().str() == "1 2");
    CHECK(from<float>({{{1, 2}, {3, 4}}}, "a b c").shape().str() == "a=1 b=2 c=2");
    CHECK(from<float>({{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}}).shape().str() == "1 2 2 2");
    CHECK(from<double>({{{{1}}, {{2}}}, {{{3}}, {{4}}}}).to_vector() == row<double>{1, 2, 3, 4});
    CHECK(from<float>({{1, 2}, {3, 4}}, axis_names("(h=1 d) s")).shape().axes_text() == "(h d) s");
}

TEST_CASE("from: braces around single numbers are lists, whatever the element type") {
    CHECK(from<float>({{1}, {2}}).shape().str() == "2 1");
    CHECK(from<std::int32_t>({{1}, {2}}).shape().str() == "2 1");
    CHECK(from({{1}, {2}}).shape().str() == "2 1");
    CHECK(from<float>({{1}}).shape().str() == "1 1");
    CHECK(from<float>({{{1}}, {{2}}}).shape().str() == "2 1 1");
    CHECK(from<float>({1}).shape().str() == "1");
}

TEST_CASE("from: empty lists have the axes that can be seen") {
    CHECK(from<float>({}).shape().str() == "0");
    CHECK(from<float>({}, "s").shape().str() == "s=0");
    CHECK(from<float>({{}, {}}).shape().str() == "2 0");
    CHECK(from<float>({{{}, {}}}).shape().str() == "1 2 0");
}

TEST_CASE("from: a ragged list is refused, and the message says where") {
    const auto e = thrown_by([] { (void)from({{1, 2, 3}, {4, 5}}); });
    CHECK(e.kind == category::size_mismatch);
    CHECK(e.message == "the list at [1] has 2 entries where those before it have 3");
    CHECK(e.expected_extent == 3);
    CHECK(e.got_extent == 2);
    CHECK(
        thrown_by([] {
            (void)from<float>({{{1}, {2}}, {{3}, {4, 5}}});
        }).message
        == "the list at [1][1] has 2 entries where those before it have 1"
    );
    CHECK(category_of([] { (void)from<float>({{}, {1}}); }) == "size_mismatch");
    CHECK(category_of([] { (void)from({{1, 2}}, "s"); }) == "rank_mismatch");
    CHECK(category_of([] { (void)from({{1, 2}}, "s s"); }) == "duplicate_axis");
}

TEST_CASE("from: elements of lists, containers and spans under a shape") {
    const std::vector<float> values = {1, 2, 3, 4, 5, 6};
    const std::array<double, 4> array = {1, 2, 3, 4};

    CHECK(from(values, {2, 3})(1, 0) == 4);
    CHECK(from(values, axes("a b", {3, 2})).shape().str() == "a=3 b=2");
    CHECK(from<float>({1, 2, 3, 4}, {2, 2}).shape().str() == "2 2");
    CHECK(from<float>({}, {0, 2}).shape().str() == "0 2");
    CHECK(from<bool>({true, false}, axes("a", {2})).to_vector() == row<bool>{true, false});
    CHECK(from<double>(array, {2, 2})(1, 1) == 4);
    CHECK(from(std::span(values), {6})(5) == 6);
    CHECK(from(std::span(values).subspan(4), {2})(0) == 5);
    CHECK(category_of([&] { (void)from(values, {7}); }) == "size_mismatch");
    CHECK(category_of([&] { (void)from(values, axes("a", {5})); }) == "size_mismatch");
    CHECK(category_of([&] { (void)from<double>(array, {3}); }) == "size_mismatch");
}

TEST_CASE("from: a vector that is given away is not copied, and lives as long as its tensor") {
    std::vector<float> values = {1, 2, 3, 4};
    const float* const memory = values.data();

    tensor<float> x;
    const ledger bill = bill_of([&] { x = from(std::move(values), {2, 2}); });

    CHECK(x.data() == memory);
    CHECK(values.empty()
    );  // NOLINT(bugprone-use-after-move): that it was moved from is the question
    CHECK(records_of(bill).size() == 1);
    CHECK(bill.total().bytes() == 0);
    x.mut()[0] = 9;
    CHECK(x.data() == memory);
    const auto shared = x;
    x.mut()[0] = 7;
    CHECK(shared.to_vector() == row<float>{9, 2, 3, 4});
    CHECK(x.to_vector() == row<float>{7, 2, 3, 4});
    CHECK(from(std::vector<bool>{true, false}, {2}).to_vector() == row<bool>{true, false});
    CHECK(from(std::vector<float>{}, {0, 3}).to_vector().empty());
}

TEST_CASE("from: a vector that does not fit its shape stays with its owner") {
    std::vector<double> values = {1, 2, 3};

    CHECK(category_of([&] { (void)from(std::move(values), {2, 2}); }) == "size_mismatch");

    CHECK(values.size() == 3);  // NOLINT(bugprone-use-after-move)
}

TEST_CASE("create: what is made in a dry run is dry, and costs what it would") {
    const auto all = [] {
        (void)zeros<float>("a b", {2, 3});
        (void)ones_like(zeros<std::int64_t>({4}));
        (void)iota<double>(axes("a", {2}));
        (void)arange<float>("s", 0, 1, 0.1);
        (void)arange<std::int32_t>(7);
        (void)linspace<double>("s", 0, 1, 5);
        (void)eye<float>("i j", 3);
        (void)from({{1, 2}, {3, 4}});
        (void)from(std::vector<float>{1, 2}, {2});
    };
    const auto wet = records_of(bill_of(all));

    const dry_run on;

    CHECK(records_of(bill_of(all)) == wet);
    CHECK(arange<float>("s", 5).is_dry());
    CHECK(eye<float>(1 << 20).is_dry());
    CHECK(from({{1, 2}}).is_dry());
    CHECK(from(std::vector<float>{1, 2}, {2}).is_dry());
    CHECK(category_of([] { (void)arange<float>(0, 1, 0); }) == "usage");
    CHECK(category_of([] { (void)full<std::int32_t>(shape::of({-1}), 0); }) == "size_mismatch");
}

TEST_CASE("create: every maker writes its elements once, and computes nothing") {
    const auto bytes_of = [](const auto& make) {
        const ledger bill = bill_of(make);
        REQUIRE(bill.size() == 1);
        CHECK(bill.total().flops() == 0);
        CHECK(bill.total().int_ops == 0);
        CHECK(bill.total().bytes_read == 0);
        return bill.cost().total().bytes_written.str();
    };
    CHECK(bytes_of([] { (void)ones<float>("a b", {2, 3}); }) == "4*a*b");
    CHECK(bytes_of([] { (void)arange<double>("s", 3); }) == "8*s");
    CHECK(bytes_of([] { (void)linspace<float>("s", 0, 1, 3); }) == "4*s");
    CHECK(bytes_of([] { (void)eye<bool>("i j", 3, 2); }) == "i*j");
    CHECK(bytes_of([] { (void)from({{1, 2}, {3, 4}}, "b s"); }) == "4*b*s");
    const auto x = dry<float>("a", {3});
    CHECK(bytes_of([&] { (void)zeros_like(x); }) == "4*a");
}
