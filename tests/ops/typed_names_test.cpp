#include <abax/ops/typed_names.hpp>

#include "typed_support.hpp"

#include <doctest/doctest.h>

namespace abax {

using testing::anonymous;
using testing::category_of;
using testing::difference;
using testing::dynamic;
using testing::is;
using testing::merged;
using testing::refusal_of;

namespace {

constexpr static_axes all = "b s (m: h d)";

/// Whether the compiler refuses a rename under the category under which the dynamic one fails, "nothing" included.
template <fixed_text Changes>
bool agrees() {
    const auto x = dynamic(merged());
    const std::string thrown = category_of([&] { (void)rename(x, Changes.view()); });
    const std::string refused = refusal_of<detail::rename_check<Changes, all>>();
    CAPTURE(Changes.view());
    CHECK(refused == thrown);
    return refused == thrown;
}

template <fixed_text Changes>
bool gives_the_same() {
    const auto x = merged();
    const auto y = dynamic(x);
    const std::string what =
        difference([&] { return rename<Changes>(x); }, [&] { return rename(y, Changes.view()); });
    CAPTURE(Changes.view());
    CHECK(what == "");
    return what.empty();
}

}  // namespace

TEST_CASE("typed rename: all at once, and a merged axis keeps its memory") {
    static_assert(is<decltype(rename<"s -> s'">(merged())), float, "b s' (m: h d)">);
    static_assert(is<decltype(rename<"b -> s, s -> b">(merged())), float, "s b (m: h d)">);
    static_assert(is<decltype(rename<"m -> k">(merged())), float, "b s (k: h d)">);
    static_assert(is<decltype(rename<"(h d) -> m">(anonymous())), float, "s (m: h d)">);
    static_assert(is<decltype(rename<"s->t">(anonymous())), float, "t (h d)">);
    static_assert(is<decltype(rename<"">(merged())), float, "b s (m: h d)">);
    static_assert(is<decltype(rename<"s -> t">(dynamic(merged()))), float, names_in_value>);
    CHECK(gives_the_same<"s -> s'">());
    CHECK(gives_the_same<"b -> s, s -> b">());
    CHECK(gives_the_same<"b -> s, s -> m, m -> b">());
    CHECK(gives_the_same<"  m->k  ,b -> a ">());
    CHECK(gives_the_same<"s -> s">());
    CHECK(gives_the_same<"s -> h">());
    CHECK(gives_the_same<"s -> t,">());
    const auto x = anonymous();
    const auto y = dynamic(x);
    CHECK(
        difference([&] { return rename<"(h d) -> m">(x); }, [&] { return rename(y, "(h d) -> m"); })
        == ""
    );
    CHECK(
        difference([&] { return rename<"s -> t">(y); }, [&] { return rename(y, "s -> t"); }) == ""
    );
}

TEST_CASE("typed rename: the compiler refuses what the dynamic one refuses") {
    CHECK(agrees<"q -> s">());
    CHECK(agrees<"b -> s">());
    CHECK(agrees<"b -> s, s -> s">());
    CHECK(agrees<"b -> c, b -> d">());
    CHECK(agrees<"b > s">());
    CHECK(agrees<"-> s">());
    CHECK(agrees<"b ->">());
    CHECK(agrees<", b -> c">());
    CHECK(agrees<"b -> 2c">());
    CHECK(agrees<"b -> 2">());
    CHECK(agrees<"b -> 1">());
    CHECK(agrees<"b -> (c)">());
    CHECK(agrees<"b -> (c d)">());
    CHECK(agrees<"b -> c d">());
    CHECK(agrees<"b -> c c">());
    CHECK(agrees<"b -> ...">());
    CHECK(agrees<"b -> c=3">());
    CHECK(agrees<"b -> c -> d">());
    CHECK(agrees<"(h d) -> k">());
    CHECK(agrees<"h -> k">());
    CHECK(agrees<"b -> c_">());
    CHECK(agrees<"b -> c, q -> d, b -> e">());
    CHECK(category_of([] { (void)rename<"q -> s">(dynamic(merged())); }) == "unknown_axis");
    static_assert(!detail::rename_check<"b > s", names_in_value>::says.ok());
}

TEST_CASE("typed forget: the axis stays and knows nothing of its factors") {
    static_assert(is<decltype(forget<"m">(merged())), float, "b s m">);
    static_assert(is<decltype(forget<"s">(merged())), float, "b s (m: h d)">);
    const auto x = merged();
    const auto y = dynamic(x);
    CHECK(difference([&] { return forget<"m">(x); }, [&] { return forget(y, "m"); }) == "");
    CHECK(difference([&] { return forget<"b">(x); }, [&] { return forget(y, "b"); }) == "");
    CHECK(difference([&] { return forget<"m">(y); }, [&] { return forget(y, "m"); }) == "");
    const auto z = dynamic(anonymous());
    CHECK(
        refusal_of<detail::one_axis_check<"(h d)", "s (h d)", effect::divides>>()
        == category_of([&] { (void)forget(z, "(h d)"); })
    );
    CHECK(refusal_of<detail::one_axis_check<"q", all, effect::divides>>() == category_of([&] {
              (void)forget(y, "q");
          }));
    CHECK(refusal_of<detail::one_axis_check<"b s", all, effect::divides>>() == category_of([&] {
              (void)forget(y, "b s");
          }));
}

TEST_CASE("typed extent: of an axis that the compiler knows") {
    CHECK(extent<"m">(merged()) == 4);
    CHECK(extent<"(h d)">(anonymous()) == 4);
    CHECK(extent<"s">(dynamic(merged())) == 3);
    CHECK(category_of([] { (void)extent<"q">(dynamic(merged())); }) == "unknown_axis");
    CHECK(refusal_of<detail::one_axis_check<"q", all, effect::keeps>>() == "unknown_axis");
}

}  // namespace abax
