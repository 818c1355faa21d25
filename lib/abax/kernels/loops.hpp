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
[[nodiscard]] loops<Operands> fused(const loops<Operands>& nest) {
    loops<Operands> result;
    for (const auto& inner : nest) {
        if (inner.extent == 1)
            continue;
        bool chains = !result.empty();
        for (std::size_t k = 0; chains && k < Operands; ++k)
            chains = result.back().stride[k] == inner.stride[k] * inner.extent;
        if (chains)
            result.back() = {result.back().extent * inner.extent, inner.stride};
        else
            result.push_back(inner);
    }
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
