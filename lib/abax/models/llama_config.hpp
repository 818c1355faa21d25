#pragma once

#include <abax/io/file_path.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace abax::models {

/// Which of attention's four linear maps add a bias.
enum class attention_bias : std::uint8_t {
    none,
    qkv,  ///< query, key and value, as in Qwen2
    all,  ///< these and the output
};

/// How Llama 3.1 reaches beyond the context it was trained with: slow rotary angles are slowed down, fast ones kept.
struct llama3_scaling {
    double factor = 8;       ///< by which the slow ones are slowed down
    double low_factor = 1;   ///< slow: fewer turns than this within the original context
    double high_factor = 4;  ///< fast: more turns than this; in between the two are mixed
    std::int64_t original_context = 8192;  ///< positions
};

/// The shape of a Llama, as config.json of a Hugging Face folder gives it. The defaults are Llama-2-7B's.
struct llama_config {
    std::int64_t layers = 32;   ///< blocks
    std::int64_t width = 4096;  ///< m
    std::int64_t heads = 32;    ///< of queries: g * r
    std::int64_t kv_heads =
        32;  ///< of keys and values: g; each serves r = heads / kv_heads of the queries
    std::int64_t head_extent = 128;              ///< d; even, and not always width / heads
    std::int64_t inner = 11008;                  ///< f
    std::int64_t context = 4096;                 ///< positions
    std::int64_t vocabulary = 32000;             ///< v
    double epsilon = 1e-5;                       ///< of the norms
    double theta = 10000;                        ///< the base of the rotary angles
    std::optional<llama3_scaling> scaling;       ///< none: the angles are those of theta
    bool tied = false;                           ///< the head is the token table
    attention_bias bias = attention_bias::none;  ///< which linear maps of attention add one

    [[nodiscard]] std::int64_t queries_per_group() const { return heads / kv_heads; }  ///< r
};

/// Reads config.json of a model folder.
/// @throws abax::error  file: missing or no JSON; config: not a Llama, a key missing, of the wrong type or out of range, or
///                      one that asks for what is not computed here (experts, windows, other scalings of the angles)
[[nodiscard]] llama_config load_llama_config(const file_path& folder);

/// What each pair of a head turns by from one position to the next, in radians: theta^(-2i/d), scaled if the config says so.
/// @see  Grattafiori et al., "The Llama 3 Herd of Models", 2024; `rope_type: llama3` in the transformers library
[[nodiscard]] std::vector<double> rotary_frequencies(const llama_config& config);

/// @throws abax::error  config: an extent below 1, query heads that do not divide among the key/value heads, a head
///                      that is odd or beyond 65536
void check(const llama_config& config, const std::string& file = {});

}  // namespace abax::models
