#pragma once

#include <abax/account/cost.hpp>

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace abax {

/// Numbers operations so that equal ones share a number, whichever plan made them.
///
/// Two plans of equal calls (a typed and a dynamic one, say) own two equal `priced_operation`s. An
/// address met before costs one look-up; only a new one is compared by value.
class operation_index {
public:
    /// The number of `what`, counted from 0 in order of first appearance. `what` must outlive the index.
    std::size_t number(const priced_operation& what);

private:
    std::unordered_map<const priced_operation*, std::size_t> by_address_;
    std::unordered_map<std::size_t, std::vector<std::size_t>> by_hash_;
    std::vector<const priced_operation*> distinct_;
};

}  // namespace abax
