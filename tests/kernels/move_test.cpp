#include <abax/kernels/reference.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

using namespace kernels_test;
namespace kernels = abax::kernels;

#define ABAX_ELEMENTS float, double, std::int32_t, std::int64_t, bool

namespace {

/// Some axes of an input stand still: a broadcast.
std::vector<bool> random_repeats(random_engine& random, std::size_t rank) {
    std::vector<bool> repeat(rank);
    for (std::size_t d = 0; d < rank; ++d)
        repeat[d] = random() % 4 == 0;
    return repeat;
}

}  // namespace

TEST_CASE_TEMPLATE("move: equals the reference for any strides", T, ABAX_ELEMENTS) {
    constexpr unsigned seed = 1;
    CAPTURE(seed);
    random_engine random(seed);
    for_each_lie(shapes(), [&](const extents& shape, lie out_lie, lie in_lie) {
        const auto out = make_operand<T>(random, shape, out_lie);
        auto in = make_operand<T>(random, shape, in_lie, random_repeats(random, shape.size()));
        const auto nest = nest_of(shape, out, in);

        check_equals_reference(
            out,
            [&](T* to) { kernels::move(abax::dtype_of<T>, to, in.data(), nest); },
            [&](T* to) { kernels::reference::move(to, in.data(), nest); }
        );
    });
}

TEST_CASE("move: a transposing copy keeps every element, at all sizes around the block") {
    for (const std::int64_t rows : {1, 4, 15, 16, 17, 63, 64, 65, 129})
        for (const std::int64_t columns : {1, 4, 15, 16, 17, 63, 64, 65, 129}) {
            CAPTURE(rows);
            CAPTURE(columns);
            std::vector<std::int32_t> in(static_cast<std::size_t>(rows * columns));
            std::iota(in.begin(), in.end(), 0);
            std::vector<std::int32_t> out(in.size(), -1);

            kernels::move(
                abax::dtype::int32,
                out.data(),
                in.data(),
                {{columns, {rows, 1}}, {rows, {1, columns}}}
            );

            bool equal = true;
            for (std::int64_t i = 0; i < rows * columns; ++i)
                equal &= out[static_cast<std::size_t>(i)] == i % rows * columns + i / rows;
            CHECK(equal);
        }
}

TEST_CASE_TEMPLATE("fill: writes its elements and nothing between them", T, ABAX_ELEMENTS) {
    constexpr unsigned seed = 2;
    CAPTURE(seed);
    random_engine random(seed);
    const T value = random_value<T>(random);
    for (const auto& shape : shapes())
        for (const lie how : all_lies) {
            const auto out = make_operand<T>(random, shape, how);
            const auto nest = nest_of(shape, out);

            check_equals_reference(
                out,
                [&](T* to) { kernels::fill(abax::dtype_of<T>, to, &value, nest); },
                [&](T* to) { kernels::reference::fill(to, value, nest); }
            );
        }
}

TEST_CASE_TEMPLATE("cast: converts to every element type", T, ABAX_ELEMENTS) {
    constexpr unsigned seed = 3;
    CAPTURE(seed);
    random_engine random(seed);
    const auto to_type = [&]<class To>(To) {
        for (const auto& shape : shapes())
            for (const lie how : all_lies) {
                const auto out = make_operand<To>(random, shape, how);
                auto in = make_operand<T>(random, shape, lie::permuted);
                const auto nest = nest_of(shape, out, in);

                check_equals_reference(
                    out,
                    [&](To* to) {
                        kernels::cast(abax::dtype_of<To>, to, abax::dtype_of<T>, in.data(), nest);
                    },
                    [&](To* to) { kernels::reference::cast(to, in.data(), nest); }
                );
            }
    };
    to_type(float{});
    to_type(double{});
    to_type(std::int32_t{});
    to_type(std::int64_t{});
    to_type(bool{});
}

TEST_CASE("cast: what no integer can hold becomes the lowest integer") {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    const auto in = std::to_array<float>(
        {std::numeric_limits<float>::quiet_NaN(), infinity, -infinity, 3e9F, -2147483648.0F}
    );
    std::array<std::int32_t, 5> out = {};

    kernels::cast(abax::dtype::int32, out.data(), abax::dtype::float32, in.data(), {{5, {1, 1}}});

    for (const std::int32_t x : out)
        CHECK(x == std::numeric_limits<std::int32_t>::lowest());
}

TEST_CASE_TEMPLATE("select: equals the reference for any strides", T, ABAX_ELEMENTS) {
    constexpr unsigned seed = 4;
    CAPTURE(seed);
    random_engine random(seed);
    for (const auto& shape : shapes())
        for (const lie how : all_lies) {
            const auto out = make_operand<T>(random, shape, how);
            auto condition = make_operand<bool>(
                random, shape, lie::broken, random_repeats(random, shape.size())
            );
            auto a = make_operand<T>(random, shape, how);
            auto b =
                make_operand<T>(random, shape, lie::permuted, random_repeats(random, shape.size()));
            const auto nest = nest_of(shape, out, condition, a, b);

            check_equals_reference(
                out,
                [&](T* to) {
                    kernels::select(
                        abax::dtype_of<T>, to, condition.data(), a.data(), b.data(), nest
                    );
                },
                [&](T* to) {
                    kernels::reference::select(to, condition.data(), a.data(), b.data(), nest);
                }
            );
        }
}

TEST_CASE_TEMPLATE("take: copies the rows that the ids name", Id, std::int32_t, std::int64_t) {
    constexpr unsigned seed = 5;
    CAPTURE(seed);
    random_engine random(seed);
    constexpr std::int64_t rows = 11;
    for (const extents& ids_shape : {extents{}, {0}, {7}, {5, 3}, {300}})
        for (const extents& inner_shape : {extents{}, {0}, {1}, {17}, {3, 5}, {130}})
            for (const lie how : all_lies) {
                extents out_shape = ids_shape;
                out_shape.insert(out_shape.end(), inner_shape.begin(), inner_shape.end());
                extents table_shape = inner_shape;
                table_shape.insert(table_shape.begin(), rows);
                const auto out = make_operand<float>(random, out_shape, how);
                auto table = make_operand<float>(random, table_shape, how);
                auto ids = make_operand<Id>(random, ids_shape, how);
                for (std::int64_t i = 0; i < ids.count; ++i)
                    ids.elements[static_cast<std::size_t>(i)] = static_cast<Id>(random() % rows);
                kernels::loops<2> outer;
                kernels::loops<2> inner;
                for (std::size_t d = 0; d < ids_shape.size(); ++d)
                    outer.push_back({ids_shape[d], {out.stride[d], ids.stride[d]}});
                for (std::size_t d = 0; d < inner_shape.size(); ++d)
                    inner.push_back(
                        {inner_shape[d], {out.stride[ids_shape.size() + d], table.stride[d + 1]}}
                    );

                check_equals_reference(
                    out,
                    [&](float* to) {
                        kernels::take(
                            abax::dtype::float32,
                            to,
                            table.data(),
                            abax::dtype_of<Id>,
                            ids.data(),
                            outer,
                            inner,
                            table.stride[0]
                        );
                    },
                    [&](float* to) {
                        kernels::reference::take(
                            to, table.data(), ids.data(), outer, inner, table.stride[0]
                        );
                    }
                );
            }
}

TEST_CASE_TEMPLATE(
    "take: first_outside tells the first id that names no row", Id, std::int32_t, std::int64_t
) {
    const auto ids = std::to_array<Id>({0, 4, 3, 5, -1, 2});
    const kernels::loops<2> nest = {{2, {0, 3}}, {3, {0, 1}}};
    const kernels::loops<2> backwards = {{6, {0, -1}}};

    CHECK(kernels::first_outside(abax::dtype_of<Id>, ids.data(), nest, 6) == 4);
    CHECK(kernels::first_outside(abax::dtype_of<Id>, ids.data(), nest, 5) == 3);
    CHECK(kernels::first_outside(abax::dtype_of<Id>, ids.data() + 5, backwards, 6) == 1);
    CHECK(kernels::first_outside(abax::dtype_of<Id>, ids.data(), {{3, {0, 1}}}, 5) == -1);
    CHECK(kernels::first_outside(abax::dtype_of<Id>, ids.data(), {{0, {0, 1}}}, 5) == -1);
}
