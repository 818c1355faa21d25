#include <abax/nn/attention.hpp>
#include <abax/nn/linear.hpp>
#include <abax/ops/typed_names.hpp>
#include <abax/ops/typed_pack.hpp>
#include <abax/ops/typed_patterns.hpp>
#include <abax/ops/typed_reductions.hpp>

#include "every_verb.hpp"

namespace abax::testing {

namespace {

verb_rows movements() {
    return {
        ABAX_ROW(
            "rearrange", rearrange<"b s m -> s b m">(o.x), rearrange(o.x.any(), "b s m -> s b m")
        ),
        ABAX_ROW(
            "rearrange",
            rearrange<"b s m -> b (s m)">(o.x),
            rearrange(o.x.any(), "b s m -> b (s m)")
        ),
        ABAX_ROW(
            "rearrange",
            rearrange<"b s (h d) -> b h s d">(o.x, "h"_ax = 2),
            rearrange(o.x.any(), "b s (h d) -> b h s d", "h"_ax = 2)
        ),
        ABAX_ROW(
            "rearrange",
            rearrange<"b s (h=2 d) -> b h s d">(o.x),
            rearrange(o.x.any(), "b s (h=2 d) -> b h s d")
        ),
        ABAX_ROW(
            "rearrange",
            rearrange<"b s (h d) -> b h s d">(o.merged),
            rearrange(o.merged.any(), "b s (h d) -> b h s d")
        ),
        ABAX_ROW(
            "rearrange",
            rearrange<"b s m -> (b s) m">(o.merged),
            rearrange(o.merged.any(), "b s m -> (b s) m")
        ),
        ABAX_ROW(
            "rearrange",
            rearrange<"s (h d) -> h (p: d s)">(o.anonymous),
            rearrange(o.anonymous.any(), "s (h d) -> h (p: d s)")
        ),
        ABAX_ROW(
            "rearrange",
            rearrange<"... m -> m ...">(o.merged),
            rearrange(o.merged.any(), "... m -> m ...")
        ),
        ABAX_ROW(
            "rearrange",
            rearrange<"b h s' d -> b s' (h d)">(o.k),
            rearrange(o.k.any(), "b h s' d -> b s' (h d)")
        ),
        ABAX_ROW(
            "rearrange", rearrange<"b 1 m -> m b">(o.unit), rearrange(o.unit.any(), "b 1 m -> m b")
        ),
        ABAX_ROW(
            "rearrange", rearrange<"s m -> s 1 m ()">(o.y), rearrange(o.y.any(), "s m -> s 1 m ()")
        ),
        ABAX_ROW("rearrange", rearrange<"->">(o.number), rearrange(o.number.any(), "->")),
        ABAX_ROW(
            "repeat",
            repeat<"s m -> b s m">(o.y, "b"_ax = 2),
            repeat(o.y.any(), "s m -> b s m", "b"_ax = 2)
        ),
        ABAX_ROW(
            "repeat",
            repeat<"... m -> ... (m r)">(o.y, "r"_ax = 2),
            repeat(o.y.any(), "... m -> ... (m r)", "r"_ax = 2)
        ),
        ABAX_ROW(
            "repeat",
            repeat<"b s m -> b s m 3">(o.merged),
            repeat(o.merged.any(), "b s m -> b s m 3")
        ),
        // A number alone has no names, and gets those of the pattern.
        ABAX_ROW(
            "repeat",
            repeat<"-> z">(o.number, "z"_ax = 3),
            named(repeat(o.number.any(), "-> z", "z"_ax = 3), "z")
        ),
        ABAX_ROW(
            "reduce",
            reduce<"b s m -> b m">(o.x, by::mean),
            reduce(o.x.any(), "b s m -> b m", by::mean)
        ),
        ABAX_ROW(
            "reduce",
            reduce<"b s (h d) -> h">(o.merged, by::max),
            reduce(o.merged.any(), "b s (h d) -> h", by::max)
        ),
        ABAX_ROW(
            "reduce",
            reduce<"b ... -> ...">(o.merged, by::sum),
            reduce(o.merged.any(), "b ... -> ...", by::sum)
        ),
        ABAX_ROW(
            "reduce",
            reduce<"b s -> s">(o.flags, by::sum),
            reduce(o.flags.any(), "b s -> s", by::sum)
        ),
        ABAX_ROW(
            "reduce",
            reduce<"b s -> s">(o.flags, by::all),
            reduce(o.flags.any(), "b s -> s", by::all)
        ),
        ABAX_ROW(
            "reduce",
            reduce<"b 1 m -> b 1">(o.unit, by::prod),
            reduce(o.unit.any(), "b 1 m -> b 1", by::prod)
        ),
        ABAX_ROW(
            "reduce",
            reduce<"s (m r) -> s m">(o.y, by::min, "r"_ax = 2),
            reduce(o.y.any(), "s (m r) -> s m", by::min, {{"r", 2}})
        ),
    };
}

verb_rows contractions() {
    return {
        ABAX_ROW("dot", dot<"m">(o.x, o.w), dot(o.x.any(), o.w.any(), "m")),
        ABAX_ROW("dot", dot<"d">(o.q, o.k), dot(o.q.any(), o.k.any(), "d")),
        ABAX_ROW("dot", dot<"s' d">(o.k, o.v), dot(o.k.any(), o.v.any(), "s' d")),
        ABAX_ROW("dot", dot<"m">(o.merged, o.w), dot(o.merged.any(), o.w.any(), "m")),
        ABAX_ROW(
            "dot", dot<"s">(o.merged, o.anonymous), dot(o.merged.any(), o.anonymous.any(), "s")
        ),
        ABAX_ROW("dot", dot<"">(o.y, o.w), dot(o.y.any(), o.w.any(), "")),
        ABAX_ROW(
            "einsum",
            einsum<"b s m, m f -> b s f">(o.x, o.w),
            einsum("b s m, m f -> b s f", o.x.any(), o.w.any())
        ),
        ABAX_ROW(
            "einsum",
            einsum<"b s (h d), b h s d -> h">(o.merged, o.q),
            einsum("b s (h d), b h s d -> h", o.merged.any(), o.q.any())
        ),
        ABAX_ROW(
            "einsum",
            einsum<"... m, m f -> ... f">(o.merged, o.w),
            einsum("... m, m f -> ... f", o.merged.any(), o.w.any())
        ),
        ABAX_ROW(
            "einsum",
            einsum<"... f, ... -> f ...">(o.w, o.bias),
            einsum("... f, ... -> f ...", o.w.any(), o.bias.any())
        ),
        ABAX_ROW(
            "einsum",
            einsum<"b h s d, b h s' d -> b (h s) s'">(o.q, o.k),
            einsum("b h s d, b h s' d -> b (h s) s'", o.q.any(), o.k.any())
        ),
        ABAX_ROW("einsum", einsum<"b s m -> s">(o.x), einsum("b s m -> s", o.x.any())),
        ABAX_ROW(
            "einsum",
            einsum<"b s m, s m, m -> b">(o.x, o.y, o.bias),
            einsum("b s m, s m, m -> b", o.x.any(), o.y.any(), o.bias.any())
        ),
        ABAX_ROW(
            "einsum",
            einsum<"b 1 m, m -> b">(o.unit, o.bias),
            einsum("b 1 m, m -> b", o.unit.any(), o.bias.any())
        ),
        ABAX_ROW(
            "einsum",
            einsum<", m -> m">(o.number, o.bias),
            einsum(", m -> m", o.number.any(), o.bias.any())
        ),
        ABAX_ROW(
            "nn::linear",
            nn::linear<"m">("w", o.x, o.w),
            within("w", [&] { return dot(o.x.any(), o.w.any(), "m"); })
        ),
        ABAX_ROW(
            "nn::linear",
            nn::linear<"v">("w", o.logits, o.table, o.bias),
            within("w", [&] { return dot(o.logits.any(), o.table.any(), "v") + o.bias.any(); })
        ),
        ABAX_ROW(
            "nn::causal_attention",
            nn::causal_attention(o.q, o.k, o.v),
            nn::causal_attention(tensor<float>(o.q), tensor<float>(o.k), tensor<float>(o.v))
        ),
    };
}

#define ABAX_SUMS(verb)                                                                            \
    ABAX_ROW(#verb, verb<"s">(o.x), verb(o.x.any(), "s")),                                         \
        ABAX_ROW(#verb, verb<"m b">(o.merged), verb(o.merged.any(), "m b")),                       \
        ABAX_ROW(#verb, verb<"b">(o.merged), verb(o.merged.any(), "b")),                           \
        ABAX_ROW(#verb, verb<"(h d)">(o.anonymous), verb(o.anonymous.any(), "(h d)")),             \
        ABAX_ROW(#verb, verb<"s'">(o.k), verb(o.k.any(), "s'"))

verb_rows reductions() {
    return {
        ABAX_SUMS(sum),
        ABAX_SUMS(mean),
        ABAX_SUMS(prod),
        ABAX_SUMS(min),
        ABAX_SUMS(max),
        ABAX_SUMS(any),
        ABAX_SUMS(all),
        ABAX_ROW("sum", sum<"b">(o.flags), sum(o.flags.any(), "b")),
        ABAX_ROW("any", any<"s">(o.counts), any(o.counts.any(), "s")),
    };
}

verb_rows names_and_packs() {
    return {
        ABAX_ROW("as", as<"b s m">(tensor<float>(o.x)), o.x.any()),
        ABAX_ROW("as", as<"b s m">(o.merged), forget(o.merged.any(), "m")),
        ABAX_ROW("rename", rename<"s -> s'">(o.x), rename(o.x.any(), "s -> s'")),
        ABAX_ROW(
            "rename", rename<"b -> s, s -> b">(o.merged), rename(o.merged.any(), "b -> s, s -> b")
        ),
        ABAX_ROW("rename", rename<"m -> p">(o.merged), rename(o.merged.any(), "m -> p")),
        ABAX_ROW(
            "rename", rename<"(h d) -> m">(o.anonymous), rename(o.anonymous.any(), "(h d) -> m")
        ),
        ABAX_ROW("forget", forget<"m">(o.merged), forget(o.merged.any(), "m")),
        ABAX_ROW("forget", forget<"m">(o.x), forget(o.x.any(), "m")),
        ABAX_ROW("extent", extent<"m">(o.merged), o.merged.any().extent("m")),
        ABAX_ROW("pack", (pack<"* m">(o.x, o.y)), pack("* m", o.x.any(), o.y.any())),
        ABAX_ROW("pack", (pack<"b *">(o.merged, o.x)), pack("b *", o.merged.any(), o.x.any())),
        ABAX_ROW("pack", (pack<"b s *">(o.merged, o.x)), pack("b s *", o.merged.any(), o.x.any())),
        ABAX_ROW("pack", (pack<"* m">({o.y, o.y})), pack("* m", {o.y.any(), o.y.any()})),
        ABAX_ROW("unpack", (unpack<"* m">(o.y, {{1}, {2}})), unpack(o.y.any(), {{1}, {2}}, "* m")),
        ABAX_ROW(
            "unpack",
            (unpack<"b s *">(o.merged, {{3}, {5}})),
            unpack(o.merged.any(), {{3}, {5}}, "b s *")
        ),
        ABAX_ROW("parse_shape", parse_shape<"b _ m">(o.x), parse_shape(o.x.any(), "b _ m")),
        ABAX_ROW(
            "parse_shape", parse_shape<"... m">(o.merged), parse_shape(o.merged.any(), "... m")
        ),
    };
}

}  // namespace

verb_rows pattern_rows() {
    verb_rows all;
    for (const verb_rows& some : {movements(), contractions(), reductions(), names_and_packs()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

}  // namespace abax::testing
