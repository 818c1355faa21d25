#pragma once

#include <abax/core/checked.hpp>

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>

namespace conformance {

/// The figures that abax computes for a case, by the names they have in the case's `expect`; a figure of several
/// parts ("by_op") is a JSON object. Nothing for a case whose operation does not exist here.
using figures = std::optional<nlohmann::json>;

/// A count as the cases write it: as text where a double would not hold it exactly.
[[nodiscard]] nlohmann::json integer(abax::int128 value);

/// kinds op_cost and flop_counter_op: operations on dry tensors.
[[nodiscard]] figures operation_figures(const nlohmann::json& inputs);
[[nodiscard]] figures flop_counter_figures(const nlohmann::json& inputs);

/// kind forward_flops: the bill of a dry forward.
[[nodiscard]] figures forward_figures(const nlohmann::json& inputs);

}  // namespace conformance
