#include <abax/ops/pack.hpp>
#include <abax/ops/rearrange.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

TEST_CASE("pack: the result has the names of the pattern, and of '*' if all agree on one") {
    const auto a = named_tensor("b s m", {2, 3, 5});
    const auto b = named_tensor("b s m", {2, 7, 5});
    const auto pixels = named_tensor("b h w m", {2, 4, 4, 5});
    const auto token = named_tensor("b m", {2, 5});

    CHECK(pack("b * m", a, b).values.shape().str() == "b=2 s=10 m=5");
    CHECK(pack("b * m", a).values.shape().str() == "b=2 s=3 m=5");
    CHECK(pack("b * m", a, pixels).values.shape().str() == "b=2 19 m=5");
    CHECK(pack("b * m", a, token).values.shape().str() == "b=2 4 m=5");
    CHECK(pack("b * m", rename(a, "s -> t"), b).values.shape().str() == "b=2 10 m=5");
    CHECK(pack("b * m", token).values.shape().str() == "b=2 1 m=5");
    CHECK(pack("*", a).values.shape().str() == "30");
}

TEST_CASE("pack: names of the pattern mean nothing to unnamed tensors") {
    CHECK(pack("x * y", counted(shape::of({2, 3, 5}))).values.shape().str() == "2 3 5");
}

TEST_CASE("pack: a name at another place than the pattern says is refused, with the tensor") {
    const auto a = named_tensor("b s m", {2, 3, 5});
    const auto b = named_tensor("m s b", {2, 3, 5});

    const auto e = thrown_by([&] { (void)pack("b * m", a, b); });
    CHECK(e.kind == category::name_mismatch);
    CHECK(e.operation == "pack");
    CHECK(e.axis == "m");
    CHECK(e.offset == 0);
    CHECK(e.length == 1);
    CHECK(e.input == "tensor 2: m=2 s=3 b=5");
    CHECK(e.expected == "'m'");
    CHECK(e.got == "'b'");

    const auto last = thrown_by([&] { (void)pack("b * c", a); });
    CHECK(last.kind == category::name_mismatch);
    CHECK(last.offset == 4);
}

TEST_CASE("pack: named and unnamed tensors do not meet; a number meets any") {
    const auto a = named_tensor("s", {3});
    const auto plain = counted(shape::of({3}));
    const auto number = counted(shape::of({}));

    for (const auto& parts : {std::vector{a, plain}, std::vector{plain, a}}) {
        const auto e = thrown_by([&] { (void)pack("*", parts); });
        CHECK(e.kind == category::name_mismatch);
        CHECK(e.message == "named and unnamed tensors do not pack");
    }
    CHECK(pack("*", a, number).values.shape().str() == "4");
    CHECK(pack("*", number, plain).values.shape().str() == "4");
}

TEST_CASE("pack: an axis without a name in a named tensor is not what a name says") {
    const auto x = rearrange(named_tensor("b m", {2, 5}), "b m -> b 1 m");

    CHECK(category_of([&] { (void)pack("b s *", x); }) == "name_mismatch");
    CHECK(pack("b * m", x).values.shape().str() == "b=2 1 m=5");
}

TEST_CASE("pack: kept axes agree in what they remember, too") {
    const auto q = named_tensor("s h d", {3, 2, 4});
    const auto heads = rearrange(q, "s h d -> s (m: h d)");
    const auto other = rearrange(named_tensor("s d h", {3, 2, 4}), "s d h -> s (m: d h)");
    const auto uneven = rearrange(named_tensor("s h d", {3, 4, 2}), "s h d -> s (m: h d)");
    const auto plain = named_tensor("s m", {3, 8});

    const auto kept = pack("* m", heads, heads).values;
    CHECK(rearrange(kept, "s (m: h d) -> s h d").shape().str() == "s=6 h=2 d=4");
    CHECK(category_of([&] { (void)pack("* m", heads, other); }) == "name_mismatch");
    CHECK(category_of([&] { (void)pack("* m", heads, uneven); }) == "size_mismatch");
    CHECK(pack("* m", plain, heads).values.shape().str() == "s=6 m=8");
    // A plain first tensor does not hide that two others disagree.
    CHECK(category_of([&] { (void)pack("* m", plain, heads, other); }) == "name_mismatch");
}

TEST_CASE(
    "pack, unpack: the axis at '*' forgets its factors; one called by them must be named first"
) {
    const auto q = named_tensor("s h d", {3, 2, 4});
    const auto called = rearrange(q, "s h d -> s (m: h d)");
    const auto bare = rearrange(q, "s h d -> s (h d)");

    const auto made = pack("s *", called, called).values;
    CHECK(made.shape().str() == "s=3 m=16");
    CHECK(made.shape()[1].memory == nullptr);
    CHECK(unpack(called, {{3}, {5}}, "s *")[0].shape()[1].memory == nullptr);

    CHECK(category_of([&] { (void)pack("s *", bare); }) == "name_mismatch");
    CHECK(category_of([&] { (void)unpack(bare, {{3}, {5}}, "s *"); }) == "name_mismatch");
    // Where no name is kept, none is in the way.
    CHECK(pack("s *", bare, q).values.shape().str() == "s=3 16");
    CHECK(unpack(bare, {{2, 4}}, "s *")[0].shape().str() == "s=3 2 4");
}

TEST_CASE(
    "unpack: a part with one axis keeps the name of the packed axis, one with several has none"
) {
    const auto x = named_tensor("b s m", {2, 9, 5});

    const auto parts = unpack(x, {{3}, {}, {1, 5}}, "b * m");

    REQUIRE(parts.size() == 3);
    CHECK(parts[0].shape().str() == "b=2 s=3 m=5");
    CHECK(parts[1].shape().str() == "b=2 m=5");
    CHECK(parts[2].shape().str() == "b=2 1 5 m=5");
    CHECK(unpack(named_tensor("s", {6}), {{2, 3}}, "*")[0].shape().str() == "2 3");
}

TEST_CASE("unpack: a named tensor must have the names of the pattern at their places") {
    const auto x = named_tensor("b s m", {2, 9, 5});

    const auto e = thrown_by([&] { (void)unpack(x, {{9}}, "b * c"); });
    CHECK(e.kind == category::name_mismatch);
    CHECK(e.operation == "unpack");
    CHECK(e.axis == "m");
    CHECK(e.offset == 4);
}
