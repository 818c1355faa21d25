#pragma once

#include <string>

namespace abax {

/// The two rates that decide what an operation waits for (the roofline model).
struct machine {
    double flops_per_second = 0;  ///< the most that it computes, FLOP/s
    double bytes_per_second = 0;  ///< the most that memory delivers, B/s
    std::string name = {};        ///< for the line below a table

    /// FLOPs per byte at which arithmetic and memory take equally long.
    [[nodiscard]] double ridge() const noexcept { return flops_per_second / bytes_per_second; }
};

}  // namespace abax
