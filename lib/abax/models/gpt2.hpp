#pragma once

#include <abax/io/file_path.hpp>
#include <abax/models/gpt2_config.hpp>
#include <abax/models/language_model.hpp>
#include <abax/models/weight_table.hpp>
#include <abax/shape/tensor.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace abax::models {

/// One block of a GPT-2: its lines of the model's table, whose names in the file have the prefix "transformer.h.N.". GPT-2's linears are
/// stored (in, out).
struct gpt2_block {
    weight<"ln_1.weight", "m"> ln_1_gain;             ///< before the attention
    weight<"ln_1.bias", "m"> ln_1_bias;               ///< before the attention
    weight<"attn.c_attn.weight", "m (t h d)"> w_qkv;  ///< t: query, key and value side by side
    weight<"attn.c_attn.bias", "(t h d)"> b_qkv;      ///< likewise
    weight<"attn.c_proj.weight", "(h d) m"> w_o;      ///< out of the attention
    weight<"attn.c_proj.bias", "m"> b_o;              ///< out of the attention
    weight<"ln_2.weight", "m"> ln_2_gain;             ///< before the MLP
    weight<"ln_2.bias", "m"> ln_2_bias;               ///< before the MLP
    weight<"mlp.c_fc.weight", "m f"> w_up;            ///< into the MLP
    weight<"mlp.c_fc.bias", "f"> b_up;                ///< into the MLP
    weight<"mlp.c_proj.weight", "f m"> w_down;        ///< out of the MLP
    weight<"mlp.c_proj.bias", "m"> b_down;            ///< out of the MLP

    ///@{
    /// The positions of t: views, made when the model is.
    part_of<decltype(w_qkv), "t"> w_q, w_k, w_v;
    part_of<decltype(b_qkv), "t"> b_q, b_k, b_v;
    ///@}
};

/// The weights of a GPT-2; their names in the file have the prefix "transformer.".
struct gpt2_weights {
    weight<"wte.weight", "v m"> token;     ///< one row for each token
    weight<"wpe.weight", "p m"> position;  ///< one row for each position
    std::vector<gpt2_block> blocks = {};   ///< one for each layer, the first one first
    weight<"ln_f.weight", "m"> ln_f_gain;  ///< after the last block
    weight<"ln_f.bias", "m"> ln_f_bias;    ///< after the last block
    weight<"lm_head.weight", "v m"> head;  ///< without a prefix; shares the token table if tied
};

/// GPT-2: a decoder of pre-normed blocks with learned positions.
///
/// @see  Radford et al., "Language Models are Unsupervised Multitask Learners", 2019
class gpt2 final : public language_model {
public:
    /// A model of these weights, whose axes are those of `gpt2_block` and `gpt2_weights`; `load` and `dry` make them so.
    gpt2(gpt2_config config, gpt2_weights weights);

    /// Reads config.json and model.safetensors (F32, F16 or BF16) of a Hugging Face folder. F32 weights are mapped,
    /// not copied.
    /// @throws abax::error  file, config, dtype_mismatch: names the file and the tensor
    [[nodiscard]] static gpt2 load(const file_path& folder);

    /// The same model without elements: for bills. Allocates no weights.
    [[nodiscard]] static gpt2 dry(const gpt2_config& config);

    /// Normally distributed weights (deviation 0.02, gains 1, biases 0): for measurements.
    [[nodiscard]] static gpt2 random(const gpt2_config& config, std::uint64_t seed);

    /// The extents it was made with.
    [[nodiscard]] const gpt2_config& config() const noexcept { return config_; }
    /// The tensors themselves, to look at.
    [[nodiscard]] const gpt2_weights& weights() const noexcept { return weights_; }

private:
    [[nodiscard]] tensor<float, "b s m"> hidden(
        const tensor<std::int64_t, "b s">& ids, std::int64_t past, nn::kv_cache* cache
    ) const override;
    [[nodiscard]] tensor<float, "b s v"> logits(const tensor<float, "b s m">& x) const override;
    [[nodiscard]] shape cached_axes(std::int64_t batch, std::int64_t context) const override;

    [[nodiscard]] tensor<float, "b s m"> attention(
        const gpt2_block& w, const tensor<float, "b s m">& x, nn::kv_cache* cache, std::size_t layer
    ) const;
    [[nodiscard]] tensor<float, "b s m"> mlp(const gpt2_block& w, const tensor<float, "b s m">& x)
        const;

    gpt2_config config_;
    gpt2_weights weights_;
};

}  // namespace abax::models
