#pragma once

#include <cstdint>
#include <string>

namespace abax {

/// The extents that one name had over several records: 12, or 128..1127.
struct extent_range {
    std::int64_t min = 0;  ///< the smallest
    std::int64_t max = 0;  ///< the largest

    /// Whether all were equal.
    [[nodiscard]] bool is_single() const noexcept { return min == max; }

    /// Widens the range so far that it holds `extent`.
    void include(std::int64_t extent) noexcept {
        min = extent < min ? extent : min;
        max = max < extent ? extent : max;
    }

    /// "12", "128..1127".
    [[nodiscard]] std::string str() const {
        return is_single() ? std::to_string(min) : std::to_string(min) + ".." + std::to_string(max);
    }
    /// Equal in every member.
    friend bool operator==(const extent_range&, const extent_range&) = default;
};

}  // namespace abax
