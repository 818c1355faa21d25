#include <abax/kernels/reference.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

using namespace kernels_test;
namespace kernels = abax::kernels;

namespace {

/// The axes of each group.
struct product_shape {
    extents batch, m, n, k;
};

const std::vector<product_shape>& product_shapes() {
    static const std::vector<product_shape> all = {
        {{}, {}, {}, {}},           {{}, {2}, {3}, {5}},          {{}, {0}, {3}, {5}},
        {{}, {2}, {3}, {0}},        {{3}, {2}, {3}, {1}},         {{}, {}, {}, {130}},
        {{}, {}, {17}, {64}},       {{}, {17}, {}, {64}},         {{7}, {}, {}, {11}},
        {{}, {64}, {130}, {17}},    {{}, {130}, {64}, {11}},      {{5}, {11}, {7}, {17}},
        {{2, 3}, {17}, {11}, {64}}, {{2}, {3, 5}, {7}, {2, 11}},  {{}, {2, 64}, {3, 17}, {5, 7}},
        {{}, {3}, {2, 64}, {130}},  {{2}, {2, 3}, {40, 33}, {5}}, {{}, {}, {1100}, {300}},
        {{}, {3}, {1500}, {257}},   {{}, {200}, {210}, {220}},    {{12}, {64}, {64}, {64}},
        {{}, {300}, {2}, {130}},    {{3}, {1}, {130}, {64}},      {{}, {7}, {3}, {2, 3, 5}}};
    return all;
}

/// out, a and b of a product, and the four groups of loops.
template <class T>
struct operands {
    operand<T> out, a, b;
    kernels::loops<3> batch, m, n, k;
};

void append(extents& to, const extents& from) {
    to.insert(to.end(), from.begin(), from.end());
}

template <class T>
operands<T> make_product(
    random_engine& random,
    const product_shape& shape,
    lie out_lie,
    lie a_lie,
    lie b_lie,
    bool broadcast
) {
    extents out = shape.batch;
    append(out, shape.m);
    append(out, shape.n);
    extents a = shape.batch;
    append(a, shape.m);
    append(a, shape.k);
    extents b = shape.batch;
    append(b, shape.k);
    append(b, shape.n);
    std::vector<bool> repeat(b.size());
    std::fill_n(repeat.begin(), broadcast ? shape.batch.size() : 0, true);

    operands<T> x{
        make_operand<T>(random, out, out_lie),
        make_operand<T>(random, a, a_lie),
        make_operand<T>(random, b, b_lie, repeat),
        {},
        {},
        {},
        {}};
    const std::size_t nb = shape.batch.size();
    const std::size_t nm = shape.m.size();
    const std::size_t nk = shape.k.size();
    for (std::size_t d = 0; d < nb; ++d)
        x.batch.push_back({shape.batch[d], {x.out.stride[d], x.a.stride[d], x.b.stride[d]}});
    for (std::size_t d = 0; d < nm; ++d)
        x.m.push_back({shape.m[d], {x.out.stride[nb + d], x.a.stride[nb + d], 0}});
    for (std::size_t d = 0; d < shape.n.size(); ++d)
        x.n.push_back({shape.n[d], {x.out.stride[nb + nm + d], 0, x.b.stride[nb + nk + d]}});
    for (std::size_t d = 0; d < nk; ++d)
        x.k.push_back({shape.k[d], {0, x.a.stride[nb + nm + d], x.b.stride[nb + d]}});
    return x;
}

template <class T>
void check_product(operands<T>& x, bool accumulate) {
    check_equals_reference(
        x.out,
        [&](T* to) {
            kernels::contract(
                abax::dtype_of<T>, to, x.a.data(), x.b.data(), x.batch, x.m, x.n, x.k, accumulate
            );
        },
        [&](T* to) {
            kernels::reference::contract(
                to, x.a.data(), x.b.data(), x.batch, x.m, x.n, x.k, accumulate
            );
        },
        1e-4
    );
}

}  // namespace

TEST_CASE_TEMPLATE(
    "contract: equals the reference for any strides",
    T,
    float,
    double,
    std::int32_t,
    std::int64_t,
    bool
) {
    constexpr unsigned seed = 30;
    CAPTURE(seed);
    random_engine random(seed);
    for (std::size_t row = 0; row < product_shapes().size(); ++row)
        for (const lie out_lie : all_lies)
            for (const bool accumulate : {false, true}) {
                // All combinations of the three would take a minute; every pair turns up over the rows.
                const lie a_lie = all_lies[random() % all_lies.size()];
                const lie b_lie = all_lies[random() % all_lies.size()];
                const bool broadcast = random() % 3 == 0;
                CAPTURE(row);
                CAPTURE(static_cast<int>(out_lie));
                CAPTURE(static_cast<int>(a_lie));
                CAPTURE(static_cast<int>(b_lie));
                CAPTURE(accumulate);
                auto x = make_product<T>(
                    random, product_shapes()[row], out_lie, a_lie, b_lie, broadcast
                );
                check_product(x, accumulate);
            }
}

TEST_CASE_TEMPLATE(
    "contract: an empty sum is 0, or leaves what is accumulated", T, float, std::int32_t, bool
) {
    std::array<T, 6> out;
    out.fill(T{1});
    const kernels::loops<3> m = {{2, {3, 0, 0}}};
    const kernels::loops<3> n = {{3, {1, 0, 1}}};
    const kernels::loops<3> none = {{0, {0, 1, 3}}};
    const T unread = T{1};

    kernels::contract(abax::dtype_of<T>, out.data(), &unread, &unread, {}, m, n, none, true);
    CHECK(std::count(out.begin(), out.end(), T{1}) == 6);
    kernels::contract(abax::dtype_of<T>, out.data(), &unread, &unread, {}, m, n, none, false);
    CHECK(std::count(out.begin(), out.end(), T{0}) == 6);
}

TEST_CASE("contract: attention's views of (b s (three h d)) are multiplied in place") {
    constexpr std::int64_t b = 2, s = 33, h = 3, d = 16, row = 3 * h * d;
    constexpr unsigned seed = 31;
    CAPTURE(seed);
    random_engine random(seed);
    auto qkv = make_operand<float>(random, {b, s, row}, lie::packed);
    const auto out = make_operand<float>(random, {b, h, s, s}, lie::packed);
    const kernels::loops<3> batch = {{b, {h * s * s, s * row, s * row}}, {h, {s * s, d, d}}};
    const kernels::loops<3> queries = {{s, {s, row, 0}}};
    const kernels::loops<3> keys = {{s, {1, 0, row}}};
    const kernels::loops<3> depth = {{d, {0, 1, 1}}};

    check_equals_reference(
        out,
        [&](float* to) {
            kernels::contract(
                abax::dtype::float32,
                to,
                qkv.data(),
                qkv.data() + h * d,
                batch,
                queries,
                keys,
                depth
            );
        },
        [&](float* to) {
            kernels::reference::contract(
                to, qkv.data(), qkv.data() + h * d, batch, queries, keys, depth
            );
        },
        1e-5
    );
}

TEST_CASE_TEMPLATE(
    "contract: NaN and infinity reach the results that they touch", T, float, double
) {
    constexpr std::int64_t n = 20;
    std::vector<T> a(n * n, T{1});
    const std::vector<T> b(n * n, T{1});
    std::vector<T> out(n * n);
    a[3 * n + 5] = std::numeric_limits<T>::quiet_NaN();
    a[7 * n + 5] = std::numeric_limits<T>::infinity();

    kernels::contract(
        abax::dtype_of<T>,
        out.data(),
        a.data(),
        b.data(),
        {},
        {{n, {n, n, 0}}},
        {{n, {1, 0, 1}}},
        {{n, {0, 1, n}}}
    );

    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            const T y = out[i * n + j];
            CHECK((i == 3 ? std::isnan(y) : i == 7 ? std::isinf(y) : y == T{n}));
        }
}
