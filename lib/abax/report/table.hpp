#pragma once

#include <abax/account/ledger.hpp>
#include <abax/report/machine.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace abax {

/// How a bill is printed.
struct table_options {
    /// What a row stands for.
    grouping by = grouping::scope;
    /// Scopes that differ only in a number are one row: "h.*".
    bool fold_layers = true;
    /// Adds the column `bound`: what the work waits for on this machine.
    std::optional<machine> on = {};
    /// Columns of the page; long labels are cut to keep to it, the numbers never are.
    std::size_t width = 100;
};

/// A table for the terminal, in UTF-8: a row a scope, operation or class, then the total.
///
///     scope        calls   FLOPs     mm     read  written  FLOP/byte  seconds  GFLOP/s  bound
///     embedding        1  1.54 k      0  6.14 kB  6.14 kB       0.12  1.00 µs     1.54  memory
///     h.*             48   157 M  151 M  14.2 MB  9.51 MB       6.61  36.0 ms     4.36  memory
///       attention     36   157 M  151 M  14.2 MB  9.44 MB       6.65  36.0 ms     4.36  memory
///       mlp           12  18.4 k      0  73.7 kB  73.7 kB       0.12  12.0 µs     1.54  memory
///     total           49   157 M  151 M  14.2 MB  9.52 MB       6.60  36.0 ms     4.36  memory
///     k, M, G, T ... are powers of 1000; bytes count operation by operation
///     bound on server: compute from 13.0 FLOP/byte
///
/// FLOPs are flops_mm + flops_vec + specials, mm the contractions' part of them; `read` and `written` count
/// operation by operation. Rows of scopes are a tree, described at `scope_tree`: indented rows are parts of the
/// row above. "-" is where nothing can be divided by: a view moves no bytes, a dry run takes no time. A row is
/// bound by `memory` if its FLOP/byte lie below the machine's ridge, else by `compute`.
///
/// @throws abax::error  usage: a machine without rates; overflow
[[nodiscard]] std::string table(const ledger& bill, const table_options& options = {});

/// The same columns with a row for each folded operation ("dot b s m, m o -> b s o  s=1 s'=128..1127"), parts
/// indented below what they are parts of; `by` and `fold_layers` do not apply. Labels are long: 160 columns show most.
[[nodiscard]] std::string record_table(const ledger& bill, const table_options& options = {});

}  // namespace abax
