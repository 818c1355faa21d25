#include <abax/account/scope.hpp>
#include <abax/models/gpt2.hpp>
#include <abax/nn/attention.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/ops/rearrange.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/select.hpp>

#include <optional>

namespace abax::models {

namespace {

// w . x + b, as a scope of its own: one line of the bill.
tensor<float> linear(
    const char* label,
    const tensor<float>& x,
    const tensor<float>& w,
    const tensor<float>& b,
    const char* over
) {
    const scope here(label);
    return dot(x, w, over) + b;
}

void check_ids(const gpt2_config& config, const tensor<std::int64_t>& ids, std::int64_t past) {
    if (ids.shape().axes_text() != "b s")
        throw error(
            {.kind = category::name_mismatch,
             .operation = "gpt2",
             .message = "token ids have the axes b s",
             .input = ids.shape().str(),
             .expected = "b s",
             .got = ids.shape().axes_text()}
        );
    if (past + ids.extent("s") > config.context)
        throw error(
            {.kind = category::usage,
             .operation = "gpt2",
             .message = std::to_string(past + ids.extent("s"))
                      + " positions do not fit the context of " + std::to_string(config.context),
             .expected_extent = config.context,
             .got_extent = past + ids.extent("s"),
             .input = ids.shape().str(),
             .help = "use a shorter prompt, or fewer tokens"}
        );
}

}  // namespace

tensor<float> gpt2::forward(const tensor<std::int64_t>& ids, nn::kv_cache* cache, logits_of which)
    const {
    const std::int64_t past = cache == nullptr ? 0 : cache->past();
    check_ids(config_, ids, past);
    const std::int64_t s = ids.extent("s");

    tensor<float> x;  // b s m
    {
        const scope here("embedding");
        const auto positions = rename(slice(weights_.position, {"p", past, past + s}), "p -> s");
        x = take(weights_.token, ids, "v") + positions;
    }
    for (std::size_t i = 0; i < weights_.blocks.size(); ++i) {
        const scope here("h." + std::to_string(i));
        const gpt2_block& w = weights_.blocks[i];
        x = x + attention(w, x, cache, i);
        x = x + mlp(w, x);
    }
    if (cache != nullptr)
        cache->advance(s);
    if (which == logits_of::last)
        x = slice(x, {"s", -1});
    {
        const scope here("ln_f");
        x = layer_norm(x, "m", weights_.ln_f_gain, weights_.ln_f_bias, config_.epsilon);
    }
    const scope here("lm_head");
    return dot(x, weights_.head, "m");  // b s v
}

tensor<float> gpt2::attention(
    const gpt2_block& w, const tensor<float>& x, nn::kv_cache* cache, std::size_t layer
) const {
    const scope here("attention");
    const auto y = layer_norm(x, "m", w.ln_1_gain, w.ln_1_bias, config_.epsilon);  // b s m
    const auto q = linear("q_proj", y, w.w_q, w.b_q, "m");                         // b s h d
    const auto k = rename(linear("k_proj", y, w.w_k, w.b_k, "m"), "s -> s'");      // b s' h d
    const auto v = rename(linear("v_proj", y, w.w_v, w.b_v, "m"), "s -> s'");      // b s' h d
    tensor<float> z;                                                               // b s h d
    if (cache == nullptr) {
        z = nn::causal_attention(q, k, v);
    } else {
        const auto [all_k, all_v] = cache->append(layer, k, v);
        z = nn::causal_attention(q, all_k, all_v);
    }
    return linear("o_proj", z, w.w_o, w.b_o, "h d");  // b s m
}

tensor<float> gpt2::mlp(const gpt2_block& w, const tensor<float>& x) const {
    const scope here("mlp");
    const auto y = layer_norm(x, "m", w.ln_2_gain, w.ln_2_bias, config_.epsilon);  // b s m
    const auto hidden = gelu(dot(y, w.w_up, "m") + w.b_up, config_.activation);    // b s f
    return dot(hidden, w.w_down, "f") + w.b_down;                                  // b s m
}

nn::kv_cache gpt2::new_cache(std::int64_t batch, std::int64_t context) const {
    std::optional<dry_run> unmade;  // a dry model's cache holds nothing
    if (weights_.token.is_dry())
        unmade.emplace();
    return {config_.layers, batch, context, config_.heads, config_.head_extent()};
}

}  // namespace abax::models
