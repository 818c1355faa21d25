#pragma once

#include "tally.hpp"

#include <istream>
#include <string>

namespace conformance {

/// Runs each case of a `cost_cases`-style .json file.
void run_cost_cases(std::istream& in, const std::string& file, tally& results);

}  // namespace conformance
