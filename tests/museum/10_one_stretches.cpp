// A summed axis of extent 1 stretches: numpy/numpy#11548, #11541; google/jax#3645
// Names are equal there, so extents decide. Where a type knows that an axis is a mere unit, the compiler decides:
// WRONG: name_mismatch | an_axis_without_a_name_meets_nothing__name_or_drop_it | left{(i 1)} | right{(j k)}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "i 1">& a, const tensor<float, "j k">& b) {
    return dot<"k">(a, b);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 10: what is meant to stretch is repeated") {
    const auto a = iota<float, "i">({4}, 1);
    const auto b = iota<float, "j k">({1, 3}, 1);

    const tensor<float, "i j"> y = dot<"k">(repeat<"i -> i k">(a, "k"_ax = 3), b);

    const auto right = [&](auto i, auto j) {
        float sum = 0;
        for (int k = 0; k < 3; ++k)
            sum += a(i) * b(j, k);
        return sum;
    };
    CHECK(difference(y, right) == "");
}

TEST_CASE("exhibit 10: equal extents are summed as loops do") {
    const auto a = iota<float, "i k">(4, 3);
    const auto b = iota<float, "j k">(1, 3);

    const auto right = [&](auto i, auto j) {
        float sum = 0;
        for (int k = 0; k < 3; ++k)
            sum += a(i, k) * b(j, k);
        return sum;
    };
    CHECK(difference(dot<"k">(a, b), right) == "");
}

TEST_CASE("exhibit 10: 1 against 3 is refused while planning, and both operands are shown") {
    const auto a = iota<float, "i k">(4, 1);
    const auto b = iota<float, "j k">(1, 3);
    const tensor<float> unnamed_a = iota<float>(shape::of({4, 1}));
    const tensor<float> unnamed_b = iota<float>(shape::of({3, 1}));

    CHECK(outcome_of([&] { (void)dot<"k">(a, b); }, a, b) == "size_mismatch");
    CHECK(outcome_of([&] { (void)einsum<"i k, j k -> i j">(a, b); }, a, b) == "size_mismatch");
    const auto mistake = [&] { (void)einsum("i k, k j -> i j", unnamed_a, unnamed_b); };
    CHECK(outcome_of(mistake, unnamed_a) == "size_mismatch");
    const auto dry_a = dry<float, "i k">(4, 1);
    CHECK(outcome_of([&] { (void)dot<"k">(dry_a, b); }, dry_a, b) == "size_mismatch");
    const std::string message = message_of([&] { (void)dot<"k">(a, b); });
    CAPTURE(message);
    CHECK(message.find("i=4 k=1") != std::string::npos);
    CHECK(message.find("j=1 k=3") != std::string::npos);
}
#endif
