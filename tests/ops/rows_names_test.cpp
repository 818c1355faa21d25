#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rows.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <string>
#include <type_traits>
#include <vector>

using namespace abax;
using namespace abax::testing;

namespace {

template <class X>
concept softmax_without_axis = requires(const X& x) {
    softmax(x);
};
template <class X>
concept argmax_without_axis = requires(const X& x) {
    argmax(x);
};

}  // namespace

TEST_CASE("softmax, argmax: there is no default axis") {
    CHECK_FALSE(softmax_without_axis<tensor<float>>);
    CHECK_FALSE(softmax_without_axis<any_tensor>);
    CHECK_FALSE(argmax_without_axis<tensor<float>>);
}

TEST_CASE("a verb over an axis takes names of named tensors, positions of unnamed ones") {
    const auto x = named_tensor("b s s'", {2, 3, 3});
    const auto plain = counted(shape::of({2, 3, 3}));

    CHECK(softmax(x, "s'").shape().str() == "b=2 s=3 s'=3");
    CHECK(softmax(plain, -1).shape().str() == "2 3 3");
    CHECK(argmax(x, "s").shape().str() == "b=2 s'=3");
    CHECK(argmax(plain, 0).shape().str() == "3 3");
    CHECK(sum(plain, {0, 2}).shape().str() == "3");
    CHECK(sum(plain, {0, -1}).shape().str() == "3");

    const auto e = thrown_by([&] { (void)softmax(x, "q"); });
    CHECK(e.kind == category::unknown_axis);
    CHECK(e.help.find("b s s'") != std::string::npos);
    CHECK(
        thrown_by([&] { (void)softmax(x, "s''"); }).help.find("did you mean 's'")
        != std::string::npos
    );
    CHECK(category_of([&] { (void)softmax(x, -1); }) == "usage");
    CHECK(category_of([&] { (void)softmax(plain, "s"); }) == "unknown_axis");
    CHECK(category_of([&] { (void)softmax(plain, 3); }) == "unknown_axis");
    CHECK(category_of([&] { (void)softmax(plain, -4); }) == "unknown_axis");
    CHECK(category_of([&] { (void)sum(x, "s q"); }) == "unknown_axis");
}

TEST_CASE("reductions keep the other axes, in order, and no axis of extent 1") {
    const auto x = named_tensor("b s m", {2, 3, 4});

    CHECK(sum(x, "s").shape().str() == "b=2 m=4");
    CHECK(mean(x, "m b").shape().str() == "s=3");
    CHECK(max(x, "b s m").rank() == 0);
    CHECK(min(x, "b").shape().str() == "s=3 m=4");
    CHECK(category_of([&] { (void)sum(x, "s s"); }) == "duplicate_axis");
    CHECK(category_of([&] { (void)sum(counted(shape::of({2, 3})), {1, -1}); }) == "duplicate_axis");
}

TEST_CASE("reductions have the result types of the table") {
    const auto f = counted<float>(axes("a", {3}));
    const auto d = counted<double>(axes("a", {3}));
    const auto i = counted<std::int32_t>(axes("a", {3}));
    const auto l = counted<std::int64_t>(axes("a", {3}));
    const auto b = counted<bool>(axes("a", {3}));

    static_assert(std::is_same_v<decltype(sum(f, "a")), tensor<float>>);
    static_assert(std::is_same_v<decltype(sum(d, "a")), tensor<double>>);
    static_assert(std::is_same_v<decltype(sum(i, "a")), tensor<std::int64_t>>);
    static_assert(std::is_same_v<decltype(sum(b, "a")), tensor<std::int64_t>>);
    static_assert(std::is_same_v<decltype(prod(i, "a")), tensor<std::int64_t>>);
    static_assert(std::is_same_v<decltype(max(i, "a")), tensor<std::int32_t>>);
    static_assert(std::is_same_v<decltype(min(b, "a")), tensor<bool>>);
    static_assert(std::is_same_v<decltype(any(f, "a")), tensor<bool>>);
    static_assert(std::is_same_v<decltype(all(b, "a")), tensor<bool>>);
    static_assert(std::is_same_v<decltype(argmax(i, "a")), tensor<std::int64_t>>);

    CHECK(sum(b, "a").item() == 2);
    CHECK(prod(i, "a").item() == 6);
    CHECK(max(i, "a").item() == 3);
    CHECK(any(b, "a").item());
    CHECK_FALSE(all(b, "a").item());
    CHECK(argmax(l, "a").item() == 2);
    CHECK(category_of([&] { (void)mean(i, "a"); }) == "other");
    CHECK(category_of([&] { (void)mean(b, "a"); }) == "other");
    // The type does not depend on whether an axis is reduced.
    CHECK(reduce(i, "a -> a", by::sum).type() == dtype::int64);
    CHECK(reduce(f, "a -> a", by::any).type() == dtype::boolean);
    CHECK(reduce(b, "a -> a", by::prod).type() == dtype::int64);
    CHECK(category_of([&] { (void)reduce(i, "a -> a", by::mean); }) == "other");
}

TEST_CASE("layer_norm: gain and bias have exactly the axis that is normalised") {
    const auto x = named_tensor("b s m", {2, 3, 3});
    const auto gain = named_tensor("m", {3});
    const auto bias = named_tensor("m", {3});

    const auto e = thrown_by([&] { (void)layer_norm(x, "s", gain, bias); });
    CHECK(e.kind == category::name_mismatch);
    CHECK(e.axis == "s");
    CHECK(e.message == "normalises 's', but the gain has 'm'");

    CHECK(layer_norm(x, "m", gain, bias).shape().str() == "b=2 s=3 m=3");
    CHECK(
        category_of([&] { (void)layer_norm(x, "m", gain, rename(bias, "m -> s")); })
        == "name_mismatch"
    );
    CHECK(
        category_of([&] { (void)layer_norm(x, "m", counted(shape::of({3})), bias); })
        == "name_mismatch"
    );
    CHECK(
        category_of([&] { (void)layer_norm(x, "m", named_tensor("m", {4}), bias); })
        == "size_mismatch"
    );
    CHECK(
        category_of([&] {
            (void)layer_norm(x, "m", named_tensor("s m", {3, 3}), bias);
        })
        == "rank_mismatch"
    );
    CHECK(
        category_of([&] { (void)layer_norm(x, "m", full<float>(shape{}, 1), bias); })
        == "rank_mismatch"
    );
    const auto plain = counted(shape::of({3}));
    CHECK(
        category_of([&] {
            (void)layer_norm(counted(shape::of({2, 3})), -1, plain, plain);
        })
        == "nothing"
    );
    CHECK(
        category_of([&] {
            (void)layer_norm(counted(shape::of({2, 3})), -1, gain, bias);
        })
        == "name_mismatch"
    );
}

TEST_CASE("layer_norm, softmax: floating elements of one type") {
    const any_tensor x = iota(dtype::float32, axes("m", {3}));
    const any_tensor wide = iota(dtype::float64, axes("m", {3}));

    CHECK(category_of([&] { (void)layer_norm(x, "m", wide, wide); }) == "dtype_mismatch");
    CHECK(
        category_of([&] { (void)softmax(iota(dtype::int32, axes("m", {3})), "m"); })
        == "dtype_mismatch"
    );
    CHECK(category_of([&] { (void)softmax(x, "m", x); }) == "dtype_mismatch");
}

// Rule (K): a padding mask without the keys' axis would hide queries.
TEST_CASE("softmax: the mask must have the axis that is normalised") {
    const auto a = named_tensor("b h s s'", {2, 2, 3, 3});
    const auto pad = counted<bool>(axes("b s", {2, 3}));

    const auto e = thrown_by([&] { (void)softmax(a, "s'", pad); });
    CHECK(e.kind == category::name_mismatch);
    CHECK(e.axis == "s'");
    CHECK(e.help.find("s -> s'") != std::string::npos);

    CHECK(softmax(a, "s'", rename(pad, "s -> s'")).shape().axes_text() == "b h s s'");
    CHECK(
        category_of([&] {
            (void)softmax(a, "s'", counted<bool>(axes("s' q", {3, 2})));
        })
        == "name_mismatch"
    );
    CHECK(
        category_of([&] { (void)softmax(a, "s'", counted<bool>(axes("s'", {4}))); })
        == "size_mismatch"
    );
    CHECK(
        category_of([&] { (void)softmax(a, "s'", full<bool>(shape{}, true)); }) == "name_mismatch"
    );
    CHECK(
        category_of([&] {
            (void)softmax(a, "s'", counted<bool>(shape::of({2, 2, 3, 3})));
        })
        == "name_mismatch"
    );
    // where alone is a legal subset, and passes.
    CHECK(where(pad, a, -1e9).shape().axes_text() == "b h s s'");
}

TEST_CASE("softmax: of unnamed tensors the mask has the same shape") {
    const auto a = counted(shape::of({2, 3}));

    CHECK(
        category_of([&] {
            (void)softmax(a, -1, counted<bool>(shape::of({2, 3})));
        })
        == "nothing"
    );
    CHECK(
        category_of([&] { (void)softmax(a, -1, counted<bool>(shape::of({3}))); }) == "rank_mismatch"
    );
    CHECK(
        category_of([&] {
            (void)softmax(a, -1, counted<bool>(shape::of({2, 1})));
        })
        == "size_mismatch"
    );
}
