#include <abax/abax.hpp>

#include "../io/scratch.hpp"
#include "support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

using namespace abax;
using abax::testing::captured_output;
using abax::testing::fault_of;
using abax::testing::near;
using abax::testing::same;
using abax::testing::scratch_folder;

namespace {

// docs/coming-from-xarray.md, section by section; these are the tensors it speaks of.
struct xarray_page {
    const std::vector<float> values{1, 2, 3, 4, 5, 6};
    const tensor<float> x = from<float>({{1, 2, 3}, {4, 5, 6}}, "time space");
    const tensor<float> y = from<float>({{6, 3}, {5, 2}, {4, 1}}, "space time");
    const tensor<float> v = from<float>({10, 20, 30}, "space");
    const tensor<float> w = from<float>({100, 200}, "time");
};

}  // namespace

TEST_CASE_FIXTURE(xarray_page, "xarray: making and looking") {
    CHECK(same(from(values, axes("time space", {2, 3})), x));
    CHECK(same(named(from(values, {2, 3}), "time space"), x));
    CHECK(x.names() == std::vector<std::string>{"time", "space"});
    CHECK(x.extent("space") == 3);
    CHECK(x.shape().str() == "time=2 space=3");
    CHECK(x.rank() == 2);
    CHECK(x.to_vector() == values);
    std::string text;
    {
        const captured_output out;
        std::cout << x;
        text = out.text();
    }
    CHECK(text.starts_with("float32 (time=2 space=3)"));
    CHECK(rename(x, "space -> place").shape().str() == "time=2 place=3");
    CHECK(rename(y, "space -> time, time -> space").shape().str() == "time=3 space=2");
    CHECK(same(cast<double>(v), from<double>({10, 20, 30}, "space")));
    CHECK(same(full_like(x, 7), full<float>("time space", {2, 3}, 7)));
    CHECK(equal(x, copy(x)));
    CHECK_FALSE(equal(x, permute(x, "space time")));
    CHECK(difference(x, y).has_value());
}

TEST_CASE_FIXTURE(xarray_page, "xarray: selecting") {
    CHECK(same(at(x, "time", 1), from<float>({4, 5, 6}, "space")));
    CHECK(same(at(x, "space", -1), from<float>({3, 6}, "time")));
    CHECK(x("space"_ax = 2, "time"_ax = 0) == 3);
    CHECK(same(slice(x, {"space", 0, 2}), from<float>({{1, 2}, {4, 5}}, "time space")));
    CHECK(same(slice(x, {"space", {}, {}, -1}), from<float>({{3, 2, 1}, {6, 5, 4}}, "time space")));
    CHECK(same(slice(x, {"space", 0, 2}), slice(x, {"space", -3, -1})));
    CHECK(same(take(x, {2, 0}, "space"), from<float>({{3, 1}, {6, 4}}, "time space")));
    CHECK(same(
        take(x, from({2, 0}, "station"), "space"), from<float>({{3, 1}, {6, 4}}, "time station")
    ));
    CHECK(same(where(x > 3, x, 0), from<float>({{0, 0, 0}, {4, 5, 6}}, "time space")));
    const auto holes = from<float>({1, std::nanf(""), 3}, "space");
    CHECK(same(where(isnan(holes), 0, holes), from<float>({1, 0, 3}, "space")));
    std::vector<tensor<float>> rows;
    for (const auto& row : along(x, "time"))
        rows.push_back(row);
    REQUIRE(rows.size() == 2);
    CHECK(same(rows[0], from<float>({1, 2, 3}, "space")));
    auto z = x;
    assign(z, {"space", 0, 1}, from<float>({{7}, {8}}, "time space"));
    CHECK(same(z, from<float>({{7, 2, 3}, {8, 5, 6}}, "time space")));
    set(z, {"time"_ax = 1, "space"_ax = 2}, 9);
    CHECK(same(z, from<float>({{7, 2, 3}, {8, 5, 9}}, "time space")));
    assign(z, {"space", 0, 1}, 0);
    CHECK(same(z, from<float>({{0, 2, 3}, {0, 5, 9}}, "time space")));
}

TEST_CASE_FIXTURE(xarray_page, "xarray: shaping") {
    CHECK(same(permute(x, "space time"), from<float>({{1, 4}, {2, 5}, {3, 6}}, "space time")));
    const auto images = iota<float>("b c h w", {2, 3, 5, 7});
    CHECK(rearrange(images, "b ... w -> w b ...").shape().str() == "w=7 b=2 c=3 h=5");
    const auto flat = rearrange(x, "time space -> (n: time space)");
    CHECK(same(forget(flat, "n"), from<float>({1, 2, 3, 4, 5, 6}, "n")));
    CHECK(same(rearrange(flat, "(n: time space) -> time space"), x));
    CHECK(same(unsqueeze(v, "time"), from<float>({{10, 20, 30}}, "time space")));
    CHECK(same(squeeze(unsqueeze(v, "time"), "time"), v));
    CHECK(same(broadcast(v, "time", 2), from<float>({{10, 20, 30}, {10, 20, 30}}, "time space")));
    CHECK(same(
        concat({x, x}, "time"),
        from<float>({{1, 2, 3}, {4, 5, 6}, {1, 2, 3}, {4, 5, 6}}, "time space")
    ));
    CHECK(same(stack({v, v}, "run"), from<float>({{10, 20, 30}, {10, 20, 30}}, "run space")));
    CHECK(same(unfold(v, "space", "window", 2), from<float>({{10, 20}, {20, 30}}, "space window")));
    CHECK(same(mean(unfold(v, "space", "window", 2), "window"), from<float>({15, 25}, "space")));
    const auto days = from<float>({1, 3, 5, 9}, "time");
    CHECK(same(reduce(days, "(time k) -> time", by::mean, "k"_ax = 2), from<float>({2, 7}, "time"))
    );
    CHECK(same(roll(v, "space", 1), from<float>({30, 10, 20}, "space")));
    CHECK(same(pad(slice(v, {"space", 0, -1}), "space", 1, 0), from<float>({0, 10, 20}, "space")));
    CHECK(same(pad(v, "space", 1, 2, -1), from<float>({-1, 10, 20, 30, -1, -1}, "space")));
    CHECK(same(slice(v, {"space", 1}) - slice(v, {"space", 0, -1}), from<float>({10, 10}, "space"))
    );
}

TEST_CASE_FIXTURE(xarray_page, "xarray: computing") {
    CHECK(same(x + y, full<float>("time space", {2, 3}, 7)));
    CHECK(same(x + v, from<float>({{11, 22, 33}, {14, 25, 36}}, "time space")));
    CHECK(fault_of([&] { (void)(w + v); }) == category::name_mismatch);
    CHECK(same(outer(w, v), from<float>({{1000, 2000, 3000}, {2000, 4000, 6000}}, "time space")));
    CHECK(same(
        broadcast(w, "space", 3) + v,
        from<float>({{110, 210}, {120, 220}, {130, 230}}, "space time")
    ));
    CHECK(same(sum(x, "space"), from<float>({6, 15}, "time")));
    CHECK(sum(x).item() == 21);
    CHECK(same(mean(x, "time"), from<float>({2.5F, 3.5F, 4.5F}, "space")));
    CHECK(same(x - mean(x, "space"), from<float>({{-1, 0, 1}, {-1, 0, 1}}, "time space")));
    CHECK(near(standard_deviation(x, "space"), full<float>("time", {2}, std::sqrt(2.0F / 3))));
    CHECK(same(max(x, "space"), from<float>({3, 6}, "time")));
    CHECK(same(argmax(x, "space"), from<std::int64_t>({2, 2}, "time")));
    CHECK(same(cumsum(x, "space"), from<float>({{1, 3, 6}, {4, 9, 15}}, "time space")));
    CHECK(same(sum(x > 2, "space"), from<std::int64_t>({1, 3}, "time")));
    CHECK(same(dot(x, v, "space"), from<float>({140, 320}, "time")));
    CHECK(same(dot(x, y, "time"), from<float>({18, 20, 18}, "space")));
    CHECK(dot(x, y, "time space").item() == 56);
    CHECK(
        same(dot(x, v, "space") / sum(v, "space"), from<float>({140.0F / 60, 320.0F / 60}, "time"))
    );
    CHECK(near(exp(log(x)), x));
    CHECK(same(clip(x, 2, 5), from<float>({{2, 2, 3}, {4, 5, 5}}, "time space")));
    CHECK(same(sort(v, "space", order::descending), from<float>({30, 20, 10}, "space")));
    CHECK(same(equal_to(v, 20), from<bool>({false, true, false}, "space")));
}

TEST_CASE_FIXTURE(xarray_page, "xarray: files") {
    const scratch_folder folder;
    const auto path = folder / "x.safetensors";

    save_safetensors(path, {{"x", x}, {"v", v}});
    const auto file = safetensors::open(path);
    CHECK(same(file.load<float>("x"), x));
    CHECK(file.names() == std::vector<std::string>{"x", "v"});
}
