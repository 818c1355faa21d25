#include <abax/ops/clip.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/typed_assign.hpp>
#include <abax/ops/typed_outer.hpp>
#include <abax/ops/typed_pad.hpp>

#include "typed_support.hpp"

#include <doctest/doctest.h>

#include <string>
#include <type_traits>

namespace abax {

using testing::anonymous;
using testing::category_of;
using testing::counted;
using testing::difference;
using testing::dynamic;
using testing::is;
using testing::lie;
using testing::merged;
using testing::refusal_of;

TEST_CASE("copy, cast and clip of a typed tensor keep its axes in the type, memory included") {
    static_assert(is<decltype(copy(merged())), float, "b s (m: h d)">);
    static_assert(is<decltype(cast<double>(merged())), double, "b s (m: h d)">);
    static_assert(is<decltype(cast<float>(anonymous())), float, "s (h d)">);
    static_assert(is<decltype(clip(merged(), 0, 1)), float, "b s (m: h d)">);
    static_assert(std::is_same_v<decltype(copy(dynamic(merged()))), tensor<float>>);
    static_assert(std::is_same_v<decltype(copy(merged().any())), any_tensor>);
    static_assert(std::is_same_v<decltype(clip(merged().any(), 0, 1)), any_tensor>);
    static_assert(std::is_same_v<decltype(cast<double>(merged().any())), tensor<double>>);
    const auto x = merged(lie::backwards);
    const auto d = dynamic(x);
    CHECK(difference([&] { return copy(x); }, [&] { return copy(d); }) == "");
    CHECK(difference([&] { return cast<bool>(x); }, [&] { return cast<bool>(d); }) == "");
    CHECK(difference([&] { return cast<float>(x); }, [&] { return cast<float>(d); }) == "");
    CHECK(difference([&] { return clip(x, 3, 7.5); }, [&] { return clip(d, 3, 7.5); }) == "");
}

TEST_CASE("typed pad and roll: the axis loses its memory") {
    static_assert(is<decltype(pad<"m">(merged(), 1, 2)), float, "b s m">);
    static_assert(is<decltype(pad<"s">(merged(), 1, 2, 0.5)), float, "b s (m: h d)">);
    static_assert(is<decltype(roll<"m">(merged(), 1)), float, "b s m">);
    static_assert(std::is_same_v<decltype(roll<"m">(dynamic(merged()), 1)), tensor<float>>);
    for (const lie how : testing::all_lies) {
        CAPTURE(how);
        const auto x = merged(how);
        const auto d = dynamic(x);
        CHECK(
            difference([&] { return pad<"m">(x, 1, 2); }, [&] { return pad(d, "m", 1, 2); }) == ""
        );
        CHECK(
            difference([&] { return pad<"s">(x, 0, 1, -7); }, [&] { return pad(d, "s", 0, 1, -7); })
            == ""
        );
        CHECK(difference([&] { return roll<"m">(x, -5); }, [&] { return roll(d, "m", -5); }) == "");
        CHECK(difference([&] { return roll<"s">(d, 2); }, [&] { return roll(d, "s", 2); }) == "");
    }
    CHECK(category_of([] { (void)pad<"m">(merged(), -1, 0); }) == "usage");
}

TEST_CASE("outer of typed tensors: a's axes, then b's, memory included") {
    const auto x = merged(lie::permuted);
    const auto y = as<"p (k: q r)">(counted<float>(axes("p (k: q r)", {2, 2}, {{"q", 2}})));
    const auto one = as<"">(sum(dynamic(x)));
    static_assert(is<decltype(outer(x, y)), float, "b s (m: h d) p (k: q r)">);
    static_assert(is<decltype(outer(y, one)), float, "p (k: q r)">);
    static_assert(is<decltype(outer(one, one)), float, "">);
    static_assert(std::is_same_v<decltype(outer(x, dynamic(y))), tensor<float>>);
    static_assert(std::is_same_v<decltype(outer(dynamic(x), dynamic(y))), tensor<float>>);
    CHECK(
        difference([&] { return outer(x, y); }, [&] { return outer(dynamic(x), dynamic(y)); }) == ""
    );
    CHECK(
        difference([&] { return outer(one, y); }, [&] { return outer(dynamic(one), dynamic(y)); })
        == ""
    );
    CHECK(
        difference(
            [&] { return outer(one, one); }, [&] { return outer(dynamic(one), dynamic(one)); }
        )
        == ""
    );
}

TEST_CASE("assign to a typed tensor: elements change, its axes and what they remember do not") {
    auto x = merged();
    const auto shared = x;
    const auto from = as<"b s (m: h d)">(merged(lie::backwards) * 2);
    const tensor<float, "b s m"> plain = from;

    assign(x, from);
    CHECK(equal(x, from));
    CHECK(equal(shared, merged()));
    assign(x, 0);
    assign(x, plain);  // an axis without memory meets any
    CHECK(equal(x, from));
    CHECK(testing::names_agree(x));
    auto other = as<"b s m">(copy(plain * 0));
    assign(other, from);
    CHECK(equal(other, plain));
    assign(x, dynamic(from) * 3);  // names in a value are checked when it runs
    CHECK(equal(x, from * 3));
    CHECK(
        category_of([&] { assign(x, rearrange(dynamic(from), "b s m -> s b m")); })
        == "name_mismatch"
    );
    CHECK(
        category_of([&] {
            assign(x, as<"b s m">(counted<float>(axes("b s m", {2, 3, 5}))));
        })
        == "size_mismatch"
    );
}

TEST_CASE("assign to a part of a typed tensor does what the dynamic verb does, at the same price") {
    const auto part = as<"b s m">(counted<float>(axes("b s m", {2, 3, 2})));
    auto x = merged();
    auto d = dynamic(merged());
    make_unique(x.any());
    make_unique(d.any());
    const ledger typed = testing::bill_of([&] { assign<"m">(x, {1, 3}, part); });
    const ledger untyped = testing::bill_of([&] { assign(d, {"m", 1, 3}, dynamic(part)); });
    CHECK(equal(x.any(), d.any()));
    CHECK(testing::names_agree(x));
    CHECK(testing::records_of(typed) == testing::records_of(untyped));

    assign<"s">(x, {{}, {}, -2}, 7);
    assign(d, {"s", {}, {}, -2}, 7);
    CHECK(equal(x.any(), d.any()));
    assign<"m">(d, {0, 2}, part);
    assign<"m">(x, {0, 2}, dynamic(part));
    CHECK(equal(x.any(), d.any()));
    CHECK(category_of([&] { assign<"m">(x, {0, 3}, part); }) == "size_mismatch");
    CHECK(category_of([&] { assign<"t">(d, {0, 3}, part); }) == "unknown_axis");
}

TEST_CASE(
    "outer, assign and pad are refused while compiling under the category that the dynamic verbs throw"
) {
    using detail::along_check;
    using detail::assign_check;
    using detail::assign_part_check;
    using detail::outer_check;
    const auto x = dynamic(merged());
    const auto a = dynamic(anonymous());
    const auto m = rename(a, "(h d) -> m");
    const auto other = zeros<float>(axes("s (m: d h)", {3, 4}, {{"h", 2}}));
    const auto unnamed = counted<float>(shape::of({3}));
    const auto wide = zeros<double>("s", {3});
    const auto assigned = [](const tensor<float>& to, const any_tensor& from) {
        return category_of([&] {
            any_tensor copied = to.any();
            assign(copied, from);
        });
    };
    const auto part_assigned = [](const tensor<float>& to, const char* along, const any_tensor& from
                               ) {
        return category_of([&] {
            any_tensor copied = to.any();
            assign(copied, {along, 0, 1}, from);
        });
    };
    const struct {
        const char* what;
        std::string compiler;
        std::string run;
    } calls[] = {
        {"outer: a name in both",
         refusal_of<outer_check<float, "b s (m: h d)", float, "s (h d)">>(),
         category_of([&] { (void)outer(x, a); })},
        {"outer: named and unnamed",
         refusal_of<outer_check<float, "s (h d)", float, "3">>(),
         category_of([&] { (void)outer(a, unnamed); })},
        {"outer: unnamed both", refusal_of<outer_check<float, "3", float, "3">>(), category_of([&] {
             (void)outer(unnamed, unnamed);
         })},
        {"outer: other elements",
         refusal_of<outer_check<float, "b", double, "s">>(),
         category_of([&] { (void)outer(x.any(), wide.any()); })},
        {"assign: another rank",
         refusal_of<assign_check<float, "b s (m: h d)", float, "s (h d)">>(),
         assigned(x, a)},
        {"assign: another order",
         refusal_of<assign_check<float, "b s (m: h d)", float, "s b (m: h d)">>(),
         assigned(x, rearrange(x, "b s m -> s b m"))},
        {"assign: another name",
         refusal_of<assign_check<float, "s (m: h d)", float, "s (h d)">>(),
         assigned(m, a)},
        {"assign: other factors",
         refusal_of<assign_check<float, "s (m: h d)", float, "s (m: d h)">>(),
         assigned(m, other)},
        {"assign: without memory",
         refusal_of<assign_check<float, "s (m: h d)", float, "s m">>(),
         assigned(copy(m), forget(m, "m"))},
        {"assign: unnamed to named",
         refusal_of<assign_check<float, "s", float, "3">>(),
         assigned(zeros<float>("s", {3}), unnamed)},
        {"assign: other elements",
         refusal_of<assign_check<float, "s", double, "s">>(),
         assigned(zeros<float>("s", {3}), wide)},
        {"assign a part: no such axis",
         refusal_of<assign_part_check<"t", float, "s (m: h d)", float, "s m">>(),
         part_assigned(m, "t", m)},
        {"assign a part: (h d) has no name",
         refusal_of<assign_part_check<"(h d)", float, "s (h d)", float, "s (h d)">>(),
         part_assigned(a, "(h d)", a)},
        {"assign a part: another rank",
         refusal_of<assign_part_check<"s", float, "s (m: h d)", float, "s">>(),
         part_assigned(m, "s", unnamed)},
        {"pad: (h d) has no name",
         refusal_of<along_check<"(h d)", "s (h d)", effect::divides>>(),
         category_of([&] { (void)pad(a, "(h d)", 1, 0); })},
        {"roll: no such axis",
         refusal_of<along_check<"h", "s (h d)", effect::divides>>(),
         category_of([&] { (void)roll(a, "h", 1); })},
    };
    for (const auto& one : calls) {
        CAPTURE(one.what);
        CHECK(one.compiler == one.run);
    }
}

}  // namespace abax
