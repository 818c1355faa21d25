#include <abax/kernels/iterate.hpp>
#include <abax/kernels/take_along.hpp>

#include <cstdint>

namespace abax::kernels {
namespace {

template <class T, class Id>
void take_elements(T* out, const T* in, const Id* ids, const loops<3>& nest, std::int64_t along) {
    detail::for_each_run(detail::ordered(nest), [&](const auto& at, const loop<3>& run) {
        const auto [to, from, id] = run.stride;
        for (std::int64_t i = 0; i < run.extent; ++i)
            out[at[0] + i * to] = in[at[1] + i * from + ids[at[2] + i * id] * along];
    });
}

}  // namespace

void take_along(
    dtype type,
    void* out,
    const void* in,
    dtype id_type,
    const void* ids,
    const loops<3>& nest,
    std::int64_t stride
) {
    with_element(type, [&](auto zero) {
        using T = decltype(zero);
        T* const to = static_cast<T*>(out);
        const T* const from = static_cast<const T*>(in);
        if (id_type == dtype::int32)
            take_elements(to, from, static_cast<const std::int32_t*>(ids), nest, stride);
        else
            take_elements(to, from, static_cast<const std::int64_t*>(ids), nest, stride);
    });
}

}  // namespace abax::kernels
