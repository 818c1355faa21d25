#include <abax/account/operation_index.hpp>

#include <functional>
#include <string>

namespace abax {

namespace {

// Verb and detail tell nearly all operations apart; == decides.
std::size_t hash(const priced_operation& what) {
    const std::hash<std::string> text;
    return text(what.operation) * 31 + text(what.detail);
}

}  // namespace

std::size_t operation_index::number(const priced_operation& what) {
    if (const auto known = by_address_.find(&what); known != by_address_.end())
        return known->second;
    auto& candidates = by_hash_[hash(what)];
    for (const std::size_t candidate : candidates)
        if (*distinct_[candidate] == what)
            return by_address_[&what] = candidate;
    candidates.push_back(distinct_.size());
    distinct_.push_back(&what);
    return by_address_[&what] = distinct_.size() - 1;
}

}  // namespace abax
