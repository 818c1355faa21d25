// One axis in two spellings, both summed: pydata/xarray#2907
// WRONG: unknown_axis | this_name_is_summed_but_the_right_operand_lacks_it | axis{model} | left{(model)} | right{(models)}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "model">& x, const tensor<float, "models">& w) {
    return dot<"model models">(x, w);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 8: a weighted sum, and not the product of two sums") {
    const auto x = iota<float, "model">({4}, 1);
    const auto w = iota<float, "models">({4}, 2);

    const tensor<float, ""> sum = dot<"model">(x, rename<"models -> model">(w));

    CHECK(sum.item() == 1 * 2 + 2 * 3 + 3 * 4 + 4 * 5);
    CHECK(sum.item() != (1 + 2 + 3 + 4) * (2 + 3 + 4 + 5));
}

TEST_CASE("exhibit 8: two names in values are two axes") {
    const auto x = iota<float>(axes("model", {4}));
    const auto w = iota<float>(axes("models", {4}));

    CHECK(outcome_of([&] { (void)dot(x, w, "model models"); }, x, w) == "unknown_axis");
}
#endif
