#pragma once

#include <map>
#include <set>
#include <string>

namespace conformance {

/// What abax does where einops does something by accident.
struct decision {
    bool as_reference = false;         ///< the recorded outcome stands
    std::set<std::string> categories;  ///< else it is rejected with one of these
    bool as_bool = false;              ///< accepted, but with bool values
    bool works = false;                ///< a result where the reference fails
};

/// By quirk. An empty path means the project's own tests/data/decisions.json.
[[nodiscard]] std::map<std::string, decision> load_decisions(const std::string& path);

}  // namespace conformance
