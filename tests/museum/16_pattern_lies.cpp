// A pattern lies about its input, and a square image does not tell: lucidrains/siren-pytorch#6
// WRONG: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | pattern{^h w c -> (h w) c} | says{h} | has{w}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "w h c">& grid) {
    return rearrange<"h w c -> (h w) c">(grid);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 16: the pixels of a square grid are counted along its rows") {
    const auto grid = iota<float, "w h c">(3, 3, 2);

    const tensor<float, "(h w) c"> pixels = rearrange<"w h c -> (h w) c">(grid);

    CHECK(difference(pixels, [&](auto p, auto c) { return grid(p % 3, p / 3, c); }) == "");
    CHECK(difference(pixels, [&](auto p, auto c) { return grid(p / 3, p % 3, c); }) != "");
}

TEST_CASE("exhibit 16: a lie about named axes is refused; about unnamed ones nobody can tell") {
    const auto grid = iota<float>(axes("w h c", {3, 3, 2}));
    const auto unnamed = iota<float>(shape::of({3, 3, 2}));

    CHECK(outcome_of([&] { (void)rearrange(grid, "h w c -> (h w) c"); }, grid) == "name_mismatch");
    CHECK(rearrange(unnamed, "h w c -> (h w) c").rank() == 2);
}
#endif
