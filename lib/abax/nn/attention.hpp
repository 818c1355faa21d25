#pragma once

#include <abax/account/ledger.hpp>
#include <abax/account/scope.hpp>
#include <abax/nn/kv_cache.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/typed_create.hpp>
#include <abax/ops/typed_names.hpp>
#include <abax/ops/typed_patterns.hpp>
#include <abax/ops/typed_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace abax::detail {

/// 1 / sqrt(width): the sum of `width` products then varies as much as one of them. Behind a function: <cmath> is long.
[[nodiscard]] double scale_of_scores(std::int64_t width) noexcept;

}  // namespace abax::detail

namespace abax::nn {

/// Scaled dot-product attention, causal over the axes s (queries) and s' (keys).
///
/// Each product is a scope of its own: "scores", "softmax", "attn_v". With s' > s the queries are the last
/// positions (a cache holds the earlier ones). Heads are whatever axes the queries share with the keys; queries may
/// have more of them. So b s h d by b s' h d is multi-head attention, and b s g r d by b s' g d grouped: each of the g
/// heads of keys and values serves r heads of queries, and is neither copied nor read r times.
///
/// @param q  axes b s ... d
/// @param k  axes b s' ... d
/// @param v  axes b s' ... d
/// @return   the axes of q
/// @throws abax::error  size_mismatch; and of operands with names in their values: name_mismatch, unknown_axis
/// @cost     4*b*h*s*s'*d mm FLOPs over the full square, where h are the heads of the queries (g*r); of these
///           flops_mm_useful counts what the mask leaves
/// @see      Vaswani et al., "Attention Is All You Need", 2017; Ainslie et al., "GQA", EMNLP 2023
template <static_axes Q, static_axes K, static_axes V>
[[nodiscard]] auto causal_attention(
    const tensor<float, Q>& q, const tensor<float, K>& k, const tensor<float, V>& v
) {
    const causal_mask counted("s", "s'");
    std::optional<dry_run> unmade;  // the mask of a dry forward has no elements either
    if (q.is_dry())
        unmade.emplace();
    const double scale = detail::scale_of_scores(extent<"d">(q));

    const auto scores = within("scores", [&] { return dot<"d">(q, k) * scale; });
    const auto weights = within("softmax", [&] {
        return softmax<"s'">(scores, causal<"s", "s'">(extent<"s">(q), extent<"s'">(k)));
    });
    return within("attn_v", [&] { return dot<"s'">(weights, v); });
}

/// The same over the positions that `cache` holds for `layer`, too: k and v are appended to them. Without a cache
/// over k and v alone.
/// @throws abax::error  and usage: the cache has no room, or no such layer
template <static_axes Q, static_axes K>
[[nodiscard]] auto causal_attention(
    const tensor<float, Q>& q,
    const tensor<float, K>& k,
    const tensor<float, K>& v,
    kv_cache* cache,
    std::size_t layer
) {
    if (cache == nullptr)
        return causal_attention(q, k, v);
    const auto [all_k, all_v] = cache->append(layer, k, v);
    return causal_attention(q, all_k, all_v);
}

}  // namespace abax::nn
