#pragma once

#include <abax/io/file_path.hpp>
#include <abax/models/language_model.hpp>
#include <abax/models/llama_config.hpp>
#include <abax/models/weight_table.hpp>
#include <abax/ops/rope.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace abax::models {

/// One block of a Llama: its lines of the model's table, whose names in the file have the prefix "model.layers.N.". Llama's linears are
/// stored (out, in). Each of g groups has one head of keys and values and r of queries.
struct llama_block {
    weight<"input_layernorm.weight", "m"> attention_gain;                ///< before the attention
    weight<"self_attn.q_proj.weight", "(g r d) m"> w_q;                  ///< queries
    weight<"self_attn.k_proj.weight", "(g d) m"> w_k;                    ///< keys
    weight<"self_attn.v_proj.weight", "(g d) m"> w_v;                    ///< values
    weight<"self_attn.o_proj.weight", "m (g r d)"> w_o;                  ///< out of the attention
    std::optional<weight<"self_attn.q_proj.bias", "(g r d)">> b_q = {};  ///< if the config has it
    std::optional<weight<"self_attn.k_proj.bias", "(g d)">> b_k = {};    ///< likewise
    std::optional<weight<"self_attn.v_proj.bias", "(g d)">> b_v = {};    ///< likewise
    std::optional<weight<"self_attn.o_proj.bias", "m">> b_o = {};        ///< likewise
    weight<"post_attention_layernorm.weight", "m"> mlp_gain;             ///< before the MLP
    weight<"mlp.gate_proj.weight", "f m"> w_gate;                        ///< into the MLP
    weight<"mlp.up_proj.weight", "f m"> w_up;                            ///< into the MLP
    weight<"mlp.down_proj.weight", "m f"> w_down;                        ///< out of the MLP
};

/// The weights of a Llama; their names in the file have the prefix "model.".
struct llama_weights {
    weight<"embed_tokens.weight", "v m"> token;  ///< one row for each token
    std::vector<llama_block> blocks = {};        ///< one for each layer, the first one first
    weight<"norm.weight", "m"> norm_gain;        ///< after the last block
    weight<"lm_head.weight", "v m"> head;  ///< without a prefix; shares the token table if tied
};

/// Llama: a decoder of pre-normed blocks with rotary positions, grouped queries and a gated MLP.
///
/// @see  Touvron et al., "Llama 2: Open Foundation and Fine-Tuned Chat Models", 2023; Shazeer, "GLU Variants Improve
///       Transformer", 2020
class llama final : public language_model {
public:
    /// A model of these weights, whose axes are those of `llama_block` and `llama_weights`; `load` and `dry` make them so.
    llama(llama_config config, llama_weights weights);

    /// Reads config.json and model.safetensors (F32, F16 or BF16) of a Hugging Face folder. F32 weights are mapped,
    /// not copied.
    /// @throws abax::error  file, config, dtype_mismatch: names the file and the tensor
    [[nodiscard]] static llama load(const file_path& folder);

    /// The same model without elements: for bills. Allocates no weights.
    [[nodiscard]] static llama dry(const llama_config& config);

    /// Normally distributed weights (deviation 0.02, gains 1, biases 0): for measurements.
    [[nodiscard]] static llama random(const llama_config& config, std::uint64_t seed);

    /// The extents it was made with.
    [[nodiscard]] const llama_config& config() const noexcept { return config_; }
    /// The tensors themselves, to look at.
    [[nodiscard]] const llama_weights& weights() const noexcept { return weights_; }

private:
    [[nodiscard]] tensor<float, "b s m"> hidden(
        const tensor<std::int64_t, "b s">& ids, std::int64_t past, nn::kv_cache* cache
    ) const override;
    [[nodiscard]] tensor<float, "b s v"> logits(const tensor<float, "b s m">& x) const override;
    [[nodiscard]] shape cached_axes(std::int64_t batch, std::int64_t context) const override;

    [[nodiscard]] rope_table<float, "s pair"> angles(
        const tensor<float, "b s m">& x, std::int64_t past
    ) const;
    [[nodiscard]] tensor<float, "b s m"> attention(
        const llama_block& w,
        const tensor<float, "b s m">& x,
        const rope_table<float, "s pair">& turns,
        nn::kv_cache* cache,
        std::size_t layer
    ) const;
    [[nodiscard]] tensor<float, "b s m"> mlp(const llama_block& w, const tensor<float, "b s m">& x)
        const;

    llama_config config_;
    llama_weights weights_;
    std::vector<double> frequencies_;  // of the rotary angles
};

}  // namespace abax::models
