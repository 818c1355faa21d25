#pragma once

#include <abax/ops/rope.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/create_rule.hpp>
#include <abax/plan/rope_rule.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

/// The verbs of rope.hpp with names as template arguments: `rope_halves<"d">(q, rope_angles<float, "s">(128, 64))`. Names are checked
/// while compiling where x and the tables have them in their types, and when the verb runs where one has them in its value.
namespace abax {

namespace detail {

template <std::floating_point T, static_axes Axes>
[[nodiscard]] rope_table<T, Axes> typed_table(any_tensor cosines, any_tensor sines) {
    using part = tensor<T, Axes>;
    return {typed<part>(std::move(cosines)), typed<part>(std::move(sines))};
}

template <static_axes Positions>
using angles_check = queries_and_keys_check<Positions, static_axes("pair")>;

}  // namespace detail

///@{
/// The tables for positions first .. first + extent - 1: `rope_angles<float, "s'">(128, 64)`.
/// @return  axes (positions, pair) @throws abax::error  as `rope_angles(positions, ...)` @cost as it
template <std::floating_point T, static_axes Positions>
[[nodiscard]] auto rope_angles(
    std::int64_t extent, const std::vector<double>& frequencies, std::int64_t first = 0
) {
    using check = detail::angles_check<Positions>;
    require<check>();
    auto made = rope_angles(dtype_of<T>, Positions.view(), extent, frequencies, first);
    return detail::typed_table<T, check::says.axes>(std::move(made.cosines), std::move(made.sines));
}
template <std::floating_point T, static_axes Positions>
[[nodiscard]] auto rope_angles(
    std::int64_t extent, std::int64_t head_extent, double theta = 10000, std::int64_t first = 0
) {
    return rope_angles<T, Positions>(extent, rope_frequencies(head_extent, theta), first);
}
///@}

///@{
/// Both tables under other names, `rename<"s -> s'">(table)`, or a part of them, `slice<"s">(table, past, past + 1)`.
/// @throws abax::error  as for a tensor @cost as for two
template <fixed_text Changes, std::floating_point T, static_axes Axes>
[[nodiscard]] auto rename(const rope_table<T, Axes>& table) {
    using check = detail::rename_check<Changes, Axes>;
    require<check>();
    return detail::typed_table<T, check::says.axes>(
        rename(table.cosines.any(), Changes.view()), rename(table.sines.any(), Changes.view())
    );
}
template <static_axes Along, std::floating_point T, static_axes Axes>
[[nodiscard]] auto slice(
    const rope_table<T, Axes>& table,
    std::optional<std::int64_t> from,
    std::optional<std::int64_t> to = std::nullopt
) {
    using check = detail::one_axis_check<Along, Axes, effect::divides>;
    require<check>();
    const range which{detail::label_of<Along>, from, to};
    return detail::typed_table<T, check::says.axes>(
        slice(table.cosines.any(), which), slice(table.sines.any(), which)
    );
}
///@}

///@{
/// Rotates the elements i and i + d/2, or 2i and 2i + 1, of the axis `Over` as a pair.
///
/// @param table  has `pair`, or `Over`, for its angles, and of the others only axes that x has
/// @return  x's axes @throws abax::error  as `rope_halves(x, over, table)` @cost as it
template <static_axes Over, std::floating_point T, static_axes Axes, static_axes Table>
[[nodiscard]] auto rope_halves(const tensor<T, Axes>& x, const rope_table<T, Table>& table) {
    using check = detail::rope_check<Over, Axes, Table>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(
        rope_halves(x.any(), detail::label_of<Over>, table.any())
    );
}
template <static_axes Over, std::floating_point T, static_axes Axes, static_axes Table>
[[nodiscard]] auto rope_pairs(const tensor<T, Axes>& x, const rope_table<T, Table>& table) {
    using check = detail::rope_check<Over, Axes, Table>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(
        rope_pairs(x.any(), detail::label_of<Over>, table.any())
    );
}
///@}

}  // namespace abax
