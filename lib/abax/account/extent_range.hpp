#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

namespace abax {

/// The extents that one name had over several records: 12, or 128..1127.
struct extent_range {
    std::int64_t min = 0;
    std::int64_t max = 0;

    [[nodiscard]] bool is_single() const noexcept { return min == max; }

    void include(std::int64_t extent) noexcept {
        min = std::min(min, extent);
        max = std::max(max, extent);
    }

    /// "12", "128..1127".
    [[nodiscard]] std::string str() const {
        return is_single() ? std::to_string(min) : std::to_string(min) + ".." + std::to_string(max);
    }
    friend bool operator==(const extent_range&, const extent_range&) = default;
};

}  // namespace abax
