#include <abax/ops/typed_join.hpp>
#include <abax/ops/typed_losses.hpp>
#include <abax/ops/typed_order.hpp>
#include <abax/ops/typed_rope.hpp>
#include <abax/ops/typed_rows.hpp>
#include <abax/ops/typed_select.hpp>
#include <abax/ops/typed_statistics.hpp>

#include "every_verb.hpp"

namespace abax::testing {

namespace {

// All parts of a range.
template <class Range>
auto all_of(const Range& range) {
    std::vector<typename Range::value_type> parts;
    for (auto part : range)
        parts.push_back(part);
    return parts;
}

rope_table<float, "s pair"> tables(const operands& o) {
    return {o.make<float, "s pair">({3, 2}), o.make<float, "s pair">({3, 2})};
}

// Along the last axis, an inner one, one with a prime, one that remembers.
#define ABAX_ALONG(verb)                                                                           \
    ABAX_ROW(#verb, verb<"m">(o.x), verb(o.x.any(), "m")),                                         \
        ABAX_ROW(#verb, verb<"s">(o.merged), verb(o.merged.any(), "s")),                           \
        ABAX_ROW(#verb, verb<"s'">(o.k), verb(o.k.any(), "s'")),                                   \
        ABAX_ROW(#verb, verb<"m">(o.merged), verb(o.merged.any(), "m"))

verb_rows whole_rows() {
    return {
        ABAX_ALONG(softmax),
        ABAX_ALONG(log_softmax),
        ABAX_ALONG(argmax),
        ABAX_ALONG(argmin),
        ABAX_ALONG(cumsum),
        ABAX_ALONG(sort),
        ABAX_ALONG(argsort),
        ABAX_ALONG(variance),
        ABAX_ALONG(standard_deviation),
        ABAX_ALONG(norm),
        ABAX_ALONG(logsumexp),
        ABAX_ALONG(normalize),
        ABAX_ROW("softmax", softmax<"(h d)">(o.anonymous), softmax(o.anonymous.any(), "(h d)")),
        ABAX_ROW(
            "softmax", softmax<"s'">(o.scores, o.mask), softmax(o.scores.any(), "s'", o.mask.any())
        ),
        ABAX_ROW("argmax", argmax<"(h d)">(o.anonymous), argmax(o.anonymous.any(), "(h d)")),
        ABAX_ROW("cumsum", cumsum<"b">(o.counts), cumsum(o.counts.any(), "b")),
        ABAX_ROW(
            "sort", sort<"m">(o.x, order::descending), sort(o.x.any(), "m", order::descending)
        ),
        ABAX_ROW("topk", (topk<"m">(o.merged, 2)), topk(o.merged.any(), "m", 2)),
        ABAX_ROW(
            "topk", (topk<"s">(o.x, 1, order::ascending)), topk(o.x.any(), "s", 1, order::ascending)
        ),
        ABAX_ROW("variance", variance<"b m">(o.merged, 1), variance(o.merged.any(), "b m", 1)),
        ABAX_ROW(
            "norm",
            norm<"b s">(o.merged, norm_order::one),
            norm(o.merged.any(), "b s", norm_order::one)
        ),
        ABAX_ROW(
            "layer_norm",
            layer_norm<"m">(o.x, o.gain, o.bias),
            layer_norm(o.x.any(), "m", o.gain.any(), o.bias.any())
        ),
        ABAX_ROW(
            "layer_norm",
            layer_norm<"m">(o.merged, o.gain, o.bias, 1e-3),
            layer_norm(o.merged.any(), "m", o.gain.any(), o.bias.any(), 1e-3)
        ),
        ABAX_ROW(
            "rms_norm", rms_norm<"m">(o.merged, o.gain), rms_norm(o.merged.any(), "m", o.gain.any())
        ),
        ABAX_ROW(
            "cross_entropy",
            cross_entropy<"v">(o.logits, o.ids),
            cross_entropy(o.logits.any(), "v", o.ids.any())
        ),
        ABAX_ROW(
            "cross_entropy",
            cross_entropy<"v">(o.logits, o.ids, 1),
            cross_entropy(o.logits.any(), "v", o.ids.any(), 1)
        ),
        ABAX_ROW(
            "cross_entropy_rows",
            cross_entropy_rows<"v">(o.logits, o.ids),
            cross_entropy_rows(o.logits.any(), "v", o.ids.any())
        ),
        ABAX_ROW(
            "rope_angles",
            (rope_angles<float, "s">(3, 4)),
            rope_angles(dtype::float32, "s", 3, rope_frequencies(4))
        ),
        ABAX_ROW(
            "rope_halves",
            rope_halves<"d">(o.q, tables(o)),
            rope_halves(o.q.any(), "d", tables(o).any())
        ),
        ABAX_ROW(
            "rope_pairs",
            rope_pairs<"d">(o.q, tables(o)),
            rope_pairs(o.q.any(), "d", tables(o).any())
        ),
        ABAX_ROW(
            "rope_halves",
            rope_halves<"d">(o.k, rename<"s -> s'">(tables(o))),
            rope_halves(o.k.any(), "d", rename(tables(o), "s -> s'").any())
        ),
    };
}

verb_rows choices() {
    return {
        ABAX_ROW("slice", slice<"s">(o.x, 1, 3), slice(o.x.any(), {"s", 1, 3})),
        ABAX_ROW("slice", slice<"m">(o.merged, -2), slice(o.merged.any(), {"m", -2})),
        ABAX_ROW("slice", slice<"s'">(o.k, {}, {}, -1), slice(o.k.any(), {"s'", {}, {}, -1})),
        ABAX_ROW(
            "slice",
            (slice<"s m">(o.merged, {{0, 2}, {1, 3}})),
            slice(o.merged.any(), {{"s", 0, 2}, {"m", 1, 3}})
        ),
        ABAX_ROW("at", at<"s">(o.merged, -1), at(o.merged.any(), "s", -1)),
        ABAX_ROW("at", at<"(h d)">(o.anonymous, 1), at(o.anonymous.any(), "(h d)", 1)),
        ABAX_ROW("split", split<"m">(o.merged, {3, 5}), split(o.merged.any(), "m", {3, 5})),
        ABAX_ROW("split", split<"s">(o.merged, {1, 2}), split(o.merged.any(), "s", {1, 2})),
        ABAX_ROW("chunk", chunk<"m">(o.merged, 4), chunk(o.merged.any(), "m", 4)),
        ABAX_ROW("take", take<"v">(o.table, o.ids), take(o.table.any(), o.ids.any(), "v")),
        ABAX_ROW("take", take<"m">(o.merged, {0, -1, 2}), take(o.merged.any(), {0, -1, 2}, "m")),
        ABAX_ROW(
            "take_along",
            take_along<"s">(o.merged, o.places),
            take_along(o.merged.any(), o.places.any(), "s")
        ),
        ABAX_ROW("along", all_of(along<"s">(o.merged)), all_of(along(o.merged.any(), "s"))),
        ABAX_ROW("along", all_of(along<"m">(o.merged)), all_of(along(o.merged.any(), "m"))),
        ABAX_ROW(
            "concat",
            (concat<"m">({o.merged, o.merged})),
            concat({o.merged.any(), o.merged.any()}, "m")
        ),
        ABAX_ROW(
            "concat",
            (concat<"s">({o.merged, o.merged})),
            concat({o.merged.any(), o.merged.any()}, "s")
        ),
        ABAX_ROW(
            "stack",
            (stack<"n">({o.merged, o.merged})),
            stack({o.merged.any(), o.merged.any()}, "n")
        ),
        ABAX_ROW(
            "stack",
            (stack<"n">({o.number, o.number})),
            stack({o.number.any(), o.number.any()}, "n")
        ),
    };
}

}  // namespace

verb_rows axis_rows() {
    verb_rows all = whole_rows();
    const verb_rows more = choices();
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

}  // namespace abax::testing
