#pragma once

#include <abax/ops/names.hpp>
#include <abax/shape/tensor.hpp>

#include <cstdint>
#include <vector>

namespace abax::nn {

/// The keys and values of the positions seen so far, for each layer: axes such as b s' h d, where s' has room for a whole
/// context.
class kv_cache {
public:
    /// Room for `layers` layers; keys and values have the axes `room` each, with as many positions s' as there can be.
    /// @throws abax::error  unknown_axis: no s'; overflow, allocation
    /// @cost   writes 2 * layers * volume(room) zeros
    kv_cache(std::int64_t layers, const shape& room);

    /// How many positions it holds.
    [[nodiscard]] std::int64_t past() const noexcept { return past_; }

    /// The keys and values of one layer.
    template <static_axes Axes = names_in_value>
    struct entries {
        tensor<float, Axes> k;  ///< axes of the room, s' as long as what is held
        tensor<float, Axes> v;  ///< the same
    };

    /// Writes the keys and values of new positions behind the ones it holds, in place, and returns all of them: views.
    /// The views must be gone before the next `append` to the layer, or the cache copies itself first.
    /// @throws abax::error  usage: no room, no such layer; name_mismatch, size_mismatch
    /// @cost   0 FLOPs; the new rows read and written once
    template <static_axes Axes>
    [[nodiscard]] entries<Axes> append(
        std::size_t layer, const tensor<float, Axes>& k, const tensor<float, Axes>& v
    ) {
        entries<> held = written(layer, k, v);
        if constexpr (Axes == names_in_value)
            return held;
        else
            return {as<Axes>(held.k), as<Axes>(held.v)};
    }

    /// Moves on by `count` positions, after all layers have appended them.
    void advance(std::int64_t count) noexcept { past_ += count; }

private:
    [[nodiscard]] entries<> written(
        std::size_t layer, const tensor<float>& k, const tensor<float>& v
    );

    std::vector<entries<>> layers_;
    std::int64_t context_;
    std::int64_t past_ = 0;
};

}  // namespace abax::nn
