#include <abax/kernels/reference_rows.hpp>

#include "counting.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

using namespace kernels_test;
namespace kernels = abax::kernels;

namespace {

constexpr std::int64_t rows = 5;
constexpr std::int64_t length = 8;
constexpr std::int64_t n = rows * length;

}  // namespace

TEST_CASE("counting: RMS norm costs 4N + R and R specials") {
    const auto in = numbers(n);
    const auto gain = numbers(length);
    auto out = numbers(n);

    const tally cost = count_of([&] {
        kernels::reference::rms_norm(
            out.data(), in.data(), gain.data(), 1e-5, {{rows, {length, length}}}, {length, 1, 1}, 1
        );
    });

    CHECK(cost == tally{4 * n + rows, rows});
}

TEST_CASE("counting: a rotary embedding costs 3N, whichever elements are pairs") {
    const auto in = numbers(n);
    const auto cosines = numbers(n);
    const auto sines = numbers(n);
    auto out = numbers(n);
    for (const auto pairs : {kernels::pairing::halves, kernels::pairing::neighbours})
        for (const bool for_each_element : {false, true}) {
            const tally cost = count_of([&] {
                kernels::reference::rotate(
                    out.data(),
                    in.data(),
                    cosines.data(),
                    sines.data(),
                    {{rows, {length, length, 0, 0}}},
                    {length, 1, 1},
                    pairs,
                    {1, 1, for_each_element}
                );
            });

            CHECK(cost == tally{3 * n, 0});
        }
}

TEST_CASE("counting: the tables of a rotary embedding cost 1 multiplication and 2 specials an angle"
) {
    const auto frequencies = numbers(length);
    auto cosines = numbers(n);
    auto sines = numbers(n);

    const tally cost = count_of([&] {
        kernels::reference::rotation_tables(
            cosines.data(), sines.data(), 0, rows, frequencies.data(), length
        );
    });

    CHECK(cost == tally{n, 2 * n});
}

TEST_CASE("counting: log-softmax costs 4N - 2R and N + R specials") {
    const auto in = numbers(n);
    auto out = numbers(n);

    const tally cost = count_of([&] {
        kernels::reference::log_softmax(
            out.data(), in.data(), {{rows, {length, length}}}, {length, 1, 1}
        );
    });

    CHECK(cost == tally{4 * n - 2 * rows, n + rows});
}

TEST_CASE("counting: cross-entropy costs 3N + R with its mean, 3N for each row, and N + R specials"
) {
    const auto in = numbers(n);
    auto out = numbers(n);
    const std::vector<std::int64_t> targets = {0, 3, 7, 1, 1};

    const tally mean = count_of([&] {
        kernels::reference::cross_entropy_mean(
            out.data(), in.data(), targets.data(), std::nullopt, {{rows, {length, 1}}}, length, 1
        );
    });
    const tally each = count_of([&] {
        kernels::reference::cross_entropy_rows(
            out.data(), in.data(), targets.data(), std::nullopt, {{rows, {1, length, 1}}}, length, 1
        );
    });

    CHECK(mean == tally{3 * n + rows, n + rows});
    CHECK(each == tally{3 * n, n + rows});
}
