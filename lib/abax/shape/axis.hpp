#pragma once

#include <abax/core/name.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace abax {

/// One factor of a merged axis: (h=12 d=64) has two.
struct factor {
    name label;               ///< "h"
    std::int64_t extent = 1;  ///< 12
    /// Equal in every member.
    friend bool operator==(const factor&, const factor&) = default;
};

/// The factors that a merged axis remembers, outermost first.
using factors = std::vector<factor>;

/// A direction of a tensor: a name (or none), an extent, and for a merged axis its factors.
struct axis {
    name label = {};                                  ///< none for an unnamed axis
    std::int64_t extent = 1;                          ///< 0 or more positions
    std::shared_ptr<const factors> memory = nullptr;  ///< null for an axis that remembers nothing

    /// The same axis without memory.
    [[nodiscard]] axis forgotten() const { return {label, extent, nullptr}; }

    /// Same factors by name and extent; a plain axis agrees only with a plain one.
    [[nodiscard]] bool remembers_like(const axis& other) const {
        if (memory == nullptr || other.memory == nullptr)
            return memory == other.memory;
        return memory == other.memory || *memory == *other.memory;
    }
    /// The same name, extent and memory.
    friend bool operator==(const axis& a, const axis& b) {
        return a.label == b.label && a.extent == b.extent && a.remembers_like(b);
    }
};

}  // namespace abax
