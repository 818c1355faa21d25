#include <abax/kernels/reference_rows.hpp>

#include "rows.hpp"

#include <doctest/doctest.h>

#include <optional>

using namespace kernels_test;
namespace kernels = abax::kernels;

namespace {

/// A target for each row of `shape`, whose last axis holds the classes; some are `ignored`.
template <class Id>
operand<Id> make_targets(
    random_engine& random, const extents& shape, lie how, std::optional<std::int64_t> ignored
) {
    const extents rows(shape.begin(), shape.end() - 1);
    auto targets = make_operand<Id>(random, rows, how);
    for (std::int64_t i = 0; i < targets.count; ++i)
        targets.elements[static_cast<std::size_t>(i)] =
            ignored && random() % 3 == 0
                ? static_cast<Id>(*ignored)
                : static_cast<Id>(random() % static_cast<std::uint64_t>(shape.back()));
    return targets;
}

}  // namespace

TEST_CASE_TEMPLATE("log_softmax: equals the reference", T, float, double) {
    constexpr unsigned seed = 62;
    CAPTURE(seed);
    random_engine random(seed);
    for_each_lie(row_shapes(), [&](const extents& shape, lie out_lie, lie in_lie) {
        const auto out = make_operand<T>(random, shape, out_lie);
        auto in = make_operand<T>(random, shape, in_lie);
        const auto rows = rows_of(shape, out, in);
        const auto along = last_axis(shape, out, in);

        check_equals_reference(
            out,
            [&](T* to) { kernels::log_softmax(abax::dtype_of<T>, to, in.data(), rows, along); },
            [&](T* to) { kernels::reference::log_softmax(to, in.data(), rows, along); },
            5e-6
        );
    });
}

TEST_CASE_TEMPLATE(
    "log_softmax: NaN, infinities and huge numbers come out as the formula gives them",
    T,
    float,
    double
) {
    constexpr T infinity = std::numeric_limits<T>::infinity();
    constexpr T nan = std::numeric_limits<T>::quiet_NaN();
    for (const std::int64_t extent : {1, 3, 16, 21, 64})
        for (const T special : {infinity, -infinity, nan, T{1e30F}, T{-1e30F}, T{1e4F}, T{-1e4F}})
            for (const bool everywhere : {false, true}) {
                CAPTURE(extent);
                CAPTURE(special);
                std::vector<T> in(static_cast<std::size_t>(extent), everywhere ? special : T{1});
                in.back() = special;
                std::vector<T> fast(in.size());
                std::vector<T> expected(in.size());

                kernels::log_softmax(abax::dtype_of<T>, fast.data(), in.data(), {}, {extent, 1, 1});
                kernels::reference::log_softmax(expected.data(), in.data(), {}, {extent, 1, 1});

                for (std::size_t i = 0; i < in.size(); ++i)
                    CHECK(close(fast[i], expected[i], 1e-6));
            }
}

TEST_CASE_TEMPLATE(
    "cross_entropy: equals the reference, for both kinds of ids, with and without ignored rows",
    T,
    float,
    double
) {
    using Id = std::conditional_t<std::is_same_v<T, float>, std::int64_t, std::int32_t>;
    constexpr unsigned seed = 63;
    CAPTURE(seed);
    random_engine random(seed);
    for (const auto& shape : row_shapes())
        for (const lie how : all_lies)
            for (const std::optional<std::int64_t> ignored :
                 {std::optional<std::int64_t>(), std::optional<std::int64_t>(-100)}) {
                if (shape.back() == 0)
                    continue;  // there is no target then
                const extents row_shape(shape.begin(), shape.end() - 1);
                auto in = make_operand<T>(random, shape, how);
                auto targets = make_targets<Id>(random, shape, how, ignored);
                const auto each = make_operand<T>(random, row_shape, how);
                const auto single = make_operand<T>(random, {}, lie::packed);
                const kernels::target_ids ids{abax::dtype_of<Id>, targets.data(), ignored};
                const auto rows = nest_of(row_shape, each, in, targets);
                const auto mean_rows = nest_of(row_shape, in, targets);
                const std::int64_t stride = in.stride.back();

                check_equals_reference(
                    each,
                    [&](T* to) {
                        kernels::cross_entropy_rows(
                            abax::dtype_of<T>, to, in.data(), ids, rows, shape.back(), stride
                        );
                    },
                    [&](T* to) {
                        kernels::reference::cross_entropy_rows(
                            to, in.data(), targets.data(), ignored, rows, shape.back(), stride
                        );
                    },
                    5e-6
                );

                check_equals_reference(
                    single,
                    [&](T* to) {
                        kernels::cross_entropy_mean(
                            abax::dtype_of<T>, to, in.data(), ids, mean_rows, shape.back(), stride
                        );
                    },
                    [&](T* to) {
                        kernels::reference::cross_entropy_mean(
                            to, in.data(), targets.data(), ignored, mean_rows, shape.back(), stride
                        );
                    },
                    1e-5
                );
            }
}

TEST_CASE("first_wrong_target: the first in the order of the loops, ignored ones passed over") {
    const std::vector<std::int64_t> ids = {0, 4, -100, 5, -1};
    const kernels::target_ids all{abax::dtype::int64, ids.data(), std::nullopt};
    const kernels::target_ids some{abax::dtype::int64, ids.data(), -100};

    CHECK(kernels::first_wrong_target(all, {{5, {1}}}, 5) == 2);
    CHECK(kernels::first_wrong_target(some, {{5, {1}}}, 5) == 3);
    CHECK(kernels::first_wrong_target(some, {{5, {1}}}, 6) == 4);
    CHECK(kernels::first_wrong_target(some, {{3, {1}}}, 5) == -1);
    CHECK(kernels::first_wrong_target(some, {{0, {1}}}, 5) == -1);
}
