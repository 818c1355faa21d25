#include <abax/kernels/first_position.hpp>
#include <abax/kernels/kernels.hpp>

namespace abax::kernels {

void argmax(
    dtype type,
    std::int64_t* out,
    const void* in,
    const loops<2>& kept,
    std::int64_t extent,
    std::int64_t stride
) {
    detail::first_positions<detail::greatest>(type, out, in, kept, extent, stride);
}

}  // namespace abax::kernels
