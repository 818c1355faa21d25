// A layer norm over the sequence: jadore801120/attention-is-all-you-need-pytorch#17, tensorflow/addons#2142
// WRONG: name_mismatch | the_parameter_must_have_exactly_the_normalized_axis | wanted{(s)} | has{(m)} | tensor{(b s m)}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(
    const tensor<float, "b s m">& x, const tensor<float, "m">& gain, const tensor<float, "m">& bias
) {
    return layer_norm<"s">(x, gain, bias);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 25: of as many positions as features the features are normalized") {
    const auto x = square(iota<float, "b s m">(3, 4, 4));
    const auto gain = iota<float, "m">({4}, 1);
    const auto bias = iota<float, "m">({4}, 3);

    const tensor<float, "b s m"> y = layer_norm<"m">(x, gain, bias);

    const auto normalized = [&](auto value, auto element_of_row) {
        double mean = 0;
        double variance = 0;
        for (int i = 0; i < 4; ++i)
            mean += element_of_row(i) / 4.0;
        for (int i = 0; i < 4; ++i)
            variance += (element_of_row(i) - mean) * (element_of_row(i) - mean) / 4.0;
        return (value - mean) / std::sqrt(variance + 1e-5);
    };
    const auto right = [&](auto b, auto s, auto m) {
        return gain(m) * normalized(x(b, s, m), [&](int i) { return x(b, s, i); }) + bias(m);
    };
    CHECK(difference(y, right) == "");
    const auto theirs = [&](auto b, auto s, auto m) {
        return gain(m) * normalized(x(b, s, m), [&](int i) { return x(b, i, m); }) + bias(m);
    };
    CHECK(difference(y, theirs) != "");
}

TEST_CASE("exhibit 25: a norm over another axis than that of its parameters is refused") {
    const auto x = iota<float>(axes("b s m", {3, 4, 4}));
    const auto gain = ones<float>(axes("m", {4}));
    const auto bias = zeros<float>(axes("m", {4}));

    const auto mistake = [&] { (void)layer_norm(x, "s", gain, bias); };
    CHECK(outcome_of(mistake, x, gain, bias) == "name_mismatch");
}
#endif
