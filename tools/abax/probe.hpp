#pragma once

#include <abax/report/machine.hpp>

namespace cli {

/// The rates of this machine as abax reaches them: a float matrix product, and an addition over memory far larger than
/// the caches. Takes about a tenth of a second; what verdicts on a bill are measured against.
[[nodiscard]] abax::machine probe_machine();

}  // namespace cli
