#pragma once

#include <atomic>

namespace abax::detail {

/// For tests: if set, asked before each pooled block is handed out, cached or new; `false` makes the request fail as
/// if the system had no memory. Costs one relaxed load a block.
inline std::atomic<bool (*)()> allocation_probe = nullptr;

}  // namespace abax::detail
