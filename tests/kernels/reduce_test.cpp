#include <abax/kernels/order.hpp>
#include <abax/kernels/reference.hpp>
#include <abax/kernels/reference_order.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

using namespace kernels_test;
namespace kernels = abax::kernels;
using kernels::reduction;

namespace {

struct reduced_shape {
    extents kept;
    extents reduced;
};

const std::vector<reduced_shape>& reduced_shapes() {
    static const std::vector<reduced_shape> all = {
        {{}, {}},
        {{}, {0}},
        {{3}, {0}},
        {{0}, {5}},
        {{}, {17}},
        {{7}, {}},
        {{1}, {1}},
        {{5}, {11}},
        {{64}, {130}},
        {{130}, {3}},
        {{3, 5}, {7}},
        {{2, 3}, {5, 7}},
        {{17}, {2, 3, 11}},
        {{5, 64}, {3}},
        {{}, {400000}},
        {{3}, {90001}},
        {{1500}, {301}},
        {{}, {130, 1100}},
        {{2, 3}, {40000}}};
    return all;
}

template <class Out, class T>
void check_reduction(reduction how, random_engine& random, const reduced_shape& shape, lie in_lie) {
    CAPTURE(static_cast<int>(how));
    CAPTURE(static_cast<int>(in_lie));
    CAPTURE(shape.kept.size());
    CAPTURE(shape.reduced.size());
    // Random places for the reduced axes, so that each may be the innermost of the operand.
    extents all = shape.kept;
    all.insert(all.end(), shape.reduced.begin(), shape.reduced.end());
    const auto out = make_operand<Out>(random, shape.kept, lie::permuted);
    auto in = make_operand<T>(random, all, in_lie);
    if (how == reduction::prod)
        for (std::int64_t i = 0; i < in.count; ++i)
            in.elements[static_cast<std::size_t>(i)] = static_cast<T>(random() % 2 == 0 ? 1 : -1);
    kernels::loops<2> kept;
    kernels::loops<2> reduced;
    for (std::size_t d = 0; d < all.size(); ++d)
        if (d < shape.kept.size())
            kept.push_back({all[d], {out.stride[d], in.stride[d]}});
        else
            reduced.push_back({all[d], {0, in.stride[d]}});

    // Positive and negative terms cancel: the tolerance is one of the terms, not of the sum.
    check_equals_reference(
        out,
        [&](Out* to) { kernels::reduce(how, abax::dtype_of<T>, to, in.data(), kept, reduced); },
        [&](Out* to) {
            if constexpr (std::is_floating_point_v<Out>) {
                // The oracle adds one after the other: in float its own error would be the larger one.
                auto exact = make_operand<double>(random, shape.kept, lie::packed);
                auto nest = kept;
                for (std::size_t d = 0; d < nest.size(); ++d)
                    nest[d].stride[0] = exact.stride[d];
                kernels::reference::reduce(how, exact.data(), in.data(), nest, reduced);
                kernels::reference::cast(to, exact.data(), nest_of(shape.kept, out, exact));
            } else {
                kernels::reference::reduce(how, to, in.data(), kept, reduced);
            }
        },
        5e-5
    );
}

}  // namespace

TEST_CASE_TEMPLATE(
    "reduce: equals the reference", T, float, double, std::int32_t, std::int64_t, bool
) {
    using wide = std::conditional_t<std::is_floating_point_v<T>, T, std::int64_t>;
    using mean = std::conditional_t<std::is_floating_point_v<T>, T, double>;
    constexpr unsigned seed = 20;
    CAPTURE(seed);
    random_engine random(seed);
    for (const auto& shape : reduced_shapes())
        for (const lie how : all_lies) {
            check_reduction<wide, T>(reduction::sum, random, shape, how);
            check_reduction<wide, T>(reduction::prod, random, shape, how);
            check_reduction<mean, T>(reduction::mean, random, shape, how);
            check_reduction<bool, T>(reduction::any, random, shape, how);
            check_reduction<bool, T>(reduction::all, random, shape, how);
            if (std::count(shape.reduced.begin(), shape.reduced.end(), 0) == 0) {
                check_reduction<T, T>(reduction::min, random, shape, how);
                check_reduction<T, T>(reduction::max, random, shape, how);
            }
        }
}

TEST_CASE("reduce: result types") {
    using abax::dtype;
    CHECK(result_of(reduction::any, dtype::float32) == dtype::boolean);
    CHECK(result_of(reduction::all, dtype::int64) == dtype::boolean);
    CHECK(result_of(reduction::sum, dtype::boolean) == dtype::int64);
    CHECK(result_of(reduction::prod, dtype::int32) == dtype::int64);
    CHECK(result_of(reduction::sum, dtype::float32) == dtype::float32);
    CHECK(result_of(reduction::max, dtype::int32) == dtype::int32);
    CHECK(result_of(reduction::mean, dtype::float32) == dtype::float32);
    CHECK(result_of(reduction::mean, dtype::int32) == dtype::float64);
}

TEST_CASE_TEMPLATE("reduce: a NaN anywhere makes min and max NaN", T, float, double) {
    for (const std::int64_t count : {1, 5, 17, 64, 130, 200})
        for (const std::int64_t stride : {1, 3})
            for (const reduction how : {reduction::min, reduction::max})
                for (std::int64_t at = 0; at < count; ++at) {
                    std::vector<T> in(static_cast<std::size_t>(count * stride), T{1});
                    in[static_cast<std::size_t>(at * stride)] = std::numeric_limits<T>::quiet_NaN();
                    T out = 0;

                    kernels::reduce(
                        how, abax::dtype_of<T>, &out, in.data(), {}, {{count, {0, stride}}}
                    );

                    REQUIRE(std::isnan(out));
                }
}

TEST_CASE_TEMPLATE("reduce: min and max of infinities", T, float, double) {
    const T infinity = std::numeric_limits<T>::infinity();
    const std::vector<T> high(20, infinity);
    const std::vector<T> low(20, -infinity);
    T out = 0;

    kernels::reduce(reduction::min, abax::dtype_of<T>, &out, high.data(), {}, {{20, {0, 1}}});
    CHECK(out == infinity);
    kernels::reduce(reduction::max, abax::dtype_of<T>, &out, low.data(), {}, {{20, {0, 1}}});
    CHECK(out == -infinity);
}

TEST_CASE("reduce: the error of a float sum does not grow with the length") {
    const std::int64_t count = 10'000'000;
    const std::vector<float> tenths(static_cast<std::size_t>(count), 0.1F);
    float along = 0;
    std::array<float, 2> across = {};

    kernels::reduce(
        reduction::sum, abax::dtype::float32, &along, tenths.data(), {}, {{count, {0, 1}}}
    );
    kernels::reduce(
        reduction::sum,
        abax::dtype::float32,
        across.data(),
        tenths.data(),
        {{2, {1, 1}}},
        {{count / 2, {0, 2}}}
    );

    CHECK(along == doctest::Approx(1e6).epsilon(1e-6));
    CHECK(across[1] == doctest::Approx(5e5).epsilon(1e-6));
}

TEST_CASE_TEMPLATE(
    "argmax, argmin: equal the reference, NaN and ties included",
    T,
    float,
    double,
    std::int32_t,
    std::int64_t,
    bool
) {
    constexpr unsigned seed = 21;
    CAPTURE(seed);
    random_engine random(seed);
    for (const extents& kept_shape : {extents{}, {0}, {7}, {3, 130}, {2, 3, 5}})
        for (const std::int64_t extent : {1, 2, 17, 64, 130, 3000})
            for (const lie how : all_lies) {
                extents all = kept_shape;
                all.push_back(extent);
                const auto out = make_operand<std::int64_t>(random, kept_shape, lie::permuted);
                auto in = make_operand<T>(random, all, how);
                if constexpr (std::is_floating_point_v<T>)
                    for (std::int64_t i = 0; i < in.count; i += 97)
                        in.elements[static_cast<std::size_t>(i)] =
                            std::numeric_limits<T>::quiet_NaN();
                const auto kept = nest_of(kept_shape, out, in);
                const std::int64_t stride = in.stride.back();

                check_equals_reference(
                    out,
                    [&](std::int64_t* to) {
                        kernels::argmax(abax::dtype_of<T>, to, in.data(), kept, extent, stride);
                    },
                    [&](std::int64_t* to) {
                        kernels::reference::argmax(to, in.data(), kept, extent, stride);
                    }
                );
                check_equals_reference(
                    out,
                    [&](std::int64_t* to) {
                        kernels::argmin(abax::dtype_of<T>, to, in.data(), kept, extent, stride);
                    },
                    [&](std::int64_t* to) {
                        kernels::reference::argmin(to, in.data(), kept, extent, stride);
                    }
                );
            }
}
