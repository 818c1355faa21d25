#include "counting.hpp"

#include <abax/kernels/reference.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

using namespace kernels_test;
namespace kernels = abax::kernels;

namespace {

constexpr std::int64_t rows = 5;
constexpr std::int64_t length = 7;
constexpr std::int64_t n = rows * length;

}  // namespace

TEST_CASE("counting: element-wise functions cost what the table says, for each element") {
    struct cost {
        kernels::unary op;
        tally of_each;
    };
    using kernels::unary;
    constexpr auto table = std::to_array<cost>(
        {{unary::negate, {1, 0}},
         {unary::relu, {1, 0}},
         {unary::exp, {0, 1}},
         {unary::log, {0, 1}},
         {unary::sqrt, {0, 1}},
         {unary::rsqrt, {0, 1}},
         {unary::tanh, {0, 1}},
         {unary::erf, {0, 1}},
         {unary::sin, {0, 1}},
         {unary::cos, {0, 1}},
         {unary::sigmoid, {3, 1}},
         {unary::silu, {3, 1}},
         {unary::gelu_erf, {4, 1}},
         {unary::gelu_tanh, {8, 1}}}
    );
    const auto in = numbers(n);
    auto out = numbers(n);
    for (const auto& row : table) {
        CAPTURE(static_cast<int>(row.op));
        const tally cost = count_of([&] {
            kernels::reference::map(row.op, out.data(), in.data(), {{n, {1, 1}}});
        });
        CHECK(cost.flops == n * row.of_each.flops);
        CHECK(cost.specials == n * row.of_each.specials);
    }
}

TEST_CASE("counting: softmax costs 4N - 2R and N specials") {
    const auto in = numbers(n);
    auto out = numbers(n);

    const tally cost = count_of([&] {
        kernels::reference::softmax(
            out.data(), in.data(), {{rows, {length, length}}}, {length, 1, 1}
        );
    });

    CHECK(cost == tally{4 * n - 2 * rows, n});
}

TEST_CASE("counting: layer norm costs 7N + R and R specials") {
    const auto in = numbers(n);
    const auto gain = numbers(length);
    const auto bias = numbers(length);
    auto out = numbers(n);

    const tally cost = count_of([&] {
        kernels::reference::layer_norm(
            out.data(),
            in.data(),
            gain.data(),
            bias.data(),
            1e-5,
            {{rows, {length, length}}},
            {length, 1, 1},
            1,
            1
        );
    });

    CHECK(cost == tally{7 * n + rows, rows});
}

TEST_CASE("counting: a reduction of N elements to R costs N - R, a mean N") {
    using kernels::reduction;
    const auto in = numbers(n);
    auto out = numbers(rows);
    const auto cost = [&](reduction how) {
        return count_of([&] {
            kernels::reference::reduce(
                how, out.data(), in.data(), {{rows, {1, length}}}, {{length, {0, 1}}}
            );
        });
    };

    CHECK(cost(reduction::sum) == tally{n - rows, 0});
    CHECK(cost(reduction::prod) == tally{n - rows, 0});
    CHECK(cost(reduction::min) == tally{n - rows, 0});
    CHECK(cost(reduction::max) == tally{n - rows, 0});
    CHECK(cost(reduction::mean) == tally{n, 0});
}

TEST_CASE("counting: argmax costs N - R comparisons") {
    const auto in = numbers(n);
    std::array<std::int64_t, rows> out = {};

    const tally cost = count_of([&] {
        kernels::reference::argmax(out.data(), in.data(), {{rows, {1, length}}}, length, 1);
    });

    CHECK(cost == tally{n - rows, 0});
}

TEST_CASE(
    "counting: a contraction costs 2 for each combination of all its axes, accumulating or not"
) {
    constexpr std::int64_t batch = 2, m = 3, k = 5, columns = 4;
    const auto a = numbers(batch * m * k);
    const auto b = numbers(batch * k * columns);
    auto out = numbers(batch * m * columns);
    for (const bool accumulate : {false, true}) {
        const tally cost = count_of([&] {
            kernels::reference::contract(
                out.data(),
                a.data(),
                b.data(),
                {{batch, {m * columns, m * k, k * columns}}},
                {{m, {columns, k, 0}}},
                {{columns, {1, 0, 1}}},
                {{k, {0, 1, columns}}},
                accumulate
            );
        });
        CHECK(cost == tally{2 * batch * m * k * columns, 0});
    }
}

TEST_CASE("counting: moves, selections and gathers cost nothing") {
    const auto in = numbers(n);
    auto out = numbers(n);
    const std::array<bool, 2> chosen = {true, false};
    const std::array<std::int64_t, 2> ids = {4, 2};

    const tally cost = count_of([&] {
        kernels::reference::move(out.data(), in.data(), {{n, {1, 1}}});
        kernels::reference::select(
            out.data(), chosen.data(), in.data(), in.data(), {{2, {1, 1, 1, 0}}}
        );
        kernels::reference::take(
            out.data(), in.data(), ids.data(), {{2, {length, 1}}}, {{length, {1, 1}}}, length
        );
    });

    CHECK(cost == tally{0, 0});
}
