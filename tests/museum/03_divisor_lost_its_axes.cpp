// A divisor that lost its axes lands on the wrong one: HomebrewML/HeavyBall#96
// WRONG: name_mismatch | nothing_stretches | only_left{k m n} | only_right{n2}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "k m n">& g, const tensor<float, "n2">& norms) {
    return g / norms;
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 3: each of as many matrices as columns is divided by its own norm") {
    const auto g = iota<float, "k m n">({3, 4, 3}, 1);
    const auto norm_of = [&](auto k) {
        float squares = 0;
        for (int m = 0; m < 4; ++m)
            for (int n = 0; n < 3; ++n)
                squares += g(k, m, n) * g(k, m, n);
        return std::sqrt(squares);
    };

    const tensor<float, "k m n"> unit = g / norm<"m n">(g);

    CHECK(difference(unit, [&](auto k, auto m, auto n) { return g(k, m, n) / norm_of(k); }) == "");
    CHECK(difference(unit, [&](auto k, auto m, auto n) { return g(k, m, n) / norm_of(n); }) != "");
}

TEST_CASE("exhibit 3: a divisor of another axis is refused") {
    const auto g = iota<float>(axes("k m n", {3, 4, 3}));
    const auto norms = ones<float>(axes("n2", {3}));

    CHECK(outcome_of([&] { (void)(g / norms); }, g, norms) == "name_mismatch");
}

TEST_CASE("exhibit 3: without names the norms of rank 1 are refused, wherever they would land") {
    const auto g = iota<float>(shape::of({3, 4, 3}));
    const auto norms = norm(g, {1, 2});

    CHECK(outcome_of([&] { (void)(g / norms); }, g, norms) == "rank_mismatch");
}
#endif
