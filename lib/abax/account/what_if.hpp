#pragma once

#include <abax/account/bill_cost.hpp>
#include <abax/account/extent_range.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace abax {

/// One question to a bill: what would it be if these axes had other extents? The rules are those of `bill_cost::at`.
class what_if {
public:
    using given = std::span<const std::pair<std::string_view, std::int64_t>>;

    /// @throws abax::error as `bill_cost::at`: a question that has no answer is refused here
    what_if(std::span<const bill_cost::group> groups, given extents);

    [[nodiscard]] counters answer() const;

private:
    void collect();
    void set(std::string_view text, std::int64_t extent);
    void take_primed_forms_along(name leader);
    void check(const bill_cost::group& g, const equation& e) const;

    [[nodiscard]] std::optional<std::int64_t> extent_in(
        const bill_cost::group& g, name axis, const equation& asking
    ) const;
    [[nodiscard]] counters answer_for(const bill_cost::group& g) const;

    std::span<const bill_cost::group> groups_;
    std::map<name, extent_range> recorded_;  // of each variable, over the whole bill
    std::map<name, std::int64_t> set_;       // given, or following what was given
};

}  // namespace abax
