#include <abax/kernels/folds.hpp>
#include <abax/kernels/iterate.hpp>
#include <abax/kernels/order.hpp>

#include <cstdint>

namespace abax::kernels {
namespace {

/// As in argmax: the smallest value, which is vectorised, and then its first position, which stops early.
template <class T>
std::int64_t position_of_smallest(const T* in, std::int64_t extent, std::int64_t stride) {
    const T smallest = detail::fold_strided<detail::least<T>>(in, stride, extent);
    const bool nan = smallest != smallest;
    for (std::int64_t i = 0; i < extent; ++i) {
        const T x = in[i * stride];
        if (nan ? x != x : x == smallest)
            return i;
    }
    return 0;
}

}  // namespace

void argmin(
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
        const auto work = detail::ordered(kept, 1);
        detail::parallel_for(
            iterations(work.nest),
            detail::rows_per_task(extent),
            [&](auto begin, auto end) {
                detail::walk(work.nest, begin, end, work.start, [&](const auto& at, const auto&) {
                    out[at[0]] = position_of_smallest(from + at[1], extent, stride);
                });
            }
        );
    });
}

}  // namespace abax::kernels
