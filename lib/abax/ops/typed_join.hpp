#pragma once

#include <abax/ops/join.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/views_rule.hpp>

#include <initializer_list>
#include <span>
#include <vector>

/// The verbs of join.hpp with their axis as a template argument: concat<"s">({a, b}). The parts are of one type, so they have
/// their axes in one order. Errors of extents and costs are those of the same verb without angle brackets.
namespace abax {

namespace detail {

/// Parts whose types differ: other axes, or theirs in another order, or other elements. permute<"b s">(x), rename, as<"b s">(x) and
/// cast<float>(x) give one type; concat({a, b}, "s") takes parts in any order.
template <static_axes List>
struct parts_check {
    static constexpr verdict says = verdict::refused(
        category::name_mismatch,
        sentence::the_parts_are_of_several_types__bring_them_to_one_by_permute_rename_as_or_cast,
        quoted(fragment_kind::wanted, List.view())
    );
};

}  // namespace detail

/// The parts one after another along an axis: `concat<"s">({past, k})`.
/// @return  the axes of the parts; this one loses its memory @throws abax::error as `concat(parts, along)` @cost as it
template <static_axes Along, element T, static_axes Axes>
[[nodiscard]] auto concat(const std::vector<tensor<T, Axes>>& parts) {
    using check = detail::along_check<Along, Axes, effect::divides>;
    require<check>();
    const std::vector<any_tensor> all(parts.begin(), parts.end());
    return detail::typed<tensor<T, check::says.axes>>(
        concat(std::span<const any_tensor>(all), Along.view())
    );
}
/// concat<"s">({a, b})
template <static_axes Along, element T, static_axes Axes>
[[nodiscard]] auto concat(std::initializer_list<tensor<T, Axes>> parts) {
    return concat<Along>(std::vector<tensor<T, Axes>>(parts));
}
/// Parts of several types: does not compile.
template <static_axes Along>
auto concat(std::initializer_list<any_tensor>) {
    require<detail::parts_check<Along>>();
    return tensor<float, refused_axes>();
}

/// Tensors of equal axes along a new first axis: `stack<"n">({a, b})`.
/// @return  the new axis, then those of the parts @throws abax::error as `stack(parts, label)` @cost as it
template <static_axes Added, element T, static_axes Axes>
[[nodiscard]] auto stack(const std::vector<tensor<T, Axes>>& parts) {
    using check = detail::added_check<Added, Axes>;
    require<check>();
    const std::vector<any_tensor> all(parts.begin(), parts.end());
    return detail::typed<tensor<T, check::says.axes>>(
        stack(std::span<const any_tensor>(all), Added.view())
    );
}
/// stack<"n">({a, b})
template <static_axes Added, element T, static_axes Axes>
[[nodiscard]] auto stack(std::initializer_list<tensor<T, Axes>> parts) {
    return stack<Added>(std::vector<tensor<T, Axes>>(parts));
}
/// Parts of several types: does not compile.
template <static_axes Added>
auto stack(std::initializer_list<any_tensor>) {
    require<detail::parts_check<Added>>();
    return tensor<float, refused_axes>();
}

}  // namespace abax
