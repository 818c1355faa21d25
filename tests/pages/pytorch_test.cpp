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

// docs/coming-from-pytorch.md, section by section; these are the tensors it speaks of.
struct pytorch_page {
    const tensor<float> x = from<float>({{1, 2, 3}, {4, 5, 6}}, "b m");
    const tensor<float> u = from<float>({{1, 2, 3}, {4, 5, 6}});
    const tensor<float> v = from<float>({10, 20, 30}, "m");
    const tensor<float> w = from<float>({{1, 0}, {2, 1}, {0, 3}}, "m o");
    const tensor<float> bias = from<float>({100, 200}, "o");
    const tensor<bool> mask = from<bool>({{false, true, false}, {true, true, false}}, "b m");
    const tensor<float> hidden = iota<float>("b s m", {2, 3, 8});
};

constexpr float minus_infinity = -std::numeric_limits<float>::infinity();

}  // namespace

TEST_CASE_FIXTURE(pytorch_page, "pytorch: creating and printing") {
    CHECK(
        same(from<float>({{1, 2}, {3, 4}}, "b m"), named(from<float>({1, 2, 3, 4}, {2, 2}), "b m"))
    );
    CHECK(same(zeros<float>("b m", {2, 3}), x - x));
    CHECK(same(zeros_like(x), x - x));
    const auto r = randn<float>("b m", {2, 3}, 42);
    CHECK(r.shape() == x.shape());
    CHECK(same(r, randn<float>("b m", {2, 3}, 42)));
    CHECK(min(r, "b m").item() < max(r, "b m").item());
    CHECK(same(arange<std::int64_t>("s", 3), from<std::int64_t>({0, 1, 2}, "s")));
    std::string text;
    {
        const captured_output out;
        std::cout << x;
        text = out.text();
    }
    CHECK(text.starts_with("float32 (b=2 m=3)"));
    CHECK(x.shape().str() == "b=2 m=3");
    CHECK(x.shape().extents() == std::vector<std::int64_t>{2, 3});
    CHECK(x.extent("m") == 3);
    CHECK(u.extent(-1) == 3);
    CHECK(x.volume() == 6);
    CHECK(x.type() == dtype::float32);
    CHECK(same(cast<std::int64_t>(x / 2), from<std::int64_t>({{0, 1, 1}, {2, 2, 3}}, "b m")));
    CHECK(sum(x).item() == 21);
    CHECK(x.to_vector() == std::vector<float>{1, 2, 3, 4, 5, 6});
    auto z = copy(x);
    CHECK(same(z, x));
    CHECK_FALSE(z.any().shares_with(x.any()));
}

TEST_CASE_FIXTURE(pytorch_page, "pytorch: views and shapes") {
    const auto heads = rearrange(hidden, "b s (h d) -> b h s d", "h"_ax = 2);
    CHECK(heads.shape().str() == "b=2 h=2 s=3 d=4");
    CHECK(heads(1, 1, 2, 3) == hidden(1, 2, 1 * 4 + 3));
    const auto merged = rearrange(heads, "b h s d -> b s (m: h d)");
    CHECK(same(forget(merged, "m"), hidden));
    const auto flat = rearrange(u, "b m -> (b m)");
    CHECK(same(flat, from<float>({1, 2, 3, 4, 5, 6})));
    CHECK(same(permute(hidden, "s b m"), rearrange(hidden, "b s m -> s b m")));
    CHECK(permute(hidden, "s b m")(2, 1, 5) == hidden(1, 2, 5));
    CHECK(same(permute(u, {1, 0}), from<float>({{1, 4}, {2, 5}, {3, 6}})));
    CHECK(same(unsqueeze(u, 1), from<float>({{{1, 2, 3}}, {{4, 5, 6}}})));
    CHECK(same(squeeze(unsqueeze(u, -1), -1), u));
    CHECK(same(broadcast(v, "b", 2), from<float>({{10, 20, 30}, {10, 20, 30}}, "b m")));
    CHECK(same(repeat(v, "m -> b m", "b"_ax = 2), broadcast(v, "b", 2)));
    CHECK(
        repeat(v, "m -> (m n)", "n"_ax = 2).to_vector()
        == std::vector<float>{10, 10, 20, 20, 30, 30}
    );
    CHECK(
        same(concat({x, x}, "b"), from<float>({{1, 2, 3}, {4, 5, 6}, {1, 2, 3}, {4, 5, 6}}, "b m"))
    );
    CHECK(same(stack({v, v}, "n"), from<float>({{10, 20, 30}, {10, 20, 30}}, "n m")));
    const auto qkv = chunk(x, "m", 3);
    REQUIRE(qkv.size() == 3);
    CHECK(same(qkv[1], from<float>({{2}, {5}}, "b m")));
    const auto two = split(x, "m", {1, 2});
    REQUIRE(two.size() == 2);
    CHECK(same(two[1], from<float>({{2, 3}, {5, 6}}, "b m")));
    const auto columns = chunk(x, "m", x.extent("m") / 1);
    REQUIRE(columns.size() == 3);
    CHECK(same(columns[2], from<float>({{3}, {6}}, "b m")));
    CHECK(same(flip(v, "m"), from<float>({30, 20, 10}, "m")));
    CHECK(same(roll(v, "m", 1), from<float>({30, 10, 20}, "m")));
    CHECK(same(pad(v, "m", 1, 2), from<float>({0, 10, 20, 30, 0, 0}, "m")));
    CHECK(same(unfold(v, "m", "k", 2, 1), from<float>({{10, 20}, {20, 30}}, "m k")));
    CHECK(permute(hidden, "s b m").is_contiguous() == false);
}

TEST_CASE_FIXTURE(pytorch_page, "pytorch: indexing") {
    const auto ids = from<std::int64_t>({2, 0, 2}, "s");
    const auto table = from<float>({{1, 2}, {3, 4}, {5, 6}}, "v m");

    CHECK(same(at(x, "b", 0), from<float>({1, 2, 3}, "m")));
    CHECK(same(
        at(hidden, "s", -1),
        from<float>({{16, 17, 18, 19, 20, 21, 22, 23}, {40, 41, 42, 43, 44, 45, 46, 47}}, "b m")
    ));
    CHECK(x(1, 2) == 6);
    CHECK(same(slice(x, {"m", 1}), from<float>({{2, 3}, {5, 6}}, "b m")));
    CHECK(same(slice(x, {"m", 0, -1}), from<float>({{1, 2}, {4, 5}}, "b m")));
    CHECK(same(slice(v, {"m", {}, {}, 2}), from<float>({10, 30}, "m")));
    CHECK(same(take(table, ids, "v"), from<float>({{5, 6}, {1, 2}, {5, 6}}, "s m")));
    CHECK(same(take(x, {2, 0}, "m"), from<float>({{3, 1}, {6, 4}}, "b m")));
    const auto wanted = from<std::int64_t>({{2}, {0}}, "b m");
    CHECK(same(take_along(x, wanted, "m"), from<float>({{3}, {4}}, "b m")));
    CHECK(same(where(mask, x, 0), from<float>({{0, 2, 0}, {4, 5, 0}}, "b m")));
    CHECK(same(
        where(mask, minus_infinity, x),
        from<float>({{1, minus_infinity, 3}, {minus_infinity, minus_infinity, 6}}, "b m")
    ));
    CHECK(same(
        where(causal("s", 2, "s'", 2), 1 + zeros<float>("s s'", {2, 2}), 0),
        from<float>({{1, 0}, {1, 1}}, "s s'")
    ));
    auto z = copy(x);
    assign(z, {"m", 0, 1}, from<float>({{7}, {8}}, "b m"));
    CHECK(same(z, from<float>({{7, 2, 3}, {8, 5, 6}}, "b m")));
    z += x;
    CHECK(z(0, 0) == 8);
    set(z, {1, 2}, 7);
    CHECK(z(1, 2) == 7);
    set(z, {"b"_ax = 1, "m"_ax = 2}, 9);
    CHECK(z(1, 2) == 9);
    assign(z, {"m", 0, 1}, 0);
    CHECK(same(z, from<float>({{0, 4, 6}, {0, 10, 9}}, "b m")));
    assign(z, 0);
    CHECK(same(z, x - x));
    CHECK(same(
        take(eye<float>("v c", 3), ids, "v"), from<float>({{0, 0, 1}, {1, 0, 0}, {0, 0, 1}}, "s c")
    ));
}

TEST_CASE_FIXTURE(pytorch_page, "pytorch: arithmetic and products") {
    const auto xw = from<float>({{5, 11}, {14, 23}}, "b o");

    CHECK(same(x + v, from<float>({{11, 22, 33}, {14, 25, 36}}, "b m")));
    CHECK(same(x * 2, x + x));
    CHECK(fault_of([&] { (void)(v + bias); }) == category::name_mismatch);
    CHECK(same(outer(v, bias), from<float>({{1000, 2000}, {2000, 4000}, {3000, 6000}}, "m o")));
    CHECK(same(dot(x, w, "m"), xw));
    CHECK(same(dot(x, w, "m") + bias, from<float>({{105, 211}, {114, 223}}, "b o")));
    CHECK(same(einsum("b m, m o -> b o", x, w), xw));
    const auto q = from<float>({{{1, 2}}, {{3, 4}}}, "b s d");
    const auto k = from<float>({{{1, 1}, {0, 1}}, {{2, 0}, {1, 1}}}, "b s' d");
    CHECK(same(dot(q, k, "d"), from<float>({{{3, 2}}, {{6, 7}}}, "b s s'")));
    CHECK(same(x * x, pow(x, 2)));
    CHECK(near(exp(log(x)), x));
    CHECK(same(clip(x, 2, 5), from<float>({{2, 2, 3}, {4, 5, 5}}, "b m")));
    CHECK(same(maximum(x, 3), from<float>({{3, 3, 3}, {4, 5, 6}}, "b m")));
    CHECK(same(equal_to(x, 3), from<bool>({{false, false, true}, {false, false, false}}, "b m")));
    CHECK(allclose(x / 3 * 3, x));
    CHECK(equal(x, copy(x)));
    CHECK(same(sum(x), sum(x, "b m")));
    CHECK(same(sum(x, "m"), from<float>({6, 15}, "b")));
    CHECK(same(x - mean(x, "m"), from<float>({{-1, 0, 1}, {-1, 0, 1}}, "b m")));
    CHECK(sum(u, {0, 1}).item() == 21);
    CHECK(near(standard_deviation(x, "m", 1), from<float>({1, 1}, "b")));
    CHECK(same(max(x, "m"), from<float>({3, 6}, "b")));
    CHECK(same(argmax(x, "m"), from<std::int64_t>({2, 2}, "b")));
    const auto best = topk(v, "m", 2);
    CHECK(same(best.values, from<float>({30, 20}, "m")));
    CHECK(same(best.indices, from<std::int64_t>({2, 1}, "m")));
    CHECK(same(sort(v, "m", order::descending), from<float>({30, 20, 10}, "m")));
    CHECK(same(cumsum(x, "m"), from<float>({{1, 3, 6}, {4, 9, 15}}, "b m")));
    CHECK(near(norm(x, "m"), sqrt(sum(x * x, "m"))));
}

TEST_CASE_FIXTURE(pytorch_page, "pytorch: layers and losses") {
    const auto p = softmax(x, "m");
    const float e1 = std::exp(-2.0F);
    const float e2 = std::exp(-1.0F);
    const float total = e1 + e2 + 1;
    CHECK(near(
        p,
        from<float>(
            {{e1 / total, e2 / total, 1 / total}, {e1 / total, e2 / total, 1 / total}}, "b m"
        )
    ));
    CHECK(near(softmax(u, -1), from(p.to_vector(), {2, 3})));
    CHECK(near(log_softmax(x, "m"), log(p)));
    CHECK(near(
        softmax(x, "m", mask), from<float>({{0, 1, 0}, {e2 / (1 + e2), 1 / (1 + e2), 0}}, "b m")
    ));
    const auto targets = from<std::int64_t>({2, 0}, "b");
    const float loss0 = -std::log(1 / total);
    const float loss1 = -std::log(e1 / total);
    CHECK(cross_entropy(x, "m", targets).item() == doctest::Approx((loss0 + loss1) / 2));
    CHECK(near(cross_entropy_rows(x, "m", targets), from<float>({loss0, loss1}, "b")));
    const auto some = from<std::int64_t>({2, -100}, "b");
    CHECK(cross_entropy(x, "m", some, -100).item() == doctest::Approx(loss0));
    const auto t = from<float>({-1, 0, 2});
    CHECK(same(relu(t), from<float>({0, 0, 2})));
    CHECK(near(gelu(t), from<float>({-0.15865525F, 0, 1.9544997F})));
    CHECK(near(gelu(t, gelu_form::tanh), from<float>({-0.158808F, 0, 1.9545977F})));
    CHECK(near(silu(t), t * sigmoid(t)));
    CHECK(near(sigmoid(t), 1 / (1 + exp(-t))));
    const auto gain = ones<float>("m", {3});
    const auto shift = zeros<float>("m", {3});
    const float a = 1 / std::sqrt(2.0F / 3 + 1e-5F);
    CHECK(near(layer_norm(x, "m", gain, shift), from<float>({{-a, 0, a}, {-a, 0, a}}, "b m")));
    const float first = 1 / std::sqrt(14.0F / 3 + 1e-5F);
    CHECK(near(at(rms_norm(x, "m", gain), "b", 0), from<float>({first, 2 * first, 3 * first}, "m"))
    );
    CHECK(mean(square(x - v)).item() == doctest::Approx((81 + 324 + 729 + 36 + 225 + 576) / 6.0));

    const auto q = randn<float>("b h s d", {1, 2, 3, 4}, 1);
    const auto k = randn<float>("b h s' d", {1, 2, 3, 4}, 2);
    const auto value = randn<float>("b h s' d", {1, 2, 3, 4}, 3);
    const auto scores = dot(q, k, "d") / std::sqrt(4.0F);
    const auto by_hand = dot(softmax(scores, "s'", causal("s", 3, "s'", 3)), value, "s'");
    CHECK(near(nn::causal_attention(q, k, value), by_hand));
}

TEST_CASE_FIXTURE(pytorch_page, "pytorch: files") {
    const scratch_folder folder;
    const auto path = folder / "model.safetensors";

    save_safetensors(path, {{"w", w}, {"bias", bias}});
    const auto weights = safetensors::open(path);
    CHECK(weights.names() == std::vector<std::string>{"w", "bias"});
    CHECK(weights.contains("w"));
    CHECK(equal(weights.load("w"), w));
    CHECK(same(weights.load<float>("bias"), bias));
    CHECK(same(weights.load<float>("w", "m o"), w));
    CHECK(equal(weights.load("w", "m o"), w));
    CHECK(fault_of([&] { (void)weights.load<double>("w"); }) == category::dtype_mismatch);
    CHECK_THROWS_WITH((void)weights.load<double>("w"), doctest::Contains("model.safetensors"));
    CHECK(fault_of([&] { (void)weights.load<float>("w", "o m"); }) == category::name_mismatch);
    CHECK(fault_of([&] { (void)weights.load<float>("w", "m"); }) == category::rank_mismatch);
    CHECK(fault_of([&] { (void)weights.load<float>("none"); }) == category::file);
    save_safetensors(folder / "plain.safetensors", {{"u", u}});
    const auto others = safetensors::open(folder / "plain.safetensors");
    CHECK(same(others.load<float>("u", "b m"), x));
    CHECK(
        others.load<float>("u", "b (h d)", {{"h", 3}}).shape().axes_text()
        == named(u, "b (h d)", {{"h", 3}}).shape().axes_text()
    );
    const dry_run on;
    CHECK(dot(zeros<float>("b m", {1 << 20, 3}), w, "m").is_dry());
}
