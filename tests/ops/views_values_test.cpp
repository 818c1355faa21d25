#include <abax/io/npy.hpp>
#include <abax/ops/assign.hpp>
#include <abax/ops/compare.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/join.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/select.hpp>
#include <abax/ops/views.hpp>

#include "../io/scratch.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

const std::vector<extents> shapes = {
    {},
    {0},
    {1},
    {7},
    {2, 3},
    {5, 0},
    {1, 5},
    {3, 3},
    {2, 3, 5},
    {3, 1, 2},
    {2, 0, 3},
    {2, 3, 1, 5}};

// Axes called a, b, c, ...
shape lettered(const extents& e) {
    std::string names;
    for (std::size_t i = 0; i < e.size(); ++i)
        names += std::string(i == 0 ? "" : " ") + static_cast<char>('a' + i);
    return axes(names, e);
}

std::string letter(std::size_t i) {
    return {static_cast<char>('a' + i)};
}

// Calls body(x) with x of each shape in each lie.
template <element T, class Body>
void for_each_operand(const Body& body) {
    for (const extents& e : shapes)
        for (const lie how : all_lies) {
            CAPTURE(how);
            CAPTURE(lettered(e).str());
            body(counted<T>(lettered(e), how));
        }
}

// Whether the elements of `got` are those of `x` at the coordinates that `source` gives.
template <element T, class Source>
void require_elements(
    const tensor<T>& got, const tensor<T>& x, const extents& expected, const Source& source
) {
    REQUIRE(got.shape().extents() == expected);
    CHECK(got.any().shares_with(x.any()));
    for_each_position(expected, [&](const extents& at) {
        REQUIRE(element_at<T>(got.any(), at) == element_at<T>(x.any(), source(at)));
    });
    // The move kernel reads the view as the loops do.
    const tensor<T> copied = copy(got);
    for_each_position(expected, [&](const extents& at) {
        REQUIRE(element_at<T>(copied.any(), at) == element_at<T>(got.any(), at));
    });
}

}  // namespace

TEST_CASE_TEMPLATE("permute: every order of every layout", T, float, std::int64_t, bool) {
    for_each_operand<T>([](const tensor<T>& x) {
        std::string order;
        for (std::size_t i = 0; i < x.rank(); ++i)
            order += letter(i);
        do {
            std::string spaced;
            extents expected;
            for (const char c : order) {
                spaced += std::string(spaced.empty() ? "" : " ") + c;
                expected.push_back(x.shape().extents()[static_cast<std::size_t>(c - 'a')]);
            }
            CAPTURE(spaced);
            require_elements(permute(x, spaced), x, expected, [&](const extents& at) {
                extents from(at.size());
                for (std::size_t i = 0; i < at.size(); ++i)
                    from[static_cast<std::size_t>(order[i] - 'a')] = at[i];
                return from;
            });
        } while (std::next_permutation(order.begin(), order.end()));
    });
}

TEST_CASE("permute: positions, also from the end, order an unnamed tensor") {
    const auto x = counted(shape::of({2, 3, 5}));

    CHECK(permute(x, {2, 0, 1}).shape().str() == "5 2 3");
    CHECK(equal(permute(x, {-1, 0, 1}), permute(x, {2, 0, 1})));
    CHECK(permute(x, {2, 0, 1})(4, 1, 2) == x(1, 2, 4));
}

TEST_CASE_TEMPLATE("unsqueeze, squeeze: an axis of extent 1 comes and goes", T, float, bool) {
    for_each_operand<T>([](const tensor<T>& x) {
        const extents e = x.shape().extents();
        const auto without = [](std::size_t axis) {
            return [axis](extents at) {
                at.erase(at.begin() + static_cast<std::ptrdiff_t>(axis));
                return at;
            };
        };
        for (std::size_t i = 0; i < x.rank(); ++i) {
            extents expected = e;
            expected.insert(expected.begin() + static_cast<std::ptrdiff_t>(i), 1);
            const auto y = unsqueeze(x, "h", letter(i));
            require_elements(y, x, expected, without(i));
            require_elements(squeeze(y, "h"), x, e, [](const extents& at) { return at; });
        }
        extents expected = e;
        expected.insert(expected.begin(), 1);
        require_elements(unsqueeze(x, "h"), x, expected, without(0));
    });
}

TEST_CASE_TEMPLATE("broadcast: every position of the new axis holds x", T, float, bool) {
    for_each_operand<T>([](const tensor<T>& x) {
        for (const std::int64_t extent : {0, 1, 2, 5}) {
            extents expected = x.shape().extents();
            expected.insert(expected.begin(), extent);
            require_elements(broadcast(x, "h", extent), x, expected, [](extents at) {
                at.erase(at.begin());
                return at;
            });
        }
    });
}

TEST_CASE_TEMPLATE("diagonal: equal positions on two axes, in either order", T, float, bool) {
    for (const std::int64_t n : {0, 1, 2, 5})
        for (const lie how : all_lies)
            for (const extents& e : std::vector<extents>{{n, n, 3}, {n, 2, n}, {2, n, n}}) {
                CAPTURE(how);
                const auto x = counted<T>(lettered(e), how);
                CAPTURE(x.shape().str());
                for (std::size_t i = 0; i < 3; ++i)
                    for (std::size_t j = 0; j < 3; ++j) {
                        if (i == j || e[i] != n || e[j] != n)
                            continue;
                        extents expected = e;
                        expected.erase(expected.begin() + static_cast<std::ptrdiff_t>(j));
                        const std::string text = letter(i) + ' ' + letter(j) + " -> d";
                        CAPTURE(text);
                        require_elements(diagonal(x, text), x, expected, [&](extents at) {
                            at.insert(at.begin() + static_cast<std::ptrdiff_t>(j), 0);
                            at[j] = at[i];
                            return at;
                        });
                    }
            }
}

TEST_CASE_TEMPLATE(
    "flip: any set of axes in reverse, and back again", T, float, std::int64_t, bool
) {
    for_each_operand<T>([](const tensor<T>& x) {
        const extents e = x.shape().extents();
        for (std::size_t set = 1; set < std::size_t{1} << x.rank(); ++set) {
            std::string names;
            for (std::size_t i = 0; i < x.rank(); ++i)
                if ((set >> i & 1U) != 0)
                    names += (names.empty() ? "" : " ") + letter(i);
            CAPTURE(names);
            const auto y = flip(x, names);
            require_elements(y, x, e, [&](extents at) {
                for (std::size_t i = 0; i < at.size(); ++i)
                    at[i] = (set >> i & 1U) != 0 ? e[i] - 1 - at[i] : at[i];
                return at;
            });
            CHECK(flip(y, names).where() == x.where());
        }
    });
}

TEST_CASE_TEMPLATE("unfold: every window and step along every axis", T, float, bool) {
    for_each_operand<T>([](const tensor<T>& x) {
        const extents e = x.shape().extents();
        for (std::size_t i = 0; i < x.rank(); ++i)
            for (std::int64_t window = 1; window <= e[i]; ++window)
                for (const std::int64_t step : {1, 2, 3, 9}) {
                    CAPTURE(window);
                    CAPTURE(step);
                    extents expected = e;
                    expected[i] = 0;
                    for (std::int64_t first = 0; first + window <= e[i]; first += step)
                        ++expected[i];
                    expected.push_back(window);
                    require_elements(
                        unfold(x, letter(i), "w", window, step),
                        x,
                        expected,
                        [&](extents at) {
                            const std::int64_t within = at.back();
                            at.pop_back();
                            at[i] = at[i] * step + within;
                            return at;
                        }
                    );
                }
    });
}

TEST_CASE("views of views: each is read through its own strides") {
    const auto x = counted(axes("a b c", {4, 4, 6}));

    // a b c -> every other c backwards -> windows of 2 over it -> diagonal of a and b -> flipped
    const auto y =
        flip(diagonal(unfold(slice(x, {"c", {}, {}, -2}), "c", "w", 2), "b a -> d"), "d w");

    REQUIRE(y.shape().str() == "d=4 c=2 w=2");
    for_each_position({4, 2, 2}, [&](const extents& at) {
        const std::int64_t d = 3 - at[0];
        REQUIRE(y(at[0], at[1], at[2]) == x(d, d, 5 - 2 * (at[1] + 1 - at[2])));
    });
}

TEST_CASE("every kind of kernel reads a view as it reads the view's copy") {
    std::mt19937 random(5);
    const auto x = small_numbers<float>(axes("b s m", {3, 37, 41}), random);
    const auto square = small_numbers<float>(axes("s s' b m", {9, 9, 3, 17}), random);
    const std::vector<tensor<float>> views = {
        flip(x, "s"),
        flip(x, "m"),
        flip(x, "b s m"),
        flip(permute(x, "m b s"), "m s"),
        slice(flip(x, "m"), {"m", 30, 2, -3}),
        rename(rearrange(unfold(x, "s", "w", 5), "b s m w -> b (q: s w) m"), "q -> s"),
        permute(rename(unfold(x, "m", "w", 7, 2), "s -> b, b -> s"), "w b s m"),
        rename(unfold(x, "m", "w", 7), "s -> q, w -> s"),
        rename(broadcast(x, "h", 3), "b -> q, h -> b"),
        diagonal(square, "s s' -> s"),
        diagonal(flip(square, "s'"), "s s' -> s"),
    };
    for (const auto& y : views) {
        CAPTURE(y.shape().str());
        const auto z = copy(y);
        const auto gain = small_numbers<float>(axes("m", {y.extent("m")}), random);
        const auto w = small_numbers<float>(axes("m o", {y.extent("m"), 33}), random);
        REQUIRE(z.is_contiguous());

        CHECK(equal(y + z, z + z));
        CHECK(equal(exp(y), exp(z)));
        CHECK(equal(y < flip(y, "m"), z < flip(z, "m")));
        CHECK(equal(sum(y, "m"), sum(z, "m")));
        CHECK(equal(sum(y, "s"), sum(z, "s")));
        CHECK(equal(max(y, "b m"), max(z, "b m")));
        CHECK(equal(argmax(y, "m"), argmax(z, "m")));
        CHECK(equal(softmax(y, "m"), softmax(z, "m")));
        CHECK(equal(softmax(y, "s"), softmax(z, "s")));
        CHECK(equal(
            layer_norm(y, "m", gain, flip(gain, "m")),
            layer_norm(z, "m", gain, copy(flip(gain, "m")))
        ));
        CHECK(equal(dot(y, w, "m"), dot(z, w, "m")));
        CHECK(equal(dot(y, flip(w, "m o"), "m"), dot(z, copy(flip(w, "m o")), "m")));
        CHECK(equal(dot(y, gain, "m"), dot(z, gain, "m")));
        CHECK(equal(dot(rename(y, "s -> s'"), y, "m"), dot(rename(z, "s -> s'"), z, "m")));
        CHECK(equal(dot(y, y, "b s m"), dot(z, z, "b s m")));
        CHECK(equal(concat<float>({y, flip(y, "s")}, "s"), concat<float>({z, flip(z, "s")}, "s")));
        CHECK(equal(cast<std::int32_t>(y), cast<std::int32_t>(z)));
        const auto ids = flip(iota<std::int32_t>(axes("t", {3})), "t");
        CHECK(equal(take(y, ids, "m"), take(z, copy(ids), "m")));
    }
}

TEST_CASE("windows and a dot are a convolution") {
    std::mt19937 random(7);
    const auto x = small_numbers<float>(axes("b s c", {2, 40, 3}), random);
    const auto kernel = small_numbers<float>(axes("w c o", {5, 3, 4}), random);

    const auto y = dot(unfold(x, "s", "w", 5, 2), kernel, "w c");

    REQUIRE(y.shape().str() == "b=2 s=18 o=4");
    for_each_position({2, 18, 4}, [&](const extents& at) {
        float expected = 0;
        for (std::int64_t w = 0; w < 5; ++w)
            for (std::int64_t c = 0; c < 3; ++c)
                expected += x(at[0], 2 * at[1] + w, c) * kernel(w, c, at[2]);
        REQUIRE(y(at[0], at[1], at[2]) == expected);
    });
}

TEST_CASE("a file holds the elements of a view in their logical order") {
    const scratch_folder folder;
    const auto x = counted(shape::of({3, 4}));
    for (const auto& y : {flip(x, {0, 1}), unfold(x, 1, 3), diagonal(unfold(x, 1, 3), 0, 2)}) {
        const auto path = folder.path() / "view.npy";
        save_npy(path, y.any());
        CHECK(equal(tensor<float>(load_npy(path)), y));
    }
}

TEST_CASE("writing to a view never shows in what it was made from, nor the other way round") {
    const auto fresh = [] { return counted(axes("s t", {4, 4})); };
    using view = tensor<float> (*)(const tensor<float>&);
    const std::vector<view> views = {
        [](const tensor<float>& x) { return permute(x, "t s"); },
        [](const tensor<float>& x) { return flip(x, "s t"); },
        [](const tensor<float>& x) {
            return slice(x, {"s", {}, {}, -1});
        },
        [](const tensor<float>& x) { return diagonal(x, "s t -> s"); },
        [](const tensor<float>& x) { return unsqueeze(x, "h"); },
        [](const tensor<float>& x) { return broadcast(x, "h", 2); },
        [](const tensor<float>& x) { return unfold(x, "s", "w", 2); },
        [](const tensor<float>& x) { return chunk(x, "s", 2)[1]; },
    };
    for (const view of : views) {
        const auto original = fresh();
        auto x = fresh();
        auto y = of(x);
        const auto expected = y.to_vector();

        *y.mut() = -1;
        CHECK(equal(x, original));
        CHECK(y.to_vector()[0] == -1);

        y = of(x);
        const auto bystander = x;
        *x.mut() = -2;
        CHECK(y.to_vector() == expected);
        CHECK(equal(bystander, original));
        CHECK(x.to_vector()[0] == -2);
    }
}

TEST_CASE("a write to elements that overlap shows once: they are copied first") {
    // Nothing else shares these buffers: only the strides say that a copy is needed.
    auto windows = unfold(counted(axes("s", {5})), "s", "w", 3);
    REQUIRE(windows.any().storage().is_unique());
    windows.mut()[1] = -1;
    CHECK(windows.to_vector() == std::vector<float>{1, -1, 3, 2, 3, 4, 3, 4, 5});

    auto repeated = broadcast(counted(axes("s", {2})), "h", 2);
    assign(repeated, {"h", 0, 1}, full<float>(axes("h s", {1, 2}), 9));
    CHECK(repeated.to_vector() == std::vector<float>{9, 9, 1, 2});

    auto all = unfold(counted(axes("s", {4})), "s", "w", 2);
    assign(all, {"s", {}, {}, -1}, counted(axes("s w", {3, 2})));
    CHECK(all.to_vector() == std::vector<float>{5, 6, 3, 4, 1, 2});
}

TEST_CASE("a view that owns its buffer and does not overlap is written in place") {
    auto flipped = flip(counted(axes("s t", {2, 3})), "s t");
    auto apart = unfold(counted(axes("s", {6})), "s", "w", 2, 2);
    auto diag = diagonal(counted(axes("s t", {3, 3})), "s t -> s");
    const auto* const first = flipped.data();

    const ledger bill = bill_of([&] {
        assign(flipped, {"s", 0, 1}, full<float>(axes("s t", {1, 3}), 9));
        assign(apart, counted(axes("s w", {3, 2})));
        assign(diag, counted(axes("s", {3})));
    });

    CHECK(flipped.data() == first);
    CHECK(flipped.to_vector() == std::vector<float>{9, 9, 9, 3, 2, 1});
    CHECK(diag.to_vector() == std::vector<float>{1, 2, 3});
    for (const auto& r : records_of(bill))
        CHECK(
            r.operation == (r.operation == "full" || r.operation == "iota" ? r.operation : "assign")
        );
}

TEST_CASE("foreign memory under a view is copied before it is written") {
    const std::vector<float> memory = {1, 2, 3};

    auto y = flip(borrow(memory.data(), axes("s", {3})), "s");
    y.mut()[0] = 7;

    CHECK(memory == std::vector<float>{1, 2, 3});
    CHECK(y.to_vector() == std::vector<float>{7, 2, 1});
}
