#pragma once

#include <abax/account/cost.hpp>
#include <abax/pattern/pattern.hpp>
#include <abax/plan/arguments.hpp>
#include <abax/plan/match.hpp>
#include <abax/shape/layout.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace abax {

/// Extents by axis name: those passed, and those written in the pattern.
class known_extents {
public:
    /// Checks each passed size in order (a legal name, then one that the pattern has), and the pattern's own.
    /// @throws abax::error unexpected_size_argument; size_mismatch: negative, or two extents for one name
    known_extents(const call_site& where, axis_sizes passed);

    /// The extent of a name, if it is known by now.
    [[nodiscard]] std::optional<std::int64_t> find(name label) const;
    /// Adds or checks; `source` tells a reader where the number comes from.
    void learn(const call_site& where, text_range place, name label, std::int64_t extent);

private:
    std::map<name, std::int64_t> extents_;
};

/// One elementary axis of an operand: a name, a number, or a member of the ellipsis.
struct elementary {
    name label = {};           ///< in the pattern; none for numbers and members of the ellipsis
    axis what = {};            ///< how the result knows it: named, if the tensor is
    std::int64_t stride = 0;   ///< in elements; 0 for a new axis
    int ellipsis_member = -1;  ///< which one, from the left
    bool is_new = false;       ///< added by a repeat: the operand lacks it
};

/// A side of a pattern matched against a layout.
struct resolved_side {
    std::vector<elementary> axes;     ///< of all items, outermost first
    std::vector<equation> equations;  ///< m = h*d, for each named axis that is split
    int ellipsis_rank = -1;           ///< how many axes `...` stands for; -1 without one
};

/// Splits the axes of a tensor into the elementary axes of a side.
/// @param gives_names  an unnamed tensor gets those of the side
/// @throws abax::error ambiguous_size, size_mismatch, not_divisible, overflow
[[nodiscard]] resolved_side resolve(
    const call_site& where,
    const side& left,
    const layout& x,
    known_extents& known,
    bool gives_names = false
);

/// The axis that the elementary axes `parts` of an item become when merged, given whether the tensor is named.
[[nodiscard]] axis merged_axis(const item& i, const std::vector<axis>& parts, bool named);

}  // namespace abax
