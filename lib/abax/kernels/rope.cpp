#include <abax/kernels/rope.hpp>
#include <abax/kernels/row_walk.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace abax::kernels {
namespace {

using detail::lanes;
using detail::vec;

template <class T>
struct two {
    vec<T> first;
    vec<T> second;
};

/// Up to a register of elements that lie `stride` apart.
template <class T>
vec<T> gathered(const T* from, std::int64_t stride, std::int64_t count) {
    if (stride == 1)
        return count == lanes<T> ? detail::load(from) : detail::load_part(from, count, T{0});
    vec<T> x = {};
    for (std::int64_t i = 0; i < count; ++i)
        x[i] = from[i * stride];
    return x;
}

template <class T>
void scatter(T* to, std::int64_t stride, vec<T> x, std::int64_t count) {
    if (stride == 1)
        return detail::store_part<T>(to, x, count);
    for (std::int64_t i = 0; i < count; ++i)
        to[i * stride] = x[i];
}

/// The even and the odd elements of two registers, (0 1 2 3) (4 5 6 7) -> (0 2 4 6) (1 3 5 7).
template <class T>
two<T> apart(vec<T> low, vec<T> high) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return two<T>{
            __builtin_shufflevector(low, high, 2 * I...),
            __builtin_shufflevector(low, high, 2 * I + 1 ...)};
    }
    (std::make_index_sequence<lanes<T>>{});
}

/// The inverse: (0 2 4 6) (1 3 5 7) -> (0 1 2 3) (4 5 6 7).
template <class T>
two<T> together(vec<T> even, vec<T> odd) {
    constexpr std::size_t n = lanes<T>;
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return two<T>{
            __builtin_shufflevector(even, odd, I / 2 + I % 2 * n...),
            __builtin_shufflevector(even, odd, n / 2 + I / 2 + I % 2 * n...)};
    }
    (std::make_index_sequence<n>{});
}

/// Pairs i, i + 1, ... of a row that lies contiguously.
template <class T, pairing Pairs>
struct pairs_of {
    std::int64_t half;  ///< of the row's extent

    [[nodiscard]] two<T> load(const T* in, std::int64_t i, std::int64_t count) const {
        if constexpr (Pairs == pairing::halves)
            return {gathered(in + i, 1, count), gathered(in + half + i, 1, count)};
        if (count == lanes<T>)
            return apart<T>(detail::load(in + 2 * i), detail::load(in + 2 * i + lanes<T>));
        return {gathered(in + 2 * i, 2, count), gathered(in + 2 * i + 1, 2, count)};
    }
    void store(T* out, std::int64_t i, two<T> x, std::int64_t count) const {
        if (Pairs == pairing::neighbours && count == lanes<T>) {
            const two<T> row = together<T>(x.first, x.second);
            detail::store<T>(out + 2 * i, row.first);
            return detail::store<T>(out + 2 * i + lanes<T>, row.second);
        }
        constexpr std::int64_t stride = Pairs == pairing::halves ? 1 : 2;
        scatter<T>(out + i * stride, stride, x.first, count);
        scatter<T>(out + i * stride + (stride == 1 ? half : 1), stride, x.second, count);
    }
    /// Entries of a table that lie `stride` apart.
    [[nodiscard]] two<T> entries(
        const T* table,
        std::int64_t stride,
        bool for_each_element,
        std::int64_t i,
        std::int64_t count
    ) const {
        if (!for_each_element) {
            const vec<T> both = gathered(table + i * stride, stride, count);
            return {both, both};
        }
        const std::int64_t step = Pairs == pairing::halves ? stride : 2 * stride;
        const std::int64_t second = Pairs == pairing::halves ? half * stride : stride;
        return {
            gathered(table + i * step, step, count),
            gathered(table + i * step + second, step, count)};
    }
};

template <class T, pairing Pairs>
void rotate_row(
    T* out, const T* in, const T* cosines, const T* sines, std::int64_t extent, angles tables
) {
    const pairs_of<T, Pairs> pairs{extent / 2};
    for (std::int64_t i = 0; i < pairs.half; i += lanes<T>) {
        const std::int64_t count = std::min(lanes<T>, pairs.half - i);
        const auto [a, b] = pairs.load(in, i, count);
        const auto c =
            pairs.entries(cosines, tables.cosine_stride, tables.for_each_element, i, count);
        const auto s = pairs.entries(sines, tables.sine_stride, tables.for_each_element, i, count);
        pairs.store(out, i, {a * c.first - b * s.first, b * c.second + a * s.second}, count);
    }
}

}  // namespace

void rotate(
    dtype type,
    void* out,
    const void* in,
    const void* cosines,
    const void* sines,
    const loops<4>& rows,
    row along,
    pairing pairs,
    angles tables
) {
    if (along.extent == 0 || iterations(rows) == 0)
        return;
    detail::with_floating(type, [&](auto zero) {
        using T = decltype(zero);
        const auto* const c = static_cast<const T*>(cosines);
        const auto* const s = static_cast<const T*>(sines);
        const auto each_row = [&]<pairing Pairs>() {
            detail::transform_rows<T>(out, in, rows, along, [&](T* to, const T* from, auto& at) {
                rotate_row<T, Pairs>(to, from, c + at[2], s + at[3], along.extent, tables);
            });
        };
        if (pairs == pairing::halves)
            each_row.template operator()<pairing::halves>();
        else
            each_row.template operator()<pairing::neighbours>();
    });
}

void rotation_tables(
    dtype type,
    void* cosines,
    void* sines,
    std::int64_t first,
    std::int64_t positions,
    const double* frequencies,
    std::int64_t count
) {
    detail::with_floating(type, [&](auto zero) {
        using T = decltype(zero);
        auto* const c = static_cast<T*>(cosines);
        auto* const s = static_cast<T*>(sines);
        // A sine costs some dozens of additions.
        const std::int64_t grain = detail::rows_per_task(64 * count);
        detail::parallel_for(positions, grain, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t p = begin; p < end; ++p)
                for (std::int64_t i = 0; i < count; ++i) {
                    const double angle = static_cast<double>(first + p) * frequencies[i];
                    c[p * count + i] = static_cast<T>(std::cos(angle));
                    s[p * count + i] = static_cast<T>(std::sin(angle));
                }
        });
    });
}

}  // namespace abax::kernels
