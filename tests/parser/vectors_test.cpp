#include <abax/pattern/pattern.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

// Every recorded pattern, judged by its text alone.

namespace {

using namespace abax;
using abax::test::error_of;

// Failures of these categories are decided by the text; all others need ranks, extents or operands.
bool is_decided_by_text(verb operation, std::string_view outcome) {
    const bool merged = operation == verb::parse_shape && outcome == "other";
    return merged || outcome == "syntax" || outcome == "duplicate_axis" || outcome == "unknown_axis"
        || outcome == "ellipsis" || outcome == "anonymous_axis";
}

// The one known difference: more than 32 axes are refused here before any tensor is looked at.
bool is_known_difference(const diagnosis& thrown, std::string_view outcome) {
    return thrown.kind == category::rank_mismatch && outcome == "rank_mismatch";
}

}  // namespace

TEST_CASE("vectors: parse refuses exactly the patterns that einops refuses, for the same reason") {
    std::size_t judged = 0;
    std::size_t refused = 0;
    std::size_t known_differences = 0;
    for (const auto& line : test::recorded_vectors()) {
        if (!line.is_judge)
            continue;
        CAPTURE(line.id);
        CAPTURE(line.pattern);
        const auto thrown = error_of(line.pattern, line.operation);
        ++judged;
        if (thrown && is_known_difference(*thrown, line.outcome)) {
            ++known_differences;
            continue;
        }
        const std::string got = thrown ? std::string(to_string(thrown->kind)) : "ok";
        CHECK(got == (is_decided_by_text(line.operation, line.outcome) ? line.outcome : "ok"));
        refused += thrown.has_value() ? 1 : 0;
    }

    CHECK(judged > 3000);
    CHECK(refused > 700);
    CHECK(known_differences == 1);
}

TEST_CASE("vectors: what einops accepts uses no extension, and prints back to the same tree") {
    for (const auto& line : test::recorded_vectors()) {
        if (!line.is_judge || error_of(line.pattern, line.operation))
            continue;
        CAPTURE(line.pattern);
        const auto p = parse(line.pattern, line.operation);
        CHECK(p.is_einops());
        CHECK(parse(p.str(), line.operation) == p);
    }
}
