#include <abax/abax.hpp>
#include <abax/plan/plan_cache.hpp>

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

namespace abax {

namespace {

detail::plan_key key_of(const layout& x) {
    detail::plan_key key;
    key.add(x);
    return key;
}

}  // namespace

TEST_CASE("plan key: two layouts have one key only if a plan cannot tell them apart") {
    const layout plain = layout::row_major(axes("b m", {2, 6}));
    layout moved = plain;
    moved.offset = 6;
    layout strided = plain;
    strided.stride[0] = 12;
    const std::vector<layout> others = {
        moved,
        strided,
        layout::row_major(axes("b k", {2, 6})),
        layout::row_major(axes("b m", {2, 5})),
        layout::row_major(axes("b (m: h d)", {2, 6}, {{"h", 2}})),
        layout::row_major(axes("b (m: h d)", {2, 6}, {{"h", 3}})),
        layout::row_major(axes("b (m: d h)", {2, 6}, {{"h", 3}})),
        layout::row_major(axes("b m n", {2, 6, 1})),
        layout::row_major(shape::of({2, 6})),
        layout::row_major({}),
    };

    CHECK(key_of(plain) == key_of(layout::row_major(axes("b m", {2, 6}))));
    for (std::size_t i = 0; i < others.size(); ++i) {
        CAPTURE(others[i].axes.str());
        CHECK_FALSE(key_of(others[i]) == key_of(plain));
        for (std::size_t k = 0; k < i; ++k)
            CHECK_FALSE(key_of(others[i]) == key_of(others[k]));
    }
}

TEST_CASE("plan key: which axis remembers its factors counts, and what it remembers") {
    const shape first = axes("(m: h d) n", {6, 6}, {{"h", 2}});
    const shape second = axes("m (n: h d)", {6, 6}, {{"h", 2}});

    CHECK(key_of(layout::row_major(first)) == key_of(layout::row_major(first)));
    CHECK_FALSE(key_of(layout::row_major(first)) == key_of(layout::row_major(second)));
    CHECK_FALSE(key_of(layout::row_major(first)) == key_of(layout::row_major(axes("m n", {6, 6}))));
}

TEST_CASE("plan key: a text of any length counts to its last letter") {
    for (std::size_t length = 0; length < 40; ++length) {
        CAPTURE(length);
        const std::string text(length, 'a');
        detail::plan_key key;
        key.add(std::string_view(text));
        detail::plan_key longer;
        longer.add(std::string_view(text + '\0'));
        detail::plan_key again;
        again.add(std::uint64_t{1}).add(std::string_view(text)).clear();
        again.add(std::string_view(text));

        CHECK(key == again);
        CHECK(key.hash() == again.hash());
        CHECK_FALSE(key == longer);
        for (std::size_t i = 0; i < length; ++i) {
            std::string other = text;
            other[i] = 'b';
            detail::plan_key different;
            different.add(std::string_view(other));
            CHECK_FALSE(key == different);
        }
    }
}

TEST_CASE("plan key: sizes, texts and axes do not run into each other") {
    const std::array<axis_size, 1> size_ab{axis_size{"ab", 1}};
    const std::array<axis_size, 1> size_a{axis_size{"a", 1}};
    detail::plan_key one;
    one.add(std::string_view("h")).add(axis_sizes(size_ab));
    detail::plan_key other;
    other.add(std::string_view("hab")).add(axis_sizes(size_a));
    detail::plan_key by_name;
    by_name.add(axes_argument("b"));
    detail::plan_key by_position;
    by_position.add(axes_argument(1));

    CHECK_FALSE(one == other);
    CHECK_FALSE(by_name == by_position);
}

TEST_CASE("plans that are kept: the second call of each kind gives what the first gave") {
    const auto x = iota<float>(axes("b s (m: h d)", {2, 3, 8}, {{"h", 2}}));
    const auto w = iota<float>(axes("m o", {8, 5}));
    for (int round = 0; round < 2; ++round) {
        CAPTURE(round);
        CHECK(rearrange(x, "b s (m: h d) -> d b h s")(3, 1, 0, 2) == 16 + 24 + 3);
        CHECK(reduce(x, "b s m -> b", by::max)(1) == 47);
        CHECK(reduce(x, "b s m -> b", by::min)(1) == 24);
        CHECK(sum(x, "b s").shape() == axes("(m: h d)", {8}, {{"h", 2}}));
        CHECK(repeat(x, "b s m -> b s m n", "n"_ax = 2).volume() == 96);
        CHECK(repeat(x, "b s m -> b s m n", "n"_ax = 3).volume() == 144);
        CHECK(equal(dot(x, w, "m"), einsum("b s m, m o -> b s o", x, w)));
    }
}

TEST_CASE("plans that are kept: a view of a slice starts where the slice does") {
    const auto x = iota<float>(axes("a b", {4, 3}));
    for (std::int64_t i = 0; i < 3; ++i) {
        CAPTURE(i);
        const auto part = slice(x, {"a", i, i + 2});

        CHECK(rearrange(part, "a b -> b a")(1, 0) == static_cast<float>(3 * i + 1));
    }
}

TEST_CASE("plans that are kept: a call that fails fails again, and one that is right works after it"
) {
    const auto x = iota<float>(shape::of({2, 6}));
    for (int round = 0; round < 2; ++round) {
        CAPTURE(round);
        CHECK_THROWS_AS((void)rearrange(x, "a (b c) -> a b c", "b"_ax = 4), error);
        CHECK_THROWS_AS((void)sum(x, {0, 0}), error);
        CHECK(rearrange(x, "a (b c) -> a b c", "b"_ax = 2).shape().str() == "2 2 3");
    }
}

TEST_CASE("plans that are kept: operands are taken in a row, or each from where it is") {
    const auto a = iota<float>(axes("i d", {2, 3}));
    const auto b = full<float>(axes("d j", {3, 4}), 2.0F);
    const plan p = plan_dot(a.where(), b.where(), dtype::float32, "d");
    const std::array<any_tensor, 2> in_a_row{a, b};
    const std::array<const any_tensor*, 2> each{&a.any(), &b.any()};

    CHECK(equal(execute(p, in_a_row), execute(p, each)));
}

TEST_CASE("plans that are kept: thousands of shapes are no trouble") {
    for (std::int64_t n = 1; n < 3000; ++n)
        REQUIRE(rearrange(dry<float>(axes("a b", {n, 2})), "a b -> b a").extent("a") == n);
}

}  // namespace abax
