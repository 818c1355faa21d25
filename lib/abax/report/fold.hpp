#pragma once

#include <abax/account/extent_range.hpp>
#include <abax/account/ledger.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace abax {

/// Records of equal operations in one scope, as one row: a decode loop of 1000 tokens is as long as one of 10.
struct folded_row {
    std::shared_ptr<const priced_operation> what = {};  ///< verb, class, detail and polynomials
    name scope = {};                                    ///< path; "no name" at top level
    std::int64_t calls = 0;                             ///< how many records
    std::map<name, extent_range> extents = {};          ///< from the smallest to the largest
    counters total = {};                                ///< over all of them
    double seconds = 0;                                 ///< measured in kernels
    std::int64_t parent = -1;  ///< the row whose records these are parts of, or -1

    /// "s=1 s'=128..1127".
    [[nodiscard]] std::string extents_text() const;
};

/// The bill with equal operations folded, in order of first appearance, a parent before its children.
///
/// Records fold that have the same verb, class, detail and polynomials, the same scope, and parents that folded;
/// only their extents may differ. The rows without a parent sum to `bill.total()`. @throws abax::error overflow
[[nodiscard]] std::vector<folded_row> folded(const ledger& bill);

}  // namespace abax
