#pragma once

#include <abax/account/ledger.hpp>

#include <cstddef>
#include <vector>

namespace abax {

/// A row of a tree of scopes; its total includes the deeper rows that follow it.
struct tree_row {
    std::size_t depth = 0;  ///< 0 for what is in no other scope
    bill_row row = {};      ///< its label is the path from the row above
};

/// The rows of `ledger::totals(grouping::scope)` as a tree, parents before children.
///
/// - The rows of depth 0 sum to the bill, and the children of a row sum to that row: what a scope with
///   scopes in it has done itself stands below it as "(itself)".
/// - A scope that holds nothing but one other scope shares its row: "model/encoder".
/// - With `fold_layers`, the parts of one scope that differ only in numbers are one row, with a star for each
///   number that differs: h.0, h.1, ... h.11 become "h.*".
[[nodiscard]] std::vector<tree_row> scope_tree(
    const std::vector<bill_row>& scopes, bool fold_layers
);

}  // namespace abax
