#include <abax/kernels/eigen.hpp>
#include <abax/kernels/iterate.hpp>
#include <abax/kernels/product.hpp>

#include <algorithm>
#include <cstdint>

namespace abax::kernels::detail {
namespace {

template <class T, int Order>
using matrix_view = Eigen::Map<
    const Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Order>,
    Eigen::Unaligned,
    Eigen::OuterStride<>>;

template <class T>
using result_view = Eigen::Map<
    Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>,
    Eigen::Unaligned,
    Eigen::OuterStride<>>;

/// body(view) with whichever order of storage has stride 1 inside.
template <class T, class Body>
void with_view(
    const T* data,
    std::int64_t rows,
    std::int64_t columns,
    std::int64_t row_stride,
    std::int64_t column_stride,
    const Body& body
) {
    if (column_stride == 1)
        body(matrix_view<T, Eigen::RowMajor>(data, rows, columns, Eigen::OuterStride<>(row_stride))
        );
    else
        body(matrix_view<T, Eigen::ColMajor>(
            data, rows, columns, Eigen::OuterStride<>(column_stride)
        ));
}

template <class T>
void multiply_tile(
    const product<T>& p, T* out, const T* a, const T* b, std::int64_t m, std::int64_t n
) {
    result_view<T> to(out, m, n, Eigen::OuterStride<>(p.out_m));
    with_view(a, m, p.k, p.a_m, p.a_k, [&](const auto& left) {
        with_view(b, p.k, n, p.b_k, p.b_n, [&](const auto& right) {
            if (!p.accumulate)
                to.setZero();
            to.noalias() += left * right;
        });
    });
}

struct tile {
    std::int64_t m;
    std::int64_t n;
};

std::int64_t part(std::int64_t extent, std::int64_t parts, std::int64_t multiple) {
    const std::int64_t even = (extent + parts - 1) / parts;
    return (even + multiple - 1) / multiple * multiple;
}

/// Tiles depend on the problem alone, so that every element is summed in the same order on any number of threads.
///
/// Each tile packs its own panels of a and b, which costs as much as some tens of rows or columns of arithmetic: tiles
/// are as large as leaves enough of them to share out.
tile tile_of(std::int64_t batches, std::int64_t m, std::int64_t n, std::int64_t k) {
    constexpr double least_work = 8e6;  // multiply-adds: a tenth of a millisecond
    constexpr double wanted_tiles = 16;
    constexpr std::int64_t least_side = 384;  // of what is still halved
    const double work = static_cast<double>(m) * static_cast<double>(n) * static_cast<double>(k);
    const double tiles = std::min(wanted_tiles / static_cast<double>(batches), work / least_work);
    tile t{m, n};
    while (static_cast<double>((m + t.m - 1) / t.m * ((n + t.n - 1) / t.n)) < tiles) {
        // Eigen's innermost block is 48 columns (of a row-major result) by 4 rows.
        if (t.n >= t.m && t.n >= least_side)
            t.n = part(t.n, 2, 48);
        else if (t.m >= least_side)
            t.m = part(t.m, 2, 4);
        else if (t.n >= least_side)
            t.n = part(t.n, 2, 48);
        else
            break;
    }
    return t;
}

}  // namespace

template <class T>
void multiply_matrices(const product<T>& p) {
    const std::int64_t batches = iterations(p.batch);
    const tile t = tile_of(batches, p.m, p.n, p.k);
    loops<3> tiles = p.batch;
    const std::size_t row = tiles.size();
    tiles.push_back({(p.m + t.m - 1) / t.m, {t.m * p.out_m, t.m * p.a_m, 0}});
    tiles.push_back({(p.n + t.n - 1) / t.n, {t.n, 0, t.n * p.b_n}});

    const std::int64_t grain = rows_per_task(t.m * t.n * p.k / 8);
    parallel_for(iterations(tiles), grain, [&](auto begin, auto end) {
        walk(tiles, begin, end, {}, [&](const auto& at, const auto& index) {
            multiply_tile(
                p,
                p.out + at[0],
                p.a + at[1],
                p.b + at[2],
                std::min(t.m, p.m - index[row] * t.m),
                std::min(t.n, p.n - index[row + 1] * t.n)
            );
        });
    });
}

template void multiply_matrices(const product<float>&);
template void multiply_matrices(const product<double>&);

}  // namespace abax::kernels::detail
