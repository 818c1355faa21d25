#include <abax/kernels/clip.hpp>
#include <abax/kernels/reference_clip.hpp>
#include <abax/ops/clip.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/views.hpp>

#include "../kernels/support.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

template <class T>
constexpr T infinity = std::numeric_limits<T>::infinity();

}  // namespace

TEST_CASE_TEMPLATE(
    "clip: the kernel is its reference, for every layout",
    T,
    float,
    double,
    std::int32_t,
    std::int64_t
) {
    kernels_test::random_engine random(17);
    const std::vector<extents> shapes = {
        {}, {0}, {1}, {7}, {3, 5}, {2, 0, 3}, {5, 1, 7}, {2, 3, 5, 7}, {1500}, {40, 50}};
    for (const extents& e : shapes)
        for (const auto out_lie : kernels_test::all_lies)
            for (const auto in_lie : kernels_test::all_lies) {
                auto in = kernels_test::make_operand<T>(random, e, in_lie);
                auto out = kernels_test::make_operand<T>(random, e, out_lie);
                auto expected = out.copy();
                kernels::loops<2> nest;
                for (std::size_t i = 0; i < e.size(); ++i)
                    nest.push_back({e[i], {out.stride[i], in.stride[i]}});
                const T low = T(-1);
                const T high = T(2);

                kernels::clip(dtype_of<T>, out.data(), in.data(), &low, &high, nest);

                kernels::reference::clip(expected.data(), in.data(), low, high, nest);
                for (std::int64_t i = 0; i < out.count; ++i)
                    REQUIRE(out.elements[i] == expected.elements[i]);
            }
}

TEST_CASE("clip: works in place") {
    std::vector<float> x = {-5, 0, 5, 1};
    const float low = -1;
    const float high = 1;

    kernels::clip(dtype::float32, x.data(), x.data(), &low, &high, {{4, {1, 1}}});

    CHECK(x == std::vector<float>{-1, 0, 1, 1});
}

TEST_CASE_TEMPLATE("clip: bounds, infinities, and NaN stays NaN", T, float, double) {
    const T nan = std::numeric_limits<T>::quiet_NaN();
    const auto x =
        from<T>({-infinity<T>, -2, -1, T(-0.5), 0, 1, 3, infinity<T>, nan}, axes("s", {9}));

    const auto y = clip(x, -1, 1.0).to_vector();

    const std::vector<T> expected = {-1, -1, -1, T(-0.5), 0, 1, 1, 1};
    for (std::size_t i = 0; i < expected.size(); ++i)
        CHECK(y[i] == expected[i]);
    CHECK(std::isnan(y[8]));
    CHECK(std::signbit(clip(full<T>(shape{}, -T{0}), 0, 1).item()));
    // Bounds may be equal, or infinite.
    CHECK(clip(x, 2, 2).to_vector()[0] == 2);
    CHECK(clip(x, -infinity<double>, 1).to_vector()[0] == -infinity<T>);
    CHECK(clip(x, -1, infinity<double>).to_vector()[7] == infinity<T>);
}

TEST_CASE("clip: a NaN stays one wherever it stands, in a register or behind the last one") {
    for (std::int64_t at = 0; at < 40; ++at) {
        CAPTURE(at);
        const auto x = laid<float>(axes("s", {40}), lie::packed, [&](std::int64_t i) {
            return i == at ? std::nanf("") : static_cast<float>(i - 20);
        });
        const auto y = clip(x, -3, 4);
        for (std::int64_t i = 0; i < 40; ++i)
            if (i == at)
                REQUIRE(std::isnan(y(i)));
            else
                REQUIRE(y(i) == std::fmin(std::fmax(x(i), -3), 4));
    }
}

TEST_CASE("clip: integers, and views of all kinds") {
    const auto x = iota<std::int64_t>(axes("s t", {3, 4}), -5);

    for (const auto& y :
         {x, permute(x, "t s"), flip(x, "s t"), broadcast(x, "h", 3), unfold(x, "t", "w", 2)}) {
        CAPTURE(y.shape().str());
        const auto z = clip(y, -2, 3);
        CHECK(z.shape() == y.shape());
        for_each_position(y.shape().extents(), [&](const extents& at) {
            const auto value = element_at<std::int64_t>(y.any(), at);
            REQUIRE(
                element_at<std::int64_t>(z.any(), at)
                == (value < -2  ? -2
                    : value > 3 ? 3
                                : value)
            );
        });
    }
    constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
    CHECK(clip(full<std::int64_t>(shape{}, lowest), lowest, 0).item() == lowest);
    CHECK(clip(zeros<float>(axes("s", {0})), 0, 1).volume() == 0);
}

TEST_CASE("clip: keeps names and memory, and refuses what cannot be meant") {
    const auto x = counted(axes("b (m: h d)", {2, 6}, {{"h", 2}}));
    CHECK(clip(x, 0, 1).shape().axes_text() == "b (m: h d)");

    const auto e = thrown_by([&] { (void)clip(x, 2, 1); });
    CHECK(e.kind == category::usage);
    CHECK(e.operation == "clip");
    CHECK(e.expected == "low <= high");
    CHECK(category_of([&] { (void)clip(x, std::nan(""), 1); }) == "usage");
    CHECK(category_of([&] { (void)clip(x, 0, std::nan("")); }) == "usage");
    CHECK(category_of([&] { (void)clip(x, 0, 1e300); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)clip(zeros<bool>(axes("s", {2})), 0, 1); }) == "dtype_mismatch");
    const auto ids = zeros<std::int32_t>(axes("s", {2}));
    CHECK(category_of([&] { (void)clip(ids, 0, 0.5); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)clip(ids, 0, std::int64_t{1} << 40); }) == "dtype_mismatch");
    CHECK(
        category_of([&] {
            (void)clip(rearrange(named_tensor("b s", {2, 3}), "b s -> b 1 s"), 0, 1);
        })
        == "name_mismatch"
    );
    const dry_run on;
    CHECK(category_of([&] { (void)clip(dry<float>(axes("s", {2})), 2, 1); }) == "usage");
}

TEST_CASE("clip is one record of two comparisons an element") {
    const auto run = [](const tensor<float>& x, const tensor<std::int32_t>& ids) {
        return records_of(bill_of([&] {
            (void)clip(x, 0, 1);
            (void)clip(ids, 0, 1);
        }));
    };
    const shape of_x = axes("b s", {2, 7});

    const auto wet = run(counted(of_x), counted<std::int32_t>(of_x));

    REQUIRE(wet.size() == 2);
    counters expected;
    expected.flops_vec = 2 * 14;
    expected.bytes_read = 4 * 14;
    expected.bytes_written = 4 * 14;
    CHECK(wet[0].operation == "clip");
    CHECK(wet[0].kind == op_class::elementwise);
    CHECK(wet[0].counted == expected);
    CHECK(wet[1].counted.int_ops == 2 * 14);
    CHECK(wet[1].counted.flops_vec == 0);
    CHECK(run(dry<float>(of_x), dry<std::int32_t>(of_x)) == wet);
    const auto repeated =
        records_of(bill_of([&] { (void)clip(broadcast(dry<float>(of_x), "h", 3), 0, 1); }));
    CHECK(repeated[1].counted.flops_vec == 3 * 28);
    CHECK(repeated[1].counted.bytes_read == 4 * 14);
}

namespace {

std::int64_t comparisons = 0;

// A number that counts what it is compared with.
struct compared {
    double value = 0;
    friend bool operator<(compared a, compared b) {
        ++comparisons;
        return a.value < b.value;
    }
};

}  // namespace

TEST_CASE("clip: the reference compares each element twice, as the bill says") {
    const std::vector<compared> x = {{-3}, {0}, {3}, {0.5}, {-0.5}};
    std::vector<compared> out(x.size());
    comparisons = 0;

    kernels::reference::clip(out.data(), x.data(), compared{-1}, compared{1}, {{5, {1, 1}}});

    CHECK(comparisons == 2 * 5);
    CHECK(out[0].value == -1);
    CHECK(out[2].value == 1);
}
