#include <abax/ops/compare.hpp>
#include <abax/ops/select.hpp>
#include <abax/ops/typed_arrangement.hpp>
#include <abax/ops/typed_view_of.hpp>
#include <abax/ops/view_of.hpp>
#include <abax/ops/views.hpp>

#include "typed_support.hpp"

#include <doctest/doctest.h>

#include <string>
#include <type_traits>
#include <vector>

namespace abax {

using testing::bill_of;
using testing::category_of;
using testing::counted;
using testing::difference;
using testing::is;
using testing::lie;
using testing::named_tensor;
using testing::records_of;
using testing::thrown_by;

TEST_CASE("view_of gives what rearrange gives, in the same buffer, or throws where that would copy"
) {
    struct example {
        const char* pattern;
        bool of_packed;    // whether it is a view of a row-major tensor
        bool of_permuted;  // of one that lies the other way round
        bool of_sliced;    // of one with gaps between rows
    };
    // b=2 s=3 m=4
    const example examples[] = {
        {"b s m -> b s m", true, true, true},
        {"b s m -> m s b", true, true, true},
        {"b s m -> b 1 s m ()", true, true, true},
        {"b s (h d) -> h b s d", true, true, true},
        {"b s m -> (b s) m", true, false, false},
        {"b s m -> b (s m)", true, false, false},
        {"b s m -> (b s m)", true, false, false},
        {"b s m -> m (s b)", false, true, false},
        {"b s m -> (s b) m", false, true, false},
        {"b s m -> (b m) s", false, false, false},
        {"b s (h d) -> b s (d h)", false, false, false},
        {"b s (h d) -> b (s h) d", true, false, false},
        {"... m -> m ...", true, true, true},
        {"... m -> (...) m", true, false, false},
    };
    const auto sizes = std::vector<axis_size>{{"h", 2}};
    for (const example& e : examples)
        for (const bool is_named : {true, false})
            for (const lie how : testing::all_lies) {
                CAPTURE(std::string(e.pattern));
                CAPTURE(is_named);
                CAPTURE(how);
                const auto axes_of_x = is_named ? axes("b s m", {2, 3, 4}) : shape::of({2, 3, 4});
                const auto x = counted<float>(axes_of_x, how);
                const bool splits = std::string(e.pattern).find('h') != std::string::npos;
                const axis_sizes passed = splits ? axis_sizes(sizes) : axis_sizes();
                const pattern_text text(e.pattern);
                const bool expected = how == lie::permuted ? e.of_permuted
                                    : how == lie::sliced   ? e.of_sliced
                                                           : e.of_packed;
                CHECK(is_view(x, text, passed) == expected);
                const auto copied = rearrange(x, text, passed);
                CHECK(copied.any().shares_with(x.any()) == expected);
                if (expected) {
                    const auto y = view_of(x, text, passed);
                    CHECK(equal(y, copied));
                    CHECK(y.any().shares_with(x.any()));
                } else {
                    CHECK(category_of([&] { (void)view_of(x, text, passed); }) == "usage");
                }
            }
}

TEST_CASE("view_of says which axes' strides force the copy") {
    const auto x = named_tensor("b h s d", {2, 3, 4, 5});
    const auto d = thrown_by([&] { (void)view_of(x, "b h s d -> b s (h d)"); });
    CHECK(d.kind == category::usage);
    CHECK(d.operation == "view_of");
    CHECK(d.message == "merging 'h' and 'd' needs a copy: their strides do not chain");
    CHECK(d.pattern.substr(d.offset, d.length) == "(h d)");
    CHECK(d.axis == "h");
    CHECK(d.expected_extent == 5);
    CHECK(d.got_extent == 20);
    CHECK(d.expected == "a stride of 'h' of 5, 5 steps of 'd' of 1");
    CHECK(d.got == "a stride of 'h' of 20");
    CHECK(d.help.find("rearrange copies") == 0);

    // The names are those of the pattern where the tensor has none, and the pair is the innermost that does not chain.
    const auto y = counted<float>(shape::of({2, 3, 4}));
    CHECK(
        thrown_by([&] { (void)view_of(y, "a b c -> (b a c)"); }).message
        == "merging 'b' and 'a' needs a copy: their strides do not chain"
    );
    CHECK(
        thrown_by([&] { (void)view_of(y, "a b (c k) -> (a c) b k", "k"_ax = 2); }).message
        == "merging 'a' and 'c' needs a copy: their strides do not chain"
    );
    // An axis of extent 1 has no stride that matters: the neighbours are those around it.
    const auto thin = named_tensor("b u s", {2, 1, 3});
    CHECK(view_of(thin, "b u s -> u (b s)").shape().str() == "u=1 (b s)=6");
    CHECK(
        thrown_by([&] { (void)view_of(thin, "b u s -> (s u b)"); }).message
        == "merging 's' and 'b' needs a copy: their strides do not chain"
    );
    const auto dots = thrown_by([&] { (void)view_of(permute(x, "d s h b"), "... b -> (...) b"); });
    CHECK(dots.message == "merging 'd' and 's' needs a copy: their strides do not chain");
}

TEST_CASE("view_of of repeated and of no elements, of rank 0 and of a dry tensor") {
    const auto row = named_tensor("s", {3});
    const auto wide = broadcast(row, "b", 2);
    CHECK(view_of(wide, "b s -> s b").any().shares_with(row.any()));
    CHECK_FALSE(is_view(wide, "b s -> (b s)"));
    CHECK(is_view(broadcast(wide, "n", 4), "n b s -> (n b) s"));  // 0 chains with 0
    const auto none = permute(named_tensor("b s m", {2, 0, 4}), "m s b");
    CHECK(view_of(none, "m s b -> (m b) s").shape().str() == "(m b)=8 s=0");
    CHECK(view_of(full<float>(shape(), 3.0F), " -> 1").shape().str() == "1");
    const auto planned = dry<float>(axes("b s m", {2, 3, 4}));
    CHECK(view_of(planned, "b s m -> m b s").is_dry());
    CHECK(category_of([&] { (void)view_of(planned, "b s m -> (m b) s"); }) == "usage");
    const dry_run on;
    CHECK_FALSE(view_of(row, "s -> s 1").is_dry());
}

TEST_CASE("view_of is one record of a view; is_view, and what throws, are none") {
    const auto x = named_tensor("b s m", {2, 3, 4});
    const auto bill = bill_of([&] {
        (void)view_of(x, "b s m -> s b m");
        (void)is_view(x, "b s m -> (s b) m");
        try {
            (void)view_of(x, "b s m -> (s b) m");
        } catch (const error&) {
        }
    });
    const auto records = records_of(bill);
    REQUIRE(records.size() == 1);
    CHECK(records[0].operation == "view_of");
    CHECK(records[0].detail == "b s m -> s b m");
    CHECK(records[0].kind == op_class::view);
    CHECK(records[0].counted == counters{});
}

TEST_CASE("view_of and is_view say what rearrange says of names and extents") {
    const auto x = named_tensor("b s m", {2, 3, 4});
    struct example {
        const char* pattern;
        std::vector<axis_size> sizes;
        const char* kind;
    };
    const example examples[] = {
        {"b s", {}, "syntax"},
        {"b s -> s b", {}, "rank_mismatch"},
        {"b t m -> t b m", {}, "name_mismatch"},
        {"b s (h d) -> b s h d", {}, "ambiguous_size"},
        {"b s (h d) -> b s h d", {{"h", 3}}, "not_divisible"},
        {"b s m -> s b m", {{"h", 3}}, "unexpected_size_argument"},
        {"b s m -> s b m", {{"s", 4}}, "size_mismatch"},
    };
    for (const example& e : examples) {
        CAPTURE(std::string(e.pattern));
        const pattern_text text(e.pattern);
        CHECK(category_of([&] { (void)rearrange(x, text, e.sizes); }) == e.kind);
        CHECK(category_of([&] { (void)view_of(x, text, e.sizes); }) == e.kind);
        CHECK(category_of([&] { (void)is_view(x, text, e.sizes); }) == e.kind);
        CHECK(thrown_by([&] { (void)view_of(x, text, e.sizes); }).operation == "view_of");
    }
}

TEST_CASE("view_of takes any_tensor, sizes in either spelling, and arrangements") {
    const auto x = named_tensor("b s m", {2, 3, 4});
    static_assert(std::is_same_v<decltype(view_of(x.any(), "b s m -> s b m")), any_tensor>);
    const auto y = view_of(x, "b s (h d) -> b h s d", {{"h", 2}});
    CHECK(equal(y, view_of(x, "b s (h d) -> b h s d", "h"_ax = 2)));
    CHECK(equal(y.any(), view_of(x.any(), "b s (h d) -> b h s d", "h"_ax = 2)));
    const arrangement p("b s (h d) -> b h s d");
    CHECK(equal(y, view_of(x, p, "h"_ax = 2)));
    CHECK(is_view(x, p, "h"_ax = 2));
}

namespace {

constexpr arrangement heads_apart("b s (h d) -> b h s d");
constexpr arrangement heads_merged = inverse(heads_apart);

}  // namespace

TEST_CASE("view_of and rearrange take arrangements, known while compiling or not") {
    const auto x = named_tensor("b s m", {2, 3, 4});
    const auto y = rearrange(x, "b s (h d) -> b h s d", "h"_ax = 2);
    CHECK(equal(rearrange(x, heads_apart, "h"_ax = 2), y));
    CHECK(equal(rearrange(x, heads_apart, {{"h", 2}}), y));
    CHECK(equal(rearrange(x.any(), heads_apart, "h"_ax = 2), y.any()));
    const arrangement back(std::string("b h s d -> b s (m: h d)"));
    CHECK(equal(forget(rearrange(y, back), "m"), x));
    CHECK(equal(rearrange(x, compose(back, heads_apart), "h"_ax = 2), rearrange(y, back)));

    const auto t = as<"b s m">(x);
    static_assert(is<decltype(rearrange<heads_apart>(t, "h"_ax = 2)), float, "b h s d">);
    CHECK(equal(rearrange<heads_apart>(t, "h"_ax = 2), y));
    CHECK(equal(rearrange<heads_apart>(t, {{"h", 2}}), y));
    CHECK(view_of<heads_apart>(t, "h"_ax = 2).any().shares_with(x.any()));
    const auto merged = rearrange<heads_merged>(rearrange<heads_apart>(t, "h"_ax = 2));
    static_assert(is<decltype(merged), float, "b s (h d)">);
    CHECK(merged.to_vector() == x.to_vector());
}

TEST_CASE("typed view_of: the axes of the right side, checked as rearrange checks them") {
    const auto x = testing::merged();
    static_assert(is<decltype(view_of<"b s m -> m b s">(x)), float, "(m: h d) b s">);
    static_assert(is<decltype(view_of<"b s (h d) -> b h s d">(x)), float, "b h s d">);
    for (const lie how : testing::all_lies) {
        CAPTURE(how);
        const auto y = testing::merged(how);
        CHECK(
            difference(
                [&] { return view_of<"b s (h d) -> b h s d">(y); },
                [&] { return view_of(testing::dynamic(y), "b s (h d) -> b h s d"); }
            )
            == ""
        );
        CHECK(is_view<"b s m -> (s m) b">(y) == is_view(y, "b s m -> (s m) b"));
    }
    CHECK(category_of([&] { (void)view_of<"b s m -> (s b) m">(x); }) == "usage");

    // Names in the value: checked when it runs; without names by position. Either way the type has those of the right side.
    const auto named = named_tensor("b s m", {2, 3, 4});
    const auto unnamed = counted<float>(shape::of({2, 3, 4}));
    static_assert(is<
                  decltype(view_of<"b s (h d) -> b h s d">(named, "h"_ax = 2)),
                  float,
                  "b h s d">);
    CHECK(equal(
        view_of<"b s (h d) -> b h s d">(named, "h"_ax = 2),
        view_of(named, "b s (h d) -> b h s d", {{"h", 2}})
    ));
    CHECK(testing::names_agree(view_of<"b s (h d) -> b h s d">(unnamed, {{"h", 2}})));
    CHECK(testing::names_agree(view_of<"b s m -> b (s m)">(unnamed)));
    CHECK(category_of([&] { (void)view_of<"b t m -> t b m">(named); }) == "name_mismatch");
    CHECK(category_of([&] { (void)view_of<"b s m -> (m b) s">(unnamed); }) == "usage");
    CHECK_FALSE(is_view<"b s (h d) -> (h b) s d">(unnamed, "h"_ax = 2));
    CHECK(is_view<"b s (h d) -> h b s d">(unnamed, {{"h", 2}}));
}

}  // namespace abax
