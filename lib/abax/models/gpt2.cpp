#include <abax/account/scope.hpp>
#include <abax/models/gpt2.hpp>
#include <abax/nn/attention.hpp>
#include <abax/nn/linear.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/select.hpp>

#include <string>
#include <utility>

namespace abax::models {

gpt2::gpt2(gpt2_config config, gpt2_weights weights)
    : language_model(
        {"gpt2", config.layers, config.context, config.vocabulary, weights.token.is_dry()}
    ),
      config_(config),
      weights_(std::move(weights)) {}

tensor<float> gpt2::hidden(const tensor<std::int64_t>& ids, std::int64_t past, nn::kv_cache* cache)
    const {
    tensor<float> x;  // b s m
    {
        const scope here("embedding");
        const auto positions =
            rename(slice(weights_.position, {"p", past, past + ids.extent("s")}), "p -> s");
        x = take(weights_.token, ids, "v") + positions;
    }
    for (std::size_t i = 0; i < weights_.blocks.size(); ++i) {
        const scope here("h." + std::to_string(i));
        const gpt2_block& w = weights_.blocks[i];
        x = x + attention(w, x, cache, i);
        x = x + mlp(w, x);
    }
    return x;
}

tensor<float> gpt2::logits(const tensor<float>& x) const {
    tensor<float> y;  // b s m
    {
        const scope here("ln_f");
        y = layer_norm(x, "m", weights_.ln_f_gain, weights_.ln_f_bias, config_.epsilon);
    }
    const scope here("lm_head");
    return dot(y, weights_.head, "m");  // b s v
}

tensor<float> gpt2::attention(
    const gpt2_block& w, const tensor<float>& x, nn::kv_cache* cache, std::size_t layer
) const {
    const scope here("attention");
    const auto y = layer_norm(x, "m", w.ln_1_gain, w.ln_1_bias, config_.epsilon);  // b s m
    const auto q = nn::linear("q_proj", y, w.w_q, w.b_q, "m");                     // b s h d
    const auto k = rename(nn::linear("k_proj", y, w.w_k, w.b_k, "m"), "s -> s'");  // b s' h d
    const auto v = rename(nn::linear("v_proj", y, w.w_v, w.b_v, "m"), "s -> s'");  // b s' h d
    const auto z = nn::causal_attention(q, k, v, cache, layer);                    // b s h d
    return nn::linear("o_proj", z, w.w_o, w.b_o, "h d");                           // b s m
}

tensor<float> gpt2::mlp(const gpt2_block& w, const tensor<float>& x) const {
    const scope here("mlp");
    const auto y = layer_norm(x, "m", w.ln_2_gain, w.ln_2_bias, config_.epsilon);  // b s m
    const auto hidden = gelu(dot(y, w.w_up, "m") + w.b_up, config_.activation);    // b s f
    return dot(hidden, w.w_down, "f") + w.b_down;                                  // b s m
}

shape gpt2::cached_axes(std::int64_t batch, std::int64_t context) const {
    return axes("b s' h d", {batch, context, config_.heads, config_.head_extent()});
}

}  // namespace abax::models
