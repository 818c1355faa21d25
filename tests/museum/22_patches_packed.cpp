// Patches are packed as (c q p) and unpacked as (c p q): NVIDIA/flashdreams#284
// WRONG: name_mismatch | the_axis_remembers_other_factors | pattern{b ^(c p q) h w -> b c (h p) (w q)} | says{(c p q)} | has{(c q p)}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "b c (h p) (w q)">& x) {
    const auto z = rearrange<"b c (h p) (w q) -> b (c q p) h w">(x);
    return rearrange<"b (c p q) h w -> b c (h p) (w q)">(z);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 22: patches are unpacked as they were packed, and no size is asked for") {
    const auto x = iota<float, "b c y x">(3, 3, 8, 8);
    const auto z = rearrange<"b c (h p) (w q) -> b (c q p) h w">(x, "p"_ax = 2, "q"_ax = 2);

    const tensor<float, "b c (h p) (w q)"> back = rearrange<"b (c q p) h w -> b c (h p) (w q)">(z);

    const auto right = [&](auto b, auto c, auto row, auto column) { return x(b, c, row, column); };
    CHECK(difference(back, right) == "");
    const auto packed = [&](auto b, auto n, auto h, auto w) {
        return x(b, n / 4, h * 2 + n % 2, w * 2 + n / 2 % 2);
    };
    CHECK(difference(z, packed) == "");
    const auto theirs = [&](auto b, auto n, auto h, auto w) {
        return x(b, n / 4, h * 2 + n / 2 % 2, w * 2 + n % 2);
    };
    CHECK(difference(z, theirs) != "");
}

TEST_CASE("exhibit 22: an axis that remembers (c q p) is not split as (c p q)") {
    const auto unnamed = iota<float>(shape::of({3, 3, 8, 8}));
    const auto grid = named(unnamed, "b c (h p) (w q)", {{"p", 2}, {"q", 2}});
    const auto z = rearrange(grid, "b c (h p) (w q) -> b (c q p) h w");

    const auto mistake = [&] {
        (void)rearrange(z, "b (c p q) h w -> b c (h p) (w q)", {{"p", 2}, {"q", 2}});
    };
    CHECK(outcome_of(mistake, z) == "name_mismatch");
}
#endif
