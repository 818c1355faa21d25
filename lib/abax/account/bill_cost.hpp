#pragma once

#include <abax/account/cost.hpp>

#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace abax {

/// A bill as polynomials in axis names, with the extents at which it was incurred.
class bill_cost {
public:
    /// Equal operations at equal extents, `calls` times.
    struct group {
        std::shared_ptr<const priced_operation> what;  ///< not null
        std::vector<std::int64_t> extents;             ///< of `what->variables`
        std::int64_t calls = 1;                        ///< how often it ran so
    };

    /// @throws abax::error  usage: a group without an operation, or without one extent for each variable; overflow
    explicit bill_cost(std::vector<group> groups);

    /// In the order in which they were given.
    [[nodiscard]] const std::vector<group>& groups() const noexcept { return groups_; }

    /// The sum of all prices, as polynomials. Meaningful as one formula where each name has one extent.
    [[nodiscard]] const cost& total() const noexcept { return total_; }

    /// The bill at the extents at which it was incurred.
    [[nodiscard]] counters value() const;

    ///@{
    /// The bill at other extents: `at({{"s", 32768}})`.
    ///
    /// Each name takes the value given. An unprimed name takes its primed forms along (s' and s'' with s), unless they
    /// are given themselves. Names not given keep their extents, also where these differ from record to record.
    /// Every equation of the bill is checked at the new values, with all that the bill knows: m in one record is m in all.
    ///
    /// @throws abax::error  unknown_axis: a name that occurs nowhere; usage: a name given twice, or an extent below 1;
    ///         size_mismatch: the name had several extents (a decode loop), a primed form had another extent,
    ///         an equation (m = h*d) would break; other: a formula gives no count at these extents; overflow
    [[nodiscard]] counters at(
        std::initializer_list<std::pair<std::string_view, std::int64_t>> extents
    ) const;
    [[nodiscard]] counters at(std::span<const std::pair<std::string_view, std::int64_t>> extents
    ) const;
    ///@}

    /// The `flops_mm + flops_vec + specials` polynomial, as text; `total()` has each counter.
    [[nodiscard]] std::string str() const;

private:
    std::vector<group> groups_;
    cost total_;
};

/// The text of `bill_cost::str`.
std::ostream& operator<<(std::ostream& out, const bill_cost& bill);

}  // namespace abax
