#include <abax/ops/typed_create.hpp>
#include <abax/ops/typed_from.hpp>

#include "typed_support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace abax {

using testing::category_of;
using testing::difference;
using testing::is;
using testing::names_agree;
using testing::refusal_of;

TEST_CASE("typed creation: extents one by one, or as a list, give what the dynamic function gives"
) {
    static_assert(is<decltype(zeros<float, "b s">(2, 3)), float, "b s">);
    static_assert(is<decltype(ones<bool, "s">({3})), bool, "s">);
    static_assert(is<decltype(iota<float, "b h s s'">(2, 3, 4, 4)), float, "b h s s'">);
    static_assert(is<decltype(dry<double, " b  s ">(2, 3)), double, "b s">);
    const auto same = [](const auto& typed, const auto& dynamic) {
        return difference(typed, dynamic);
    };
    CHECK(
        same(
            [] { return zeros<float, "b s">(2, 3); },
            [] {
                return zeros<float>("b s", {2, 3});
            }
        )
        == ""
    );
    CHECK(
        same(
            [] {
                return ones<float, "b s">({2, 3});
            },
            [] {
                return ones<float>("b s", {2, 3});
            }
        )
        == ""
    );
    CHECK(
        same(
            [] { return iota<float, "b s">(2, 3); },
            [] {
                return iota<float>("b s", {2, 3});
            }
        )
        == ""
    );
    CHECK(
        same(
            [] {
                return iota<float, "b s">({2, 3}, 7);
            },
            [] {
                return iota<float>("b s", {2, 3}, 7);
            }
        )
        == ""
    );
    CHECK(
        same(
            [] {
                return full<float, "b s">({2, 3}, 0.5F);
            },
            [] {
                return full<float>("b s", {2, 3}, 0.5F);
            }
        )
        == ""
    );
    CHECK(
        same([] { return eye<float, "i j">(2, 3); }, [] { return eye<float>("i j", 2, 3); }) == ""
    );
    CHECK(same([] { return eye<float, "i j">(2); }, [] { return eye<float>("i j", 2); }) == "");
    CHECK(
        same([] { return arange<float, "s">(1, 9, 2); }, [] { return arange<float>("s", 1, 9, 2); })
        == ""
    );
    CHECK(
        same(
            [] { return arange<std::int64_t, "s">(5); }, [] { return arange<std::int64_t>("s", 5); }
        )
        == ""
    );
    CHECK(
        same(
            [] { return linspace<float, "s">(0, 1, 5); },
            [] { return linspace<float>("s", 0, 1, 5); }
        )
        == ""
    );
    CHECK(
        same(
            [] {
                return randn<float, "b s">({2, 3}, 42);
            },
            [] {
                return randn<float>("b s", {2, 3}, 42);
            }
        )
        == ""
    );
    CHECK(
        same(
            [] { return uniform<float, "b">({5}, 4, -1, 1); },
            [] { return uniform<float>("b", {5}, 4, -1, 1); }
        )
        == ""
    );
    CHECK(
        same(
            [] { return randint<std::int32_t, "b">({5}, 4, 0, 9); },
            [] { return randint<std::int32_t>("b", {5}, 4, 0, 9); }
        )
        == ""
    );
    CHECK(same([] { return permutation<"b">(5, 3); }, [] { return permutation("b", 5, 3); }) == "");
    CHECK(
        same([] { return causal<"s", "s'">(2, 3); }, [] { return causal("s", 2, "s'", 3); }) == ""
    );
    CHECK(
        same(
            [] { return windowed<"s", "s'">(3, 4, 2); }, [] { return windowed("s", 3, "s'", 4, 2); }
        )
        == ""
    );
    CHECK(dry<float, "b s">(2, 3).is_dry());
    CHECK(dry<float, "b s">({2, 3}).shape() == axes("b s", {2, 3}));
}

TEST_CASE("typed creation: a merged axis has the extent of the whole, and sizes tell its factors") {
    const shape wanted = axes("b (h d)", {2, 12}, {{"h", 3}});

    const auto one_by_one = iota<float, "b (h d)">(2, 12, "h"_ax = 3);
    const auto listed = iota<float, "b (h d)">({2, 12}, "h"_ax = 3);
    const auto with_a_list = zeros<float, "b (h d)">({2, 12}, {{"h", 3}});
    const auto called = randn<float, "b (m: h d)">({2, 12}, 1, {{"d", 4}});

    CHECK(one_by_one.shape() == wanted);
    CHECK(listed.shape() == wanted);
    CHECK(with_a_list.shape() == wanted);
    CHECK(called.shape() == axes("b (m: h d)", {2, 12}, {{"h", 3}}));
    CHECK(names_agree(one_by_one));
    CHECK(names_agree(called));
    CHECK(category_of([] { (void)zeros<float, "b (h d)">(2, 12); }) == "ambiguous_size");
    CHECK(category_of([] { (void)zeros<float, "b (h d)">(2, 12, "h"_ax = 5); }) == "not_divisible");
    CHECK(
        category_of([] { (void)zeros<float, "b s">(2, 12, "h"_ax = 5); })
        == "unexpected_size_argument"
    );
}

TEST_CASE("typed creation: rank 0, extents 0 and 1, and axes without a name") {
    CHECK(zeros<float, "">().item() == 0);
    CHECK(ones<float, "">(std::vector<std::int64_t>{}).item() == 1);
    CHECK(zeros<float, "b s">(0, 1).volume() == 0);
    const auto x = iota<float, "b 1 3">(2, 1, 5);
    CHECK(x.shape().str() == "b=2 1 5");
    CHECK(names_agree(x));
    CHECK(category_of([] { (void)zeros<float, "b 1">(2, 2); }) == "size_mismatch");
    CHECK(category_of([] { (void)zeros<float, "b s">(2, -1); }) == "size_mismatch");
}

TEST_CASE("typed creation: another number of extents is refused, one by one while compiling") {
    CHECK(refusal_of<detail::made_check<"b s", 2>>() == "nothing");
    CHECK(refusal_of<detail::made_check<"b s", 3>>() == "rank_mismatch");
    CHECK(refusal_of<detail::made_check<"b s", 0>>() == "rank_mismatch");
    CHECK(refusal_of<detail::made_check<"(h d)", 2>>() == "rank_mismatch");
    CHECK(refusal_of<detail::made_check<"b b", 2>>() == "duplicate_axis");
    CHECK(category_of([] { (void)zeros<float, "b s">({2, 3, 4}); }) == "rank_mismatch");
    CHECK(
        category_of([] { (void)zeros<float, "b s">(std::vector<std::int64_t>{}); })
        == "rank_mismatch"
    );
    CHECK(refusal_of<detail::queries_and_keys_check<"s", "s">>() == category_of([] {
              (void)causal("s", 2, "s", 3);
          }));
    CHECK(refusal_of<detail::queries_and_keys_check<"s", "(h d)">>() == category_of([] {
              (void)causal("s", 2, "(h d)", 3);
          }));
    CHECK(refusal_of<detail::queries_and_keys_check<"s t", "u">>() == category_of([] {
              (void)causal("s t", 2, "u", 3);
          }));
    CHECK(refusal_of<detail::queries_and_keys_check<"s", "(">>() == "syntax");
}

TEST_CASE("typed from: lists tell the type of the elements, and the compiler how deep they are") {
    static_assert(is<decltype(from<"b s">({{1, 2}, {3, 4}})), std::int32_t, "b s">);
    static_assert(is<decltype(from<float, "b s">({{1}, {2}})), float, "b s">);
    static_assert(is<decltype(from<"a b c">({{{1.0F}}})), float, "a b c">);
    CHECK(
        difference(
            [] {
                return from<"b s">({{1, 2}, {3, 4}});
            },
            [] {
                return from({{1, 2}, {3, 4}}, "b s");
            }
        )
        == ""
    );
    CHECK(
        difference(
            [] {
                return from<float, "s">({1, 2});
            },
            [] {
                return from<float>({1, 2}, "s");
            }
        )
        == ""
    );
    CHECK(
        difference(
            [] {
                return from<"a b c d">({{{{1, 2}}}});
            },
            [] {
                return from({{{{1, 2}}}}, "a b c d");
            }
        )
        == ""
    );
    CHECK(category_of([] { (void)from<"b s">({{1, 2}, {3}}); }) == "size_mismatch");
}

TEST_CASE("typed from: vectors and foreign memory under extents") {
    const std::vector<float> values{1, 2, 3, 4, 5, 6};
    CHECK(difference([&] { return from<"s">(values); }, [&] { return from(values, "s"); }) == "");
    CHECK(
        difference(
            [&] {
                return from<"a b">(values, {2, 3});
            },
            [&] {
                return from(values, "a b", {2, 3});
            }
        )
        == ""
    );
    CHECK(from<"(h d)">(values, {6}, {{"h", 2}}).shape() == axes("(h d)", {6}, {{"h", 2}}));
    std::vector<float> given = values;
    const float* const where = given.data();
    const auto owner = from<"a b">(std::move(given), {2, 3});
    CHECK(owner.data() == where);
    const auto borrowed = borrow<"a b">(values.data(), {3, 2});
    CHECK(borrowed.data() == values.data());
    CHECK(names_agree(borrowed));
    CHECK(category_of([&] { (void)from<"a b">(values, {2, 2}); }) == "size_mismatch");
    CHECK(category_of([&] { (void)from<"a b">(values, {6}); }) == "rank_mismatch");
}

}  // namespace abax
