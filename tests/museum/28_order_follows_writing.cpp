// The order of the result follows that of writing: pydata/xarray#840
// WRONG: name_mismatch | assignment_never_permutes_or_broadcasts | tensor{(a b)} | wanted{(b a)}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
void wrong(const tensor<float, "b">& row, const tensor<float, "a b">& m) {
    const tensor<float, "b a"> r = row * m;
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 28: a product has the order of the operand that has all axes, on either side") {
    const auto row = iota<float, "b">({3}, 2);
    const auto m = iota<float, "a b">(3, 3);

    const tensor<float, "a b"> r = row * m;

    CHECK(equal(r, m * row));
    CHECK(difference(r, [&](auto i, auto j) { return m(i, j) * row(j); }) == "");
    CHECK(difference(r, [&](auto i, auto j) { return m(i, j) * row(i); }) != "");
}

TEST_CASE("exhibit 28: assigning never permutes") {
    const auto row = iota<float>(axes("b", {3}));
    const auto m = iota<float>(axes("a b", {3, 3}));
    const auto r = row * m;
    auto target = zeros<float>(axes("b a", {3, 3}));

    CHECK(r.shape().str() == "a=3 b=3");
    CHECK(outcome_of([&] { (void)as<"b a">(r); }, r) == "name_mismatch");
    CHECK(outcome_of([&] { assign(target, r); }, target, r) == "name_mismatch");
}
#endif
