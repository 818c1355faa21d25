// A square table is read along the wrong axis: told by many, reported by none
// WRONG: name_mismatch | assignment_never_permutes_or_broadcasts | tensor{(v b s)} | wanted{(b s m)}
#include "museum.hpp"

#include <cstdint>

using namespace abax;

#ifdef WRONG
void wrong(const tensor<float, "v m">& table, const tensor<std::int64_t, "b s">& ids) {
    const tensor<float, "b s m"> e = take<"m">(table, ids);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 19: an id finds its row in a square table") {
    const auto table = iota<float, "v m">(4, 4);
    const auto ids = as<"b s">(from<std::int64_t>({{0, 3, 1}, {2, 2, 0}, {1, 0, 3}}));

    const tensor<float, "b s m"> e = take<"v">(table, ids);

    CHECK(difference(e, [&](auto b, auto s, auto m) { return table(ids(b, s), m); }) == "");
    CHECK(difference(e, [&](auto b, auto s, auto m) { return table(m, ids(b, s)); }) != "");
}

TEST_CASE("exhibit 19: what was read along the other axis does not pass the door") {
    const auto table = iota<float>(axes("v m", {4, 4}));
    const auto ids = zeros<std::int64_t>(axes("b s", {3, 3}));
    const auto e = take(table, ids, "m");

    CHECK(e.shape().str() == "v=4 b=3 s=3");
    CHECK(outcome_of([&] { (void)as<"b s m">(e); }, e) == "name_mismatch");
}
#endif
