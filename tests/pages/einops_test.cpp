#include <abax/abax.hpp>

#include "../io/scratch.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace abax;
using abax::testing::near;
using abax::testing::same;
using abax::testing::scratch_folder;

namespace {

// docs/coming-from-einops.md, section by section; these are the tensors it speaks of. None has names, as in einops.
struct einops_page {
    const tensor<float> x = iota<float>({2, 5, 21});         // b s (h d)
    const tensor<float> image = iota<float>({4, 6});         // h w
    const tensor<float> images = iota<float>({2, 3, 4, 6});  // b c h w
    const tensor<float> square = from<float>({{1, 2}, {3, 4}});
    const tensor<float> a = from<float>({{1, 2, 3}, {4, 5, 6}});    // b i
    const tensor<float> w = from<float>({{1, 0}, {2, 1}, {0, 3}});  // i o
};

}  // namespace

TEST_CASE_FIXTURE(einops_page, "einops: rearrange") {
    const auto heads = rearrange(x, "b s (h d) -> b h s d", "h"_ax = 3);
    CHECK(heads.shape() == shape::of({2, 3, 5, 7}));
    CHECK(heads(1, 2, 4, 6) == x(1, 4, 2 * 7 + 6));
    CHECK(heads(0, 1, 3, 2) == x(0, 3, 1 * 7 + 2));
    CHECK(same(rearrange(x, "b s (h d) -> b h s d", {{"h", 3}}), heads));
    CHECK(same(rearrange(x, "b s (h=3 d) -> b h s d"), heads));
    const std::vector<axis_size> sizes{{"h", 3}, {"d", 7}};
    CHECK(same(rearrange(x, "b s (h d) -> b h s d", sizes), heads));
    const std::string line = "b s (h=3 d) -> b h s d";
    CHECK(same(rearrange(x, pattern_text(line)), heads));

    const auto back = rearrange(heads, "b h s d -> b s (h d)");
    CHECK(same(back, x));
    const auto flat = rearrange(images, "b ... -> b (...)");
    CHECK(flat.shape() == shape::of({2, 72}));
    CHECK(flat(1, 71) == images(1, 2, 3, 5));
    CHECK(rearrange(image, "h w -> h 1 w").shape() == shape::of({4, 1, 6}));
    CHECK(same(rearrange(rearrange(image, "h w -> h 1 w"), "h () w -> h w"), image));
    const auto depth =
        rearrange(images, "b c (h h2) (w w2) -> b (c h2 w2) h w", "h2"_ax = 2, "w2"_ax = 2);
    CHECK(depth.shape() == shape::of({2, 12, 2, 3}));
    CHECK(depth(1, 2 * 4 + 1 * 2 + 0, 1, 2) == images(1, 2, 1 * 2 + 1, 2 * 2 + 0));

    const std::vector<tensor<float>> parts{image, image + 100};
    const auto beside = rearrange(parts, "n h w -> h (n w)");
    CHECK(beside.shape() == shape::of({4, 12}));
    CHECK(beside(3, 5) == 23);
    CHECK(beside(3, 6) == 118);
    const auto twice = rearrange({image, image}, "n h w -> h (n w)");
    CHECK(same(twice, concat({image, image}, 1)));
}

TEST_CASE_FIXTURE(einops_page, "einops: reduce") {
    CHECK(same(reduce(square, "h w -> h", by::sum), from<float>({3, 7})));
    CHECK(same(reduce(square, "h w -> w", by::mean), from<float>({2, 3})));
    CHECK(same(reduce(square, "h w -> h", by::max), from<float>({2, 4})));
    CHECK(same(reduce(square, "h w -> h", by::min), from<float>({1, 3})));
    CHECK(same(reduce(square, "h w -> h", by::prod), from<float>({2, 12})));
    CHECK(same(reduce(square > 3, "h w -> h", by::any), from<bool>({false, true})));
    CHECK(same(reduce(square > 2, "h w -> h", by::all), from<bool>({false, true})));
    CHECK(reduce(square, "... ->", by::sum).item() == 10);
    const auto pooled = reduce(image, "(h h2) (w w2) -> h w", by::max, "h2"_ax = 2, "w2"_ax = 3);
    CHECK(same(pooled, from<float>({{8, 11}, {20, 23}})));
    const auto kept = reduce(square, "h w -> h 1", by::mean);
    CHECK(same(kept, from<float>({{1.5F}, {3.5F}})));
    const std::string how = "sum";
    CHECK(equal(reduce(square.any(), "h w -> h", reduction_named(how)), from<float>({3, 7})));
    CHECK(near(logsumexp(log(square), 1), log(from<float>({3, 7}))));
    const std::vector<tensor<float>> parts{square, square + 10};
    CHECK(same(reduce(parts, "n h w -> h w", by::mean), from<float>({{6, 7}, {8, 9}})));
    CHECK(
        same(reduce({square, square + 10}, "n h w -> h w", by::mean), from<float>({{6, 7}, {8, 9}}))
    );
    CHECK(same(sum(square), reduce(square, "... ->", by::sum)));
}

TEST_CASE_FIXTURE(einops_page, "einops: repeat") {
    const auto v = from<float>({1, 2});

    CHECK(same(repeat(v, "w -> h w", "h"_ax = 3), from<float>({{1, 2}, {1, 2}, {1, 2}})));
    CHECK(same(repeat(v, "w -> w 3"), from<float>({{1, 1, 1}, {2, 2, 2}})));
    CHECK(same(repeat(v, "w -> (w 2)"), from<float>({1, 1, 2, 2})));
    CHECK(same(repeat(v, "w -> (2 w)"), from<float>({1, 2, 1, 2})));
    CHECK(same(
        repeat(square, "h w -> (h 2) (w 2)"),
        from<float>({{1, 1, 2, 2}, {1, 1, 2, 2}, {3, 3, 4, 4}, {3, 3, 4, 4}})
    ));
}

TEST_CASE_FIXTURE(einops_page, "einops: einsum") {
    const auto aw = from<float>({{5, 11}, {14, 23}});

    CHECK(same(einsum("b i, i o -> b o", a, w), aw));
    CHECK(same(einsum("... i, i o -> ... o", a, w), aw));
    CHECK(same(einsum("b i, i o, o p -> b p", a, w, square), from<float>({{38, 54}, {83, 120}})));
    CHECK(same(
        einsum("i, j -> i j", from<float>({1, 2}), from<float>({3, 4})),
        from<float>({{3, 4}, {6, 8}})
    ));
    CHECK(same(einsum("i i -> i", square), from<float>({1, 4})));
    CHECK(einsum("i i ->", square).item() == 5);
    CHECK(same(einsum("b i -> i", a), from<float>({5, 7, 9})));
    const auto y = iota<float>({2, 6});  // b (h d)
    const auto per_head = from<float>({{1, 10, 100}, {2, 20, 200}});
    CHECK(same(einsum("b (h d), h d -> b h", y, per_head), from<float>({{210, 1086}, {876, 2418}}))
    );
}

TEST_CASE_FIXTURE(einops_page, "einops: pack, unpack and parse_shape") {
    const auto token = from<float>({{-1, -2, -3}, {-4, -5, -6}});  // b c
    const auto pixels = iota<float>({2, 4, 5, 3});                 // b h w c

    const auto packed = pack("b * c", pixels, token);
    CHECK(packed.values.shape() == shape::of({2, 21, 3}));
    CHECK(packed.shapes == packed_shapes{{4, 5}, {}});
    CHECK(packed.values(1, 7, 2) == pixels(1, 1, 2, 2));
    CHECK(packed.values(1, 20, 0) == -4);
    const auto both = unpack(packed.values, packed.shapes, "b * c");
    REQUIRE(both.size() == 2);
    CHECK(same(both[0], pixels));
    CHECK(same(both[1], token));
    const auto rest = unpack(packed.values, {{-1}, {}}, "b * c");
    REQUIRE(rest.size() == 2);
    CHECK(rest[0].shape() == shape::of({2, 20, 3}));
    CHECK(same(rest[1], token));

    const auto sizes = parse_shape(pixels, "b h w _");
    REQUIRE(sizes.size() == 3);
    CHECK(sizes[1].axis == "h");
    CHECK(sizes[1].extent == 4);
    const auto again =
        rearrange(rearrange(pixels, "b h w c -> b (h w) c"), "b (h w) c -> b h w c", sizes);
    CHECK(same(again, pixels));
}

TEST_CASE_FIXTURE(einops_page, "einops: everything else") {
    const scratch_folder folder;
    const auto path = folder / "x.npy";

    CHECK(square.to_vector() == std::vector<float>{1, 2, 3, 4});
    save_npy(path, x);
    CHECK(same(load_npy<float>(path), x));

    bool caught = false;
    try {
        (void)rearrange(x, "b s (h d) -> b h s d", "h"_ax = 4);
    } catch (const error& e) {
        caught = true;
        CHECK(e.kind() == category::not_divisible);
        CHECK(e.details().axis == "d");
        CHECK(e.details().got_extent == 21);
    }
    CHECK(caught);

    const auto split_heads = [](const tensor<float>& t) {
        return rearrange(t, "b s (h=3 d) -> b h s d");
    };
    CHECK(split_heads(x).shape() == shape::of({2, 3, 5, 7}));
    const auto pool = [](const tensor<float>& t) {
        return reduce(t, "(h 2) (w 2) -> h w", by::max);
    };
    CHECK(same(pool(square), from<float>({{4}})));
    const auto bias = from<float>({10, 20});
    const auto mixed = einsum("b i, i o -> b o", a, w) + repeat(bias, "o -> b o", "b"_ax = 2);
    CHECK(same(mixed, from<float>({{15, 31}, {24, 43}})));
    CHECK(same(take(w, {2, 0}, 0), from<float>({{0, 3}, {1, 0}})));
    CHECK(same(take_along(w, from({{1}, {0}, {1}}), 1), from<float>({{0}, {2}, {3}})));
}
