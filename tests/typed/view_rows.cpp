#include <abax/ops/expect.hpp>
#include <abax/ops/typed_from.hpp>
#include <abax/ops/typed_pad.hpp>
#include <abax/ops/typed_view_of.hpp>
#include <abax/ops/typed_views.hpp>

#include "every_verb.hpp"

namespace abax::testing {

verb_rows view_rows() {
    return {
        ABAX_ROW(
            "view_of",
            view_of<"b s (h d) -> b h s d">(o.merged),
            view_of(o.merged.any(), "b s (h d) -> b h s d")
        ),
        ABAX_ROW(
            "view_of",
            view_of<"... m -> m ...">(o.merged),
            view_of(o.merged.any(), "... m -> m ...")
        ),
        ABAX_ROW(
            "is_view",
            std::int64_t{is_view<"b s m -> m (b s)">(o.x)},
            std::int64_t{is_view(o.x.any(), "b s m -> m (b s)")}
        ),
        ABAX_ROW(
            "is_view",
            std::int64_t{is_view<"b s m -> (s b) m">(o.x)},
            std::int64_t{is_view(o.x.any(), "b s m -> (s b) m")}
        ),
        ABAX_ROW("permute", permute<"m b s">(o.merged), permute(o.merged.any(), "m b s")),
        ABAX_ROW("permute", permute<"(h d) s">(o.anonymous), permute(o.anonymous.any(), "(h d) s")),
        ABAX_ROW("squeeze", squeeze<"n">(o.lone), squeeze(o.lone.any(), "n")),
        ABAX_ROW("unsqueeze", unsqueeze<"n">(o.merged), unsqueeze(o.merged.any(), "n")),
        ABAX_ROW("unsqueeze", (unsqueeze<"n", "m">(o.merged)), unsqueeze(o.merged.any(), "n", "m")),
        ABAX_ROW("broadcast", broadcast<"n">(o.merged, 4), broadcast(o.merged.any(), "n", 4)),
        ABAX_ROW("broadcast", broadcast<"n">(o.number, 4), broadcast(o.number.any(), "n", 4)),
        ABAX_ROW(
            "diagonal", diagonal<"i i' -> t">(o.square), diagonal(o.square.any(), "i i' -> t")
        ),
        ABAX_ROW(
            "diagonal", diagonal<"s' s -> s">(o.scores), diagonal(o.scores.any(), "s' s -> s")
        ),
        ABAX_ROW("flip", flip<"m b">(o.merged), flip(o.merged.any(), "m b")),
        ABAX_ROW("unfold", (unfold<"m", "w">(o.merged, 3)), unfold(o.merged.any(), "m", "w", 3)),
        ABAX_ROW(
            "unfold", (unfold<"s", "w">(o.merged, 2, 1)), unfold(o.merged.any(), "s", "w", 2, 1)
        ),
        ABAX_ROW("roll", roll<"m">(o.merged, 3), roll(o.merged.any(), "m", 3)),
        ABAX_ROW("pad", (pad<"m">(o.merged, 1, 2)), pad(o.merged.any(), "m", 1, 2)),
        ABAX_ROW("pad", (pad<"s'">(o.k, 1, 0, 9)), pad(o.k.any(), "s'", 1, 0, 9)),
        ABAX_ROW(
            "expect",
            (expect<"b s m, m f -> b s (h d)">(o.x, o.w, o.merged)),
            expect("b s m, m f -> b s (h d)", o.x.any(), o.w.any(), o.merged.any())
        ),
        ABAX_ROW(
            "expect",
            (expect<"... m, s m">(o.merged, o.y)),
            expect("... m, s m", o.merged.any(), o.y.any())
        ),
    };
}

}  // namespace abax::testing
