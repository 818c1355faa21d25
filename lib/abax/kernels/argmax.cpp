#include <abax/kernels/folds.hpp>
#include <abax/kernels/iterate.hpp>
#include <abax/kernels/kernels.hpp>

#include <cstdint>
#include <type_traits>

namespace abax::kernels {
namespace {

template <class T>
std::int64_t first_position(const T* in, std::int64_t extent, std::int64_t stride, T value) {
    for (std::int64_t i = 0; i < extent; ++i)
        if (in[i * stride] == value || (value != value && in[i * stride] != in[i * stride]))
            return i;
    return 0;
}

/// Two passes, largest value and then its first position: the first of them has no carried position and is
/// vectorised, the second stops early.
template <class T>
std::int64_t position_of_largest(const T* in, std::int64_t extent, std::int64_t stride) {
    const T largest = detail::fold_strided<detail::greatest<T>>(in, stride, extent);
    return first_position(in, extent, stride, largest);
}

}  // namespace

void argmax(
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
        const auto body = [&](auto begin, auto end) {
            detail::walk(work.nest, begin, end, work.start, [&](const auto& at, const auto&) {
                out[at[0]] = position_of_largest(from + at[1], extent, stride);
            });
        };
        detail::parallel_for(iterations(work.nest), detail::rows_per_task(extent), body);
    });
}

}  // namespace abax::kernels
