#pragma once

#include <abax/models/gpt2_config.hpp>
#include <abax/models/language_model.hpp>
#include <abax/shape/tensor.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace abax::models {

/// One block of a GPT-2; the axes are in the table of gpt2_weights.cpp.
struct gpt2_block {
    tensor<float> ln_1_gain;  ///< m
    tensor<float> ln_1_bias;  ///< m
    tensor<float> w_q;        ///< m h d
    tensor<float> w_k;        ///< m h d
    tensor<float> w_v;        ///< m h d
    tensor<float> b_q;        ///< h d
    tensor<float> b_k;        ///< h d
    tensor<float> b_v;        ///< h d
    tensor<float> w_o;        ///< h d m
    tensor<float> b_o;        ///< m
    tensor<float> ln_2_gain;  ///< m
    tensor<float> ln_2_bias;  ///< m
    tensor<float> w_up;       ///< m f
    tensor<float> b_up;       ///< f
    tensor<float> w_down;     ///< f m
    tensor<float> b_down;     ///< m
};

/// The weights of a GPT-2.
struct gpt2_weights {
    tensor<float> token;             ///< v m
    tensor<float> position;          ///< p m
    std::vector<gpt2_block> blocks;  ///< one for each layer, the first one first
    tensor<float> ln_f_gain;         ///< m
    tensor<float> ln_f_bias;         ///< m
    tensor<float> head;              ///< v m; shares the token table if tied
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
    [[nodiscard]] static gpt2 load(const std::filesystem::path& folder);

    /// The same model without elements: for bills. Allocates no weights.
    [[nodiscard]] static gpt2 dry(const gpt2_config& config);

    /// Normally distributed weights (deviation 0.02, gains 1, biases 0): for measurements.
    [[nodiscard]] static gpt2 random(const gpt2_config& config, std::uint64_t seed);

    /// The extents it was made with.
    [[nodiscard]] const gpt2_config& config() const noexcept { return config_; }
    /// The tensors themselves, to look at.
    [[nodiscard]] const gpt2_weights& weights() const noexcept { return weights_; }

private:
    [[nodiscard]] tensor<float> hidden(
        const tensor<std::int64_t>& ids, std::int64_t past, nn::kv_cache* cache
    ) const override;
    [[nodiscard]] tensor<float> logits(const tensor<float>& x) const override;
    [[nodiscard]] shape cached_axes(std::int64_t batch, std::int64_t context) const override;

    [[nodiscard]] tensor<float> attention(
        const gpt2_block& w, const tensor<float>& x, nn::kv_cache* cache, std::size_t layer
    ) const;
    [[nodiscard]] tensor<float> mlp(const gpt2_block& w, const tensor<float>& x) const;

    gpt2_config config_;
    gpt2_weights weights_;
};

}  // namespace abax::models
