#pragma once

#include <abax/models/language_model.hpp>
#include <abax/models/llama_config.hpp>
#include <abax/ops/rope.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace abax::models {

/// One block of a Llama; the axes are in the table of llama_weights.cpp. Of the query heads (g r), r share each of the g
/// heads of keys and values.
struct llama_block {
    tensor<float> attention_gain;      ///< m
    tensor<float> w_q;                 ///< g r d m
    tensor<float> w_k;                 ///< g d m
    tensor<float> w_v;                 ///< g d m
    tensor<float> w_o;                 ///< m g r d
    std::optional<tensor<float>> b_q;  ///< g r d
    std::optional<tensor<float>> b_k;  ///< g d
    std::optional<tensor<float>> b_v;  ///< g d
    std::optional<tensor<float>> b_o;  ///< m
    tensor<float> mlp_gain;            ///< m
    tensor<float> w_gate;              ///< f m
    tensor<float> w_up;                ///< f m
    tensor<float> w_down;              ///< m f
};

/// The weights of a Llama.
struct llama_weights {
    tensor<float> token;              ///< v m
    std::vector<llama_block> blocks;  ///< one for each layer, the first one first
    tensor<float> norm_gain;          ///< m
    tensor<float> head;               ///< v m; shares the token table if tied
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
    [[nodiscard]] static llama load(const std::filesystem::path& folder);

    /// The same model without elements: for bills. Allocates no weights.
    [[nodiscard]] static llama dry(const llama_config& config);

    /// Normally distributed weights (deviation 0.02, gains 1, biases 0): for measurements.
    [[nodiscard]] static llama random(const llama_config& config, std::uint64_t seed);

    /// The extents it was made with.
    [[nodiscard]] const llama_config& config() const noexcept { return config_; }
    /// The tensors themselves, to look at.
    [[nodiscard]] const llama_weights& weights() const noexcept { return weights_; }

private:
    [[nodiscard]] tensor<float> hidden(
        const tensor<std::int64_t>& ids, std::int64_t past, nn::kv_cache* cache
    ) const override;
    [[nodiscard]] tensor<float> logits(const tensor<float>& x) const override;
    [[nodiscard]] shape cached_axes(std::int64_t batch, std::int64_t context) const override;

    [[nodiscard]] rope_table<float> angles(const tensor<float>& x, std::int64_t past) const;
    [[nodiscard]] tensor<float> attention(
        const llama_block& w,
        const tensor<float>& x,
        const rope_table<float>& turns,
        nn::kv_cache* cache,
        std::size_t layer
    ) const;
    [[nodiscard]] tensor<float> mlp(const llama_block& w, const tensor<float>& x) const;

    llama_config config_;
    llama_weights weights_;
    std::vector<double> frequencies_;  // of the rotary angles
};

}  // namespace abax::models
