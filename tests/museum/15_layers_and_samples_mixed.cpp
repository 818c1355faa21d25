// Layers and samples are mixed in one row: OpenNMT/OpenNMT-py#1521
// WRONG: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | pattern{^b l d -> b (l d)} | says{b} | has{l}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "l b d">& states) {
    return rearrange<"b l d -> b (l d)">(states);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 15: a row has all layers of one sample") {
    const auto states = iota<float, "l b d">(3, 3, 4);

    const tensor<float, "b (l d)"> rows = rearrange<"l b d -> b (l d)">(states);

    CHECK(difference(rows, [&](auto b, auto m) { return states(m / 4, b, m % 4); }) == "");
    CHECK(difference(rows, [&](auto b, auto m) { return b * 12 + m; }) != "");
}

TEST_CASE("exhibit 15: a pattern that takes layers for samples is refused") {
    const auto states = iota<float>(axes("l b d", {3, 3, 4}));

    const auto mistake = [&] { (void)rearrange(states, "b l d -> b (l d)"); };
    CHECK(outcome_of(mistake, states) == "name_mismatch");
}
#endif
