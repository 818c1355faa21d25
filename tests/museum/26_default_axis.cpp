// An axis by default is the wrong one: gabeur/mmt#1 (normalize), PetrochukM/PyTorch-NLP#2 (softmax)
// WRONG 1: usage | this_verb_needs_an_axis__name_one_of_the_tensors | tensor{(b h s s')}
// WRONG 2: usage | this_verb_needs_an_axis__name_one_of_the_tensors | tensor{(b n d)}
// WRONG 3: usage | this_verb_needs_an_axis
// WRONG 4: usage | this_verb_needs_an_axis
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
#if WRONG == 1
auto wrong(const tensor<float, "b h s s'">& a) {
    return softmax(a);
}
#elif WRONG == 2
auto wrong(const tensor<float, "b n d">& x) {
    return normalize(x);
}
#elif WRONG == 3
auto wrong(const tensor<float>& a) {
    return softmax(a);
}
#else
auto wrong(const tensor<float>& x) {
    return normalize(x);
}
#endif
#else
using namespace abax::museum;

TEST_CASE("exhibit 26: softmax makes each row of keys sum to 1") {
    const auto a = iota<float, "b h s s'">(3, 3, 4, 4) * 0.01F;

    const tensor<float, "b h s s'"> weights = softmax<"s'">(a);

    const auto right = [&](auto b, auto h, auto s, auto t) {
        float sum = 0;
        for (int k = 0; k < 4; ++k)
            sum += std::exp(a(b, h, s, k));
        return std::exp(a(b, h, s, t)) / sum;
    };
    CHECK(difference(weights, right) == "");
    CHECK(difference(sum<"s'">(weights), [](auto, auto, auto) { return 1; }) == "");
}

TEST_CASE("exhibit 26: of as many tokens as features each token gets the length 1") {
    const auto x = iota<float, "b n d">({3, 4, 4}, 1);
    const auto length = [](auto element_of_row) {
        float squares = 0;
        for (int i = 0; i < 4; ++i)
            squares += element_of_row(i) * element_of_row(i);
        return std::sqrt(squares);
    };

    const tensor<float, "b n d"> unit = normalize<"d">(x);

    const auto right = [&](auto b, auto n, auto d) {
        return x(b, n, d) / length([&](int i) { return x(b, n, i); });
    };
    CHECK(difference(unit, right) == "");
    const auto theirs = [&](auto b, auto n, auto d) {
        return x(b, n, d) / length([&](int i) { return x(b, i, d); });
    };
    CHECK(difference(unit, theirs) != "");
}

TEST_CASE("exhibit 26: an axis that the values do not have is refused, by name as by position") {
    const auto a = iota<float>(axes("b s s'", {3, 4, 4}));

    CHECK(outcome_of([&] { (void)softmax(a, "k"); }, a) == "unknown_axis");
    CHECK(outcome_of([&] { (void)normalize(a, "k"); }, a) == "unknown_axis");
    CHECK(outcome_of([&] { (void)softmax(a, 0); }, a) == "usage");
    CHECK(outcome_of([&] { (void)normalize(a, 1); }, a) == "usage");
}
#endif
