#pragma once

#include <abax/models/gpt2.hpp>
#include <abax/ops/create.hpp>

#include <cstdint>

namespace bench {

/// GPT-2 124M: the shape that measurements quote.
inline abax::models::gpt2_config gpt2_small() {
    return {};
}

/// Token ids that differ, b s.
inline abax::tensor<std::int64_t> some_ids(
    std::int64_t batch, std::int64_t seq, std::int64_t vocabulary
) {
    auto ids = abax::zeros<std::int64_t>(abax::axes("b s", {batch, seq}));
    std::int64_t* out = ids.mut();
    for (std::int64_t i = 0; i < batch * seq; ++i)
        out[i] = i * 7919 % vocabulary;
    return ids;
}

}  // namespace bench
