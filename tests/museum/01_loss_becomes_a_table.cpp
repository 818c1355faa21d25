// A loss between (n, 1) and (n) becomes (n, n): pytorch/pytorch#16045, #19699, #16413; tensorflow/tensorflow#30040
// WRONG: name_mismatch | nothing_stretches | only_left{n o} | only_right{i}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "n o">& pred, const tensor<float, "i">& y) {
    return pred - y;
}
#else
using namespace abax::museum;

namespace {

template <class Pred, class Truth>
auto loss(const Pred& pred, const Truth& y) {
    return mean<"n o">(square(pred - y));
}

}  // namespace

TEST_CASE("exhibit 1: a loss compares each prediction with its own truth") {
    const auto pred = iota<float, "n o">(3, 1);
    const auto y = iota<float, "n">({3}, 2);

    const tensor<float, "n o"> apart = pred - y;

    CHECK(difference(apart, [&](auto n, auto o) { return pred(n, o) - y(n); }) == "");
    float table = 0;
    for (int n = 0; n < 3; ++n)
        for (int i = 0; i < 3; ++i)
            table += (pred(n, 0) - y(i)) * (pred(n, 0) - y(i)) / 9;
    CHECK(loss(pred, y).item() == doctest::Approx(4));
    CHECK(loss(pred, y).item() != doctest::Approx(table));
}

TEST_CASE("exhibit 1: names in values are refused as those in types are") {
    const auto pred = iota<float>(axes("n o", {3, 1}));
    const auto y = iota<float>(axes("i", {3}));

    CHECK(outcome_of([&] { (void)loss(pred, y); }, pred, y) == "name_mismatch");
}

TEST_CASE("exhibit 1: without names the ranks decide, and no elements are needed") {
    const auto pred = iota<float>(shape::of({3, 1}));
    const auto y = iota<float>(shape::of({3}));

    CHECK(outcome_of([&] { (void)(pred - y); }, pred, y) == "rank_mismatch");
    const auto dry_pred = dry<float>(shape::of({3, 1}));
    CHECK(outcome_of([&] { (void)(dry_pred - y); }, dry_pred, y) == "rank_mismatch");
}
#endif
