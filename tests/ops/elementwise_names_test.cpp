#include <abax/ops/assign.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/select.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

TEST_CASE("element-wise: one operand's axes contain the others', and the result has its order") {
    struct row {
        std::string a;
        std::string b;
        std::string result;
    };
    const std::vector<row> table = {
        {"b s m", "m", "b s m"},
        {"m", "b s m", "b s m"},
        {"b s m", "m b", "b s m"},
        {"s b m", "b s m", "s b m"},  // as many axes: the leftmost
        {"b s m", "s b m", "b s m"},
        {"b s m", "", "b s m"},
        {"", "b s m", "b s m"},
        {"", "", ""},
        {"b", "s b", "s b"},
    };
    const place all = {{"b", 2}, {"s", 3}, {"m", 5}};
    const auto made = [&](const std::string& names) {
        extents shape_extents;
        for (const char c : names)
            if (c != ' ')
                shape_extents.push_back(all.at(std::string(1, c)));
        return named_tensor(names, shape_extents);
    };
    for (const auto& [left_, right_, result] : table) {
        const auto& left = left_;
        const auto& right = right_;
        CAPTURE(left);
        CAPTURE(right);
        const auto a = made(left);
        const auto b = made(right);

        const auto c = a - b;

        CHECK(c.shape().axes_text() == result);
        for_each_place(all, [&](const place& at) {
            REQUIRE(
                element_by_name<float>(c.any(), at)
                == element_by_name<float>(a.any(), at) - element_by_name<float>(b.any(), at)
            );
        });
    }
}

TEST_CASE("element-wise: two operands that each lack an axis of the other do not meet") {
    // pred: n o and y: i would form an (n, o, i) table elsewhere.
    const auto pred = named_tensor("n o", {3, 1});
    const auto y = named_tensor("i", {3});

    const auto e = thrown_by([&] { (void)(pred - y); });

    CHECK(e.kind == category::name_mismatch);
    CHECK(e.operation == "subtract");
    CHECK(
        e.message == "neither operand has all axes of the other: 'n o' only left, 'i' only right"
    );
    CHECK(e.help == "nothing stretches: give the other operand the axis, broadcast(x, \"i\", 3)");
    CHECK(pred.shape().str() == "n=3 o=1");
    CHECK(category_of([&] { (void)(y - pred); }) == "name_mismatch");
    CHECK((pred - rename(y, "i -> n")).shape().str() == "n=3 o=1");
}

TEST_CASE("element-wise: equal extents do not make two names one") {
    const auto x = named_tensor("b s", {3, 3});

    CHECK(category_of([&] { (void)(x + rename(x, "s -> s'")); }) == "name_mismatch");
    CHECK(category_of([&] { (void)(x + named_tensor("s'", {3})); }) == "name_mismatch");
}

TEST_CASE("element-wise: nothing stretches, not even an extent of 1") {
    CHECK(
        category_of([] {
            (void)(named_tensor("r c", {2, 3}) + named_tensor("r c", {2, 1}));
        })
        == "size_mismatch"
    );
    CHECK(
        category_of([] {
            (void)(named_tensor("r c", {2, 3}) + named_tensor("c", {1}));
        })
        == "size_mismatch"
    );
    CHECK(
        category_of([] {
            (void)(counted(shape::of({2, 3})) + counted(shape::of({2, 1})));
        })
        == "size_mismatch"
    );

    const auto e = thrown_by([] {
        (void)(named_tensor("r c", {2, 3}) + named_tensor("r c", {3, 2}));
    });
    CHECK(e.kind == category::size_mismatch);
    CHECK(e.axis == "r");
    CHECK(e.expected_extent == 2);
    CHECK(e.got_extent == 3);
}

TEST_CASE("element-wise: unnamed operands have equal ranks and extents") {
    const auto x = counted(shape::of({3, 3}));

    CHECK(category_of([&] { (void)(x - counted(shape::of({3}))); }) == "rank_mismatch");
    CHECK(category_of([&] { (void)(counted(shape::of({3})) - x); }) == "rank_mismatch");
    CHECK(category_of([&] { (void)(x - counted(shape::of({3, 2}))); }) == "size_mismatch");
    CHECK((x - x).shape().str() == "3 3");
}

TEST_CASE("element-wise: a named tensor does not meet an unnamed one") {
    const auto x = named_tensor("b s", {3, 3});

    const auto same_rank = thrown_by([&] { (void)(x + counted(shape::of({3, 3}))); });
    CHECK(same_rank.kind == category::name_mismatch);
    CHECK_FALSE(same_rank.help.empty());
    CHECK(category_of([&] { (void)(x + counted(shape::of({3}))); }) == "rank_mismatch");
    CHECK(category_of([&] { (void)(counted(shape::of({3, 3})) + x); }) == "name_mismatch");
}

TEST_CASE("element-wise: an unnamed axis inside a named tensor has to be named or dropped first") {
    const auto x = rearrange(named_tensor("b s", {2, 3}), "b s -> b 1 s");

    CHECK(category_of([&] { (void)(x + x); }) == "name_mismatch");
    CHECK(category_of([&] { (void)exp(x); }) == "name_mismatch");
    CHECK(category_of([&] { (void)dot(x, x, "s"); }) == "name_mismatch");
    CHECK((named(x, "b q s") + named(x, "b q s")).shape().str() == "b=2 q=1 s=3");
}

TEST_CASE("element-wise: scalars and rank 0 meet anything") {
    const auto x = named_tensor("b s", {2, 3});
    const auto plain = counted(shape::of({2, 3}));
    const auto zero_rank = full<float>(shape{}, 10);

    CHECK((x + zero_rank).shape().str() == "b=2 s=3");
    CHECK((zero_rank + x)(1, 2) == 16);
    CHECK((plain * zero_rank)(1, 2) == 60);
    CHECK((2 - x)(0, 0) == 1);
    CHECK((x / 2)(0, 0) == 0.5F);
    CHECK((zero_rank + 1).rank() == 0);
    CHECK((zero_rank + 1).item() == 11);
}

TEST_CASE("a scalar takes the tensor's element type if its value fits") {
    const auto i = iota<std::int32_t>(shape::of({2}));
    const auto l = iota<std::int64_t>(shape::of({2}));
    const auto f = iota<float>(shape::of({2}));

    CHECK((i + 3)(1) == 4);
    CHECK((l + (std::int64_t{1} << 40))(0) == std::int64_t{1} << 40);
    CHECK((f + 1)(1) == 2);
    CHECK((f + 0.5)(1) == 1.5F);
    CHECK((iota<double>(shape::of({2})) + 0.1)(0) == 0.1);

    CHECK(category_of([&] { (void)(i + 0.5); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)(i + (std::int64_t{1} << 40)); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)(l + 2.5); }) == "dtype_mismatch");
    CHECK(
        category_of([&] { (void)(l + std::numeric_limits<std::uint64_t>::max()); })
        == "dtype_mismatch"
    );
    CHECK(category_of([&] { (void)(f * 1e300); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)(f * std::numeric_limits<double>::infinity()); }) == "nothing");
    CHECK((cast<double>(f) + std::numeric_limits<std::uint64_t>::max())(0) == 0x1p64);
}

TEST_CASE("element types do not mix") {
    const any_tensor f = iota(dtype::float32, shape::of({2}));
    const any_tensor d = iota(dtype::float64, shape::of({2}));
    const any_tensor b = iota(dtype::boolean, shape::of({2}));

    CHECK(category_of([&] { (void)(f + d); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)where(b, &f, &d); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)where(f, &f, &f); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)(b + b); }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)exp(iota(dtype::int32, shape::of({2}))); }) == "dtype_mismatch");
    CHECK(
        category_of([&] { (void)pow(iota(dtype::int64, shape::of({2})), 2); }) == "dtype_mismatch"
    );
    CHECK(category_of([&] { (void)-b; }) == "dtype_mismatch");
    CHECK(category_of([&] { (void)where(b, scalar(1), scalar(2)); }) == "dtype_mismatch");
}

TEST_CASE("where: condition and operands meet by name, one has all axes") {
    // a mask b s s' belongs to the samples of b h s s', not to its heads, also where b = h
    const auto scores = named_tensor("b h s s'", {3, 3, 2, 2});
    const auto mask = equal_to(named_tensor("b s s'", {3, 2, 2}), 5);

    const auto y = where(mask, scores, -1);

    CHECK(y.shape().axes_text() == "b h s s'");
    for_each_place(extents_by_name(y), [&](const place& at) {
        const float kept = element_by_name<float>(scores.any(), at);
        REQUIRE(
            element_by_name<float>(y.any(), at)
            == (element_by_name<bool>(mask.any(), at) ? kept : -1)
        );
    });

    const auto plain_mask = rearrange(counted<bool>(shape::of({3, 2, 2})), "a b c -> a b c");
    CHECK(category_of([&] { (void)where(plain_mask, scores, -1); }) == "rank_mismatch");
}

TEST_CASE("where: unrelated axes form no table") {
    const auto a = counted<bool>(axes("t1", {4}));
    const auto x = named_tensor("t2", {4});
    const std::size_t live = storage().live_bytes;
    reset_peak_bytes();

    const auto e = thrown_by([&] { (void)where(a, x, 0); });

    CHECK(e.kind == category::name_mismatch);
    CHECK(e.input.find("t1=4") != std::string::npos);
    CHECK(e.input.find("t2=4") != std::string::npos);
    CHECK(storage().peak_bytes <= live + 64);  // the number 0, nothing else
    CHECK(where(a, rename(x, "t2 -> t1"), 0).shape().str() == "t1=4");
}

TEST_CASE("where: the one with all axes may be the last operand") {
    const auto condition = counted<bool>(axes("a", {2}));
    const auto x = named_tensor("b", {3});
    const auto y = named_tensor("b a", {3, 2});

    CHECK(where(condition, x, y).shape().str() == "b=3 a=2");
    CHECK(where(condition, y, x).shape().str() == "b=3 a=2");
}

TEST_CASE("a divisor that lost axes lands on those it has left") {
    const auto g = named_tensor("k m n", {3, 2, 3});
    const auto norm = sqrt(sum(g * g, "m n"));

    const auto y = g / norm;

    CHECK(norm.shape().str() == "k=3");
    for_each_place(extents_by_name(g), [&](const place& at) {
        REQUIRE(
            element_by_name<float>(y.any(), at)
            == doctest::Approx(
                element_by_name<float>(g.any(), at) / element_by_name<float>(norm.any(), at)
            )
        );
    });
    CHECK(category_of([&] { (void)(g / rename(norm, "k -> n2")); }) == "name_mismatch");
}

TEST_CASE("row scales multiply the rows of a square matrix") {
    const auto w = named_tensor("o i", {3, 3});
    const auto scale = named_tensor("o", {3});

    const auto y = w * scale;

    for_each_position({3, 3}, [&](const extents& at) {
        REQUIRE(y(at[0], at[1]) == w(at[0], at[1]) * scale(at[0]));
    });
    const auto e = thrown_by([&] { (void)einsum("o i, i -> o i", w, scale); });
    CHECK(e.kind == category::name_mismatch);
    CHECK(e.offset == 5);
}

TEST_CASE("the order of the result follows the operand that has all axes, not the writing") {
    const auto row = named_tensor("b", {3});
    const auto m = named_tensor("a b", {3, 3});

    CHECK(equal(row * m, m * row));
    CHECK((row * m).shape().axes_text() == "a b");

    auto target = named_tensor("b a", {3, 3});
    CHECK(category_of([&] { assign(target, row * m); }) == "name_mismatch");
    CHECK(category_of([&] { (void)named(row * m, "b a"); }) == "name_mismatch");
}

TEST_CASE("a transposed operand is read in its own order") {
    const auto x = named_tensor("r c", {2, 3});
    const auto y = named_tensor("c r", {3, 2});

    const auto z = x + y;

    CHECK(z.shape().str() == "r=2 c=3");
    for_each_position({2, 3}, [&](const extents& at) {
        REQUIRE(z(at[0], at[1]) == x(at[0], at[1]) + y(at[1], at[0]));
    });
}

TEST_CASE("operands are unharmed by an operation that is refused") {
    const auto x = named_tensor("a b", {2, 3});
    const auto y = named_tensor("c", {2});
    const auto shared = x;

    CHECK(category_of([&] { (void)(x * y); }) == "name_mismatch");

    CHECK(x.shape().str() == "a=2 b=3");
    CHECK(x.any().shares_with(shared.any()));
    CHECK(x.to_vector() == std::vector<float>{1, 2, 3, 4, 5, 6});
    CHECK(y.to_vector() == std::vector<float>{1, 2});
}
