#pragma once

#include <abax/nn/kv_cache.hpp>
#include <abax/shape/tensor.hpp>

#include <cstdint>
#include <string_view>

namespace abax::models {

/// Which positions get logits.
enum class logits_of : std::uint8_t { all, last };

/// A decoder: token ids in, logits of the next token out.
///
/// What all families have in common is here: the checks, the cache, the last position. A family says what happens to the
/// ids in between (`hidden`) and how logits are read off (`logits`).
class language_model {
public:
    virtual ~language_model() = default;

    /// "gpt2", "llama": the model_type of config.json.
    [[nodiscard]] std::string_view family() const noexcept { return facts_.family; }
    /// The most positions that it can look at.
    [[nodiscard]] std::int64_t context() const noexcept { return facts_.context; }
    /// How many tokens it knows: ids are below.
    [[nodiscard]] std::int64_t vocabulary() const noexcept { return facts_.vocabulary; }
    /// Whether the weights have no elements.
    [[nodiscard]] bool is_dry() const noexcept { return facts_.is_dry; }

    /// The logits of token ids.
    ///
    /// @param ids    axes b s, each from 0 to v - 1
    /// @param cache  the positions before these, which this call adds to; without one the ids start at position 0
    /// @return  b s v; with `logits_of::last` s is 1
    /// @throws abax::error  usage: an id outside the vocabulary, or more positions than the context
    /// @cost   the bill has a scope for each block ("h.0") and part: attention/q_proj, ..., mlp, lm_head
    [[nodiscard]] tensor<float, "b s v"> forward(
        const tensor<std::int64_t, "b s">& ids,
        nn::kv_cache* cache = nullptr,
        logits_of which = logits_of::all
    ) const;
    /// The same for ids whose names are in their value, and are checked when it runs.
    /// @throws abax::error  as above, and name_mismatch: ids that are not b s
    [[nodiscard]] tensor<float, "b s v"> forward(
        const tensor<std::int64_t>& ids,
        nn::kv_cache* cache = nullptr,
        logits_of which = logits_of::all
    ) const;

    /// An empty cache for `batch` sequences of at most `context` positions; of a dry model, one that holds nothing.
    [[nodiscard]] nn::kv_cache new_cache(std::int64_t batch, std::int64_t context) const;

protected:
    /// What a family tells of a model.
    struct facts {
        std::string_view family;      ///< text that lives as long as the program
        std::int64_t layers = 0;      ///< blocks
        std::int64_t context = 0;     ///< positions
        std::int64_t vocabulary = 0;  ///< v
        bool is_dry = false;          ///< whether the weights have no elements
    };

    ///@{
    /// For families only: a model is copied and moved as what it is, weights shared.
    explicit language_model(facts of_this) : facts_(of_this) {}
    language_model(const language_model&) = default;
    language_model(language_model&&) = default;
    language_model& operator=(const language_model&) = default;
    language_model& operator=(language_model&&) = default;
    ///@}

private:
    /// From ids (b s), the first of which is position `past`, through all blocks: b s m.
    [[nodiscard]] virtual tensor<float, "b s m"> hidden(
        const tensor<std::int64_t, "b s">& ids, std::int64_t past, nn::kv_cache* cache
    ) const = 0;
    /// From b s m: the final norm and the head, b s v.
    [[nodiscard]] virtual tensor<float, "b s v"> logits(const tensor<float, "b s m">& x) const = 0;
    /// The axes of the keys, and of the values, that a cache holds for a layer; s' is the context.
    [[nodiscard]] virtual shape cached_axes(std::int64_t batch, std::int64_t context) const = 0;

    facts facts_;
};

}  // namespace abax::models
