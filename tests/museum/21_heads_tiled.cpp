// Grouped heads are tiled where queries are interleaved: onnx/onnx#7274, apple/axlearn#842, ekzhang/jax-js#180
// WRONG: name_mismatch | the_operands_merged_this_axis_from_other_factors | axis{h} | left{(h: g r)} | right{(h: r g)}
#include "museum.hpp"

using namespace abax;

#ifdef WRONG
auto wrong(const tensor<float, "b s (g r d)">& x, const tensor<float, "b g s' d">& keys) {
    const auto q = rearrange<"b s (g r d) -> b (h: g r) s d">(x);
    const auto k = repeat<"b g s' d -> b (h: r g) s' d">(keys, "r"_ax = 2);
    return dot<"d">(q, k);
}
#else
using namespace abax::museum;

namespace {

// 2 groups of 2 heads each: g0 g0 g1 g1.
struct attention {
    tensor<float, "b s m"> queries = iota<float, "b s m">(3, 4, 20);
    tensor<float, "b g s' d"> keys = iota<float, "b g s' d">(3, 2, 4, 5);

    [[nodiscard]] float score(
        std::int64_t b, std::int64_t h, std::int64_t group, std::int64_t s, std::int64_t t
    ) const {
        float sum = 0;
        for (int d = 0; d < 5; ++d)
            sum += queries(b, s, h * 5 + d) * keys(b, group, t, d);
        return sum;
    }
};

}  // namespace

TEST_CASE("exhibit 21: each head of queries meets the keys of its group") {
    const attention of;
    const auto q = rearrange<"b s (g r d) -> b (h: g r) s d">(of.queries, "g"_ax = 2, "r"_ax = 2);
    const auto k = repeat<"b g s' d -> b (h: g r) s' d">(of.keys, "r"_ax = 2);

    const tensor<float, "b (h: g r) s s'"> scores = dot<"d">(q, k);

    const auto right = [&](auto b, auto h, auto s, auto t) { return of.score(b, h, h / 2, s, t); };
    CHECK(difference(scores, right) == "");
    const auto theirs = [&](auto b, auto h, auto s, auto t) { return of.score(b, h, h % 2, s, t); };
    CHECK(difference(scores, theirs) != "");
}

TEST_CASE("exhibit 21: groups that are never merged need no copy of the keys") {
    const attention of;
    const auto q = rearrange<"b s (g r d) -> b g r s d">(of.queries, "g"_ax = 2, "r"_ax = 2);

    const tensor<float, "b g r s s'"> scores =
        einsum<"b g r s d, b g s' d -> b g r s s'">(q, of.keys);

    const auto right = [&](auto b, auto g, auto r, auto s, auto t) {
        return of.score(b, g * 2 + r, g, s, t);
    };
    CHECK(difference(scores, right) == "");
}

TEST_CASE("exhibit 21: values that were merged in other orders do not meet") {
    const attention of;
    const tensor<float> x = of.queries;
    const tensor<float> y = of.keys;
    const auto q = rearrange(x, "b s (g r d) -> b (h: g r) s d", "g"_ax = 2, "r"_ax = 2);
    const auto k = repeat(y, "b g s' d -> b (h: r g) s' d", "r"_ax = 2);

    CHECK(outcome_of([&] { (void)dot(q, k, "d"); }, q, k) == "name_mismatch");
}
#endif
