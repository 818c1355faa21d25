// GCC 12 takes the "undefined" operand of some AVX-512 intrinsics for an uninitialised variable, wherever Eigen's
// templates are inlined; hence no `pop`.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <abax/abax.hpp>
#include <abax/eigen.hpp>

#include "support.hpp"

#include <Eigen/Dense>
#include <doctest/doctest.h>

#include <cmath>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

using namespace abax;
using abax::testing::captured_output;
using abax::testing::near;
using abax::testing::same;

namespace {

// docs/coming-from-eigen.md, section by section; these are the tensors it speaks of.
struct eigen_page {
    const tensor<float> x = from<float>({{1, 2, 3}, {4, 5, 6}}, "b m");
    const tensor<float> y = from<float>({{6, 5, 4}, {3, 2, 1}}, "b m");
    const tensor<float> v = from<float>({10, 20, 30}, "m");
    const tensor<float> c = from<float>({100, 200}, "b");
    const tensor<float> w = from<float>({{1, 0}, {2, 1}, {0, 3}}, "m o");
    const tensor<float> q = from<float>({{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}, "i j");
    const tensor<float> images = iota<float>("b h w", {2, 3, 5});
};

}  // namespace

TEST_CASE_FIXTURE(eigen_page, "eigen: tensors as matrices and back") {
    const auto matrix = as_matrix(x, "b", "m");
    CHECK(matrix.data() == x.data());
    CHECK(matrix(1, 2) == 6);
    const auto pixels = as_matrix(images, "b h", "w");
    CHECK(pixels.rows() == 6);
    CHECK(pixels(4, 3) == images(1, 1, 3));
    CHECK(as_vector(v).dot(as_vector(v)) == 1400);
    auto z = x;
    as_mutable_matrix(z, "b", "m") *= 2;
    CHECK(same(z, x + x));
    CHECK(x(1, 2) == 6);
    as_mutable_vector(z).setOnes();
    CHECK(same(z, ones<float>("b m", {2, 3})));

    Eigen::MatrixXf given(2, 3);
    given << 1, 2, 3, 4, 5, 6;
    CHECK(same(from_eigen(given, "b m"), x));
    CHECK(same(from_eigen(as_matrix(x, "b", "m") * as_matrix(w, "m", "o"), "b o"), dot(x, w, "m")));
    const float* const memory = given.data();
    const auto adopted = from_eigen(std::move(given), "b m");
    CHECK(adopted.data() == memory);
    CHECK(same(adopted, x));

    const std::vector<float> numbers{1, 2, 3, 4, 5, 6};
    CHECK(same(named(borrow(numbers.data(), {2, 3}), "b m"), x));
    const auto spd = from<float>({{4, 1}, {1, 3}}, "i j");
    const auto right = from<float>({1, 2}, "j");
    const auto solution =
        from_eigen(as_matrix(spd, "i", "j").llt().solve(as_vector(right)).eval(), "j");
    CHECK(near(solution, from<float>({1.0F / 11, 7.0F / 11}, "j")));
}

TEST_CASE_FIXTURE(eigen_page, "eigen: making and looking") {
    CHECK(
        same(from<float>({{1, 2}, {3, 4}}, "b m"), named(from<float>({1, 2, 3, 4}, {2, 2}), "b m"))
    );
    CHECK(same(zeros<float>("b m", {2, 3}), x - x));
    CHECK(same(full<float>("b m", {2, 3}, 7), x + y));
    CHECK(same(eye<float>("i j", 2), from<float>({{1, 0}, {0, 1}}, "i j")));
    const auto r = uniform<float>("b m", {20, 30}, 42, -1, 1);
    CHECK(min(r, "b m").item() >= -1);
    CHECK(min(r, "b m").item() < -0.9);
    CHECK(max(r, "b m").item() > 0.9);
    CHECK(same(linspace<float>(0, 1, 5), from<float>({0, 0.25F, 0.5F, 0.75F, 1})));
    CHECK(x.extent("b") == 2);
    CHECK(x.volume() == 6);
    std::string text;
    {
        const captured_output out;
        std::cout << x;
        text = out.text();
    }
    CHECK(text.starts_with("float32 (b=2 m=3)"));
    CHECK(same(cast<double>(v), from<double>({10, 20, 30}, "m")));
    CHECK(x(1, 2) == 6);
    CHECK(x("m"_ax = 2, "b"_ax = 0) == 3);
    auto z = x;
    z.mut()[0] = 7;
    CHECK(same(z, from<float>({{7, 2, 3}, {4, 5, 6}}, "b m")));
    set(z, {1, 2}, 7);
    CHECK(same(z, from<float>({{7, 2, 3}, {4, 5, 7}}, "b m")));
    assign(z, 0);
    CHECK(same(z, zeros_like(z)));
}

TEST_CASE_FIXTURE(eigen_page, "eigen: parts and shapes") {
    CHECK(same(at(x, "b", 1), from<float>({4, 5, 6}, "m")));
    CHECK(same(at(x, "m", 0), from<float>({1, 4}, "b")));
    CHECK(same(slice(x, {"m", 0, 2}), from<float>({{1, 2}, {4, 5}}, "b m")));
    CHECK(same(slice(x, {"m", -1}), from<float>({{3}, {6}}, "b m")));
    CHECK(same(slice(slice(q, {"i", 0, 2}), {"j", 1, 3}), from<float>({{2, 3}, {5, 6}}, "i j")));
    auto z = x;
    assign(z, {"b", 0, 1}, from<float>({{7, 8, 9}}, "b m"));
    CHECK(same(z, from<float>({{7, 8, 9}, {4, 5, 6}}, "b m")));
    assign(z, {"b", 0, 1}, 0);
    CHECK(same(z, from<float>({{0, 0, 0}, {4, 5, 6}}, "b m")));
    CHECK(same(permute(x, "m b"), from<float>({{1, 4}, {2, 5}, {3, 6}}, "m b")));
    z = permute(x, "m b");
    CHECK(same(z, permute(x, "m b")));
    CHECK(rearrange(x, "b m -> (b m)").to_vector() == x.to_vector());
    CHECK(same(repeat(from<float>({1, 2}), "b -> (2 b)"), from<float>({1, 2, 1, 2})));
    CHECK(same(flip(x, "b m"), from<float>({{6, 5, 4}, {3, 2, 1}}, "b m")));
    CHECK(same(diagonal(q, "i j -> i"), from<float>({1, 5, 9}, "i")));
    CHECK(same(
        where(causal("i", 3, "j", 3), q, 0), from<float>({{1, 0, 0}, {4, 5, 0}, {7, 8, 9}}, "i j")
    ));
    CHECK(
        same(concat({x, y}, "b"), from<float>({{1, 2, 3}, {4, 5, 6}, {6, 5, 4}, {3, 2, 1}}, "b m"))
    );
    CHECK(permute(images, "w b h")(4, 1, 2) == images(1, 2, 4));
    CHECK(same(at(images, "h", 1), from<float>({{5, 6, 7, 8, 9}, {20, 21, 22, 23, 24}}, "b w")));
    CHECK(same(slice(v, {"m", {}, {}, 2}), from<float>({10, 30}, "m")));
    CHECK(same(pad(v, "m", 1, 0), from<float>({0, 10, 20, 30}, "m")));
}

TEST_CASE_FIXTURE(eigen_page, "eigen: products and coefficients") {
    const auto xw = from<float>({{5, 11}, {14, 23}}, "b o");

    CHECK(same(dot(x, w, "m"), xw));
    CHECK(same(dot(x, v, "m"), from<float>({140, 320}, "b")));
    CHECK(same(
        dot(x, rename(x, "m -> m'"), "b"),
        from<float>({{17, 22, 27}, {22, 29, 36}, {27, 36, 45}}, "m m'")
    ));
    auto total = xw;
    total += dot(x, w, "m");
    CHECK(same(total, xw + xw));
    CHECK(dot(v, v, "m").item() == 1400);
    CHECK(same(outer(c, v), from<float>({{1000, 2000, 3000}, {2000, 4000, 6000}}, "b m")));
    CHECK(same(
        einsum("b h w, w o -> b h o", images, from<float>({{1}, {0}, {0}, {0}, {0}}, "w o")),
        from<float>({{{0}, {5}, {10}}, {{15}, {20}, {25}}}, "b h o")
    ));
    CHECK(same(x * y, from<float>({{6, 10, 12}, {12, 10, 6}}, "b m")));
    CHECK(near(exp(log(x)), x));
    CHECK(near(sqrt(square(x)), x));
    CHECK(same(maximum(x, y), from<float>({{6, 5, 4}, {4, 5, 6}}, "b m")));
    CHECK(same(maximum(x, 3), from<float>({{3, 3, 3}, {4, 5, 6}}, "b m")));
    CHECK(same(x + v, from<float>({{11, 22, 33}, {14, 25, 36}}, "b m")));
    CHECK(same(x - c, from<float>({{-99, -98, -97}, {-196, -195, -194}}, "b m")));
    CHECK(same(where(x > 3, x, y), from<float>({{6, 5, 4}, {4, 5, 6}}, "b m")));
}

TEST_CASE_FIXTURE(eigen_page, "eigen: reductions") {
    CHECK(sum(x).item() == 21);
    CHECK(same(sum(x, "m"), from<float>({6, 15}, "b")));
    CHECK(same(mean(x, "b"), from<float>({2.5F, 3.5F, 4.5F}, "m")));
    CHECK(same(max(x, "m"), from<float>({3, 6}, "b")));
    CHECK(argmax(v, "m").item() == 2);
    CHECK(norm(from<float>({3, 4}, "m"), "m").item() == 5);
    CHECK(norm(from<float>({3, -4}, "m"), "m", norm_order::one).item() == 7);
    CHECK(near(v / norm(v, "m"), v / std::sqrt(1400.0F)));
    CHECK(near(normalize(v, "m"), v / std::sqrt(1400.0F)));
    CHECK(sum(x > 3).item() == 3);
    CHECK(any(x > 5).item());
    CHECK_FALSE(all(x > 5, "b m").item());
    CHECK(sum(diagonal(q, "i j -> i")).item() == 15);
    CHECK(allclose(x / 3 * 3, x));
    CHECK_FALSE(equal(x, y));
}
