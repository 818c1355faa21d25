// Row scales multiply the columns of a square matrix: huggingface/blog#1126
// WRONG: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | pattern{o i, ^i -> o i} | says{i} | has{o}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "o i">& w, const tensor<float, "o">& scale) {
    return einsum<"o i, i -> o i">(w, scale);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 4: the scale of a row multiplies that row of a square matrix") {
    const auto w = iota<float, "o i">({3, 3}, 1);
    const auto scale = iota<float, "o">({3}, 2);

    const tensor<float, "o i"> scaled = w * scale;

    CHECK(difference(scaled, [&](auto o, auto i) { return w(o, i) * scale(o); }) == "");
    CHECK(difference(scaled, [&](auto o, auto i) { return w(o, i) * scale(i); }) != "");
    CHECK(equal(einsum<"o i, o -> o i">(w, scale), scaled));
}

TEST_CASE("exhibit 4: a pattern that scales columns is refused") {
    const auto w = iota<float>(axes("o i", {3, 3}));
    const auto scale = iota<float>(axes("o", {3}));

    const auto mistake = [&] { (void)einsum("o i, i -> o i", w, scale); };
    CHECK(outcome_of(mistake, w, scale) == "name_mismatch");
}
#endif
