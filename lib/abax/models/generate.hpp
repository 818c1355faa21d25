#pragma once

#include <abax/account/ledger.hpp>
#include <abax/core/callback.hpp>
#include <abax/models/language_model.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace abax::models {

/// How the next token is chosen from logits.
struct sampling {
    double temperature = 0;  ///< 0: the largest logit (greedy), the lowest id on a tie
    std::int64_t top_k = 0;  ///< only the k largest logits take part; 0: all
    std::uint64_t seed = 0;  ///< of the chance; unused at temperature 0
};

/// @throws abax::error usage: a negative or infinite temperature, a negative k
void check(const sampling& how);

/// Chooses tokens; the same seed gives the same tokens on every machine.
class sampler {
public:
    /// @throws abax::error as `check`
    explicit sampler(sampling how);
    ///@{
    /// A copy goes on as this one would.
    sampler(const sampler& other);
    sampler& operator=(const sampler& other);
    ///@}
    ~sampler();

    /// The next token after the last position of `logits` (b s v with b = 1).
    /// @throws abax::error other: logits that are NaN or +inf, or all -inf
    [[nodiscard]] std::int64_t next(const tensor<float>& logits);

private:
    struct chance;  // a generator of <random>: long to compile for whoever includes this

    sampling how_;
    std::unique_ptr<chance> chance_;
};

/// Where a generation stands, told after each token.
struct progress {
    std::int64_t token = 0;     ///< the id chosen
    std::int64_t position = 0;  ///< of the new token, from 0 after the prompt
};

/// What a generation did and cost.
struct generation {
    std::vector<std::int64_t> tokens;  ///< the new ones
    ledger prefill;                    ///< the prompt in one pass
    ledger decode;                     ///< one token at a time
    double prefill_seconds = 0;        ///< wall time of the first pass
    double decode_seconds = 0;         ///< wall time of all later ones
};

/// Continues a prompt by `count` tokens with a cache of keys and values.
///
/// @param prompt  1 to context - count ids
/// @param told    called after each token; may be empty
/// @throws abax::error  usage: an empty prompt, ids outside the vocabulary, more positions than the context
[[nodiscard]] generation generate(
    const language_model& model,
    const std::vector<std::int64_t>& prompt,
    std::int64_t count,
    const sampling& how,
    const callback<void(const progress&)>& told = {}
);

/// The same tokens without a cache: the whole text again for each token. For tests and comparisons.
[[nodiscard]] std::vector<std::int64_t> generate_without_cache(
    const language_model& model,
    std::vector<std::int64_t> prompt,
    std::int64_t count,
    const sampling& how
);

}  // namespace abax::models
