#include <abax/kernels/clip.hpp>
#include <abax/kernels/iterate.hpp>
#include <abax/kernels/stage.hpp>

#include <cassert>
#include <cstdint>
#include <type_traits>

namespace abax::kernels {
namespace {

// A NaN fails both comparisons and so stays.
template <class T>
void clip_contiguous(T* out, const T* in, T low, T high, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) {
        const T x = in[i];
        const T raised = x < low ? low : x;
        out[i] = high < raised ? high : raised;
    }
}

template <class T>
void clip_run(T* out, const T* in, T low, T high, const loop<2>& run) {
    const auto [to, from] = run.stride;
    const bool contiguous = to == 1 && from == 1;
    detail::in_stages(run.extent, contiguous, [&, to = to, from = from](auto first, auto count) {
        detail::stage<T> source;
        detail::stage<T> result;
        T* const target = out + first * to;
        clip_contiguous(
            result.target(target, to),
            source.gathered(in + first * from, from, count),
            low,
            high,
            count
        );
        result.scatter(target, to, count);
    });
}

}  // namespace

void clip(
    dtype type, void* out, const void* in, const void* low, const void* high, const loops<2>& nest
) {
    with_element(type, [&](auto zero) {
        using T = decltype(zero);
        if constexpr (std::is_same_v<T, bool>) {
            assert(false && "bool is not clipped");
        } else {
            T* const to = static_cast<T*>(out);
            const T* const from = static_cast<const T*>(in);
            const T lowest = *static_cast<const T*>(low);
            const T highest = *static_cast<const T*>(high);
            detail::for_each_run(detail::ordered(nest), [&](const auto& at, const auto& run) {
                clip_run(to + at[0], from + at[1], lowest, highest, run);
            });
        }
    });
}

}  // namespace abax::kernels
