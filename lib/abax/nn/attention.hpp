#pragma once

#include <abax/shape/tensor.hpp>

namespace abax::nn {

/// Scaled dot-product attention, causal over the axes s (queries) and s' (keys).
///
/// Each product is a scope of its own: "scores", "softmax", "attn_v". With s' > s the queries are the last
/// positions (a cache holds the earlier ones).
///
/// @param q  axes b s h d
/// @param k  axes b s' h d
/// @param v  axes b s' h d
/// @return   b s h d
/// @throws abax::error  name_mismatch, size_mismatch, unknown_axis
/// @cost     4*b*h*s*s'*d mm FLOPs over the full square; of these flops_mm_useful counts what the mask leaves
/// @see      Vaswani et al., "Attention Is All You Need", 2017
[[nodiscard]] tensor<float> causal_attention(
    const tensor<float>& q, const tensor<float>& k, const tensor<float>& v
);

}  // namespace abax::nn
