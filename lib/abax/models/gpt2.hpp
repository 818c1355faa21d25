#pragma once

#include <abax/models/gpt2_config.hpp>
#include <abax/nn/kv_cache.hpp>
#include <abax/shape/tensor.hpp>

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
    tensor<float> token;     ///< v m
    tensor<float> position;  ///< p m
    std::vector<gpt2_block> blocks;
    tensor<float> ln_f_gain;  ///< m
    tensor<float> ln_f_bias;  ///< m
    tensor<float> head;       ///< v m; shares the token table if tied
};

/// Which positions get logits.
enum class logits_of : std::uint8_t { all, last };

/// GPT-2: a decoder of pre-normed blocks with learned positions.
///
/// @see  Radford et al., "Language Models are Unsupervised Multitask Learners", 2019
class gpt2 {
public:
    gpt2(gpt2_config config, gpt2_weights weights)
        : config_(config), weights_(std::move(weights)) {}

    /// Reads config.json and model.safetensors (F32, F16 or BF16) of a Hugging Face folder. F32 weights are mapped,
    /// not copied.
    /// @throws abax::error  file, config, dtype_mismatch: names the file and the tensor
    [[nodiscard]] static gpt2 load(const std::filesystem::path& folder);

    /// The same model without elements: for bills. Allocates no weights.
    [[nodiscard]] static gpt2 dry(const gpt2_config& config);

    /// Normally distributed weights (deviation 0.02, gains 1, biases 0): for measurements.
    [[nodiscard]] static gpt2 random(const gpt2_config& config, std::uint64_t seed);

    [[nodiscard]] const gpt2_config& config() const noexcept { return config_; }
    [[nodiscard]] const gpt2_weights& weights() const noexcept { return weights_; }

    /// The logits of token ids.
    ///
    /// @param ids    axes b s, each from 0 to v - 1
    /// @param cache  the positions before these, which this call adds to; without one the ids start at position 0
    /// @return  b s v; with `logits_of::last` s is 1
    /// @throws abax::error  usage: an id outside the vocabulary, or more positions than the context;
    ///                      name_mismatch: ids that are not b s
    /// @cost   the bill has a scope for each block ("h.0") and part: attention/q_proj, ..., mlp, lm_head
    [[nodiscard]] tensor<float> forward(
        const tensor<std::int64_t>& ids,
        nn::kv_cache* cache = nullptr,
        logits_of which = logits_of::all
    ) const;

    /// An empty cache for `batch` sequences of at most `context` positions.
    [[nodiscard]] nn::kv_cache new_cache(std::int64_t batch, std::int64_t context) const;

private:
    [[nodiscard]] tensor<float> attention(
        const gpt2_block& w, const tensor<float>& x, nn::kv_cache* cache, std::size_t layer
    ) const;
    [[nodiscard]] tensor<float> mlp(const gpt2_block& w, const tensor<float>& x) const;

    gpt2_config config_;
    gpt2_weights weights_;
};

}  // namespace abax::models
