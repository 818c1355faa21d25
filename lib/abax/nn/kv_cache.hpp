#pragma once

#include <abax/shape/tensor.hpp>

#include <cstdint>
#include <vector>

namespace abax::nn {

/// The keys and values of the positions seen so far, for each layer: axes b s' h d, room for `context` positions.
class kv_cache {
public:
    /// Room for `layers` layers. @cost writes 2 * layers * b * context * h * d zeros
    kv_cache(
        std::int64_t layers,
        std::int64_t batch,
        std::int64_t context,
        std::int64_t heads,
        std::int64_t head_extent
    );

    /// How many positions it holds.
    [[nodiscard]] std::int64_t past() const noexcept { return past_; }

    /// The keys and values of one layer.
    struct entries {
        tensor<float> k;  ///< b s' h d
        tensor<float> v;  ///< b s' h d
    };

    /// Writes the keys and values of new positions behind the ones it holds, in place, and returns all of them: views.
    /// The views must be gone before the next `append` to the layer, or the cache copies itself first.
    /// @throws abax::error  usage: no room; name_mismatch, size_mismatch
    /// @cost   0 FLOPs; the new rows read and written once
    [[nodiscard]] entries append(std::size_t layer, const tensor<float>& k, const tensor<float>& v);

    /// Moves on by `count` positions, after all layers have appended them.
    void advance(std::int64_t count) noexcept { past_ += count; }

private:
    std::vector<entries> layers_;
    std::int64_t context_;
    std::int64_t past_ = 0;
};

}  // namespace abax::nn
