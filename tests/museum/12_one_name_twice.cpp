// One name for two axes: pydata/xarray#3731, #1378
// WRONG 1: duplicate_axis | pattern{x ^x}
// WRONG 2: duplicate_axis | pattern{a ^a -> a a}
// WRONG 3: duplicate_axis
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
#if WRONG == 1
void wrong() {
    const tensor<float, "x x"> covariances;
}
#elif WRONG == 2
auto wrong(const tensor<float, "x y">& t) {
    return rearrange<"a a -> a a">(t);
}
#else
auto wrong(const tensor<float>& t) {
    return rearrange(t, "a a -> a a");
}
#endif
#else
using namespace abax::museum;

TEST_CASE("exhibit 12: a prime tells two axes of one kind apart") {
    const auto covariances = iota<float, "x x'">(3, 3);

    const tensor<float, "x'"> row = at<"x">(covariances, 1);
    const tensor<float, "x"> column = at<"x'">(covariances, 0);

    CHECK(difference(row, [](auto x) { return 3 + x; }) == "");
    CHECK(difference(column, [](auto x) { return 3 * x; }) == "");
}

TEST_CASE("exhibit 12: a name twice is refused in shapes, names and patterns") {
    const auto t = iota<float>(axes("x y", {3, 3}));
    const auto unnamed = iota<float>(shape::of({3, 3}));

    CHECK(outcome_of([] { (void)axes("x x", {3, 3}); }) == "duplicate_axis");
    CHECK(outcome_of([&] { (void)named(unnamed, "x x"); }, unnamed) == "duplicate_axis");
    CHECK(outcome_of([&] { (void)rename(t, "y -> x"); }, t) == "duplicate_axis");
    const auto mistake = [&] { (void)rearrange(unnamed, pattern_text("a a -> a a")); };
    CHECK(outcome_of(mistake, unnamed) == "duplicate_axis");
}
#endif
