#include <abax/kernels/order.hpp>
#include <abax/kernels/order_items.hpp>
#include <abax/kernels/reference_order.hpp>

#include "counting.hpp"
#include "rows.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

using namespace kernels_test;
namespace kernels = abax::kernels;

namespace {

/// The last axis is the one that is put in order. 128 and more is sorted by bytes, less by comparison.
const std::vector<extents>& ordered_shapes() {
    static const std::vector<extents> all = {
        {1},
        {0},
        {17},
        {3, 0},
        {0, 3},
        {5, 7},
        {11, 130},
        {130, 11},
        {2, 3, 64},
        {3, 5, 2, 17},
        {2, 127},
        {3, 128},
        {2, 300},
        {800}};
    return all;
}

/// Few different values, so that most are ties; and, of floats, NaN, infinities and both zeros.
template <class T>
operand<T> with_ties(random_engine& random, const extents& shape, lie how) {
    auto x = make_operand<T>(random, shape, how);
    for (std::int64_t i = 0; i < x.count; ++i) {
        T& value = x.elements[static_cast<std::size_t>(i)];
        if constexpr (std::is_floating_point_v<T>) {
            constexpr T infinity = std::numeric_limits<T>::infinity();
            const T nan = std::copysign(
                std::numeric_limits<T>::quiet_NaN(), random() % 2 == 0 ? T{1} : T{-1}
            );
            const std::array<T, 8> some = {nan, infinity, -infinity, T{0}, -T{0}, 1, -1, T(0.5)};
            if (random() % 3 == 0)
                value = some[random() % some.size()];
        } else if constexpr (!std::is_same_v<T, bool>) {
            if (random() % 8 == 0)
                value = random() % 2 == 0 ? std::numeric_limits<T>::max()
                                          : std::numeric_limits<T>::lowest();
        }
    }
    return x;
}

/// body(shape, how the result lies, how the operand lies, descending) for all of them.
template <class Body>
void for_each_case(const Body& body) {
    for_each_lie(ordered_shapes(), [&](const extents& shape, lie out_lie, lie in_lie) {
        for (const bool descending : {false, true}) {
            CAPTURE(shape.back());
            CAPTURE(descending);
            body(shape, out_lie, in_lie, descending);
        }
    });
}

constexpr std::int64_t rows = 5;
constexpr std::int64_t length = 7;
constexpr std::int64_t n = rows * length;

std::vector<counting> rising() {
    std::vector<counting> x(static_cast<std::size_t>(n));
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i].value = static_cast<double>(i);
    return x;
}

template <class Body>
std::int64_t flops_of(const Body& body) {
    const tally all = count_of(body);
    REQUIRE(all.specials == 0);
    return all.flops;
}

}  // namespace

TEST_CASE_TEMPLATE(
    "sort: equals the reference, bit for bit", T, float, double, std::int32_t, std::int64_t, bool
) {
    constexpr unsigned seed = 60;
    CAPTURE(seed);
    random_engine random(seed);
    for_each_case([&](const extents& shape, lie out_lie, lie in_lie, bool descending) {
        const auto out = make_operand<T>(random, shape, out_lie);
        auto in = with_ties<T>(random, shape, in_lie);
        const auto nest = rows_of(shape, out, in);
        const auto along = last_axis(shape, out, in);

        check_equals_reference(
            out,
            [&](T* to) {
                kernels::sort(abax::dtype_of<T>, to, in.data(), nest, along, descending);
            },
            [&](T* to) { kernels::reference::sort(to, in.data(), nest, along, descending); }
        );
    });
}

TEST_CASE_TEMPLATE(
    "argsort: equals the reference", T, float, double, std::int32_t, std::int64_t, bool
) {
    constexpr unsigned seed = 61;
    CAPTURE(seed);
    random_engine random(seed);
    for_each_case([&](const extents& shape, lie out_lie, lie in_lie, bool descending) {
        const auto out = make_operand<std::int64_t>(random, shape, out_lie);
        auto in = with_ties<T>(random, shape, in_lie);
        const auto nest = rows_of(shape, out, in);
        const auto along = last_axis(shape, out, in);

        check_equals_reference(
            out,
            [&](std::int64_t* to) {
                kernels::argsort(abax::dtype_of<T>, to, in.data(), nest, along, descending);
            },
            [&](std::int64_t* to) {
                kernels::reference::argsort(to, in.data(), nest, along, descending);
            }
        );
    });
}

TEST_CASE_TEMPLATE(
    "topk: equals the reference, for few, most and all",
    T,
    float,
    double,
    std::int32_t,
    std::int64_t,
    bool
) {
    constexpr unsigned seed = 62;
    CAPTURE(seed);
    random_engine random(seed);
    for_each_case([&](const extents& shape, lie out_lie, lie in_lie, bool descending) {
        const std::int64_t extent = shape.back();
        for (const std::int64_t k : {std::int64_t{0}, std::int64_t{1}, extent / 3, extent}) {
            if (k > extent || (extent > 200 && k == extent))
                continue;
            CAPTURE(k);
            extents kept = shape;
            kept.back() = k;
            const auto values = make_operand<T>(random, kept, out_lie);
            auto in = with_ties<T>(random, shape, in_lie);
            auto indices = operand<std::int64_t>{
                std::make_unique<std::int64_t[]>(static_cast<std::size_t>(values.count)),
                values.count,
                values.start,
                values.stride};
            auto expected_indices = indices.copy();
            const auto nest = rows_of(shape, values, in);
            const kernels::row along = last_axis(shape, values, in);

            check_equals_reference(
                values,
                [&](T* to) {
                    kernels::topk(
                        abax::dtype_of<T>, to, indices.data(), in.data(), nest, along, k, descending
                    );
                },
                [&](T* to) {
                    kernels::reference::topk(
                        to, expected_indices.data(), in.data(), nest, along, k, descending
                    );
                }
            );
            CHECK(same_bits(indices, expected_indices));
        }
    });
}

TEST_CASE("topk: rows much longer than k, best first or last, are cut back again and again") {
    constexpr std::int64_t extent = 20'000;
    for (const bool rising_row : {false, true})
        for (const std::int64_t k : {1, 5, 300, 9'000}) {
            CAPTURE(rising_row);
            CAPTURE(k);
            std::vector<float> in(extent);
            for (std::int64_t i = 0; i < extent; ++i)
                in[static_cast<std::size_t>(i)] =
                    static_cast<float>((rising_row ? i : extent - i) / 3);
            std::vector<float> values(static_cast<std::size_t>(k));
            std::vector<std::int64_t> indices(values.size());
            std::vector<std::int64_t> sorted(in.size());

            kernels::topk(
                abax::dtype::float32,
                values.data(),
                indices.data(),
                in.data(),
                {},
                {extent, 1, 1},
                k
            );
            kernels::argsort(
                abax::dtype::float32, sorted.data(), in.data(), {}, {extent, 1, 1}, true
            );

            sorted.resize(indices.size());
            CHECK(indices == sorted);
        }
}

TEST_CASE_TEMPLATE(
    "sort: rows too long for packed items come out the same", T, float, std::int32_t, bool
) {
    constexpr unsigned seed = 63;
    CAPTURE(seed);
    random_engine random(seed);
    for (const std::int64_t extent : {1, 17, 600}) {
        auto in = with_ties<T>(random, {extent}, lie::packed);
        const kernels::detail::row_sorter<T, kernels::detail::packed_item> packed(extent, true);
        const kernels::detail::row_sorter<T, kernels::detail::wide_item> wide(extent, true);
        const auto* const a = packed.sorted(in.data(), 1);
        const auto* const b = wide.sorted(in.data(), 1);

        for (std::int64_t i = 0; i < extent; ++i)
            REQUIRE(a[i].position() == b[i].position());
    }
}

#ifdef _OPENMP
TEST_CASE("sort: called within a parallel region of the caller") {
    constexpr std::int64_t extent = 700;
    std::vector<float> in(extent);
    for (std::size_t i = 0; i < in.size(); ++i)
        in[i] = static_cast<float>(i * 37 % 701);
    std::vector<std::vector<float>> out(4, std::vector<float>(extent));

    // More threads than the kernel expects, with numbers beyond its own.
#pragma omp parallel for num_threads(4) schedule(static, 1)
    for (std::size_t i = 0; i < out.size(); ++i)
        kernels::sort(abax::dtype::float32, out[i].data(), in.data(), {}, {extent, 1, 1});

    std::sort(in.begin(), in.end());
    for (const auto& sorted : out)
        CHECK(sorted == in);
}
#endif

TEST_CASE_TEMPLATE(
    "cumulative_sum: equals the reference", T, float, double, std::int32_t, std::int64_t, bool
) {
    using sum = std::conditional_t<std::is_floating_point_v<T>, T, std::int64_t>;
    constexpr unsigned seed = 64;
    CAPTURE(seed);
    random_engine random(seed);
    for_each_lie(ordered_shapes(), [&](const extents& shape, lie out_lie, lie in_lie) {
        const auto out = make_operand<sum>(random, shape, out_lie);
        auto in = make_operand<T>(random, shape, in_lie);
        const auto nest = rows_of(shape, out, in);
        const auto along = last_axis(shape, out, in);

        check_equals_reference(
            out,
            [&](sum* to) {
                kernels::cumulative_sum(abax::dtype_of<T>, to, in.data(), nest, along);
            },
            [&](sum* to) {
                if constexpr (std::is_same_v<T, float>) {
                    // The oracle adds one after the other: in float its own error would be the larger one.
                    auto exact = make_operand<double>(random, shape, lie::packed);
                    const kernels::row to_exact = last_axis(shape, exact, in);
                    kernels::reference::cumulative_sum(
                        exact.data(), in.data(), rows_of(shape, exact, in), to_exact
                    );
                    kernels::reference::cast(to, exact.data(), nest_of(shape, out, exact));
                } else {
                    kernels::reference::cumulative_sum(to, in.data(), nest, along);
                }
            },
            1e-6
        );
    });
}

TEST_CASE("cumulative_sum: many rows side by side, for several threads") {
    constexpr unsigned seed = 65;
    CAPTURE(seed);
    random_engine random(seed);
    const extents shape = {300, 700};
    for (const lie in_lie : all_lies) {
        const auto out = make_operand<double>(random, shape, lie::packed);
        auto in = make_operand<double>(random, shape, in_lie);
        // Along the first axis: the neighbour in memory belongs to the next row.
        const kernels::loops<2> nest = {{700, {out.stride[1], in.stride[1]}}};
        const kernels::row along = {300, out.stride[0], in.stride[0]};

        check_equals_reference(
            out,
            [&](double* to) {
                kernels::cumulative_sum(abax::dtype::float64, to, in.data(), nest, along);
            },
            [&](double* to) { kernels::reference::cumulative_sum(to, in.data(), nest, along); },
            1e-5
        );
    }
}

TEST_CASE_TEMPLATE("cumulative_sum: the error does not grow with the length", T, float, double) {
    constexpr std::int64_t count = 10'000'000;
    const std::vector<T> tenths(static_cast<std::size_t>(count), T(0.1));
    std::vector<T> sums(tenths.size());

    kernels::cumulative_sum(abax::dtype_of<T>, sums.data(), tenths.data(), {}, {count, 1, 1});

    // In long double the sum of 1e7 equal numbers is their product within far less than a unit of T.
    const auto exact = static_cast<T>(static_cast<long double>(T(0.1)) * count);
    CHECK(std::abs(sums.back() - exact) <= std::numeric_limits<T>::epsilon() * exact);
}

TEST_CASE("cumulative_sum: infinities and NaN stay, what came before them is a number") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const std::vector<double> in = {1, infinity, 2, -infinity, 3};
    std::vector<double> out(in.size());

    kernels::cumulative_sum(abax::dtype::float64, out.data(), in.data(), {}, {5, 1, 1});

    CHECK(out[0] == 1);
    CHECK(out[1] == infinity);
    CHECK(out[2] == infinity);
    CHECK(std::isnan(out[3]));
    CHECK(std::isnan(out[4]));
}

TEST_CASE("cumulative_sum: what is lost beside a large number comes back when that is gone") {
    const std::vector<double> in = {1, 1e100, 1, -1e100};
    std::vector<double> out(in.size());

    kernels::cumulative_sum(abax::dtype::float64, out.data(), in.data(), {}, {4, 1, 1});

    CHECK(out == std::vector<double>{1, 1e100, 1e100, 2});
}

TEST_CASE("cumulative_sum: integers wrap around") {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    const std::vector<std::int64_t> in = {most, 1, -1};
    std::vector<std::int64_t> out(in.size());

    kernels::cumulative_sum(abax::dtype::int64, out.data(), in.data(), {}, {3, 1, 1});

    CHECK(out == std::vector<std::int64_t>{most, std::numeric_limits<std::int64_t>::min(), most});
}

TEST_CASE("counting: a running sum costs N - R additions, argmin N - R comparisons") {
    const auto in = rising();
    auto out = rising();
    std::array<std::int64_t, rows> positions = {};

    CHECK(
        flops_of([&] {
            kernels::reference::cumulative_sum(
                out.data(), in.data(), {{rows, {length, length}}}, {length, 1, 1}
            );
        })
        == n - rows
    );
    CHECK(
        flops_of([&] {
            kernels::reference::argmin(
                positions.data(), in.data(), {{rows, {1, length}}}, length, 1
            );
        })
        == n - rows
    );
}

TEST_CASE("counting: rows that are in order are sorted by N - R comparisons, others by more") {
    const auto in = rising();
    auto out = rising();
    const auto cost = [&](bool descending) {
        return flops_of([&] {
            kernels::reference::sort(
                out.data(), in.data(), {{rows, {length, length}}}, {length, 1, 1}, descending
            );
        });
    };

    CHECK(cost(false) == n - rows);
    CHECK(cost(true) == rows * length * (length - 1) / 2);
}

TEST_CASE("counting: the first k by scanning take less than kN comparisons, and nearly that many") {
    const auto in = rising();
    auto out = rising();
    std::array<std::int64_t, static_cast<std::size_t>(n)> positions = {};
    for (const std::int64_t k : {0, 1, 3}) {
        const std::int64_t cost = flops_of([&] {
            kernels::reference::topk(
                out.data(),
                positions.data(),
                in.data(),
                {{rows, {length, length}}},
                {length, 1, 1},
                k
            );
        });
        // Each scan skips what was taken before, and has a first that is compared with nothing.
        CHECK(cost == k * n - rows * k * (k + 1) / 2);
    }
}
