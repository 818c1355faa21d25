#pragma once

#include <abax/ops/pack.hpp>
#include <abax/shape/any_tensor.hpp>

#include <nlohmann/json.hpp>

#include <optional>
#include <vector>

namespace conformance {

/// What the operation of a vector gives: tensors (unpack several, parse_shape none), and what pack and parse_shape
/// say besides, as the vectors write it.
struct vector_result {
    std::vector<abax::any_tensor> tensors;
    nlohmann::ordered_json packed_shapes = {};  ///< null but for pack
    nlohmann::ordered_json sizes = {};          ///< null but for parse_shape
};

/// A number as vectors write it: bools, and "nan", "inf" and "-inf" too.
[[nodiscard]] double vector_number(const nlohmann::ordered_json& value);

/// Runs the operation that a vector names on the inputs that it describes.
/// @throws abax::error what the operation throws; other: there is no such operation
[[nodiscard]] vector_result run_vector(const nlohmann::ordered_json& vector, bool in_double);

}  // namespace conformance
