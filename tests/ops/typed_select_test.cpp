#include <abax/ops/from.hpp>
#include <abax/ops/order.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/typed_select.hpp>

#include "typed_support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace abax {

using testing::anonymous;
using testing::category_of;
using testing::counted;
using testing::difference;
using testing::dynamic;
using testing::is;
using testing::lie;
using testing::merged;

TEST_CASE(
    "typed slice, take of positions, split and chunk: the type loses the memory of the axis, and of no other"
) {
    using X = decltype(merged());
    const std::vector<std::int64_t> parts{1, 3};

    static_assert(is<decltype(slice<"m">(X(), 0, 2)), float, "b s m">);
    static_assert(is<decltype(slice<"s">(X(), 0, 2)), float, "b s (m: h d)">);
    static_assert(is<decltype(slice<"s m">(X(), {{0, 2}, {1, 3}})), float, "b s m">);
    static_assert(is<decltype(slice<"s">(anonymous(), 0, 2)), float, "s (h d)">);
    static_assert(is<decltype(take<"m">(X(), parts)), float, "b s m">);
    static_assert(is<decltype(take<"b">(X(), {0, 1})), float, "b s (m: h d)">);
    static_assert(is<decltype(split<"m">(X(), parts)[0]), float, "b s m">);
    static_assert(is<decltype(chunk<"s">(X(), 3)[0]), float, "b s (m: h d)">);
}

TEST_CASE("typed slice: every form gives what the dynamic one gives, names, elements and bill") {
    for (const lie how : testing::all_lies) {
        CAPTURE(how);
        const auto x = merged(how);
        const auto d = dynamic(x);
        CHECK(
            difference(
                [&] { return slice<"s">(x, 0, 2); },
                [&] {
                    return slice(d, {"s", 0, 2});
                }
            )
            == ""
        );
        CHECK(
            difference(
                [&] { return slice<"s">(x, -1); },
                [&] {
                    return slice(d, {"s", -1});
                }
            )
            == ""
        );
        CHECK(
            difference(
                [&] { return slice<"m">(x, {}, 2); },
                [&] {
                    return slice(d, {"m", {}, 2});
                }
            )
            == ""
        );
        CHECK(
            difference(
                [&] { return slice<"m">(x, {}, {}, -1); },
                [&] {
                    return slice(d, {"m", {}, {}, -1});
                }
            )
            == ""
        );
        CHECK(
            difference([&] { return slice<"m">(x); }, [&] { return slice(d, range{"m"}); }) == ""
        );
        CHECK(
            difference(
                [&] { return slice<"b">(x, 1, 1); },
                [&] {
                    return slice(d, {"b", 1, 1});
                }
            )
            == ""
        );
        CHECK(
            difference(
                [&] {
                    return slice<"m b">(x, {{0, 2}, {1, {}, 1}});
                },
                [&] {
                    return slice(d, {{"m", 0, 2}, {"b", 1, {}, 1}});
                }
            )
            == ""
        );
        CHECK(
            difference(
                [&] {
                    return slice<"m">(x, {{3, 0, -2}});
                },
                [&] {
                    return slice(d, {"m", 3, 0, -2});
                }
            )
            == ""
        );
    }
    CHECK(category_of([&] { (void)slice<"s">(merged(), 0, 4); }) == "usage");
    CHECK(category_of([&] { (void)slice<"s">(merged(), 0, 2, 0); }) == "usage");
}

TEST_CASE("typed at, split, chunk and take give what the dynamic ones give") {
    static_assert(is<decltype(at<"s">(merged(), 0)), float, "b (m: h d)">);
    static_assert(is<decltype(at<"(h d)">(anonymous(), 0)), float, "s">);
    static_assert(is<decltype(at<"s">(at<"(h d)">(anonymous(), 0), 0)), float, "">);
    for (const lie how : testing::all_lies) {
        CAPTURE(how);
        const auto x = merged(how);
        const auto d = dynamic(x);
        CHECK(difference([&] { return at<"s">(x, -1); }, [&] { return at(d, "s", -1); }) == "");
        CHECK(difference([&] { return at<"m">(x, 2); }, [&] { return at(d, "m", 2); }) == "");
        CHECK(
            difference(
                [&] {
                    return split<"m">(x, {1, 0, 3});
                },
                [&] {
                    return split(d, "m", {1, 0, 3});
                }
            )
            == ""
        );
        CHECK(
            difference(
                [&] {
                    return split<"s">(x, {2, 1});
                },
                [&] {
                    return split(d, "s", {2, 1});
                }
            )
            == ""
        );
        CHECK(difference([&] { return chunk<"m">(x, 2); }, [&] { return chunk(d, "m", 2); }) == "");
        CHECK(
            difference(
                [&] {
                    return take<"s">(x, {2, -3, 2});
                },
                [&] {
                    return take(d, {2, -3, 2}, "s");
                }
            )
            == ""
        );
        CHECK(difference([&] { return take<"m">(x, {}); }, [&] { return take(d, {}, "m"); }) == "");
    }
    const auto last = at<"s">(at<"(h d)">(anonymous(), -1), -1);
    CHECK(last.item() == 12);
    CHECK(category_of([&] { (void)split<"m">(merged(), {1, 1}); }) == "size_mismatch");
    CHECK(category_of([&] { (void)chunk<"m">(merged(), 3); }) == "not_divisible");
    CHECK(category_of([&] { (void)at<"m">(merged(), 4); }) == "usage");
}

TEST_CASE("typed take of ids: their axes stand in place of the table's, memory included") {
    const auto table = as<"p v m">(counted<float>(axes("p v m", {2, 5, 3})));
    const auto ids = as<"b s">(named(from({{4, 0, 1}, {2, 2, 3}}), "b s"));
    const auto merged_ids = as<"(q: b s)">(rearrange(ids, "b s -> (q: b s)"));
    const auto one = as<"">(at(at(ids, "b", 0), "s", 0));
    static_assert(is<decltype(ids), std::int32_t, "b s">);
    static_assert(is<decltype(take<"v">(table, ids)), float, "p b s m">);
    static_assert(is<decltype(take<"v">(table, merged_ids)), float, "p (q: b s) m">);
    static_assert(is<decltype(take<"v">(table, one)), float, "p m">);

    const auto d = dynamic(table);
    const tensor<std::int32_t> dynamic_ids = ids;
    CHECK(
        difference([&] { return take<"v">(table, ids); }, [&] { return take(d, dynamic_ids, "v"); })
        == ""
    );
    CHECK(
        difference(
            [&] { return take<"v">(table, cast<std::int64_t>(ids)); },
            [&] { return take(d, cast<std::int64_t>(dynamic_ids), "v"); }
        )
        == ""
    );
    CHECK(
        difference(
            [&] { return take<"v">(table, merged_ids); },
            [&] { return take(d, dynamic(merged_ids), "v"); }
        )
        == ""
    );
    CHECK(
        difference(
            [&] { return take<"v">(table, one); }, [&] { return take(d, dynamic(one), "v"); }
        )
        == ""
    );
    CHECK(category_of([&] { (void)take<"m">(table, ids); }) == "usage");
}

TEST_CASE("typed take_along: the axes of the ids, in any order") {
    const auto x = as<"b s">(counted<float>(axes("b s", {2, 3}), lie::permuted));
    const auto ids = as<"s b">(rearrange(argsort(dynamic(x), "s"), "b s -> s b"));
    static_assert(is<decltype(take_along<"s">(x, ids)), float, "s b">);

    CHECK(
        difference(
            [&] { return take_along<"s">(x, ids); },
            [&] { return take_along(dynamic(x), dynamic(ids), "s"); }
        )
        == ""
    );
    CHECK(
        difference(
            [&] { return take_along<"b">(x, slice<"b">(ids, 0, 0)); },
            [&] {
                return take_along(dynamic(x), slice(dynamic(ids), {"b", 0, 0}), "b");
            }
        )
        == ""
    );
    const auto m = merged();
    const auto at_0 = as<"b s (m: h d)">(cast<std::int32_t>(m * 0.0));
    static_assert(is<decltype(take_along<"s">(m, at_0)), float, "b s (m: h d)">);
    CHECK(
        difference(
            [&] { return take_along<"s">(m, at_0); },
            [&] { return take_along(dynamic(m), dynamic(at_0), "s"); }
        )
        == ""
    );
}

TEST_CASE("typed along: each part has the other axes in its type, and the walk is one record") {
    const auto x = merged();
    static_assert(is<decltype(*along<"b">(x).begin()), float, "s (m: h d)">);
    static_assert(is<decltype(along<"m">(x)[0]), float, "b s">);
    static_assert(std::is_same_v<decltype(*along<"b">(dynamic(x)).begin()), tensor<float>>);

    std::int64_t b = 0;
    const ledger bill = testing::bill_of([&] {
        for (const auto part : along<"b">(x)) {
            CHECK(testing::difference_between(part, at(dynamic(x), "b", b)) == "");
            ++b;
        }
    });
    CHECK(b == 2);
    CHECK(along<"b">(x)[1](2, 3) == 24);
    CHECK(category_of([&] { (void)along<"b">(x)[2]; }) == "usage");
    CHECK(testing::records_of(bill).front() == testing::records_of(testing::bill_of([&] {
                                                   (void)along(dynamic(x), "b");
                                               })).front());
}

TEST_CASE(
    "typed selection of a tensor with names in its value is checked when it runs, and gives one"
) {
    const auto x = merged();
    const auto d = dynamic(x);
    const auto ids = tensor<std::int32_t>(named(from({1, 0}), "q"));
    static_assert(std::is_same_v<decltype(slice<"s">(d, 0, 2)), tensor<float>>);
    static_assert(std::is_same_v<decltype(take<"s">(merged(), ids)), tensor<float>>);
    static_assert(std::is_same_v<decltype(chunk<"s">(d, 3)), std::vector<tensor<float>>>);

    CHECK(
        difference(
            [&] { return slice<"s">(d, 0, 2); },
            [&] {
                return slice(d, {"s", 0, 2});
            }
        )
        == ""
    );
    CHECK(
        difference(
            [&] {
                return slice<"s m">(d, {{0, 2}, {1, 2}});
            },
            [&] {
                return slice(d, {{"s", 0, 2}, {"m", 1, 2}});
            }
        )
        == ""
    );
    CHECK(difference([&] { return take<"s">(x, ids); }, [&] { return take(d, ids, "s"); }) == "");
    CHECK(category_of([&] { (void)slice<"t">(d, 0, 2); }) == "unknown_axis");
    CHECK(
        category_of([&] {
            (void)at<"s">(counted<float>(shape::of({2, 3})), 0);
        })
        == "unknown_axis"
    );
}

}  // namespace abax
