#pragma once

#include <abax/ops/losses.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/losses_rule.hpp>

#include <cstdint>
#include <optional>

/// The verbs of losses.hpp with the axis of the classes as a template argument: `cross_entropy<"v">(logits, targets)`. Names are
/// checked while compiling where the operands have them in their types, and when the verb runs where one has them in its value.
namespace abax {

/// log(exp(x) / sum of exp(x)) along one axis. @return x's axes @throws abax::error as `log_softmax(x, over)` @cost as it
template <static_axes Over, element T, static_axes Axes>
[[nodiscard]] auto log_softmax(const tensor<T, Axes>& x) {
    using check = detail::one_axis_check<Over, Axes, effect::keeps>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(log_softmax(x.any(), detail::label_of<Over>));
}

/// The mean over all rows of -log_softmax(logits) at the target.
///
/// @param targets  int64 or int32, with all axes of the logits but `Over`, in any order
/// @return  rank 0 @throws abax::error  as `cross_entropy(logits, over, targets)` @cost as it
template <static_axes Over, element T, static_axes Axes, element Id, static_axes Targets>
[[nodiscard]] auto cross_entropy(
    const tensor<T, Axes>& logits,
    const tensor<Id, Targets>& targets,
    std::optional<std::int64_t> ignored = std::nullopt
) {
    using check = detail::targets_check<Over, Axes, Id, Targets>;
    require<check>();
    return detail::typed<tensor<T, detail::mean_axes<check>>>(
        cross_entropy(logits.any(), detail::label_of<Over>, targets.any(), ignored)
    );
}

/// The same for each row, without the mean. @return the logits' axes without `Over` @throws abax::error as `cross_entropy_rows(...)`
/// @cost as it
template <static_axes Over, element T, static_axes Axes, element Id, static_axes Targets>
[[nodiscard]] auto cross_entropy_rows(
    const tensor<T, Axes>& logits,
    const tensor<Id, Targets>& targets,
    std::optional<std::int64_t> ignored = std::nullopt
) {
    using check = detail::targets_check<Over, Axes, Id, Targets>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(
        cross_entropy_rows(logits.any(), detail::label_of<Over>, targets.any(), ignored)
    );
}

///@{
/// Without an axis: does not compile, and the message lists the axes of the logits if their type has them.
template <element T, static_axes Axes>
auto log_softmax(const tensor<T, Axes>&) {
    require<detail::needs_axis_check<Axes>>();
    return tensor<T, refused_axes>();
}
template <element T, static_axes Axes, element Id, static_axes Targets>
auto cross_entropy(const tensor<T, Axes>&, const tensor<Id, Targets>&) {
    require<detail::needs_axis_check<Axes>>();
    return tensor<T, refused_axes>();
}
template <element T, static_axes Axes, element Id, static_axes Targets>
auto cross_entropy_rows(const tensor<T, Axes>&, const tensor<Id, Targets>&) {
    require<detail::needs_axis_check<Axes>>();
    return tensor<T, refused_axes>();
}
///@}

}  // namespace abax
