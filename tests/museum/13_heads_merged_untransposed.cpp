// Heads are merged without being transposed back: jsbaan/transformer-from-scratch#6, ajhalthor/Transformer-Neural-Network#4
// WRONG: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | pattern{b ^s h d -> b s (h d)} | says{s} | has{h}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "b h s d">& y) {
    return rearrange<"b s h d -> b s (h d)">(y);
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 13: a position keeps the features of all its heads") {
    const auto y = iota<float, "b h s d">(2, 3, 4, 5);

    const tensor<float, "b s (h d)"> merged = rearrange<"b h s d -> b s (h d)">(y);

    CHECK(difference(merged, [&](auto b, auto s, auto m) { return y(b, m / 5, s, m % 5); }) == "");
    // What lies in memory, cut into rows.
    CHECK(difference(merged, [&](auto b, auto s, auto m) { return b * 60 + s * 15 + m; }) != "");
}

TEST_CASE("exhibit 13: a pattern that forgets the transposition is refused") {
    const auto y = iota<float>(axes("b h s d", {3, 3, 4, 4}));

    CHECK(outcome_of([&] { (void)rearrange(y, "b s h d -> b s (h d)"); }, y) == "name_mismatch");
    const std::string message = message_of([&] { (void)rearrange(y, "b s h d -> b s (h d)"); });
    CAPTURE(message);
    CHECK(message.find("  b s h d -> b s (h d)\n    ^") != std::string::npos);
}
#endif
