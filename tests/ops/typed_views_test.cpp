#include <abax/ops/rearrange.hpp>
#include <abax/ops/typed_views.hpp>

#include "typed_support.hpp"

#include <doctest/doctest.h>

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

TEST_CASE("typed permute: the order as written, what the axes remember is kept") {
    static_assert(is<decltype(permute<"m b s">(merged())), float, "(m: h d) b s">);
    static_assert(is<decltype(permute<"(h d) s">(anonymous())), float, "(h d) s">);
    static_assert(is<decltype(permute<"">(tensor<float, "">())), float, "">);
    const auto x = merged(lie::sliced);
    const auto a = anonymous();
    CHECK(
        difference(
            [&] { return permute<"m b s">(x); }, [&] { return permute(dynamic(x), "m b s"); }
        )
        == ""
    );
    CHECK(
        difference(
            [&] { return permute<"(h d) s">(a); }, [&] { return permute(dynamic(a), "(h d) s"); }
        )
        == ""
    );
}

TEST_CASE(
    "typed permute of names in a value: the list tells the result's, and what it does not tell is forgotten"
) {
    const auto x = dynamic(merged());
    static_assert(is<decltype(permute<"m b s">(x)), float, "m b s">);
    static_assert(is<decltype(permute<"(h d) s">(dynamic(anonymous()))), float, "(h d) s">);

    const auto y = permute<"m b s">(x);
    CHECK(testing::names_agree(y));
    CHECK(equal(y, forget(permute(x, "m b s"), "m")));
    CHECK(testing::names_agree(permute<"(h d) s">(dynamic(anonymous()))));
    CHECK(category_of([&] { (void)permute<"m b t">(x); }) == "unknown_axis");
    CHECK(category_of([&] { (void)permute<"m b">(x); }) == "rank_mismatch");
    CHECK(
        category_of([&] {
            (void)permute<"a b">(counted<float>(shape::of({2, 3})));
        })
        == "unknown_axis"
    );
}

TEST_CASE("typed squeeze, unsqueeze and broadcast: an axis less, or one more") {
    using X = decltype(merged());
    static_assert(is<decltype(squeeze<"s b">(X())), float, "(m: h d)">);
    static_assert(is<decltype(squeeze<"(h d)">(anonymous())), float, "s">);
    static_assert(is<decltype(unsqueeze<"n">(X())), float, "n b s (m: h d)">);
    static_assert(is<decltype(unsqueeze<"n", "b">(X())), float, "n b s (m: h d)">);
    static_assert(is<decltype(unsqueeze<"n", "m">(X())), float, "b s n (m: h d)">);
    static_assert(is<decltype(unsqueeze<"n", "(h d)">(anonymous())), float, "s n (h d)">);
    static_assert(is<decltype(unsqueeze<"n">(tensor<float, "">())), float, "n">);
    static_assert(is<decltype(broadcast<"p">(X(), 3)), float, "p b s (m: h d)">);
    // An axis may be called as a factor of another one, though no list can be written so.
    static_assert(decltype(broadcast<"h">(X(), 3))::static_names.view() == "h b s (m: h d)");
    static_assert(is<decltype(broadcast<"n">(tensor<bool, "">(), 3)), bool, "n">);
    for (const lie how : testing::all_lies) {
        CAPTURE(how);
        const auto x = merged(how);
        const auto d = dynamic(x);
        const auto thin = unsqueeze<"n", "m">(unsqueeze<"p">(x));
        CHECK(
            difference([&] { return unsqueeze<"n">(x); }, [&] { return unsqueeze(d, "n"); }) == ""
        );
        CHECK(
            difference(
                [&] { return unsqueeze<"n", "m">(x); }, [&] { return unsqueeze(d, "n", "m"); }
            )
            == ""
        );
        CHECK(
            difference(
                [&] { return squeeze<"n p">(thin); }, [&] { return squeeze(dynamic(thin), "n p"); }
            )
            == ""
        );
        CHECK(
            difference(
                [&] { return squeeze<"p">(thin); }, [&] { return squeeze(dynamic(thin), "p"); }
            )
            == ""
        );
        CHECK(
            difference([&] { return broadcast<"h">(x, 3); }, [&] { return broadcast(d, "h", 3); })
            == ""
        );
        CHECK(
            difference([&] { return broadcast<"h">(x, 0); }, [&] { return broadcast(d, "h", 0); })
            == ""
        );
    }
    CHECK(category_of([] { (void)squeeze<"s">(merged()); }) == "size_mismatch");
    CHECK(category_of([] { (void)broadcast<"n">(merged(), -1); }) == "size_mismatch");
}

TEST_CASE("typed diagonal: the new axis in place of the one that is written first") {
    const auto q = as<"b s s' (m: h d)">(
        counted<float>(axes("b s s' (m: h d)", {2, 3, 3, 3}, {{"h", 1}}), lie::permuted)
    );
    static_assert(is<decltype(diagonal<"s s' -> t">(q)), float, "b t (m: h d)">);
    static_assert(is<decltype(diagonal<"s' s -> s">(q)), float, "b s (m: h d)">);
    static_assert(is<decltype(diagonal<" m  b->h ">(q)), float, "s s' h">);
    static_assert(is<decltype(diagonal<"(h d) s -> t">(anonymous())), float, "t">);
    const auto d = dynamic(q);
    CHECK(
        difference(
            [&] { return diagonal<"s s' -> t">(q); }, [&] { return diagonal(d, "s s' -> t"); }
        )
        == ""
    );
    CHECK(
        difference(
            [&] { return diagonal<"s' s -> s">(q); }, [&] { return diagonal(d, "s' s -> s"); }
        )
        == ""
    );
    CHECK(
        difference(
            [&] { return diagonal<" m  s->m ">(q); }, [&] { return diagonal(d, " m  s->m "); }
        )
        == ""
    );
    CHECK(category_of([&] { (void)diagonal<"b s -> t">(q); }) == "size_mismatch");
}

TEST_CASE("typed flip and unfold: the axis loses its memory") {
    using X = decltype(merged());
    static_assert(is<decltype(flip<"m s">(X())), float, "b s m">);
    static_assert(is<decltype(flip<"s">(anonymous())), float, "s (h d)">);
    static_assert(is<decltype(unfold<"m", "w">(X(), 2)), float, "b s m w">);
    static_assert(is<decltype(unfold<"s", "w">(X(), 2, 1)), float, "b s (m: h d) w">);
    for (const lie how : testing::all_lies) {
        CAPTURE(how);
        const auto x = merged(how);
        const auto d = dynamic(x);
        CHECK(difference([&] { return flip<"m s">(x); }, [&] { return flip(d, "m s"); }) == "");
        CHECK(difference([&] { return flip<"b">(x); }, [&] { return flip(d, "b"); }) == "");
        CHECK(
            difference(
                [&] { return unfold<"s", "w">(x, 2); }, [&] { return unfold(d, "s", "w", 2); }
            )
            == ""
        );
        CHECK(
            difference(
                [&] { return unfold<"m", "h">(x, 2, 2); }, [&] { return unfold(d, "m", "h", 2, 2); }
            )
            == ""
        );
    }
    CHECK(category_of([] { (void)unfold<"s", "w">(merged(), 4); }) == "size_mismatch");
}

TEST_CASE("typed views of a tensor with names in its value are checked when they run, and give one"
) {
    const auto x = dynamic(merged());
    static_assert(std::is_same_v<decltype(broadcast<"n">(x, 2)), tensor<float>>);
    static_assert(std::is_same_v<decltype(diagonal<"b s -> t">(x)), tensor<float>>);
    CHECK(
        difference([&] { return unsqueeze<"n", "s">(x); }, [&] { return unsqueeze(x, "n", "s"); })
        == ""
    );
    CHECK(
        difference([&] { return unfold<"s", "w">(x, 2); }, [&] { return unfold(x, "s", "w", 2); })
        == ""
    );
    CHECK(difference([&] { return flip<"s">(x); }, [&] { return flip(x, "s"); }) == "");
    CHECK(category_of([&] { (void)flip<"t">(x); }) == "unknown_axis");
    CHECK(category_of([&] { (void)squeeze<"">(x); }) == "usage");
    CHECK(category_of([&] { (void)broadcast<"s">(x, 2); }) == "duplicate_axis");
    CHECK(category_of([&] { (void)diagonal<"b t -> t">(x); }) == "unknown_axis");
}

}  // namespace abax
