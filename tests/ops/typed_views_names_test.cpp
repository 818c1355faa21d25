#include <abax/ops/typed_views.hpp>

#include "typed_support.hpp"

#include <doctest/doctest.h>

#include <string>

namespace abax {

using testing::anonymous;
using testing::category_of;
using testing::counted;
using testing::dynamic;
using testing::merged;
using testing::refusal_of;

namespace {

constexpr static_axes x_axes = "b s (m: h d)";

}  // namespace

TEST_CASE("typed views are refused while compiling under the category that the dynamic verbs throw"
) {
    using detail::added_before_check;
    using detail::added_check;
    using detail::diagonal_check;
    using detail::listed_check;
    using detail::permute_check;
    using detail::unfold_check;
    const auto x = dynamic(merged());
    const auto a = dynamic(anonymous());
    const auto unnamed = counted<float>(shape::of({3, 1}));
    const struct {
        const char* what;
        std::string compiler;
        std::string run;
    } calls[] = {
        {"permute: an axis is left out",
         refusal_of<permute_check<"b m", x_axes>>(),
         category_of([&] { (void)permute(x, "b m"); })},
        {"permute: no such axis", refusal_of<permute_check<"b s t", x_axes>>(), category_of([&] {
             (void)permute(x, "b s t");
         })},
        {"permute: an axis twice", refusal_of<permute_check<"b s m m", x_axes>>(), category_of([&] {
             (void)permute(x, "b s m m");
         })},
        {"permute: m is called m",
         refusal_of<permute_check<"b s (m: h d)", x_axes>>(),
         category_of([&] { (void)permute(x, "b s (m: h d)"); })},
        {"squeeze: no axis",
         refusal_of<listed_check<"", x_axes, effect::drops>>(),
         category_of([&] { (void)squeeze(x, ""); })},
        {"squeeze: no such axis",
         refusal_of<listed_check<"h", x_axes, effect::drops>>(),
         category_of([&] { (void)squeeze(x, "h"); })},
        {"unsqueeze: the name is there", refusal_of<added_check<"m", x_axes>>(), category_of([&] {
             (void)unsqueeze(x, "m");
         })},
        {"unsqueeze: no name", refusal_of<added_check<"(p q)", x_axes>>(), category_of([&] {
             (void)unsqueeze(x, "(p q)");
         })},
        {"unsqueeze: no name at all", refusal_of<added_check<"", x_axes>>(), category_of([&] {
             (void)unsqueeze(x, "");
         })},
        {"unsqueeze: a name for an unnamed tensor",
         refusal_of<added_check<"n", "3 1">>(),
         category_of([&] { (void)unsqueeze(unnamed, "n"); })},
        {"unsqueeze: before no axis",
         refusal_of<added_before_check<"n", "t", x_axes>>(),
         category_of([&] { (void)unsqueeze(x, "n", "t"); })},
        {"unsqueeze: before itself",
         refusal_of<added_before_check<"m", "m", x_axes>>(),
         category_of([&] { (void)unsqueeze(x, "m", "m"); })},
        {"unsqueeze: before two",
         refusal_of<added_before_check<"n", "b s", x_axes>>(),
         category_of([&] { (void)unsqueeze(x, "n", "b s"); })},
        {"broadcast: the name is there", refusal_of<added_check<"b", x_axes>>(), category_of([&] {
             (void)broadcast(x, "b", 2);
         })},
        {"broadcast: 2 is no name", refusal_of<added_check<"1", x_axes>>(), category_of([&] {
             (void)broadcast(x, "1", 2);
         })},
        {"diagonal: no arrow", refusal_of<diagonal_check<"b s", x_axes>>(), category_of([&] {
             (void)diagonal(x, "b s");
         })},
        {"diagonal: three axes",
         refusal_of<diagonal_check<"b s m -> t", x_axes>>(),
         category_of([&] { (void)diagonal(x, "b s m -> t"); })},
        {"diagonal: one axis", refusal_of<diagonal_check<"b -> t", x_axes>>(), category_of([&] {
             (void)diagonal(x, "b -> t");
         })},
        {"diagonal: two names on the right",
         refusal_of<diagonal_check<"b s -> t u", x_axes>>(),
         category_of([&] { (void)diagonal(x, "b s -> t u"); })},
        {"diagonal: no such axis",
         refusal_of<diagonal_check<"b t -> t", x_axes>>(),
         category_of([&] { (void)diagonal(x, "b t -> t"); })},
        {"diagonal: no such axis, and no name",
         refusal_of<diagonal_check<"b t -> 7", x_axes>>(),
         category_of([&] { (void)diagonal(x, "b t -> 7"); })},
        {"diagonal: an axis and itself",
         refusal_of<diagonal_check<"b b -> t", x_axes>>(),
         category_of([&] { (void)diagonal(x, "b b -> t"); })},
        {"diagonal: a name that stays",
         refusal_of<diagonal_check<"b s -> m", "b s (m: h d)">>(),
         category_of([&] {
             (void)diagonal(counted<float>(axes("b s m", {2, 2, 2})), "b s -> m");
         })},
        {"diagonal: a group that is not closed",
         refusal_of<diagonal_check<"(h d -> t", x_axes>>(),
         category_of([&] { (void)diagonal(x, "(h d -> t"); })},
        {"flip: no axis", refusal_of<listed_check<"", x_axes, effect::divides>>(), category_of([&] {
             (void)flip(x, "");
         })},
        {"flip: no such axis",
         refusal_of<listed_check<"m t", x_axes, effect::divides>>(),
         category_of([&] { (void)flip(x, "m t"); })},
        {"flip: (h d) has no name",
         refusal_of<listed_check<"s (h d)", "s (h d)", effect::divides>>(),
         category_of([&] { (void)flip(a, "s (h d)"); })},
        {"flip: an axis twice",
         refusal_of<listed_check<"s s", x_axes, effect::divides>>(),
         category_of([&] { (void)flip(x, "s s"); })},
        {"unfold: the name is there",
         refusal_of<unfold_check<"s", "b", x_axes>>(),
         category_of([&] { (void)unfold(x, "s", "b", 2); })},
        {"unfold: the axis itself", refusal_of<unfold_check<"s", "s", x_axes>>(), category_of([&] {
             (void)unfold(x, "s", "s", 2);
         })},
        {"unfold: no such axis", refusal_of<unfold_check<"t", "w", x_axes>>(), category_of([&] {
             (void)unfold(x, "t", "w", 2);
         })},
        {"unfold: (w) is w", refusal_of<unfold_check<"s", "(w)", x_axes>>(), "nothing"},
        {"unfold: (h d) has no name",
         refusal_of<unfold_check<"(h d)", "w", "s (h d)">>(),
         category_of([&] { (void)unfold(a, "(h d)", "w", 2); })},
    };
    for (const auto& one : calls) {
        CAPTURE(one.what);
        CHECK(one.compiler == one.run);
    }
}

TEST_CASE("typed views: lists that are faulty by themselves are refused whatever x has, once") {
    static_assert(!detail::added_before_check<"n", "b s", names_in_value>::says.ok());
    static_assert(!detail::unfold_check<"s", "(w v)", names_in_value>::says.ok());
    static_assert(!detail::diagonal_check<"a a -> b", names_in_value>::says.ok());
    static_assert(!detail::permute_check<"a 1", names_in_value>::says.ok());
    static_assert(!detail::permute_check<"a (", names_in_value>::says.ok());
    static_assert(detail::permute_check<"a", refused_axes>::says.axes == refused_axes);
    static_assert(detail::diagonal_check<"a", refused_axes>::says.axes == refused_axes);
    static_assert(detail::unfold_check<"", "", refused_axes>::says.ok());
}

TEST_CASE("typed views: a tensor has at most 32 axes, and a type at most 150 characters") {
    constexpr static_axes many =
        "a b c d e f g h i j k l m n o p q r s t u v w x y z a' b' c' d' e' f'";
    CHECK(refusal_of<detail::added_check<"n'", many>>() == "overflow");
    constexpr static_axes long_name =
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    CHECK(refusal_of<detail::added_check<"nn", long_name>>() == "overflow");
}

}  // namespace abax
