#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rows.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace abax;
using namespace abax::testing;

TEST_CASE("dot: the result has a's axes without the summed ones, then b's that a lacks") {
    struct row {
        std::string a;
        std::string b;
        std::string summed;
        std::string result;
    };
    const std::vector<row> table = {
        {"b s m", "m o", "m", "b s o"},
        {"b s m", "o m", "m", "b s o"},
        {"b h s d", "b h s' d", "d", "b h s s'"},
        {"b s h d", "h d m", "h d", "b s m"},
        {"b s h d", "h d m", "d h", "b s m"},
        {"m", "m", "m", ""},
        {"m", "m o", "m", "o"},
        {"o m", "m", "m", "o"},
        {"b m", "m b", "m", "b"},  // b is a batch axis: common and not summed
        {"b m", "m b", "m b", ""},
    };
    for (const auto& [left_, right_, summed, result] : table) {
        const auto& left = left_;
        const auto& right = right_;
        CAPTURE(left);
        CAPTURE(right);
        const place all = {{"b", 2}, {"s", 3}, {"m", 5}, {"o", 7}, {"h", 2}, {"s'", 4}, {"d", 3}};
        const auto made = [&](const std::string& names) {
            shape axes_of;
            for (std::size_t at = 0; at < names.size();) {
                const std::size_t end = std::min(names.find(' ', at), names.size());
                const std::string one = names.substr(at, end - at);
                axes_of.push_back({name(one), all.at(one), nullptr});
                at = end + 1;
            }
            return counted<double>(axes_of);
        };
        const auto a = made(left);
        const auto b = made(right);

        const auto y = dot(a, b, std::string_view(summed));

        CHECK(y.shape().axes_text() == result);
        // Every result element, by plain loops over the summed names.
        place names;
        for (const auto& [label, extent] : extents_by_name(a))
            names[label] = extent;
        for (const auto& [label, extent] : extents_by_name(b))
            names[label] = extent;
        auto sums = zeros<double>(y.shape());
        double* const out = sums.mut();
        for_each_place(names, [&](const place& at) {
            extents where;
            for (const axis& kept : y.shape())
                where.push_back(at.at(std::string(kept.label.text())));
            out[offset_of(sums.where(), where)] +=
                element_by_name<double>(a.any(), at) * element_by_name<double>(b.any(), at);
        });
        CHECK(equal(y, sums));
    }
}

TEST_CASE("dot: a summed name must occur in both operands") {
    const auto attn = named_tensor("b h s s'", {3, 3, 4, 4});
    const auto v = named_tensor("b h s d", {3, 3, 4, 5});

    const auto e = thrown_by([&] { (void)dot(attn, v, "s'"); });
    CHECK(e.kind == category::unknown_axis);
    CHECK(e.axis == "s'");
    CHECK(e.got == "b=3 h=3 s=4 d=5");
    CHECK(e.help.find("s -> s'") != std::string::npos);

    CHECK(dot(attn, rename(v, "s -> s'"), "s'").shape().axes_text() == "b h s d");
    // The left operand is asked too.
    CHECK(thrown_by([&] { (void)dot(v, attn, "s'"); }).kind == category::unknown_axis);
    CHECK(category_of([&] { (void)dot(attn, v, "q"); }) == "unknown_axis");
}

TEST_CASE("dot: two spellings of one dimension are two axes") {
    const auto x = named_tensor("model", {4});
    const auto w = named_tensor("models", {4});

    CHECK(category_of([&] { (void)dot(x, w, "model models"); }) == "unknown_axis");
    CHECK(dot(x, rename(w, "models -> model"), "model").item() == 30);
}

TEST_CASE("dot: a summed axis of extent 1 does not stretch") {
    const auto a = named_tensor("i k", {4, 1});
    const auto b = named_tensor("j k", {1, 3});

    const auto e = thrown_by([&] { (void)dot(a, b, "k"); });

    CHECK(e.kind == category::size_mismatch);
    CHECK(e.axis == "k");
    CHECK(e.expected_extent == 1);
    CHECK(e.got_extent == 3);
    CHECK(e.input == "(i=4 k=1), (j=1 k=3)");
    CHECK(
        category_of([] {
            (void)dot(named_tensor("i k", {2, 3}), named_tensor("j k", {2, 5}), "k");
        })
        == "size_mismatch"
    );
    // Batch axes do not stretch either.
    CHECK(
        category_of([] {
            (void)dot(named_tensor("b k", {1, 3}), named_tensor("b k", {2, 3}), "k");
        })
        == "size_mismatch"
    );
}

TEST_CASE("dot: takes named tensors, and names") {
    const auto x = counted(shape::of({2, 3}));
    const auto y = named_tensor("a b", {2, 3});

    CHECK(category_of([&] { (void)dot(x, x, 1); }) == "name_mismatch");
    CHECK(category_of([&] { (void)dot(x, y, "b"); }) == "name_mismatch");
    CHECK(category_of([&] { (void)dot(y, y, 1); }) == "usage");
}

TEST_CASE("dot: element types do not mix") {
    CHECK(
        category_of([] {
            (void
            )dot(iota(dtype::float32, axes("a", {2})), iota(dtype::float64, axes("a", {2})), "a");
        })
        == "dtype_mismatch"
    );
}

TEST_CASE("einsum: each term is checked against its operand's names") {
    // A weight stored (out, in) and used as (in, out), hidden by equal extents.
    const auto x = named_tensor("b n d", {2, 3, 4});
    const auto w = named_tensor("o d", {4, 4});

    const auto e = thrown_by([&] { (void)einsum("b n d, d i -> b n i", x, w); });
    CHECK(e.kind == category::name_mismatch);
    CHECK(e.offset == 7);
    CHECK(e.length == 1);
    CHECK(e.axis == "o");

    const auto y = einsum("b n d, o d -> b n o", x, w);
    CHECK(y.shape().str() == "b=2 n=3 o=4");
    CHECK(equal(y, dot(x, w, "d")));
}

TEST_CASE("einsum: a named operand does not meet an unnamed one, but rank 0 does") {
    const auto x = named_tensor("a b", {2, 3});

    CHECK(
        category_of([&] { (void)einsum("a b, b -> a", x, counted(shape::of({3}))); })
        == "name_mismatch"
    );
    CHECK(
        category_of([&] {
            (void)einsum("a b, b -> a", counted(shape::of({2, 3})), named_tensor("b", {3}));
        })
        == "name_mismatch"
    );
    CHECK(einsum("a b, -> b a", x, full<float>(shape{}, 2)).shape().str() == "b=3 a=2");
}

TEST_CASE("einsum: a name missing on the right is summed, in plain sight") {
    const auto x = named_tensor("a b", {2, 3});

    CHECK(einsum("a b -> a", x).to_vector() == std::vector<float>{6, 15});
    CHECK(einsum("a b ->", x).item() == 21);
}

TEST_CASE("einsum: on named operands an ellipsis is matched by name, without stretching") {
    const auto x = named_tensor("b h s d", {2, 3, 4, 5});
    const auto y = named_tensor("h b d t", {3, 2, 5, 6});

    const auto z = einsum("... s d, ... d t -> ... s t", x, y);

    CHECK(z.shape().str() == "b=2 h=3 s=4 t=6");
    for_each_place(extents_by_name(z), [&](place at) {
        float sum = 0;
        for (at["d"] = 0; at["d"] < 5; ++at["d"])
            sum += element_by_name<float>(x.any(), at) * element_by_name<float>(y.any(), at);
        REQUIRE(element_by_name<float>(z.any(), at) == sum);
    });
    CHECK(einsum("... s d, d -> ... s", x, named_tensor("d", {5})).shape().str() == "b=2 h=3 s=4");
    CHECK(
        category_of([&] {
            (void)einsum("... s d, ... d -> ... s", x, named_tensor("b d", {1, 5}));
        })
        == "size_mismatch"
    );
}

TEST_CASE("einsum: an ellipsis that only one operand has, or that lacks axes, is the union by name"
) {
    const auto x = named_tensor("b s d", {2, 4, 5});
    const auto y = named_tensor("h d", {3, 5});

    const auto z = einsum("... d, ... d -> ...", x, y);

    CHECK(z.shape().str() == "b=2 s=4 h=3");
}

TEST_CASE("einsum: the number of operands is the number of terms") {
    const auto x = named_tensor("a b", {2, 3});

    CHECK(category_of([&] { (void)einsum(pattern_text("a b, b -> a"), x); }) == "other");
    CHECK(category_of([&] { (void)einsum(pattern_text("a b -> a"), x, x); }) == "other");
}

TEST_CASE("einsum: composites split by size, by extent in the text, and by memory") {
    const auto x = named_tensor("b s m", {2, 3, 8});
    const auto w = named_tensor("h d o", {2, 4, 5});
    const std::vector<any_tensor> operands = {x.any(), w.any()};

    const auto expected =
        einsum("b s h d, h d o -> b s o", rearrange(x, "b s (h d) -> b s h d", "h"_ax = 2), w);

    // (h d) is told by w.
    CHECK(equal(einsum("b s (h d), h d o -> b s o", x, w), expected));
    CHECK(equal(einsum("b s (m: h d), h d o -> b s o", x, w), expected));
    CHECK(equal(einsum("b s (h=2 d), h d o -> b s o", x, w), expected));
    CHECK(equal(tensor<float>(einsum("b s (h d), h d o -> b s o", operands, {{"h", 2}})), expected)
    );
    CHECK(
        category_of([&] { (void)einsum("b s (q: h d), h d o -> b s o", x, w); }) == "name_mismatch"
    );
    CHECK(
        category_of([&] { (void)einsum("b s (h=4 d), h d o -> b s o", x, w); }) == "size_mismatch"
    );
    CHECK(category_of([&] { (void)einsum("b s (h d) -> b s h d", x); }) == "ambiguous_size");
    CHECK(category_of([&] { (void)einsum("b s (h=3 d) -> b s h d", x); }) == "not_divisible");
}

TEST_CASE("einsum: a composite that is written alike everywhere is one axis and needs no sizes") {
    const auto x = named_tensor("b s m", {2, 3, 8});
    const auto w = named_tensor("m o", {8, 5});

    CHECK(equal(einsum("b s (h d), (h d) o -> b s o", x, w), dot(x, w, "m")));
    CHECK(
        einsum(
            "b s (h d), (h d) o -> b s o", counted(shape::of({2, 3, 8})), counted(shape::of({8, 5}))
        )
            .shape()
            .str()
        == "2 3 5"
    );
}

TEST_CASE("einsum: a merged axis on the right remembers, and units match axes without a name") {
    const auto x = named_tensor("b h s d", {2, 3, 4, 5});

    CHECK(einsum("b h s d -> b s (h d)", x).shape().axes_text() == "b s (h d)");
    CHECK(einsum("b h s d -> b s (m: h d)", x).shape().axes_text() == "b s (m: h d)");
    const auto y = einsum("b h s d -> s (m: h d)", x);
    CHECK(rearrange(y, "s (h d) -> s h d").shape().str() == "s=4 h=3 d=5");

    const auto open = rearrange(named_tensor("a b", {2, 3}), "a b -> a 1 b");
    CHECK(einsum("a 1 b -> b a", open).shape().str() == "b=3 a=2");
    CHECK(category_of([&] { (void)einsum("a 1 b -> a", x); }) == "rank_mismatch");
    CHECK(
        category_of([] {
            (void)einsum("1 b -> b", named_tensor("a b", {1, 3}));
        })
        == "name_mismatch"
    );
}

TEST_CASE("grouped heads meet their queries without being repeated") {
    const auto q = named_tensor("b g r s d", {2, 2, 3, 4, 5});
    const auto k = named_tensor("b g s' d", {2, 2, 6, 5});

    const auto scores = einsum("b g r s d, b g s' d -> b g r s s'", q, k);

    CHECK(scores.shape().str() == "b=2 g=2 r=3 s=4 s'=6");
    const auto repeated = repeat(k, "b g s' d -> b (h: g r) s' d", "r"_ax = 3);
    const auto wide = dot(rearrange(q, "b g r s d -> b (h: g r) s d"), repeated, "d");
    CHECK(wide.shape().axes_text() == "b (h: g r) s s'");
    CHECK(rearrange(wide, "b (g r) s s' -> b g r s s'").to_vector() == scores.to_vector());
}
