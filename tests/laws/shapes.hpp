#pragma once

#include "grid.hpp"

#include <array>
#include <random>
#include <vector>

namespace abax::laws {

inline constexpr std::array<std::int64_t, 6> probe_extents{0, 1, 2, 3, 5, 7};
inline constexpr std::size_t most_axes = 6;
inline constexpr std::int64_t most_elements = 210;

/// Several hundred shapes, the same in every run: each rank from 0 to 6, and in each rank each extent on each axis.
[[nodiscard]] inline std::vector<extents> sample_shapes(int rounds = 3) {
    std::mt19937 random(20220425);
    std::vector<extents> all{{}};
    for (int round = 0; round < rounds; ++round)
        for (std::size_t rank = 1; rank <= most_axes; ++rank)
            for (std::size_t fixed = 0; fixed < rank; ++fixed)
                for (const std::int64_t extent : probe_extents) {
                    extents shape(rank, 1);
                    shape[fixed] = extent;
                    std::int64_t volume = extent == 0 ? 1 : extent;
                    for (std::size_t i = 0; i < rank; ++i) {
                        if (i == fixed)
                            continue;
                        // An extent of 0 here and there hides all others: one in each shape is enough.
                        const std::int64_t other = probe_extents[1 + random() % 5];
                        if (volume * other > most_elements)
                            continue;
                        shape[i] = other;
                        volume *= other;
                    }
                    all.push_back(shape);
                }
    return all;
}

}  // namespace abax::laws
