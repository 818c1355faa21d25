#include <abax/kernels/first_position.hpp>
#include <abax/kernels/order.hpp>

namespace abax::kernels {

void argmin(
    dtype type,
    std::int64_t* out,
    const void* in,
    const loops<2>& kept,
    std::int64_t extent,
    std::int64_t stride
) {
    detail::first_positions<detail::least>(type, out, in, kept, extent, stride);
}

}  // namespace abax::kernels
