#include <abax/ops/typed_order.hpp>
#include <abax/ops/typed_statistics.hpp>

#include "typed_support.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

namespace abax {

using testing::anonymous;
using testing::category_of;
using testing::difference;
using testing::difference_between;
using testing::dynamic;
using testing::is;
using testing::lie;
using testing::merged;
using testing::refusal_of;

namespace {

constexpr static_axes all = "b s (m: h d)";

}  // namespace

TEST_CASE("typed order: the axis that is ordered loses its memory, in cumsum it keeps it") {
    static_assert(is<decltype(sort<"m">(merged())), float, "b s m">);
    static_assert(is<decltype(sort<"s">(merged())), float, "b s (m: h d)">);
    static_assert(is<decltype(argsort<"m">(merged())), std::int64_t, "b s m">);
    static_assert(is<decltype(topk<"m">(merged(), 2).values), float, "b s m">);
    static_assert(is<decltype(topk<"m">(merged(), 2).indices), std::int64_t, "b s m">);
    static_assert(is<decltype(cumsum<"m">(merged())), float, "b s (m: h d)">);
    static_assert(is<decltype(cumsum<"(h d)">(anonymous())), float, "s (h d)">);
    static_assert(is<decltype(argmin<"m">(merged())), std::int64_t, "b s">);
    static_assert(is<decltype(argmin<"(h d)">(anonymous())), std::int64_t, "s">);
    static_assert(is<decltype(sort<"m">(dynamic(merged()))), float, names_in_value>);
    for (const lie how : testing::all_lies) {
        CAPTURE(how);
        const auto x = merged(how);
        const auto y = dynamic(x);
        CHECK(difference([&] { return sort<"m">(x); }, [&] { return sort(y, "m"); }) == "");
        CHECK(
            difference(
                [&] { return sort<"s">(x, order::descending); },
                [&] { return sort(y, "s", order::descending); }
            )
            == ""
        );
        CHECK(difference([&] { return argsort<"m">(x); }, [&] { return argsort(y, "m"); }) == "");
        CHECK(difference([&] { return cumsum<"m">(x); }, [&] { return cumsum(y, "m"); }) == "");
        CHECK(difference([&] { return argmin<"m">(x); }, [&] { return argmin(y, "m"); }) == "");
        const auto [values, indices] = topk<"m">(x, 2, order::ascending);
        const topk_result<tensor<float>> wanted = topk(y, "m", 2, order::ascending);
        CHECK(difference_between(values, wanted.values) == "");
        CHECK(difference_between(indices, wanted.indices) == "");
    }
    const auto y = dynamic(merged());
    CHECK(difference([&] { return sort<"m">(y); }, [&] { return sort(y, "m"); }) == "");
}

TEST_CASE("typed order: the compiler refuses what the dynamic verbs refuse") {
    const auto x = dynamic(merged());
    const auto a = dynamic(anonymous());
    CHECK(refusal_of<detail::one_axis_check<"q", all, effect::divides>>() == category_of([&] {
              (void)sort(x, "q");
          }));
    CHECK(
        refusal_of<detail::one_axis_check<"(h d)", "s (h d)", effect::divides>>()
        == category_of([&] { (void)sort(a, "(h d)"); })
    );
    CHECK(refusal_of<detail::one_axis_check<"b s", all, effect::keeps>>() == category_of([&] {
              (void)cumsum(x, "b s");
          }));
    CHECK(refusal_of<detail::one_axis_check<"", all, effect::keeps>>() == category_of([&] {
              (void)cumsum(x, "");
          }));
    CHECK(refusal_of<detail::one_axis_check<"(q", all, effect::keeps>>() == "syntax");
    CHECK(refusal_of<detail::needs_axis_check<all>>() == "usage");
    CHECK(category_of([&] { (void)sort<"q">(x); }) == "unknown_axis");
}

TEST_CASE("typed statistics: the axes go, of normalize they stay") {
    static_assert(is<decltype(variance<"m">(merged())), float, "b s">);
    static_assert(is<decltype(variance<"m b">(merged())), float, "s">);
    static_assert(is<decltype(standard_deviation<"s">(merged())), float, "b (m: h d)">);
    static_assert(is<decltype(norm<"b s m">(merged())), float, "">);
    static_assert(is<decltype(logsumexp<"(h d)">(anonymous())), float, "s">);
    static_assert(is<decltype(normalize<"m">(merged())), float, "b s (m: h d)">);
    static_assert(is<decltype(normalize<"(h d) s">(anonymous())), float, "s (h d)">);
    static_assert(is<decltype(normalize<"m">(dynamic(merged()))), float, names_in_value>);
    const auto x = merged();
    const auto y = dynamic(x);
    const auto a = anonymous();
    const auto b = dynamic(a);
    CHECK(
        difference([&] { return variance<"m b">(x, 1); }, [&] { return variance(y, "m b", 1); })
        == ""
    );
    CHECK(
        difference(
            [&] { return standard_deviation<"m">(x); }, [&] { return standard_deviation(y, "m"); }
        )
        == ""
    );
    CHECK(
        difference(
            [&] { return norm<"s">(x, norm_order::one); },
            [&] { return norm(y, "s", norm_order::one); }
        )
        == ""
    );
    CHECK(
        difference([&] { return logsumexp<"(h d)">(a); }, [&] { return logsumexp(b, "(h d)"); })
        == ""
    );
    CHECK(difference([&] { return normalize<"m">(x); }, [&] { return normalize(y, "m"); }) == "");
    CHECK(
        difference(
            [&] { return normalize<"(h d) s">(a, 0.5); },
            [&] { return normalize(b, "(h d) s", 0.5); }
        )
        == ""
    );
    CHECK(refusal_of<detail::axis_check<"q", all, effect::keeps>>() == category_of([&] {
              (void)normalize(y, "q");
          }));
}

}  // namespace abax
