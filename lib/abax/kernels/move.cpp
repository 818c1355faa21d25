#include <abax/kernels/iterate.hpp>
#include <abax/kernels/kernels.hpp>
#include <abax/kernels/vectors.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

namespace abax::kernels {
namespace {

using detail::offsets;
using detail::ordered_nest;

/// Squares of side x side elements are transposed in registers. Bytes stay at 16: wider registers have no
/// instruction that interleaves bytes across their whole width.
template <std::size_t Bytes>
constexpr std::size_t side = Bytes == 1 ? 16 : detail::register_bytes / Bytes;

template <std::size_t Bytes>
struct square {
    using word = std::conditional_t<
        Bytes == 1,
        std::uint8_t,
        std::conditional_t<Bytes == 4, std::uint32_t, std::uint64_t>>;
    typedef word line __attribute__((vector_size(side<Bytes> * Bytes)));
    static constexpr std::size_t n = side<Bytes>;
    line lines[n];

    template <std::size_t... I>
    static void interleave(line& low, line& high, line a, line b, std::index_sequence<I...>) {
        low = __builtin_shufflevector(a, b, ((I & 1U) * n + I / 2)...);
        high = __builtin_shufflevector(a, b, ((I & 1U) * n + n / 2 + I / 2)...);
    }

    /// log2(n) rounds of a perfect shuffle: line i is interleaved with line i + n/2. Each round moves one bit
    /// of the line number into the position within the line; after all of them the two have changed places.
    void transpose() {
        for (std::size_t round = 1; round < n; round *= 2) {
            line next[n];
            for (std::size_t i = 0; i < n / 2; ++i)
                interleave(
                    next[2 * i],
                    next[2 * i + 1],
                    lines[i],
                    lines[i + n / 2],
                    std::make_index_sequence<n>{}
                );
            std::copy(next, next + n, lines);
        }
    }
};

/// A transposing copy of width x height elements: out is contiguous along `width`, in along `height`.
template <class T>
void transpose_block(
    T* out,
    std::int64_t out_stride,
    const T* in,
    std::int64_t in_stride,
    std::int64_t width,
    std::int64_t height
) {
    constexpr auto n = static_cast<std::int64_t>(side<sizeof(T)>);
    square<sizeof(T)> tile;
    std::int64_t x = 0;
    for (; x + n <= width; x += n) {
        std::int64_t y = 0;
        for (; y + n <= height; y += n) {
            for (std::int64_t i = 0; i < n; ++i)
                std::memcpy(&tile.lines[i], in + (x + i) * in_stride + y, sizeof tile.lines[0]);
            tile.transpose();
            for (std::int64_t i = 0; i < n; ++i)
                std::memcpy(out + (y + i) * out_stride + x, &tile.lines[i], sizeof tile.lines[0]);
        }
        for (; y < height; ++y)
            for (std::int64_t i = 0; i < n; ++i)
                out[y * out_stride + x + i] = in[(x + i) * in_stride + y];
    }
    for (; x < width; ++x)
        for (std::int64_t y = 0; y < height; ++y)
            out[y * out_stride + x] = in[x * in_stride + y];
}

/// The loop along which `in` is contiguous, when it is worth blocking against the innermost one.
std::size_t read_side(const loops<2>& nest) {
    if (nest.empty() || nest.back().stride[0] != 1 || nest.back().extent < 4)
        return nest.size();
    for (std::size_t d = 0; d + 1 < nest.size(); ++d)
        if (nest[d].stride[1] == 1 && nest[d].extent >= 4)
            return d;
    return nest.size();
}

/// Copies in blocks over the written side (innermost) and the read side, so that each cache line that is
/// read or written is used up while it is near. 64 lines of each side stay within the first-level cache.
template <class T>
void move_transposed(T* out, const T* in, const ordered_nest<2>& work, std::size_t read_loop) {
    constexpr std::int64_t block = 64;
    loops<2> outer = work.nest;
    const loop<2> width = outer.back();
    const loop<2> height = outer[read_loop];
    outer.pop_back();
    outer.erase(read_loop);
    const std::int64_t columns = (width.extent + block - 1) / block;
    const std::int64_t rows = (height.extent + block - 1) / block;
    const std::size_t at_column = outer.size();
    outer.push_back({columns, {block * width.stride[0], block * width.stride[1]}});
    outer.push_back({rows, {block * height.stride[0], block * height.stride[1]}});
    const std::int64_t volume = std::min(width.extent, block) * std::min(height.extent, block);

    detail::parallel_for(
        iterations(outer),
        detail::task_elements / volume,
        [&](auto begin, auto end) {
            detail::walk(outer, begin, end, work.start, [&](const auto& at, const auto& index) {
                transpose_block(
                    out + at[0],
                    height.stride[0],
                    in + at[1],
                    width.stride[1],
                    std::min(block, width.extent - index[at_column] * block),
                    std::min(block, height.extent - index[at_column + 1] * block)
                );
            });
        }
    );
}

template <class T>
void move_run(T* out, const T* in, const loop<2>& run) {
    const auto [to, from] = run.stride;
    if (to == 1 && from == 1) {
        std::memcpy(out, in, static_cast<std::size_t>(run.extent) * sizeof(T));
    } else if (to == 1 && from == 0) {
        std::fill_n(out, run.extent, *in);
    } else if (to == 1) {
        for (std::int64_t i = 0; i < run.extent; ++i)
            out[i] = in[i * from];
    } else {
        for (std::int64_t i = 0; i < run.extent; ++i)
            out[i * to] = in[i * from];
    }
}

template <class T>
void move_elements(T* out, const T* in, const loops<2>& nest) {
    const auto work = detail::ordered(nest);
    if (iterations(work.nest) == 0)
        return;
    if (const std::size_t d = read_side(work.nest); d != work.nest.size())
        move_transposed(out, in, work, d);
    else
        detail::for_each_run(work, [&](const offsets<2>& at, const loop<2>& run) {
            move_run(out + at[0], in + at[1], run);
        });
}

}  // namespace

void move(dtype type, void* out, const void* in, const loops<2>& nest) {
    with_element(type, [&](auto zero) {
        using T = decltype(zero);
        move_elements(static_cast<T*>(out), static_cast<const T*>(in), nest);
    });
}

}  // namespace abax::kernels
