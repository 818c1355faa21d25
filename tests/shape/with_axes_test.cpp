#include <abax/shape/with_axes.hpp>

#include <doctest/doctest.h>

#include <string_view>
#include <type_traits>

namespace abax {

namespace {

using merged = tensor<float, "b (m: h d) s">;

std::string_view overload(const with_axes<"b s ..."> auto&) {
    return "b s ...";
}
std::string_view overload(const with_axes<"n"> auto&) {
    return "n";
}

template <class X>
concept can_be_passed = requires(const X& x) {
    overload(x);
};

}  // namespace

TEST_CASE("with_axes asks for names in any order; with dots others may be there too") {
    static_assert(with_axes<tensor<float, "b s m">, "b s m">);
    static_assert(with_axes<tensor<float, "b s m">, "m b s">);
    static_assert(with_axes<tensor<float, "b s m">, "s ...">);
    static_assert(with_axes<tensor<float, "b s m">, "... s">);
    static_assert(with_axes<tensor<float, "b s m">, "s...m">);
    static_assert(with_axes<tensor<float, "b s m">, "b s m ...">);
    static_assert(with_axes<tensor<float, "b s m">, "...">);
    static_assert(with_axes<tensor<float, "">, "">);
    static_assert(with_axes<tensor<float, "s' s">, "s s'">);

    static_assert(!with_axes<tensor<float, "b s m">, "b s">);
    static_assert(!with_axes<tensor<float, "b s m">, "b s m h">);
    static_assert(!with_axes<tensor<float, "b s m">, "b s h">);
    static_assert(!with_axes<tensor<float, "b s m">, "h ...">);
    static_assert(!with_axes<tensor<float, "b s m">, "">);
    static_assert(!with_axes<tensor<float, "s'">, "s ...">);
}

TEST_CASE("with_axes: a merged axis by its name, by its factors, or by both") {
    static_assert(with_axes<merged, "m s b">);
    static_assert(with_axes<merged, "(m: h d) ...">);
    static_assert(!with_axes<merged, "(m: d h) ...">);
    static_assert(!with_axes<merged, "(h d) ...">);  // it is called m
    static_assert(!with_axes<merged, "h ...">);
    static_assert(!with_axes<tensor<float, "b m">, "(m: h d) ...">);
    static_assert(with_axes<tensor<float, "b (h d)">, "(h d) b">);
    static_assert(!with_axes<tensor<float, "b (d h)">, "(h d) b">);
}

TEST_CASE("with_axes of units, of other types, and of what did not compile before") {
    static_assert(with_axes<tensor<float, "b 1 s">, "b s ...">);
    static_assert(!with_axes<tensor<float, "b 1 s">, "b s">);
    static_assert(with_axes<tensor<bool, "b s">, "s b">);
    static_assert(with_axes<const tensor<float, "b s">&, "s b">);
    static_assert(!with_axes<tensor<float>, "...">);
    static_assert(!with_axes<any_tensor, "...">);
    static_assert(!with_axes<int, "...">);
    static_assert(with_axes<tensor<float, refused_axes>, "b s">);
}

TEST_CASE("with_axes chooses among overloads") {
    CHECK(overload(tensor<float, "m s b">()) == "b s ...");
    CHECK(overload(tensor<double, "n">()) == "n");
    static_assert(!can_be_passed<tensor<float, "b m">>);
    static_assert(!can_be_passed<tensor<float, "n m">>);
    static_assert(!can_be_passed<tensor<float>>);
}

}  // namespace abax
