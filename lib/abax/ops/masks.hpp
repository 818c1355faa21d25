#pragma once

#include <abax/shape/tensor.hpp>

#include <cstdint>
#include <string_view>

/// Masks for a softmax beside the `causal` one of `create.hpp`.
namespace abax {

/// true where a query may see a key: itself and the window - 1 keys before it, the queries being the last positions.
///
/// Query q of 5, window 3, 5 keys:   1 . . . .
///                                   1 1 . . .
///                                   1 1 1 . .
///                                   . 1 1 1 .
///                                   . . 1 1 1
///
/// @param window  how many keys a query sees at most; from key_extent on the mask is `causal`
/// @return  bool, axes (queries, keys)
/// @throws abax::error  usage: a window below 1, or fewer keys than queries; duplicate_axis
/// @cost    0 FLOPs; writes queries * keys bytes
/// @see     Beltagy et al., "Longformer", 2020; Jiang et al., "Mistral 7B", 2023
[[nodiscard]] tensor<bool> windowed(
    std::string_view queries,
    std::int64_t query_extent,
    std::string_view keys,
    std::int64_t key_extent,
    std::int64_t window
);

}  // namespace abax
