#include <abax/account/ledger.hpp>
#include <abax/account/scope.hpp>
#include <abax/nn/attention.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rows.hpp>

#include <cmath>
#include <optional>

namespace abax::nn {

tensor<float> causal_attention(
    const tensor<float>& q, const tensor<float>& k, const tensor<float>& v
) {
    const causal_mask counted("s", "s'");
    std::optional<dry_run> unmade;  // the mask of a dry forward has no elements either
    if (q.is_dry())
        unmade.emplace();
    const double scale = 1 / std::sqrt(static_cast<double>(q.extent("d")));

    tensor<float> scores;  // b s h s', or b s g r s'
    {
        const scope here("scores");
        scores = dot(q, k, "d") * scale;
    }
    tensor<float> weights;  // the same axes, each row over s' sums to 1
    {
        const scope here("softmax");
        weights = softmax(scores, "s'", causal("s", q.extent("s"), "s'", k.extent("s'")));
    }
    const scope here("attn_v");
    return dot(weights, v, "s'");  // b s h d
}

tensor<float> causal_attention(
    const tensor<float>& q,
    const tensor<float>& k,
    const tensor<float>& v,
    kv_cache* cache,
    std::size_t layer
) {
    if (cache == nullptr)
        return causal_attention(q, k, v);
    const auto [all_k, all_v] = cache->append(layer, k, v);
    return causal_attention(q, all_k, all_v);
}

}  // namespace abax::nn
