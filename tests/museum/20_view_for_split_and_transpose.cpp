// view(b * h, s, d) in place of a split and a transposition: reczoo/FuxiCTR#30
// WRONG: name_mismatch | the_axis_remembers_other_factors | pattern{^(b h s) d -> (b h) s d} | says{(b h s)} | has{(b s h)}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "b s (h d)">& q) {
    const auto flat = rearrange<"b s (h d) -> (b s h) d">(q);
    return rearrange<"(b h s) d -> (b h) s d">(flat);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 20: a row of (b h) is one head of one sample") {
    const auto q = iota<float, "b s m">(3, 4, 12);

    const tensor<float, "(b h) s d"> heads = rearrange<"b s (h d) -> (b h) s d">(q, "h"_ax = 3);

    const auto right = [&](auto n, auto s, auto d) { return q(n / 3, s, n % 3 * 4 + d); };
    CHECK(difference(heads, right) == "");
    CHECK(difference(heads, [&](auto n, auto s, auto d) { return n * 16 + s * 4 + d; }) != "");
}

TEST_CASE("exhibit 20: an axis that was merged as (b s h) is not split as (b h s)") {
    const auto q = iota<float>(axes("b s m", {3, 4, 12}));
    const auto flat = rearrange(q, "b s (h d) -> (b s h) d", "h"_ax = 3);

    const auto mistake = [&] {
        (void)rearrange(flat, "(b h s) d -> (b h) s d", {{"b", 3}, {"h", 3}});
    };
    CHECK(outcome_of(mistake, flat) == "name_mismatch");
}
#endif
