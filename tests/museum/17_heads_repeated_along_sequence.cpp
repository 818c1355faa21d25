// The heads of keys are repeated along the sequence: PrimeIntellect-ai/prime-rl#2681
// WRONG: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | pattern{b ^g s d -> b (g r) s d} | says{g} | has{s}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "b s g d">& k) {
    return repeat<"b g s d -> b (g r) s d">(k, "r"_ax = 4);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 17: each head of keys is there r times, and each position once") {
    const auto k = iota<float, "b s g d">(2, 3, 3, 4);

    const tensor<float, "b s (g r) d"> heads = repeat<"b s g d -> b s (g r) d">(k, "r"_ax = 4);

    const auto right = [&](auto b, auto s, auto h, auto d) { return k(b, s, h / 4, d); };
    CHECK(difference(heads, right) == "");
    // Repeated along s, and read as heads.
    const auto theirs = [&](auto b, auto h, auto s, auto d) { return k(b, h / 4, s, d); };
    CHECK(difference(rearrange<"b s (g r) d -> b (g r) s d">(heads), theirs) != "");
}

TEST_CASE("exhibit 17: a pattern that takes positions for heads is refused") {
    const auto k = iota<float>(axes("b s g d", {2, 3, 3, 4}));

    const auto mistake = [&] { (void)repeat(k, "b g s d -> b (g r) s d", "r"_ax = 4); };
    CHECK(outcome_of(mistake, k) == "name_mismatch");
}
#endif
