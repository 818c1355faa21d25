// A mask (b, q, k) is aligned with the heads of scores (b, h, q, k): keras-team/keras-hub#2911
// WRONG: name_mismatch | nothing_stretches | only_left{q k} | only_right{h s s'}
#include "museum.hpp"

#include <limits>

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<bool, "b q k">& mask, const tensor<float, "b h s s'">& scores) {
    return where(mask, scores, -1e9);
}
#else
using namespace abax::museum;

namespace {

constexpr float minus_infinity = -std::numeric_limits<float>::infinity();

}  // namespace

TEST_CASE("exhibit 5: the mask of a sample hides in all heads of that sample") {
    const auto scores = iota<float, "b h s s'">({3, 3, 4, 4}, 1);
    const tensor<bool, "b s s'"> mask = iota<float, "b s s'">(3, 4, 4) < 24;

    const tensor<float, "b h s s'"> hidden = where(mask, scores, minus_infinity);

    const auto right = [&](auto b, auto h, auto s, auto t) {
        return mask(b, s, t) ? scores(b, h, s, t) : minus_infinity;
    };
    CHECK(difference(hidden, right) == "");
    const auto theirs = [&](auto b, auto h, auto s, auto t) {
        return mask(h, s, t) ? scores(b, h, s, t) : minus_infinity;
    };
    CHECK(difference(hidden, theirs) != "");
}

TEST_CASE("exhibit 5: names in values are refused") {
    const auto scores = iota<float>(axes("b h s s'", {3, 3, 4, 4}));
    const auto mask = ones<bool>(axes("b q k", {3, 4, 4}));

    CHECK(outcome_of([&] { (void)where(mask, scores, 0); }, mask, scores) == "name_mismatch");
}

TEST_CASE("exhibit 5: a mask without names is never padded on the left") {
    const auto mask = ones<bool>(shape::of({3, 4, 4}));
    const auto unnamed = iota<float>(shape::of({3, 3, 4, 4}));
    const auto scores = iota<float>(axes("b h s s'", {3, 3, 4, 4}));

    CHECK(outcome_of([&] { (void)where(mask, unnamed, 0); }, mask, unnamed) == "rank_mismatch");
    CHECK(outcome_of([&] { (void)where(mask, scores, 0); }, mask, scores) == "rank_mismatch");
    const auto dry_scores = dry<float>(shape::of({3, 3, 4, 4}));
    CHECK(outcome_of([&] { (void)where(mask, dry_scores, 0); }, mask) == "rank_mismatch");
}
#endif
