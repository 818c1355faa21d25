#include <abax/ops/rearrange.hpp>
#include <abax/ops/typed_pack.hpp>

#include "typed_support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace abax {

using testing::anonymous;
using testing::bill_of;
using testing::category_of;
using testing::difference_between;
using testing::dynamic;
using testing::is;
using testing::merged;
using testing::records_of;
using testing::refusal_of;

namespace {

tensor<float, "b h w"> image() {
    return as<"b h w">(testing::counted<float>(axes("b h w", {2, 5, 3})));
}
tensor<float, "b s"> row() {
    return as<"b s">(testing::counted<float>(axes("b s", {2, 7})));
}

/// What pack<Text>(parts...) lacks to be pack(Text, dynamic parts...).
template <fixed_text Text, class... Parts>
std::string pack_difference(const Parts&... parts) {
    const auto typed = pack<Text>(parts...);
    const auto plain = pack(pattern_text(std::string(Text.view())), dynamic(parts)...);
    if (typed.shapes != plain.shapes)
        return "other shapes";
    const auto typed_bill = bill_of([&] { (void)pack<Text>(parts...); });
    const auto plain_bill =
        bill_of([&] { (void)pack(pattern_text(std::string(Text.view())), dynamic(parts)...); });
    if (records_of(typed_bill) != records_of(plain_bill))
        return "another bill";
    return difference_between(typed.values, plain.values);
}

template <fixed_text Text, static_axes... Axes>
std::string refused(const tensor<float, Axes>&...) {
    return refusal_of<detail::pack_check<Text, Axes...>>();
}
template <fixed_text Text, class... Parts>
bool refuses_alike(const Parts&... parts) {
    const std::string thrown =
        category_of([&] { (void)pack(pattern_text(std::string(Text.view())), dynamic(parts)...); });
    CAPTURE(Text.view());
    CHECK(refused<Text>(parts...) == thrown);
    return refused<Text>(parts...) == thrown;
}

}  // namespace

TEST_CASE("typed pack: the packed axis has a name if all parts have that one axis there") {
    static_assert(is<decltype(pack<"b *">(image(), row()).values), float, "b 2">);
    static_assert(is<decltype(pack<"b *">(row(), row()).values), float, "b s">);
    static_assert(is<decltype(pack<"b s *">(merged()).values), float, "b s m">);
    static_assert(is<decltype(pack<"b * m">(merged(), merged()).values), float, "b s (m: h d)">);
    static_assert(is<decltype(pack<"b *">(image(), dynamic(row())).values), float, names_in_value>);
    static_assert(is<decltype(pack<"b *">({row(), row()}).values), float, "b s">);
    static_assert(is<decltype(pack<"b *">(std::vector{row()}).values), float, "b s">);
    CHECK(pack_difference<"b *">(image(), row()) == "");
    CHECK(pack_difference<"b *">(row(), row()) == "");
    CHECK(pack_difference<"b s *">(merged()) == "");
    CHECK(pack_difference<"b * m">(merged(), merged()) == "");
    CHECK(pack_difference<"*">(merged(), row()) == "");
    CHECK(pack_difference<"* b s">(row(), row()) == "");
    CHECK(pack_difference<"* w">(image()) == "");
    CHECK(pack<"b *">({row(), row()}).values.shape().str() == "b=2 s=14");
    CHECK(pack<"b *">(std::vector{row()}).shapes == packed_shapes{{7}});
    CHECK(pack<"b *">(image(), dynamic(row())).values.shape().str() == "b=2 22");
}

TEST_CASE("typed pack: the compiler refuses what the dynamic verb refuses") {
    CHECK(refuses_alike<"b c *">(image(), row()));
    CHECK(refuses_alike<"b s * t">(row()));
    CHECK(refuses_alike<"b s">(row()));
    CHECK(refuses_alike<"b b *">(row()));
    CHECK(refuses_alike<"b (h w) *">(image()));
    CHECK(refuses_alike<"s *">(anonymous(), anonymous()));
    CHECK(refuses_alike<"* w">(image(), row()));
    const auto hd = as<"b (m: h d)">(named(iota<float>({2, 4}), "b (m: h d)", {{"h", 2}}));
    const auto dh = as<"b (m: d h)">(named(iota<float>({2, 4}), "b (m: d h)", {{"h", 2}}));
    const auto m = as<"b m">(iota<float>({2, 4}));
    CHECK(refuses_alike<"* m">(hd, dh));
    CHECK(refuses_alike<"* m">(m, hd, dh));
    CHECK(pack_difference<"* m">(m, hd) == "");
    CHECK(pack_difference<"* m">(hd, m) == "");
}

TEST_CASE(
    "typed unpack: parts have their names in their values, which the compiler knows nothing of"
) {
    const auto [x, shapes] = pack<"b *">(image(), row());
    const auto parts = unpack<"b *">(x, shapes);
    static_assert(is<decltype(parts[0]), float, names_in_value>);
    CHECK(difference_between(parts, unpack(dynamic(x), shapes, "b *")) == "");
    CHECK(refusal_of<detail::list_check<"b *", verb::unpack, "b h w">>() == category_of([&] {
              (void)unpack(dynamic(image()), {{15}}, "b *");
          }));
    CHECK(refusal_of<detail::list_check<"c *", verb::unpack, "b s">>() == category_of([&] {
              (void)unpack(dynamic(row()), {{7}}, "c *");
          }));
    CHECK(refusal_of<detail::list_check<"b s", verb::unpack, "b s">>() == "syntax");
}

TEST_CASE("typed parse_shape: names are checked while compiling") {
    const auto x = merged();
    const auto same = [&](const std::vector<axis_size>& a, const std::vector<axis_size>& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& p, const auto& q) {
            return p.axis == q.axis && p.extent == q.extent;
        });
    };
    CHECK(same(parse_shape<"b _ m">(x), parse_shape(dynamic(x), "b _ m")));
    CHECK(same(parse_shape<"... m">(x), parse_shape(dynamic(x), "... m")));
    CHECK(same(parse_shape<"b ... m">(dynamic(x)), parse_shape(dynamic(x), "b ... m")));
    const auto refuse = [&](const std::string& refused, const char* text) {
        CAPTURE(text);
        CHECK(refused == category_of([&] { (void)parse_shape(dynamic(x), pattern_text(text)); }));
    };
    constexpr static_axes all = "b s (m: h d)";
    refuse(refusal_of<detail::list_check<"b q _", verb::parse_shape, all>>(), "b q _");
    refuse(refusal_of<detail::list_check<"b _", verb::parse_shape, all>>(), "b _");
    refuse(refusal_of<detail::list_check<"b 3 _", verb::parse_shape, all>>(), "b 3 _");
    refuse(refusal_of<detail::list_check<"b (s t) _", verb::parse_shape, all>>(), "b (s t) _");
    refuse(refusal_of<detail::list_check<"... ...", verb::parse_shape, all>>(), "... ...");
}

}  // namespace abax
