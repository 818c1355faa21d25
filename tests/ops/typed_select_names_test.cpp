#include <abax/ops/from.hpp>
#include <abax/ops/order.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/typed_select.hpp>

#include "typed_support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

namespace abax {

using testing::anonymous;
using testing::category_of;
using testing::counted;
using testing::dynamic;
using testing::merged;
using testing::refusal_of;

TEST_CASE(
    "typed selection is refused while compiling under the category that the dynamic verb throws"
) {
    using detail::along_check;
    using detail::take_along_check;
    using detail::take_check;
    const auto x = dynamic(merged());
    const auto a = dynamic(anonymous());
    const auto unnamed = counted<float>(shape::of({3}));
    const auto ids = named(from({0, 1}), "b");
    const auto bare = from({0, 1});
    const struct {
        const char* what;
        std::string compiler;
        std::string run;
    } calls[] = {
        {"no such axis",
         refusal_of<along_check<"t", "b s (m: h d)", effect::divides>>(),
         category_of([&] {
             (void)slice(x, {"t", 0, 1});
         })},
        {"a factor is no axis",
         refusal_of<along_check<"h", "b s (m: h d)", effect::drops>>(),
         category_of([&] { (void)at(x, "h", 0); })},
        {"an axis that remembers goes by its own name",
         refusal_of<along_check<"(m: h d)", "b s (m: h d)", effect::drops>>(),
         category_of([&] { (void)at(x, "(m: h d)", 0); })},
        {"an axis without a name is not called 1",
         refusal_of<along_check<"1", "b 1", effect::drops>>(),
         category_of([&] { (void)at(rearrange(x, "b s m -> (b s m) 1"), "1", 0); })},
        {"two axes where one is taken",
         refusal_of<along_check<"b s", "b s", effect::divides>>(),
         category_of([&] {
             (void)slice(x, {"b s", 0, 1});
         })},
        {"no axis where one is taken",
         refusal_of<along_check<"", "b s", effect::divides>>(),
         category_of([&] {
             (void)slice(x, {"", 0, 1});
         })},
        {"a part of (h d) has no name",
         refusal_of<along_check<"(h d)", "s (h d)", effect::divides>>(),
         category_of([&] { (void)chunk(a, "(h d)", 2); })},
        {"but one position of it needs none",
         refusal_of<along_check<"(h d)", "s (h d)", effect::drops>>(),
         category_of([&] { (void)at(a, "(h d)", 0); })},
        {"ids are integers", refusal_of<take_check<"s", "b s", "b", float>>(), category_of([&] {
             (void)take(x.any(), unnamed.any(), "s");
         })},
        {"no axis to take from",
         refusal_of<take_check<"t", "b s (m: h d)", "b", std::int32_t>>(),
         category_of([&] { (void)take(x, ids, "t"); })},
        {"ids bring an axis that is there",
         refusal_of<take_check<"s", "b s (m: h d)", "b", std::int32_t>>(),
         category_of([&] { (void)take(x, ids, "s"); })},
        {"unless it goes",
         refusal_of<take_check<"b", "b s (m: h d)", "b", std::int32_t>>(),
         category_of([&] { (void)take(x, ids, "b"); })},
        {"a named table does not meet unnamed ids",
         refusal_of<take_check<"s", "b s (m: h d)", "3", std::int32_t>>(),
         category_of([&] { (void)take(x, bare, "s"); })},
        {"ids have all axes of the tensor",
         refusal_of<take_along_check<"s", "b s (m: h d)", "b", std::int32_t>>(),
         category_of([&] { (void)take_along(x, ids, "s"); })},
        {"and no others",
         refusal_of<take_along_check<"s", "s (h d)", "s d", std::int32_t>>(),
         category_of([&] {
             (void)take_along(a, zeros<std::int32_t>("s d", {3, 4}), "s");
         })},
        {"other factors do not meet",
         refusal_of<take_along_check<"s", "s (m: h d)", "s (m: d h)", std::int32_t>>(),
         category_of([&] {
             const tensor<float> m = rename(a, "(h d) -> m");
             const auto other = zeros<std::int32_t>(axes("s (m: d h)", {3, 4}, {{"h", 2}}));
             (void)take_along(m, other, "s");
         })},
        {"but on the axis that is counted",
         refusal_of<take_along_check<"m", "s (m: h d)", "s (m: d h)", std::int32_t>>(),
         category_of([&] {
             const tensor<float> m = rename(a, "(h d) -> m");
             const auto other = zeros<std::int32_t>(axes("s (m: d h)", {3, 4}, {{"h", 2}}));
             (void)take_along(m, other, "m");
         })},
    };
    for (const auto& one : calls) {
        CAPTURE(one.what);
        CHECK(one.compiler == one.run);
    }
}

TEST_CASE("typed selection: what was refused once is not refused again, and no rule is asked") {
    using refused = detail::along_check<"q", refused_axes, effect::divides>;
    static_assert(refused::says.ok());
    static_assert(refused::says.axes == refused_axes);
    static_assert(detail::take_check<"q", "b s", refused_axes, float>::says.ok());
    static_assert(!detail::along_check<"(", names_in_value, effect::drops>::says.ok());
    static_assert(!detail::slices_check<"s m", names_in_value, 1>::says.ok());
}

}  // namespace abax
