#pragma once

#include <cstddef>
#include <cstdint>

namespace abax::testing {

/// While one lives, the n-th allocation of this thread fails: `operator new` throws std::bad_alloc, a pooled block
/// is an `abax::error` of category allocation. Those before and behind it succeed. n counts from 1.
///
/// Links with `failing_allocations.cpp`, which replaces the program's `operator new`.
class failing_allocation {
public:
    explicit failing_allocation(std::int64_t n) noexcept;
    ~failing_allocation();
    failing_allocation(const failing_allocation&) = delete;
    failing_allocation& operator=(const failing_allocation&) = delete;

    /// Whether it has come to pass.
    [[nodiscard]] static bool happened() noexcept;
};

/// Blocks of `operator new` that this program has not given back.
[[nodiscard]] std::int64_t live_blocks() noexcept;

}  // namespace abax::testing
