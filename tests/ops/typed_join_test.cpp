#include <abax/ops/rearrange.hpp>
#include <abax/ops/typed_join.hpp>
#include <abax/ops/typed_select.hpp>

#include "typed_support.hpp"

#include <doctest/doctest.h>

#include <string>
#include <type_traits>
#include <vector>

namespace abax {

using testing::anonymous;
using testing::category_of;
using testing::difference;
using testing::dynamic;
using testing::is;
using testing::lie;
using testing::merged;
using testing::refusal_of;

TEST_CASE("typed concat: the parts' axes, of which the joined one loses its memory") {
    static_assert(is<decltype(concat<"s">({merged(), merged()})), float, "b s (m: h d)">);
    static_assert(is<decltype(concat<"m">({merged(), merged()})), float, "b s m">);
    static_assert(is<decltype(concat<"s">({anonymous()})), float, "s (h d)">);
    for (const lie how : testing::all_lies) {
        CAPTURE(how);
        const auto a = merged(how);
        const auto b = merged();
        const auto c = dynamic(a);
        const auto d = dynamic(b);
        CHECK(
            difference(
                [&] {
                    return concat<"s">({a, b});
                },
                [&] {
                    return concat({c, d}, "s");
                }
            )
            == ""
        );
        CHECK(
            difference(
                [&] {
                    return concat<"m">({a, b, a});
                },
                [&] {
                    return concat({c, d, c}, "m");
                }
            )
            == ""
        );
        CHECK(difference([&] { return concat<"b">({a}); }, [&] { return concat({c}, "b"); }) == "");
    }
}

TEST_CASE("typed concat and stack take what split gives") {
    const auto x = merged();
    const auto parts = split<"m">(x, {1, 3});
    const auto dynamic_parts = split(dynamic(x), "m", {1, 3});
    static_assert(is<decltype(concat<"m">(parts)), float, "b s m">);
    CHECK(
        difference([&] { return concat<"m">(parts); }, [&] { return concat(dynamic_parts, "m"); })
        == ""
    );

    const auto halves = chunk<"m">(x, 2);
    const auto dynamic_halves = chunk(dynamic(x), "m", 2);
    static_assert(is<decltype(stack<"n">(halves)), float, "n b s m">);
    CHECK(
        difference([&] { return stack<"n">(halves); }, [&] { return stack(dynamic_halves, "n"); })
        == ""
    );
    // Vectors of typed parts go into the dynamic verbs too.
    CHECK(equal(concat(parts, "m"), concat<"m">(parts)));
    CHECK(stack(halves).shape().axes_text() == "2 b s m");
    CHECK(category_of([&] { (void)stack<"n">(parts); }) == "size_mismatch");
}

TEST_CASE("typed stack: the new axis first, and all memory is kept") {
    static_assert(is<decltype(stack<"n">({merged(), merged()})), float, "n b s (m: h d)">);
    static_assert(is<decltype(stack<"n">({anonymous(), anonymous()})), float, "n s (h d)">);
    static_assert(is<decltype(stack<"n">({tensor<bool, "">(), tensor<bool, "">()})), bool, "n">);
    const auto a = merged(lie::backwards);
    const auto b = merged();
    const auto one = at<"s">(at<"b">(at<"m">(a, 1), 1), 2);
    CHECK(
        difference(
            [&] {
                return stack<"n">({a, b});
            },
            [&] {
                return stack({dynamic(a), dynamic(b)}, "n");
            }
        )
        == ""
    );
    CHECK(
        difference(
            [&] {
                return stack<"s'">({one, one});
            },
            [&] {
                return stack({dynamic(one), dynamic(one)}, "s'");
            }
        )
        == ""
    );
    CHECK(category_of([] { (void)stack<"n">(std::vector<tensor<float, "b">>{}); }) == "other");
    CHECK(category_of([] { (void)concat<"b">(std::vector<tensor<float, "b">>{}); }) == "other");
}

TEST_CASE("typed concat and stack of parts with names in their values are checked when they run") {
    const auto x = dynamic(merged());
    const auto y = rearrange(x, "b s m -> s b m");
    static_assert(std::is_same_v<decltype(concat<"s">({x, y})), tensor<float>>);
    CHECK(
        difference(
            [&] {
                return concat<"b">({x, x});
            },
            [&] {
                return concat({x, x}, "b");
            }
        )
        == ""
    );
    CHECK(difference([&] { return stack<"n">({x, x}); }, [&] { return stack({x, x}, "n"); }) == "");
    CHECK(category_of([&] { (void)concat<"t">({x, x}); }) == "unknown_axis");
    CHECK(category_of([&] { (void)stack<"s">({x, x}); }) == "duplicate_axis");
}

TEST_CASE(
    "typed concat and stack are refused while compiling under the category that the dynamic verbs throw"
) {
    using detail::added_check;
    using detail::along_check;
    const auto x = dynamic(merged());
    const auto a = dynamic(anonymous());
    const auto unnamed = testing::counted<float>(shape::of({3}));
    const struct {
        const char* what;
        std::string compiler;
        std::string run;
    } calls[] = {
        {"no such axis",
         refusal_of<along_check<"t", "b s (m: h d)", effect::divides>>(),
         category_of([&] {
             (void)concat({x, x}, "t");
         })},
        {"a longer (h d) has no name",
         refusal_of<along_check<"(h d)", "s (h d)", effect::divides>>(),
         category_of([&] {
             (void)concat({a, a}, "(h d)");
         })},
        {"a name that is there", refusal_of<added_check<"m", "b s (m: h d)">>(), category_of([&] {
             (void)stack({x, x}, "m");
         })},
        {"a factor is no axis", refusal_of<added_check<"h", "b s (m: h d)">>(), category_of([&] {
             (void)stack({x, x}, "h");
         })},
        {"no name", refusal_of<added_check<"(p q)", "b s (m: h d)">>(), category_of([&] {
             (void)stack({x, x}, "(p q)");
         })},
        {"two names", refusal_of<added_check<"p q", "b s (m: h d)">>(), category_of([&] {
             (void)stack({x, x}, "p q");
         })},
        {"a name for unnamed parts", refusal_of<added_check<"n", "3">>(), category_of([&] {
             (void)stack({unnamed, unnamed}, "n");
         })},
    };
    for (const auto& one : calls) {
        CAPTURE(one.what);
        CHECK(one.compiler == one.run);
    }
}

}  // namespace abax
