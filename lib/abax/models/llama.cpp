#include <abax/account/scope.hpp>
#include <abax/models/llama.hpp>
#include <abax/nn/attention.hpp>
#include <abax/nn/linear.hpp>
#include <abax/ops/names.hpp>
#include <abax/ops/typed_names.hpp>
#include <abax/ops/typed_rope.hpp>
#include <abax/ops/typed_rows.hpp>
#include <abax/ops/typed_select.hpp>

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

tensor<float, "b s m"> llama::hidden(
    const tensor<std::int64_t, "b s">& ids, std::int64_t past, nn::kv_cache* cache
) const {
    tensor<float, "b s m"> x = within("embedding", [&] { return take<"v">(weights_.token, ids); });
    const rope_table<float, "s pair"> turns = angles(x, past);
    for (std::size_t i = 0; i < weights_.blocks.size(); ++i) {
        const scope here("h." + std::to_string(i));
        const llama_block& w = weights_.blocks[i];
        x = x + attention(w, x, turns, cache, i);
        x = x + mlp(w, x);
    }
    return x;
}

tensor<float, "b s v"> llama::logits(const tensor<float, "b s m">& x) const {
    const auto y =
        within("norm", [&] { return rms_norm<"m">(x, weights_.norm_gain, config_.epsilon); });
    return nn::linear<"m">("lm_head", y, weights_.head);
}

rope_table<float, "s pair"> llama::angles(const tensor<float, "b s m">& x, std::int64_t past)
    const {
    const scope here("rope");
    std::optional<dry_run> unmade;  // the tables of a dry forward have no elements either
    if (x.is_dry())
        unmade.emplace();
    return rope_angles<float, "s">(extent<"s">(x), frequencies_, past);
}

tensor<float, "b s m"> llama::attention(
    const llama_block& w,
    const tensor<float, "b s m">& x,
    const rope_table<float, "s pair">& turns,
    nn::kv_cache* cache,
    std::size_t layer
) const {
    const scope here("attention");
    const auto y = rms_norm<"m">(x, w.attention_gain, config_.epsilon);
    const auto q = nn::linear<"m">("q_proj", y, w.w_q, w.b_q);
    const auto k = nn::linear<"m">("k_proj", y, w.w_k, w.b_k);
    const auto v = rename<"s -> s'">(nn::linear<"m">("v_proj", y, w.w_v, w.b_v));
    const tensor<float, "b s g r d"> q_turned =
        within("rope", [&] { return rope_halves<"d">(q, turns); });
    const tensor<float, "b s' g d"> k_turned =
        within("rope", [&] { return rename<"s -> s'">(rope_halves<"d">(k, turns)); });
    const auto z = nn::causal_attention(q_turned, k_turned, v, cache, layer);
    return nn::linear<"g r d">("o_proj", z, w.w_o, w.b_o);
}

tensor<float, "b s m"> llama::mlp(const llama_block& w, const tensor<float, "b s m">& x) const {
    const scope here("mlp");
    const auto y = rms_norm<"m">(x, w.mlp_gain, config_.epsilon);
    const tensor<float, "b s f"> hidden = silu(dot<"m">(y, w.w_gate)) * dot<"m">(y, w.w_up);
    return dot<"f">(hidden, w.w_down);
}

shape llama::cached_axes(std::int64_t batch, std::int64_t context) const {
    return axes("b s' g d", {batch, context, config_.kv_heads, config_.head_extent});
}

}  // namespace abax::models
