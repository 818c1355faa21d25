#include <abax/kernels/reference_take_along.hpp>
#include <abax/kernels/take_along.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

using namespace kernels_test;
namespace kernels = abax::kernels;

namespace {

/// An operand of `shape` without the axis `along`, which has stride 0 in its place; apart from it the axis of `rows`.
template <class T>
struct table {
    operand<T> elements;
    std::int64_t stride_along = 0;
};

template <class T>
table<T> make_table(
    random_engine& random, extents shape, std::size_t along, std::int64_t rows, lie how
) {
    shape[along] = rows;
    table<T> made{make_operand<T>(random, shape, how), 0};
    made.stride_along = std::exchange(made.elements.stride[along], 0);
    return made;
}

}  // namespace

TEST_CASE_TEMPLATE(
    "take_along: equals the reference for any strides, along every axis",
    Id,
    std::int32_t,
    std::int64_t
) {
    constexpr unsigned seed = 11;
    CAPTURE(seed);
    random_engine random(seed);
    constexpr std::int64_t rows = 7;
    const std::vector<extents> shapes{
        {1}, {0}, {5}, {3, 4}, {0, 3}, {2, 3, 5}, {65, 3, 17}, {9, 5000}};
    for (const extents& shape : shapes)
        for (std::size_t along = 0; along < shape.size(); ++along)
            for (const lie how : all_lies) {
                CAPTURE(shape.size());
                CAPTURE(along);
                CAPTURE(static_cast<int>(how));
                const auto out = make_operand<float>(random, shape, lie::permuted);
                auto in = make_table<float>(random, shape, along, rows, how);
                auto ids = make_operand<Id>(random, shape, how);
                for (std::int64_t i = 0; i < ids.count; ++i)
                    ids.elements[static_cast<std::size_t>(i)] = static_cast<Id>(random() % rows);
                const auto nest = nest_of(shape, out, in.elements, ids);

                bool threads_agree = false;
                const auto fast = run(out, threads_agree, [&](float* to) {
                    kernels::take_along(
                        abax::dtype::float32,
                        to,
                        in.elements.data(),
                        abax::dtype_of<Id>,
                        ids.data(),
                        nest,
                        in.stride_along
                    );
                });
                auto expected = out.copy();
                kernels::reference::take_along(
                    expected.data(), in.elements.data(), ids.data(), nest, in.stride_along
                );

                CHECK(threads_agree);
                CHECK(same_bits(fast, expected));
            }
}

TEST_CASE_TEMPLATE(
    "take_along: moves elements of every type", T, float, double, std::int32_t, std::int64_t, bool
) {
    random_engine random(3);
    auto in = make_operand<T>(random, {3, 5}, lie::sliced);
    const std::int64_t along = std::exchange(in.stride[1], 0);
    const auto ids = std::to_array<std::int64_t>({4, 0, 1, 1, 2, 3});
    const auto out = make_operand<T>(random, {3, 2}, lie::packed);
    const kernels::loops<3> nest{{3, {2, in.stride[0], 2}}, {2, {1, 0, 1}}};
    auto got = out.copy();

    kernels::take_along(
        abax::dtype_of<T>, got.data(), in.data(), abax::dtype::int64, ids.data(), nest, along
    );

    for (std::int64_t row = 0; row < 3; ++row)
        for (std::int64_t k = 0; k < 2; ++k)
            CHECK(
                got.data()[row * 2 + k]
                == in.data(
                )[row * in.stride[0] + ids[static_cast<std::size_t>(row * 2 + k)] * along]
            );
}
