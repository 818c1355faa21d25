// Features are taken for pixels: fawazsammani/knowing-when-to-look-adaptive-attention#6, Selen-Suyue/DensePolicy2D#3
// WRONG: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | pattern{b ^h w c -> b (h w) c} | says{h} | has{c}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "b c h w">& x) {
    return rearrange<"b h w c -> b (h w) c">(x);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 18: a pixel keeps its features") {
    const auto x = iota<float, "b c h w">(2, 8, 3, 3);

    const tensor<float, "b (h w) c"> pixels = rearrange<"b c h w -> b (h w) c">(x);

    CHECK(difference(pixels, [&](auto b, auto p, auto c) { return x(b, c, p / 3, p % 3); }) == "");
    CHECK(difference(pixels, [&](auto b, auto p, auto c) { return b * 72 + p * 8 + c; }) != "");
}

TEST_CASE("exhibit 18: a pattern that takes features for pixels is refused") {
    const auto x = iota<float>(axes("b c h w", {2, 8, 3, 3}));

    CHECK(outcome_of([&] { (void)rearrange(x, "b h w c -> b (h w) c"); }, x) == "name_mismatch");
}
#endif
