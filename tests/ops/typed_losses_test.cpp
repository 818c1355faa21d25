#include <abax/ops/typed_losses.hpp>
#include <abax/ops/typed_rope.hpp>

#include "typed_support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace abax {

using testing::category_of;
using testing::difference;
using testing::difference_between;
using testing::dynamic;
using testing::is;
using testing::merged;
using testing::names_agree;
using testing::refusal_of;

namespace {

tensor<std::int64_t, "s b"> targets() {
    return as<"s b">(from<std::int64_t>({{0, 1}, {2, 3}, {3, -100}}));
}

/// The category under which logits "b s (m: h d)" refuse targets with these axes, said while compiling and when it runs.
template <static_axes Over, static_axes Targets>
bool refuses_alike(const std::vector<std::int64_t>& extents, axis_sizes sizes = {}) {
    using check = detail::targets_check<Over, "b s (m: h d)", std::int64_t, Targets>;
    const auto ids = full<std::int64_t>(detail::shape_of_type(Targets.view(), extents, sizes), 0);
    const std::string thrown =
        category_of([&] { (void)cross_entropy_rows(dynamic(merged()), Over.view(), ids); });
    CAPTURE(Targets.view());
    CHECK(refusal_of<check>() == thrown);
    return refusal_of<check>() == thrown;
}

}  // namespace

TEST_CASE("typed losses: the mean has rank 0, rows the other axes of the logits") {
    static_assert(is<decltype(log_softmax<"m">(merged())), float, "b s (m: h d)">);
    static_assert(is<decltype(cross_entropy<"m">(merged(), targets())), float, "">);
    static_assert(is<decltype(cross_entropy_rows<"m">(merged(), targets())), float, "b s">);
    static_assert(is<decltype(cross_entropy<"m">(dynamic(merged()), targets())), float, "">);
    static_assert(is<
                  decltype(cross_entropy_rows<"m">(dynamic(merged()), targets())),
                  float,
                  names_in_value>);
    const auto x = merged();
    const auto y = dynamic(x);
    const auto ids = targets();
    const tensor<std::int64_t> plain = ids;
    CHECK(
        difference([&] { return log_softmax<"m">(x); }, [&] { return log_softmax(y, "m"); }) == ""
    );
    CHECK(
        difference(
            [&] { return cross_entropy<"m">(x, ids, -100); },
            [&] { return cross_entropy(y, "m", plain, -100); }
        )
        == ""
    );
    CHECK(
        difference(
            [&] { return cross_entropy_rows<"m">(x, ids, -100); },
            [&] { return cross_entropy_rows(y, "m", plain, -100); }
        )
        == ""
    );
    CHECK(category_of([&] { (void)cross_entropy<"m">(x, ids); }) == "usage");
}

TEST_CASE("typed losses: the compiler refuses targets that the dynamic verb refuses") {
    CHECK(refuses_alike<"m", "b s">({2, 3}));
    CHECK(refuses_alike<"m", "s b">({3, 2}));
    CHECK(refuses_alike<"m", "s">({3}));
    CHECK(refuses_alike<"m", "b s m">({2, 3, 4}));
    CHECK(refuses_alike<"m", "b s q">({2, 3, 4}));
    CHECK(refuses_alike<"m", "">({}));
    CHECK(refuses_alike<"q", "b s">({2, 3}));
    CHECK(refuses_alike<"s", "b m">({2, 4}));
    CHECK(refuses_alike<"s", "b (m: h d)">({2, 4}, {{"h", 2}}));
    CHECK(refuses_alike<"s", "b (m: d h)">({2, 4}, {{"h", 2}}));
    using floats = detail::targets_check<"m", "b s m", float, "b s">;
    CHECK(refusal_of<floats>() == "dtype_mismatch");
}

TEST_CASE("typed rope: tables have their positions in their type") {
    const auto table = rope_angles<float, "s">(3, 4, 100);
    static_assert(is<decltype(table.cosines), float, "s pair">);
    static_assert(is<decltype(rename<"s -> s'">(table).sines), float, "s' pair">);
    static_assert(is<decltype(slice<"s">(table, 1, 2).sines), float, "s pair">);
    static_assert(is<decltype(rope_halves<"m">(merged(), table)), float, "b s (m: h d)">);
    const auto plain = rope_angles<float>("s", 3, 4, 100);
    CHECK(difference_between(table.cosines, plain.cosines) == "");
    CHECK(difference_between(table.sines, plain.sines) == "");
    CHECK(difference_between(slice<"s">(table, 1, 3).sines, slice(plain, {"s", 1, 3}).sines) == "");
    CHECK(names_agree(rename<"s -> s'">(table).cosines));
    const auto x = merged();
    const auto y = dynamic(x);
    CHECK(
        difference(
            [&] { return rope_halves<"m">(x, table); }, [&] { return rope_halves(y, "m", plain); }
        )
        == ""
    );
    CHECK(
        difference(
            [&] { return rope_pairs<"m">(x, table); }, [&] { return rope_pairs(y, "m", table); }
        )
        == ""
    );
    CHECK(
        difference(
            [&] { return rope_pairs<"m">(y, table); }, [&] { return rope_pairs(y, "m", plain); }
        )
        == ""
    );
}

TEST_CASE("typed rope: the compiler refuses tables that the dynamic verb refuses") {
    const auto y = dynamic(merged());
    const auto thrown = [&](std::string_view names, const std::vector<std::int64_t>& extents) {
        const auto part = zeros<float>(names, extents);
        return category_of([&] { (void)rope_halves(y, "m", rope_table<float>{part, part}); });
    };
#define REFUSED(tables) refusal_of<detail::rope_check<"m", "b s (m: h d)", tables>>()
    CHECK(REFUSED("s pair") == thrown("s pair", {3, 2}));
    CHECK(REFUSED("b s pair") == thrown("b s pair", {2, 3, 2}));
    CHECK(REFUSED("s m") == thrown("s m", {3, 4}));
    CHECK(REFUSED("s' pair") == thrown("s' pair", {3, 2}));
    CHECK(REFUSED("s q") == thrown("s q", {3, 2}));
    CHECK(REFUSED("pair") == thrown("pair", {2}));
    CHECK(REFUSED("s m pair") == thrown("s m pair", {3, 4, 2}));
#undef REFUSED
    CHECK(refusal_of<detail::angles_check<"pair">>() == category_of([] {
              (void)rope_angles<float>("pair", 3, 4);
          }));
}

}  // namespace abax
