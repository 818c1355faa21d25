#include "tally.hpp"

#include <fmt/format.h>

namespace conformance {

void tally::fail(
    const std::string& group,
    const std::string& id,
    const std::string& expected,
    const std::string& got
) {
    ++groups_[group].failed;
    out_ << fmt::format("FAIL {}: expected {}, got {}\n", id, expected, got);
}

std::set<std::string> tally::unmet() const {
    std::set<std::string> rest;
    for (const std::string& group : only_)
        if (!met_.contains(group))
            rest.insert(group);
    return rest;
}

bool tally::report() {
    counts total;
    for (const auto& [group, c] : groups_) {
        out_ << fmt::format("{:<28} {:>6} passed {:>6} failed", group, c.passed, c.failed);
        if (c.set_aside > 0)
            out_ << fmt::format(" {:>6} set aside (extensions)", c.set_aside);
        out_ << '\n';
        total.passed += c.passed;
        total.failed += c.failed;
    }
    out_ << fmt::format("{} passed, {} failed\n", total.passed, total.failed);
    return total.failed == 0;
}

}  // namespace conformance
