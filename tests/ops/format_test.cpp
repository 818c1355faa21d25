#include <abax/fmt.hpp>

#include "support.hpp"

#include <doctest/doctest.h>
#include <fmt/ranges.h>

#include <cstdint>

using namespace abax;
using namespace abax::testing;

TEST_CASE("fmt: a tensor is formatted as it prints") {
    const auto x = counted<std::int32_t>(axes("b s", {2, 3}));

    CHECK(fmt::format("{}", x) == to_string(x.any()));
    CHECK(fmt::format("{}", x.any()) == "int32 (b=2 s=3)\n[[1 2 3]\n [4 5 6]]");
    CHECK(fmt::format("<{}>", full<bool>(shape{}, true)) == "<bool ()\ntrue>");
    CHECK(fmt::format("{}", dry<double>(axes("b", {2}))) == "float64 (b=2) dry");
}

TEST_CASE("fmt: shapes, names, types, polynomials and prices are formatted as text") {
    const polynomial n{name("n")};

    CHECK(fmt::format("{}", axes("b (m: h d)", {2, 6}, {{"h", 2}})) == "b=2 (m: h d)=6");
    CHECK(fmt::format("{}", shape{}) == "()");
    CHECK(fmt::format("{}", name("s'")) == "s'");
    CHECK(fmt::format("{}", dtype::float32) == "float32");
    CHECK(fmt::format("{}", category::unknown_axis) == "unknown_axis");
    CHECK(fmt::format("{}", polynomial(2) * n) == "2*n");
    CHECK(fmt::format("{}", cost{.flops_vec = n}) == "flops_vec = n");
    CHECK(fmt::format("{}", bill_cost({})) == "0");
}

TEST_CASE("fmt: width, fill and alignment are those of strings") {
    CHECK(fmt::format("[{:>6}]", name("b")) == "[     b]");
    CHECK(fmt::format("[{:*^9}]", axes("b", {2})) == "[***b=2***]");
    CHECK(fmt::format("[{:<8}]", dtype::int64) == "[int64   ]");
    CHECK(fmt::format("[{:.2}]", category::usage) == "[us]");
}

TEST_CASE("fmt: the elements alone are a range") {
    CHECK(fmt::format("{}", fmt::join(counted<float>(shape::of({3})).flat(), ", ")) == "1, 2, 3");
}
