#pragma once

#include <abax/io/file_path.hpp>
#include <abax/ops/elementwise.hpp>

#include <cstdint>

namespace abax::models {

/// The shape of a GPT-2, as config.json of a Hugging Face folder gives it.
struct gpt2_config {
    std::int64_t layers = 12;                ///< blocks
    std::int64_t width = 768;                ///< m
    std::int64_t heads = 12;                 ///< h
    std::int64_t inner = 3072;               ///< f
    std::int64_t context = 1024;             ///< positions p
    std::int64_t vocabulary = 50257;         ///< v
    double epsilon = 1e-5;                   ///< of the layer norms
    bool tied = true;                        ///< the head is the token table
    gelu_form activation = gelu_form::tanh;  ///< of the MLPs

    [[nodiscard]] std::int64_t head_extent() const { return width / heads; }  ///< d
};

/// Reads config.json of a model folder.
/// @throws abax::error  file: missing or no JSON; config: not a GPT-2, a key missing, of the wrong type or out of range
[[nodiscard]] gpt2_config load_gpt2_config(const file_path& folder);

/// @throws abax::error  config: an extent below 1, or a width that the heads do not divide
void check(const gpt2_config& config, const std::string& file = {});

}  // namespace abax::models
