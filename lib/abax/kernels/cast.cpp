#include <abax/kernels/iterate.hpp>
#include <abax/kernels/kernels.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace abax::kernels {
namespace {

/// A float outside the integer's range (or NaN) has no meaning in C++; what x86 gives is the lowest integer, and
/// so do we, everywhere.
template <class To, class From>
To converted(From x) {
    if constexpr (std::is_same_v<To, bool>) {
        return x != From{0};
    } else if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
        // The lowest integer is a power of two and hence exact in any floating type; the highest is not.
        constexpr From low = static_cast<From>(std::numeric_limits<To>::lowest());
        return x >= low && x < -low ? static_cast<To>(x) : std::numeric_limits<To>::lowest();
    } else {
        return static_cast<To>(x);
    }
}

template <class To, class From>
void cast_elements(To* out, const From* in, const loops<2>& nest) {
    const auto body = [&](const detail::offsets<2>& at, const loop<2>& run) {
        To* to = out + at[0];
        const From* from = in + at[1];
        const auto [step, stride] = run.stride;
        if (step == 1 && stride == 1) {
            for (std::int64_t i = 0; i < run.extent; ++i)
                to[i] = converted<To>(from[i]);
        } else {
            for (std::int64_t i = 0; i < run.extent; ++i)
                to[i * step] = converted<To>(from[i * stride]);
        }
    };
    detail::for_each_run(detail::ordered(nest), body);
}

}  // namespace

void cast(dtype to, void* out, dtype from, const void* in, const loops<2>& nest) {
    if (to == from)
        return move(to, out, in, nest);
    with_element(to, [&](auto target) {
        with_element(from, [&](auto source) {
            using To = decltype(target);
            using From = decltype(source);
            cast_elements(static_cast<To*>(out), static_cast<const From*>(in), nest);
        });
    });
}

void fill(dtype type, void* out, const void* value, const loops<1>& nest) {
    with_element(type, [&](auto zero) {
        using T = decltype(zero);
        const T element = *static_cast<const T*>(value);
        T* const first = static_cast<T*>(out);
        detail::for_each_run(
            detail::ordered(nest),
            [&](const detail::offsets<1>& at, const loop<1>& run) {
                T* const to = first + at[0];
                if (run.stride[0] == 1)
                    std::fill_n(to, run.extent, element);
                else
                    for (std::int64_t i = 0; i < run.extent; ++i)
                        to[i * run.stride[0]] = element;
            }
        );
    });
}

}  // namespace abax::kernels
