#pragma once

#include <abax/core/dtype.hpp>
#include <abax/kernels/folds.hpp>
#include <abax/kernels/iterate.hpp>

#include <cstdint>

/// argmax and argmin, which differ in what they fold by.
namespace abax::kernels::detail {

/// The first position of `value`, of any NaN if it is one. The row has it.
template <class T>
std::int64_t position_of(const T* in, std::int64_t extent, std::int64_t stride, T value) {
    const bool nan = value != value;
    for (std::int64_t i = 0; i < extent; ++i) {
        const T x = in[i * stride];
        if (nan ? x != x : x == value)
            return i;
    }
    return 0;
}

/// The first position of the extreme of each row. Two passes, the extreme value and then its position: the first of them has
/// no carried position and is vectorised, the second stops early.
template <template <class> class Fold>
void first_positions(
    dtype type,
    std::int64_t* out,
    const void* in,
    const loops<2>& kept,
    std::int64_t extent,
    std::int64_t stride
) {
    with_element(type, [&](auto zero) {
        using T = decltype(zero);
        const T* const from = static_cast<const T*>(in);
        const auto work = ordered(kept, 1);
        const auto body = [&](auto begin, auto end) {
            walk(work.nest, begin, end, work.start, [&](const auto& at, const auto&) {
                const T* const row = from + at[1];
                const T extreme = fold_strided<Fold<T>>(row, stride, extent);
                out[at[0]] = position_of(row, extent, stride, extreme);
            });
        };
        parallel_for(iterations(work.nest), rows_per_task(extent), body);
    });
}

}  // namespace abax::kernels::detail
