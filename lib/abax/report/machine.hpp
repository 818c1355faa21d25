#pragma once

#include <string>

namespace abax {

/// The two rates that decide what an operation waits for (the roofline model).
struct machine {
    double flops_per_second = 0;
    double bytes_per_second = 0;
    std::string name = {};

    /// FLOPs per byte at which arithmetic and memory take equally long.
    [[nodiscard]] double ridge() const noexcept { return flops_per_second / bytes_per_second; }
};

}  // namespace abax
