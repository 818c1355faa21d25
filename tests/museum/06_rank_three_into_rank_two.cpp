// An array of rank 3 fits into a variable of rank 2: xtensor-stack/xtensor#441, #907, #1675
// WRONG: rank_mismatch | assignment_keeps_the_rank | tensor{(p r c)} | wanted{(r c)} | axis{p}
#include "museum.hpp"

#include <cstdint>

using namespace abax;

#ifdef WRONG
void wrong(const tensor<std::int32_t, "p r c">& a) {
    const tensor<std::int32_t, "r c"> b = a;
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 6: a variable has the rank of what it is made of, or that of a reduction") {
    const auto a = as<"p r c">(from<std::int32_t>({{{1, 2}, {3, 4}}}));

    const tensor<std::int32_t, "p r c"> b = a;
    const tensor<std::int64_t, "r c"> summed = sum<"p">(a);

    CHECK(difference(b, [](auto, auto r, auto c) { return 1 + 2 * r + c; }) == "");
    CHECK(difference(summed, [](auto r, auto c) { return 1 + 2 * r + c; }) == "");
}

TEST_CASE("exhibit 6: names in values are refused where they become a type's") {
    const auto a = iota<std::int32_t>(axes("p r c", {1, 2, 2}));
    const auto unnamed = iota<std::int32_t>(shape::of({1, 2, 2}));

    CHECK(outcome_of([&] { (void)as<"r c">(a); }, a) == "rank_mismatch");
    CHECK(outcome_of([&] { (void)as<"r c">(unnamed); }, unnamed) == "rank_mismatch");
}
#endif
