// Shares that do not add up: arogozhnikov/einops, whose unpack takes [[2], [-1], [4]] of an axis of 5 and lets parts overlap
// Shares are numbers, so extents decide. What the compiler sees is the axis that is shared out:
// WRONG: name_mismatch | the_pattern_names_another_axis_than_the_tensor_has | pattern{^s *} | says{s} | has{b}
#include <abax/ops/typed_pack.hpp>

#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "b s">& x) {
    return unpack<"s *">(x, {{2}, {-1}, {2}});
}
#else
using namespace abax::museum;

TEST_CASE("exhibit 29: each position is in one share") {
    const auto x = iota<float, "b s">(3, 5);

    const auto parts = unpack<"b *">(x, {{2}, {-1}, {2}});

    REQUIRE(parts.size() == 3);
    CHECK(difference(as<"b s">(parts[0]), [&](auto b, auto s) { return x(b, s); }) == "");
    CHECK(difference(as<"b s">(parts[1]), [&](auto b, auto s) { return x(b, 2 + s); }) == "");
    CHECK(difference(as<"b s">(parts[2]), [&](auto b, auto s) { return x(b, 3 + s); }) == "");
    CHECK(as<"b s">(parts[1]).extent("s") == 1);
}

TEST_CASE("exhibit 29: shares that are more than the axis are refused while planning") {
    const auto x = iota<float, "b s">(3, 5);
    const auto unnamed = iota<float>(shape::of({3, 5}));
    const auto dry_x = dry<float, "b s">(3, 5);

    CHECK(outcome_of([&] { (void)unpack<"b *">(x, {{2}, {-1}, {4}}); }, x) == "size_mismatch");
    const auto by_position = [&] { (void)unpack(unnamed, {{2}, {-1}, {4}}, "b *"); };
    CHECK(outcome_of(by_position, unnamed) == "size_mismatch");
    const auto without_elements = [&] { (void)unpack<"b *">(dry_x, {{2}, {-1}, {4}}); };
    CHECK(outcome_of(without_elements, dry_x) == "size_mismatch");
    CHECK(outcome_of([&] { (void)unpack<"b *">(x, {{2}, {1}, {1}}); }, x) == "size_mismatch");
}
#endif
