#pragma once

#include "decisions.hpp"
#include "tally.hpp"

#include <istream>
#include <map>
#include <string>

namespace conformance {

/// Runs each line of a .jsonl file of einops vectors.
void run_vectors(
    std::istream& in,
    const std::string& file,
    const std::map<std::string, decision>& decisions,
    tally& results
);

}  // namespace conformance
