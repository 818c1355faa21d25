#include <abax/account/scope.hpp>
#include <abax/models/llama.hpp>
#include <abax/nn/attention.hpp>
#include <abax/nn/linear.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rope.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/select.hpp>

#include <optional>
#include <string>
#include <utility>

namespace abax::models {

llama::llama(llama_config config, llama_weights weights)
    : language_model(
        {"llama", config.layers, config.context, config.vocabulary, weights.token.is_dry()}
    ),
      config_(config),
      weights_(std::move(weights)),
      frequencies_(rotary_frequencies(config)) {}

tensor<float> llama::hidden(const tensor<std::int64_t>& ids, std::int64_t past, nn::kv_cache* cache)
    const {
    tensor<float> x;  // b s m
    {
        const scope here("embedding");
        x = take(weights_.token, ids, "v");
    }
    const rope_table<float> turns = angles(x, past);  // s pair
    for (std::size_t i = 0; i < weights_.blocks.size(); ++i) {
        const scope here("h." + std::to_string(i));
        const llama_block& w = weights_.blocks[i];
        x = x + attention(w, x, turns, cache, i);
        x = x + mlp(w, x);
    }
    return x;
}

tensor<float> llama::logits(const tensor<float>& x) const {
    tensor<float> y;  // b s m
    {
        const scope here("norm");
        y = rms_norm(x, "m", weights_.norm_gain, config_.epsilon);
    }
    const scope here("lm_head");
    return dot(y, weights_.head, "m");  // b s v
}

rope_table<float> llama::angles(const tensor<float>& x, std::int64_t past) const {
    const scope here("rope");
    std::optional<dry_run> unmade;  // the tables of a dry forward have no elements either
    if (x.is_dry())
        unmade.emplace();
    return rope_angles<float>("s", x.extent("s"), frequencies_, past);
}

tensor<float> llama::attention(
    const llama_block& w,
    const tensor<float>& x,
    const rope_table<float>& turns,
    nn::kv_cache* cache,
    std::size_t layer
) const {
    const scope here("attention");
    const auto y = rms_norm(x, "m", w.attention_gain, config_.epsilon);            // b s m
    auto q = nn::linear("q_proj", y, w.w_q, w.b_q, "m");                           // b s g r d
    auto k = nn::linear("k_proj", y, w.w_k, w.b_k, "m");                           // b s g d
    const auto v = rename(nn::linear("v_proj", y, w.w_v, w.b_v, "m"), "s -> s'");  // b s' g d
    {
        const scope turning("rope");
        q = rope_halves(q, "d", turns);
        k = rename(rope_halves(k, "d", turns), "s -> s'");  // b s' g d
    }
    const auto z = nn::causal_attention(q, k, v, cache, layer);  // b s g r d
    return nn::linear("o_proj", z, w.w_o, w.b_o, "g r d");       // b s m
}

tensor<float> llama::mlp(const llama_block& w, const tensor<float>& x) const {
    const scope here("mlp");
    const auto y = rms_norm(x, "m", w.mlp_gain, config_.epsilon);           // b s m
    const auto hidden = silu(dot(y, w.w_gate, "m")) * dot(y, w.w_up, "m");  // b s f
    return dot(hidden, w.w_down, "f");                                      // b s m
}

shape llama::cached_axes(std::int64_t batch, std::int64_t context) const {
    return axes("b s' g d", {batch, context, config_.kv_heads, config_.head_extent});
}

}  // namespace abax::models
