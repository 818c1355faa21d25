#pragma once

#include <abax/nn/kv_cache.hpp>
#include <abax/shape/tensor.hpp>

#include <cstddef>

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
/// @throws abax::error  name_mismatch, size_mismatch, unknown_axis
/// @cost     4*b*h*s*s'*d mm FLOPs over the full square, where h are the heads of the queries (g*r); of these
///           flops_mm_useful counts what the mask leaves
/// @see      Vaswani et al., "Attention Is All You Need", 2017; Ainslie et al., "GQA", EMNLP 2023
[[nodiscard]] tensor<float> causal_attention(
    const tensor<float>& q, const tensor<float>& k, const tensor<float>& v
);

/// The same over the positions that `cache` holds for `layer`, too: k and v are appended to them. Without a cache
/// over k and v alone.
/// @throws abax::error  and usage: the cache has no room, or no such layer
[[nodiscard]] tensor<float> causal_attention(
    const tensor<float>& q,
    const tensor<float>& k,
    const tensor<float>& v,
    kv_cache* cache,
    std::size_t layer
);

}  // namespace abax::nn
