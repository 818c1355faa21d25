#include <abax/account/bill_cost.hpp>
#include <abax/kernels/reference_statistics.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/statistics.hpp>

#include "../kernels/counting.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

template <class X>
concept normalized_without_axis = requires(const X& x) {
    normalize(x);
};

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr float infinite = std::numeric_limits<float>::infinity();

}  // namespace

TEST_CASE("normalize: each vector has length 1 and its direction") {
    const auto x = from<float>({{3, 4}, {0, -2}}, "b m");
    CHECK(normalize(x, "m").to_vector() == std::vector<float>{0.6F, 0.8F, 0, -1});
    CHECK(normalize(x, "m").shape() == x.shape());
    const auto y = normalize(from<double>({{3, 4}, {4, 3}}), 0).to_vector();
    CHECK(y == std::vector<double>{0.6, 0.8, 0.8, 0.6});
    const auto whole = normalize(from<double>({{1, 1}, {1, 1}}), {0, 1}).to_vector();
    CHECK(whole == std::vector<double>{0.5, 0.5, 0.5, 0.5});
}

TEST_CASE_TEMPLATE(
    "normalize: equals the reference, whatever the layout and the axes", T, float, double
) {
    for (const lie how : all_lies) {
        CAPTURE(how);
        const auto x =
            laid<T>(axes("b s m", {3, 5, 37}), how, [](std::int64_t i) { return i % 11 - 4; });
        const auto packed_x = from(x.to_vector(), x.shape());
        const auto got = normalize(x, "m").to_vector();
        std::vector<T> wanted(got.size());
        kernels::reference::normalize(
            wanted.data(), packed_x.data(), {{15, {37, 37}}}, {{37, {1, 1}}}, 1e-12
        );
        for (std::size_t i = 0; i < got.size(); ++i)
            CHECK(got[i] == doctest::Approx(wanted[i]).epsilon(1e-6));

        const auto across = normalize(x, "s b").to_vector();
        kernels::reference::normalize(
            wanted.data(), packed_x.data(), {{37, {1, 1}}}, {{15, {37, 37}}}, 1e-12
        );
        for (std::size_t i = 0; i < across.size(); ++i)
            CHECK(across[i] == doctest::Approx(wanted[i]).epsilon(1e-6));
    }
}

TEST_CASE(
    "normalize: the norm of the result is 1, and of the operand's norm times the result the operand"
) {
    const auto x = counted<double>(axes("b m", {3, 5}));
    const auto y = normalize(x, "m");
    for (const double length : norm(y, "m").to_vector())
        CHECK(length == doctest::Approx(1));
    const auto again = (y * norm(x, "m")).to_vector();
    const auto wanted = x.to_vector();
    for (std::size_t i = 0; i < wanted.size(); ++i)
        CHECK(again[i] == doctest::Approx(wanted[i]));
}

TEST_CASE("normalize: short vectors are divided by epsilon, so that 0 stays 0") {
    const auto x = from<float>({{0, 0}, {0.5F, 0}, {3, 4}}, "b m");
    CHECK(normalize(x, "m").to_vector() == std::vector<float>{0, 0, 1, 0, 0.6F, 0.8F});
    CHECK(normalize(x, "m", 2).to_vector() == std::vector<float>{0, 0, 0.25F, 0, 0.6F, 0.8F});
    const auto bare = normalize(x, "m", 0).to_vector();
    CHECK(std::isnan(bare[0]));
    CHECK(bare[2] == 1);
}

TEST_CASE("normalize: NaN and infinity stay in their vectors") {
    const auto y =
        normalize(from<float>({{not_a_number, 1}, {infinite, 1}, {3, 4}}, "b m"), "m").to_vector();
    CHECK(std::isnan(y[0]));
    CHECK(std::isnan(y[1]));
    CHECK(std::isnan(y[2]));
    CHECK(y[3] == 0);
    CHECK(y[4] == 0.6F);
}

TEST_CASE("normalize: extents 0 and 1, rank 0 along no axis") {
    CHECK(normalize(zeros<float>("b m", {0, 3}), "m").volume() == 0);
    CHECK(normalize(zeros<float>("b m", {3, 0}), "m").volume() == 0);
    CHECK(normalize(from<float>({{-2}, {3}}, "b m"), "m").to_vector() == std::vector<float>{-1, 1});
}

TEST_CASE("normalize: names no axis, no price: it does not compile; other mistakes are errors") {
    static_assert(!normalized_without_axis<tensor<float>>);
    const auto x = counted<float>(axes("b m", {2, 3}));
    CHECK(category_of([&] { (void)normalize(x, "q"); }) == "unknown_axis");
    CHECK(category_of([&] { (void)normalize(x, "m m"); }) == "duplicate_axis");
    CHECK(category_of([&] { (void)normalize(x, 0); }) == "usage");
    CHECK(category_of([&] { (void)normalize(x, "m", -1); }) == "usage");
    CHECK(category_of([&] { (void)normalize(x, "m", not_a_number); }) == "usage");
    CHECK(
        category_of([&] {
            (void)normalize(counted<std::int32_t>(axes("b m", {2, 3})), "m");
        })
        == "dtype_mismatch"
    );
}

TEST_CASE("normalize: one record of 3N FLOPs and R specials, which the counting reference confirms"
) {
    constexpr std::int64_t rows = 4, length = 6, n = rows * length;
    const auto in = kernels_test::numbers(n);
    auto out = kernels_test::numbers(n);
    const kernels_test::tally measured = kernels_test::count_of([&] {
        kernels::reference::normalize(
            out.data(), in.data(), {{rows, {length, length}}}, {{length, {1, 1}}}, 1e-12
        );
    });
    CHECK(measured == kernels_test::tally{3 * n, rows});

    const auto x = counted<float>(axes("b m", {rows, length}));
    const ledger bill = bill_of([&] { (void)normalize(x, "m"); });
    REQUIRE(bill.size() == 1);
    CHECK(bill.counted(0).flops_vec == 3 * n);
    CHECK(bill.counted(0).specials == rows);
    CHECK(bill.counted(0).bytes_read == 4 * n);
    CHECK(bill.counted(0).bytes_written == 4 * n);
    CHECK(records_of(bill)[0].kind == op_class::normalization);
}

TEST_CASE("normalize: a dry tensor gives a dry one and the same bill") {
    const auto wet = bill_of([] { (void)normalize(zeros<float>("b m", {2, 3}), "m"); });
    const auto dry_bill = bill_of([] {
        const auto y = normalize(dry<float>("b m", {2, 3}), "m");
        CHECK(y.is_dry());
    });
    CHECK(records_of(wet).back() == records_of(dry_bill).back());
}
