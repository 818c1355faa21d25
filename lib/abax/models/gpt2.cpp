#include <abax/account/scope.hpp>
#include <abax/models/gpt2.hpp>
#include <abax/nn/attention.hpp>
#include <abax/nn/linear.hpp>
#include <abax/ops/names.hpp>
#include <abax/ops/typed_names.hpp>
#include <abax/ops/typed_rows.hpp>
#include <abax/ops/typed_select.hpp>

#include <string>
#include <utility>

namespace abax::models {

gpt2::gpt2(gpt2_config config, gpt2_weights weights)
    : language_model(
        {"gpt2", config.layers, config.context, config.vocabulary, weights.token.is_dry()}
    ),
      config_(config),
      weights_(std::move(weights)) {}

tensor<float, "b s m"> gpt2::hidden(
    const tensor<std::int64_t, "b s">& ids, std::int64_t past, nn::kv_cache* cache
) const {
    tensor<float, "b s m"> x = within("embedding", [&] {
        const auto positions = slice<"p">(weights_.position, past, past + extent<"s">(ids));
        return take<"v">(weights_.token, ids) + rename<"p -> s">(positions);
    });
    for (std::size_t i = 0; i < weights_.blocks.size(); ++i) {
        const scope here("h." + std::to_string(i));
        const gpt2_block& w = weights_.blocks[i];
        x = x + attention(w, x, cache, i);
        x = x + mlp(w, x);
    }
    return x;
}

tensor<float, "b s v"> gpt2::logits(const tensor<float, "b s m">& x) const {
    const auto y = within("ln_f", [&] {
        return layer_norm<"m">(x, weights_.ln_f_gain, weights_.ln_f_bias, config_.epsilon);
    });
    return nn::linear<"m">("lm_head", y, weights_.head);
}

tensor<float, "b s m"> gpt2::attention(
    const gpt2_block& w, const tensor<float, "b s m">& x, nn::kv_cache* cache, std::size_t layer
) const {
    const scope here("attention");
    const auto y = layer_norm<"m">(x, w.ln_1_gain, w.ln_1_bias, config_.epsilon);
    const tensor<float, "b s h d"> q = nn::linear<"m">("q_proj", y, w.w_q, w.b_q);
    const auto k = rename<"s -> s'">(nn::linear<"m">("k_proj", y, w.w_k, w.b_k));
    const auto v = rename<"s -> s'">(nn::linear<"m">("v_proj", y, w.w_v, w.b_v));
    const tensor<float, "b s h d"> z = nn::causal_attention(q, k, v, cache, layer);
    return nn::linear<"h d">("o_proj", z, w.w_o, w.b_o);
}

tensor<float, "b s m"> gpt2::mlp(const gpt2_block& w, const tensor<float, "b s m">& x) const {
    const scope here("mlp");
    const auto y = layer_norm<"m">(x, w.ln_2_gain, w.ln_2_bias, config_.epsilon);
    const tensor<float, "b s f"> hidden = gelu(dot<"m">(y, w.w_up) + w.b_up, config_.activation);
    return dot<"f">(hidden, w.w_down) + w.b_down;
}

shape gpt2::cached_axes(std::int64_t batch, std::int64_t context) const {
    return axes("b s' h d", {batch, context, config_.heads, config_.head_extent()});
}

}  // namespace abax::models
