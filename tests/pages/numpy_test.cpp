#include <abax/abax.hpp>

#include "../io/scratch.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <iostream>
#include <limits>
#include <string>
#include <vector>

using namespace abax;
using abax::testing::captured_output;
using abax::testing::fault_of;
using abax::testing::near;
using abax::testing::same;
using abax::testing::scratch_folder;

namespace {

// docs/coming-from-numpy.md, section by section; these are the tensors it speaks of.
struct numpy_page {
    const tensor<float> x = from<float>({{1, 2, 3}, {4, 5, 6}}, "b s");
    const tensor<float> y = from<float>({{6, 5, 4}, {3, 2, 1}}, "b s");
    const tensor<float> u = from<float>({{1, 2, 3}, {4, 5, 6}});
    const tensor<float> v = from<float>({10, 20, 30}, "s");
    const tensor<float> w = from<float>({100, 200}, "b");
    const tensor<float> q = from<float>({{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}, "i j");
    const std::vector<float> values{1, 2, 3, 4, 5, 6};
};

}  // namespace

TEST_CASE_FIXTURE(numpy_page, "numpy: creation") {
    const tensor<std::int32_t> whole = from({{1, 2}, {3, 4}});
    CHECK(whole.to_vector() == std::vector<std::int32_t>{1, 2, 3, 4});
    CHECK(whole.shape() == shape::of({2, 2}));
    const auto by_name = from<float>({{1, 2}, {3, 4}}, "b s");
    CHECK(by_name(1, 0) == 3);
    CHECK(by_name.shape().str() == "b=2 s=2");
    CHECK(same(from(values, {2, 3}), u));
    CHECK(same(named(u, "b s"), x));
    const auto borrowed = borrow(values.data(), {2, 3});
    CHECK(borrowed.data() == values.data());
    CHECK(same(borrowed, u));
    CHECK(same(zeros<float>({2, 3}), from<float>({{0, 0, 0}, {0, 0, 0}})));
    CHECK(same(ones<float>("b s", {2, 3}), from<float>({{1, 1, 1}, {1, 1, 1}}, "b s")));
    CHECK(same(full<float>("b s", {2, 3}, 7), from<float>({{7, 7, 7}, {7, 7, 7}}, "b s")));
    CHECK(same(zeros_like(x), zeros<float>("b s", {2, 3})));
    CHECK(same(full_like(x, 7), full<float>("b s", {2, 3}, 7)));
    CHECK(same(arange<std::int64_t>(10), from<std::int64_t>({0, 1, 2, 3, 4, 5, 6, 7, 8, 9})));
    CHECK(same(arange<float>("s", 1, 10, 3), from<float>({1, 4, 7}, "s")));
    CHECK(same(iota<float>({2, 3}), from<float>({{0, 1, 2}, {3, 4, 5}})));
    CHECK(same(linspace<float>(0, 1, 5), from<float>({0, 0.25F, 0.5F, 0.75F, 1})));
    CHECK(same(eye<float>("i j", 2), from<float>({{1, 0}, {0, 1}}, "i j")));
    const auto z = copy(x);
    CHECK(same(z, x));
    CHECK_FALSE(z.any().shares_with(x.any()));
}

TEST_CASE_FIXTURE(numpy_page, "numpy: looking at a tensor") {
    CHECK(x.shape().extents() == std::vector<std::int64_t>{2, 3});
    CHECK(x.extent("s") == 3);
    CHECK(x.rank() == 2);
    CHECK(x.volume() == 6);
    CHECK(x.bytes() == 24);
    CHECK(x.type() == dtype::float32);
    const tensor<double> wide = cast<double>(x);
    CHECK(same(wide, from<double>({{1, 2, 3}, {4, 5, 6}}, "b s")));
    CHECK(sum(x).item() == 21);
    CHECK(x.to_vector() == std::vector<float>{1, 2, 3, 4, 5, 6});
    std::string text;
    {
        const captured_output out;
        std::cout << x;
        text = out.text();
    }
    CHECK(text.starts_with("float32 (b=2 s=3)"));
    CHECK(text.find("4 5 6") != std::string::npos);
    std::vector<float> elements;
    for (const float e : x.flat())
        elements.push_back(e);
    CHECK(elements == values);
    std::vector<tensor<float>> rows;
    for (const auto& row : along(x, "b"))
        rows.push_back(row);
    REQUIRE(rows.size() == 2);
    CHECK(same(rows[1], from<float>({4, 5, 6}, "s")));
}

TEST_CASE_FIXTURE(numpy_page, "numpy: shaping") {
    const auto f = from(values, {6});
    const auto one = from<float>({{10, 20, 30}}, "b s");

    CHECK(same(rearrange(f, "(b s) -> b s", "b"_ax = 2), u));
    CHECK(same(rearrange(u, "b s -> (b s)"), f));
    CHECK(same(permute(x, "s b"), from<float>({{1, 4}, {2, 5}, {3, 6}}, "s b")));
    CHECK(same(permute(u, {1, 0}), from<float>({{1, 4}, {2, 5}, {3, 6}})));
    const auto images = iota<float>("b c h w", {2, 3, 5, 7});
    const auto last = rearrange(images, "b c h w -> b h w c");
    CHECK(last.shape().str() == "b=2 h=5 w=7 c=3");
    CHECK(last(1, 4, 6, 2) == images(1, 2, 4, 6));
    CHECK(last(0, 1, 2, 1) == images(0, 1, 1, 2));
    CHECK(same(unsqueeze(u, 0), from<float>({{{1, 2, 3}, {4, 5, 6}}})));
    CHECK(same(unsqueeze(v, "b"), one));
    CHECK(same(squeeze(one, "b"), v));
    CHECK(same(broadcast(v, "b", 2), from<float>({{10, 20, 30}, {10, 20, 30}}, "b s")));
    CHECK(same(concat({x, y}, "s"), from<float>({{1, 2, 3, 6, 5, 4}, {4, 5, 6, 3, 2, 1}}, "b s")));
    CHECK(same(concat({u, u}, 0), from<float>({{1, 2, 3}, {4, 5, 6}, {1, 2, 3}, {4, 5, 6}})));
    CHECK(same(stack({v, v}, "n"), from<float>({{10, 20, 30}, {10, 20, 30}}, "n s")));
    const auto unequal = split(x, "s", {1, 2});
    REQUIRE(unequal.size() == 2);
    CHECK(same(unequal[0], from<float>({{1}, {4}}, "b s")));
    CHECK(same(unequal[1], from<float>({{2, 3}, {5, 6}}, "b s")));
    const auto equal_parts = chunk(x, "s", 3);
    REQUIRE(equal_parts.size() == 3);
    CHECK(same(equal_parts[2], from<float>({{3}, {6}}, "b s")));
    CHECK(
        repeat(v, "s -> (n s)", "n"_ax = 2).to_vector()
        == std::vector<float>{10, 20, 30, 10, 20, 30}
    );
    CHECK(
        repeat(v, "s -> (s n)", "n"_ax = 2).to_vector()
        == std::vector<float>{10, 10, 20, 20, 30, 30}
    );
    CHECK(same(pad(v, "s", 1, 2), from<float>({0, 10, 20, 30, 0, 0}, "s")));
    CHECK(same(flip(x, "s"), from<float>({{3, 2, 1}, {6, 5, 4}}, "b s")));
    CHECK(same(roll(v, "s", 1), from<float>({30, 10, 20}, "s")));
    CHECK(same(flip(permute(u, {1, 0}), 0), from<float>({{3, 6}, {2, 5}, {1, 4}})));
    CHECK(same(unfold(v, "s", "k", 2), from<float>({{10, 20}, {20, 30}}, "s k")));
}

TEST_CASE_FIXTURE(numpy_page, "numpy: indexing") {
    CHECK(same(at(x, "b", 1), from<float>({4, 5, 6}, "s")));
    CHECK(same(at(u, 1, -1), from<float>({3, 6})));
    CHECK(x(1, 2) == 6);
    CHECK(x("s"_ax = 2, "b"_ax = 0) == 3);
    CHECK(same(slice(x, {"s", 0, 2}), from<float>({{1, 2}, {4, 5}}, "b s")));
    CHECK(same(slice(v, {"s", -2}), from<float>({20, 30}, "s")));
    CHECK(same(slice(v, {"s", {}, {}, 2}), from<float>({10, 30}, "s")));
    CHECK(same(slice(v, {"s", {}, {}, -1}), from<float>({30, 20, 10}, "s")));
    CHECK(same(take(x, {2, -1}, "s"), from<float>({{3, 3}, {6, 6}}, "b s")));
    const auto ids = from({2, 0}, "k");
    CHECK(same(take(x, ids, "s"), from<float>({{3, 1}, {6, 4}}, "b k")));
    const auto o = from({{2, 0}, {0, 1}}, "b s");
    CHECK(same(take_along(x, o, "s"), from<float>({{3, 1}, {4, 5}}, "b s")));
    CHECK(same(where(x > y, x, y), from<float>({{6, 5, 4}, {4, 5, 6}}, "b s")));
    CHECK(same(where(x > 3, 0, x), from<float>({{1, 2, 3}, {0, 0, 0}}, "b s")));
    CHECK(same(where(x > v / 10, x, 0), from<float>({{0, 0, 0}, {4, 5, 6}}, "b s")));
    auto z = copy(x);
    assign(z, {"b", 0, 1}, from<float>({{7, 8, 9}}, "b s"));
    CHECK(same(z, from<float>({{7, 8, 9}, {4, 5, 6}}, "b s")));
    assign(z, y);
    CHECK(same(z, y));
    set(z, {0, 2}, 60);
    CHECK(same(z, from<float>({{6, 5, 60}, {3, 2, 1}}, "b s")));
    set(z, {"s"_ax = 2, "b"_ax = 0}, 60);
    CHECK(z(0, 2) == 60);
    assign(z, {"b", 0, 1}, 0);
    CHECK(same(z, from<float>({{0, 0, 0}, {3, 2, 1}}, "b s")));
    assign(z, 0);
    CHECK(same(z, zeros_like(z)));
    z.mut()[0] = 60;
    CHECK(z(0, 0) == 60);
    CHECK(y(0, 0) == 6);
    CHECK(same(diagonal(q, "i j -> i"), from<float>({1, 5, 9}, "i")));
    CHECK(same(eye<float>("s s'", 3) * v, from<float>({{10, 0, 0}, {0, 20, 0}, {0, 0, 30}}, "s s'"))
    );
    CHECK(same(
        where(causal("i", 3, "j", 3), q, 0), from<float>({{1, 0, 0}, {4, 5, 0}, {7, 8, 9}}, "i j")
    ));
    CHECK(same(
        where(causal("i", 3, "j", 3), 0, q), from<float>({{0, 2, 3}, {0, 0, 6}, {0, 0, 0}}, "i j")
    ));
}

TEST_CASE_FIXTURE(numpy_page, "numpy: arithmetic") {
    CHECK(same(x + y, full<float>("b s", {2, 3}, 7)));
    CHECK(same(2 * x - 1, from<float>({{1, 3, 5}, {7, 9, 11}}, "b s")));
    CHECK(same(x * y, from<float>({{6, 10, 12}, {12, 10, 6}}, "b s")));
    CHECK(same(v / 4, from<float>({2.5F, 5, 7.5F}, "s")));
    CHECK(same(from({7, -7}) / 2, from({3, -3})));
    CHECK(same(floor(v / 4), from<float>({2, 5, 7}, "s")));
    CHECK(same(remainder(from({7, -7}), 3), from({1, 2})));
    CHECK(same(pow(v, 2), from<float>({100, 400, 900}, "s")));
    CHECK(same(-v, from<float>({-10, -20, -30}, "s")));
    auto z = x;
    z += y;
    CHECK(same(z, full<float>("b s", {2, 3}, 7)));
    CHECK(same(x + v, from<float>({{11, 22, 33}, {14, 25, 36}}, "b s")));
    CHECK(same(x + w, from<float>({{101, 102, 103}, {204, 205, 206}}, "b s")));
    CHECK(fault_of([&] { (void)(v + w); }) == category::name_mismatch);
    CHECK(same(outer(w, v), from<float>({{1000, 2000, 3000}, {2000, 4000, 6000}}, "b s")));
    CHECK(same(broadcast(v, "b", 2) - w, from<float>({{-90, -80, -70}, {-190, -180, -170}}, "b s"))
    );
    CHECK(near(exp(log(v)), v));
    CHECK(near(log(from<float>({1, 2.7182818F})), from<float>({0, 1})));
    CHECK(same(sqrt(from<float>({4, 9})), from<float>({2, 3})));
    CHECK(same(abs(from({-2, 3})), from({2, 3})));
    CHECK(same(sign(from({-2, 0, 3})), from({-1, 0, 1})));
    CHECK(same(round(from<float>({0.5F, 1.5F, 1.4F})), from<float>({0, 2, 1})));
    CHECK(near(sin(from<float>({0, 1.5707963F})), from<float>({0, 1})));
    CHECK(near(atan2(from<float>({1}), from<float>({-1})), from<float>({2.3561945F})));
    CHECK(same(maximum(x, y), from<float>({{6, 5, 4}, {4, 5, 6}}, "b s")));
    CHECK(same(clip(x, 2, 5), from<float>({{2, 2, 3}, {4, 5, 5}}, "b s")));
    CHECK(same(cumsum(x, "s"), from<float>({{1, 3, 6}, {4, 9, 15}}, "b s")));
    CHECK(same(slice(v, {"s", 1}) - slice(v, {"s", 0, -1}), from<float>({10, 10}, "s")));
}

TEST_CASE_FIXTURE(numpy_page, "numpy: reductions") {
    CHECK(sum(x).item() == 21);
    CHECK(same(sum(x), sum(x, "b s")));
    CHECK(mean(x).item() == 3.5F);
    CHECK(same(sum(x, "s"), from<float>({6, 15}, "b")));
    CHECK(same(sum(u, {0}), from<float>({5, 7, 9})));
    CHECK(same(sum(u, -1), from<float>({6, 15})));
    CHECK(same(x - mean(x, "s"), from<float>({{-1, 0, 1}, {-1, 0, 1}}, "b s")));
    CHECK(same(mean(x, "b"), from<float>({2.5F, 3.5F, 4.5F}, "s")));
    CHECK(same(max(x, "s"), from<float>({3, 6}, "b")));
    CHECK(same(min(x, "s"), from<float>({1, 4}, "b")));
    CHECK(same(prod(x, "s"), from<float>({6, 120}, "b")));
    CHECK(near(standard_deviation(x, "s"), full<float>("b", {2}, std::sqrt(2.0F / 3))));
    CHECK(near(variance(x, "s", 1), from<float>({1, 1}, "b")));
    CHECK(same(any(x > 5, "s"), from<bool>({false, true}, "b")));
    CHECK(same(all(x > 3, "s"), from<bool>({false, true}, "b")));
    CHECK(same(argmax(y, "s"), from<std::int64_t>({0, 0}, "b")));
    CHECK(same(argmin(y, "s"), from<std::int64_t>({2, 2}, "b")));
    CHECK(argmax(rearrange(x, "b s -> (n: b s)"), "n").item() == 5);
    const tensor<std::int64_t> count = sum(x > 3);
    CHECK(count.item() == 3);
    CHECK(near(norm(from<float>({{3, 4}, {5, 12}}, "b s"), "s"), from<float>({5, 13}, "b")));
    CHECK(near(norm(x, "b s"), sqrt(sum(x * x, "b s"))));
    CHECK(near(logsumexp(log(x), "s"), log(from<float>({6, 15}, "b"))));
}

TEST_CASE_FIXTURE(numpy_page, "numpy: linear algebra") {
    const auto a = from<float>({{1, 2, 3}, {4, 5, 6}}, "i k");
    const auto b = from<float>({{1, 0}, {2, 1}, {0, 3}}, "k j");
    const auto ab = from<float>({{5, 11}, {14, 23}}, "i j");

    CHECK(same(dot(a, b, "k"), ab));
    CHECK(same(einsum("i k, k j -> i j", a, b), ab));
    const auto xs = from<float>({{{1, 2}}, {{3, 4}}}, "b i k");
    const auto ys = from<float>({{{1}, {2}}, {{3}, {4}}}, "b k j");
    CHECK(same(dot(xs, ys, "k"), from<float>({{{5}}, {{25}}}, "b i j")));
    CHECK(dot(v, v, "s").item() == 1400);
    CHECK(dot(x, y, "b s").item() == 56);
    CHECK(sum(diagonal(q, "i j -> i")).item() == 15);
    const auto c = from<float>({{1, 10}}, "m n");
    CHECK(
        einsum("i k, m n -> (i m) (k n)", a, c).to_vector()
        == std::vector<float>{1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60}
    );
    CHECK(same(dot(x, v, "s") / sum(v, "s"), from<float>({140.0F / 60, 320.0F / 60}, "b")));
}

TEST_CASE_FIXTURE(numpy_page, "numpy: sorting") {
    const auto r = from<float>({3, 1, 2}, "s");

    CHECK(same(sort(r, "s"), from<float>({1, 2, 3}, "s")));
    CHECK(same(sort(r, "s", order::descending), from<float>({3, 2, 1}, "s")));
    CHECK(same(argsort(r, "s"), from<std::int64_t>({1, 2, 0}, "s")));
    CHECK(same(topk(r, "s", 2).values, from<float>({3, 2}, "s")));
    CHECK(same(topk(r, "s", 2).indices, from<std::int64_t>({0, 2}, "s")));
    CHECK(same(topk(r, "s", 2, order::ascending).values, from<float>({1, 2}, "s")));
    CHECK(same(take(r, argsort(r, "s"), "s"), sort(r, "s")));
}

TEST_CASE_FIXTURE(numpy_page, "numpy: logic") {
    const auto odd = from<float>({1, std::nanf(""), std::numeric_limits<float>::infinity()});

    CHECK(same(x > 3, from<bool>({{false, false, false}, {true, true, true}}, "b s")));
    CHECK(same(equal_to(x, y), from<bool>({{false, false, false}, {false, false, false}}, "b s")));
    CHECK(same(equal_to(v, 20), from<bool>({false, true, false}, "s")));
    CHECK(same(not_equal_to(v, 20), from<bool>({true, false, true}, "s")));
    CHECK(same((v > 10) & (v < 30), from<bool>({false, true, false}, "s")));
    CHECK(same((v < 20) | (v > 20), from<bool>({true, false, true}, "s")));
    CHECK(same(!(v > 10), from<bool>({true, false, false}, "s")));
    CHECK(same(isnan(odd), from<bool>({false, true, false})));
    CHECK(same(isfinite(odd), from<bool>({true, false, false})));
    CHECK(equal(x + y, y + x));
    CHECK_FALSE(equal(x, y));
    CHECK_FALSE(equal(x, u));
    CHECK(allclose(x / 3 * 3, x));
    CHECK_FALSE(allclose(x, y, {1e-3}));
    CHECK(difference(x, y).has_value());
    CHECK_FALSE(difference(x, copy(x)).has_value());
}

TEST_CASE_FIXTURE(numpy_page, "numpy: files") {
    const scratch_folder folder;
    const auto path = folder / "x.npy";
    const auto many = folder / "x.npz";

    save_npy(path, x);
    CHECK(same(load_npy<float>(path), u));
    CHECK(same(load_npy<float>(path, "b s"), x));
    const any_tensor unknown = load_npy(path);
    CHECK(unknown.type() == dtype::float32);
    CHECK(same(tensor<float>(unknown), u));
    save_npz(many, {{"x", x}, {"v", v}});
    CHECK(same(load_npz<float>(many, "x", "b s"), x));
    std::vector<std::string> keys;
    for (const auto& [key, value] : load_npz(many))
        keys.push_back(key);
    CHECK(keys == std::vector<std::string>{"x", "v"});
}

TEST_CASE_FIXTURE(numpy_page, "numpy: random numbers") {
    const auto normal = randn<float>("n", {10000}, 42);
    CHECK(std::abs(mean(normal, "n").item()) < 0.05);
    CHECK(standard_deviation(normal, "n").item() == doctest::Approx(1).epsilon(0.05));
    CHECK(same(randn<float>("b s", {2, 3}, 42), randn<float>("b s", {2, 3}, 42)));
    CHECK_FALSE(equal(randn<float>("b s", {2, 3}, 42), randn<float>("b s", {2, 3}, 43)));
    const auto between = uniform<float>({1000}, 42, -1, 1);
    CHECK(between.shape() == shape::of({1000}));
    CHECK(min(between, 0).item() >= -1);
    CHECK(min(between, 0).item() < -0.9);
    CHECK(max(between, 0).item() < 1);
    CHECK(max(between, 0).item() > 0.9);
    const auto dice = randint<std::int64_t>("n", {1000}, 42, 1, 7);
    CHECK(min(dice, "n").item() == 1);
    CHECK(max(dice, "n").item() == 6);
    const auto order = permutation(10, 42);
    CHECK(same(sort(order, 0), arange<std::int64_t>(10)));
    CHECK_FALSE(equal(order, arange<std::int64_t>(10)));
    const auto shuffled = take(x, permutation("b", 2, 42), "b");
    CHECK(same(sort(shuffled, "b"), x));
}
