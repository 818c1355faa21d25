#pragma once

#include <abax/core/static_vector.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace abax::kernels {

/// One loop over `Operands` operands at once: how often, and how far each moves (in elements).
template <std::size_t Operands>
struct loop {
    std::int64_t extent = 1;                         ///< iterations; 0: the nest does nothing
    std::array<std::int64_t, Operands> stride = {};  ///< of each operand, in elements; 0 repeats
};

/// A loop nest, outermost loop first. Operand 0 is what is written.
template <std::size_t Operands>
using loops = static_vector<loop<Operands>, max_rank>;

/// Drops loops of extent 1 and merges neighbours whose strides chain for every operand; the order of
/// the elements visited stays the same.
template <std::size_t Operands>
void fuse(loops<Operands>& nest) {
    std::size_t kept = 0;
    for (const loop<Operands>& inner : nest) {
        if (inner.extent == 1)
            continue;
        bool chains = kept > 0;
        for (std::size_t k = 0; chains && k < Operands; ++k)
            chains = nest[kept - 1].stride[k] == inner.stride[k] * inner.extent;
        if (chains)
            nest[kept - 1] = {nest[kept - 1].extent * inner.extent, inner.stride};
        else
            nest[kept++] = inner;
    }
    while (nest.size() > kept)
        nest.pop_back();
}

/// The nest, fused.
template <std::size_t Operands>
[[nodiscard]] loops<Operands> fused(const loops<Operands>& nest) {
    loops<Operands> result = nest;
    fuse(result);
    return result;
}

/// Iterations of the whole nest.
template <std::size_t Operands>
[[nodiscard]] std::int64_t iterations(const loops<Operands>& nest) noexcept {
    std::int64_t count = 1;
    for (const auto& l : nest)
        count *= l.extent;
    return count;
}

}  // namespace abax::kernels
