#pragma once

#include <abax/pattern/pattern.hpp>
#include <abax/plan/arguments.hpp>
#include <abax/plan/plan.hpp>
#include <abax/plan/resolve.hpp>

#include <span>
#include <vector>

namespace abax {

/// The plan of an einsum over any number of operands: pairs are contracted in the order that needs the fewest
/// FLOPs (for up to 8 operands the best one, beyond that greedily), and each pair is a step.
///
/// An index that only one operand has and that is not in the result is summed first, a step of its own.
///
/// @param operands     one for each term; all named or all unnamed
/// @param gives_names  the result has the names of the pattern also if all operands are unnamed
/// @throws abax::error  other (number of operands), rank_mismatch, name_mismatch, unexpected_size_argument, ambiguous_size,
///                      size_mismatch, not_divisible, ellipsis (dropped), duplicate_axis, overflow
[[nodiscard]] plan plan_einsum(
    const pattern& text,
    std::span<const layout> operands,
    dtype type,
    axis_sizes sizes = {},
    bool gives_names = false
);

/// The plan of `dot`: sums over `summed`, which both operands must have; other common names are batch axes.
///
/// @return  a plan whose result has a's axes without the summed ones, then b's that a lacks
/// @throws abax::error  unknown_axis, name_mismatch, size_mismatch
[[nodiscard]] plan plan_dot(
    const layout& a, const layout& b, dtype type, const axes_argument& summed
);

/// Two operands' axes of one name meet: equal extents, and equal factors where both remember some.
/// @throws abax::error size_mismatch, name_mismatch
void require_same_axis(const call_site& where, const axis& a, const axis& b);

/// One index of a contraction as an operand has it.
struct lane {
    std::size_t index = 0;    ///< which index of the contraction
    std::int64_t stride = 0;  ///< in elements
};

/// An operand of a contraction, or an intermediate result.
struct contraction_operand {
    std::size_t value = 0;    ///< of the plan: an operand, or the result of a step
    std::vector<lane> lanes;  ///< one for each of its axes, in its order
};

/// An index space, its operands, and which indices the result has, in order.
struct contraction {
    std::vector<axis> indices;  ///< the index space: names and extents
    std::vector<name>
        labels;  ///< of the indices in the pattern; none for `dot`, whose axes have names
    std::vector<contraction_operand> operands;  ///< one for each operand of the verb
    std::vector<std::size_t> output;  ///< positions in `indices`; those left out are summed
};

/// Appends the steps that carry out a contraction. The last step's result has the output's indices, row-major.
void append_steps(plan& p, contraction c);

/// The pairs to contract, as positions in the current list of operands (the result is appended), that need the
/// fewest multiplications. `sets[i]` are the indices of operand i.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> contraction_path(
    const std::vector<std::vector<std::size_t>>& sets,
    const std::vector<std::size_t>& output,
    const std::vector<std::int64_t>& extents
);

}  // namespace abax
