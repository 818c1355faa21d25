// A weight that is stored (out, in) is used as (in, out): rasbt/LLMs-from-scratch#857
// WRONG: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | pattern{b n d, ^d i -> b n i} | says{d} | has{o}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "b n d">& x, const tensor<float, "o d">& w) {
    return einsum<"b n d, d i -> b n i">(x, w);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 9: a square weight is used as it is stored") {
    const auto x = iota<float, "b n d">(3, 2, 3);
    const auto w = iota<float, "o d">(3, 3);

    const tensor<float, "b n o"> y = einsum<"b n d, o d -> b n o">(x, w);

    const auto right = [&](auto b, auto n, auto o) {
        float sum = 0;
        for (int d = 0; d < 3; ++d)
            sum += x(b, n, d) * w(o, d);
        return sum;
    };
    CHECK(difference(y, right) == "");
    const auto theirs = [&](auto b, auto n, auto o) {
        float sum = 0;
        for (int d = 0; d < 3; ++d)
            sum += x(b, n, d) * w(d, o);
        return sum;
    };
    CHECK(difference(y, theirs) != "");
    CHECK(equal(dot<"d">(x, w), y));
}

TEST_CASE("exhibit 9: a pattern that reads the stored weight the other way is refused") {
    const auto x = iota<float>(axes("b n d", {3, 2, 3}));
    const auto w = iota<float>(axes("o d", {3, 3}));

    CHECK(outcome_of([&] { (void)einsum("b n d, d i -> b n i", x, w); }, x, w) == "name_mismatch");
}
#endif
