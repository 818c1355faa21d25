#include <abax/ops/in_place.hpp>
#include <abax/ops/logical.hpp>
#include <abax/ops/typed_assign.hpp>
#include <abax/ops/typed_losses.hpp>
#include <abax/ops/typed_outer.hpp>
#include <abax/ops/typed_pack.hpp>
#include <abax/ops/typed_patterns.hpp>
#include <abax/ops/typed_rope.hpp>
#include <abax/ops/typed_rows.hpp>
#include <abax/ops/typed_select.hpp>

#include "every_verb.hpp"

#include <doctest/doctest.h>

#include <string>
#include <type_traits>
#include <vector>

/// Verbs on one operand with names in its type and one with names in its value, or none: they give what the dynamic verb gives, in
/// a tensor with names in its value, and refuse what it refuses.
namespace abax::testing {

namespace {

// The category of what is thrown, or the axes and elements of what is given.
template <class Form>
std::string said(const Form& form) {
    try {
        const auto result = form();
        const any_tensor& x = result;
        return x.shape().str() + laws::bits_of(x);
    } catch (const error& e) {
        return std::string(to_string(e.kind()));
    }
}

template <element T>
tensor<T> without_names(const tensor<T>& x) {
    layout where = x.where();
    for (axis& a : where.axes)
        a = {name(), a.extent, nullptr};
    return tensor<T>(x.any().viewed(where));
}

template <class X>
inline constexpr bool is_dynamic = false;
template <element T>
inline constexpr bool is_dynamic<tensor<T>> = true;

// f in its typed form on (typed, dynamic), (dynamic, typed), (typed, unnamed) and (unnamed, typed), beside g on the same values.
template <class A, class B, class F, class G>
void check_mixed(const char* verb, const A& a, const B& b, const F& f, const G& g) {
    CAPTURE(verb);
    const tensor<typename A::value_type> a_value = a;
    const tensor<typename B::value_type> b_value = b;
    const auto a_bare = without_names(a_value);
    const auto b_bare = without_names(b_value);
    static_assert(is_dynamic<decltype(f(a, b_value))>);
    static_assert(is_dynamic<decltype(f(a_value, b))>);
    static_assert(!is_dynamic<decltype(f(a, b))>);
    CHECK(said([&] { return f(a, b); }) == said([&] { return g(a.any(), b.any()); }));
    CHECK(said([&] { return f(a, b_value); }) == said([&] { return g(a.any(), b.any()); }));
    CHECK(said([&] { return f(a_value, b); }) == said([&] { return g(a.any(), b.any()); }));
    CHECK(said([&] { return f(a, b_bare); }) == said([&] { return g(a.any(), b_bare.any()); }));
    CHECK(said([&] { return f(a_bare, b); }) == said([&] { return g(a_bare.any(), b.any()); }));
}

#define ABAX_MIXED(a, b, typed, dynamic)                                                           \
    check_mixed(                                                                                   \
        #typed,                                                                                    \
        a,                                                                                         \
        b,                                                                                         \
        [&](const auto& x, const auto& y) { return typed; },                                       \
        [&](const any_tensor& x, const any_tensor& y) { return dynamic; }                          \
    )

}  // namespace

TEST_CASE("mixed calls: operands with names in their types and in their values meet as values") {
    const operands o;
    ABAX_MIXED(o.x, o.y, x + y, x + y);
    ABAX_MIXED(o.bias, o.x, x - y, x - y);
    ABAX_MIXED(o.merged, o.x, x * y, x * y);
    ABAX_MIXED(o.x, o.y, x < y, x < y);
    ABAX_MIXED(o.x, o.y, equal_to(x, y), equal_to(x, y));
    ABAX_MIXED(o.x, o.y, maximum(x, y), maximum(x, y));
    ABAX_MIXED(o.flags, o.few_flags, x & y, x & y);
    ABAX_MIXED(o.x, o.w, dot<"m">(x, y), dot(x, y, "m"));
    ABAX_MIXED(o.q, o.k, dot<"d">(x, y), dot(x, y, "d"));
    ABAX_MIXED(
        o.x, o.w, (einsum<"b s m, m f -> b s f">(x, y)), einsum("b s m, m f -> b s f", x, y)
    );
    ABAX_MIXED(
        o.merged, o.w, (einsum<"... m, m f -> ... f">(x, y)), einsum("... m, m f -> ... f", x, y)
    );
    ABAX_MIXED(o.y, o.lone, outer(x, y), outer(x, y));
    ABAX_MIXED(o.table, o.ids, take<"v">(x, y), take(x, y, "v"));
    ABAX_MIXED(o.merged, o.places, take_along<"s">(x, y), take_along(x, y, "s"));
    ABAX_MIXED(o.scores, o.mask, softmax<"s'">(x, y), softmax(x, "s'", y));
    ABAX_MIXED(o.merged, o.gain, rms_norm<"m">(x, y), rms_norm(x, "m", y));
    ABAX_MIXED(o.merged, o.gain, (layer_norm<"m">(x, y, y)), layer_norm(x, "m", y, y));
    ABAX_MIXED(o.logits, o.ids, cross_entropy_rows<"v">(x, y), cross_entropy_rows(x, "v", y));
    ABAX_MIXED(o.x, o.y, (pack<"* m">(x, y).values), (pack("* m", x, y).values));
    ABAX_MIXED(o.flags, o.x, where(x, y, 0), where(x, y, 0));
    ABAX_MIXED(o.flags, o.x, where(x, 0, y), where(x, 0, y));
}

TEST_CASE("mixed calls: what is written to keeps its type, and is checked when it runs") {
    const operands o;
    const auto added = [](auto x, const auto& y) {
        x += y;
        return x;
    };
    const auto assigned = [](auto x, const auto& y) {
        assign(x, y);
        return x;
    };
    const auto part = [](auto x, const auto& y) {
        assign<"s">(x, {0, 3}, y);
        return x;
    };
    const tensor<float> y = o.y;
    const tensor<float> merged = o.merged;
    const auto bare = without_names(merged);

    CHECK(said([&] { return added(o.x, y); }) == said([&] { return added(o.x.any(), y.any()); }));
    CHECK(said([&] { return added(o.x, bare); }) == said([&] {
              return added(o.x.any(), bare.any());
          }));
    CHECK(said([&] { return added(merged, o.x); }) == said([&] {
              return added(merged.any(), o.x.any());
          }));
    for (const tensor<float>& from : {merged, y, bare})
        CHECK(said([&] { return assigned(o.x, from); }) == said([&] {
                  return assigned(o.x.any(), from.any());
              }));
    CHECK(said([&] { return assigned(merged, o.x); }) == said([&] {
              return assigned(merged.any(), o.x.any());
          }));
    CHECK(said([&] { return part(o.x, merged); }) == said([&] {
              return assigned(o.x.any(), merged.any());
          }));
}

}  // namespace abax::testing
