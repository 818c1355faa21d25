#pragma once

#include <abax/ops/create.hpp>
#include <abax/ops/select.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <vector>

/// Rotary position embedding: pairs of elements turn by an angle that grows with the position.
namespace abax {

namespace detail {

/// The tables' axis of angles: one for each pair of elements that turns.
inline constexpr std::string_view pair_axis = "pair";

}  // namespace detail

/// Cosines and sines of the angles: axes (positions, pair), the axis `pair` with an angle for each pair of elements.
///
/// Any tables of one shape will do, also with more axes, as `b s pair` where each sequence has positions of its own.
/// Tables with an entry for each element (as Hugging Face makes them, every angle twice) have the axis that is
/// rotated in place of `pair`.
struct any_rope_table {
    any_tensor cosines;  ///< of the element type of what is rotated
    any_tensor sines;    ///< with the axes of the cosines
};
/// The same with the element type fixed, and perhaps the axes, "s pair": what `rope_angles` gives.
template <std::floating_point T, static_axes Axes = names_in_value>
struct rope_table {
    tensor<T, Axes> cosines;  ///< axes (positions, pair)
    tensor<T, Axes> sines;    ///< with the axes of the cosines

    /// The same tables under an element type known at run time only.
    [[nodiscard]] any_rope_table any() const { return {cosines.any(), sines.any()}; }
};

/// theta^(-2i/d) for i = 0 .. d/2 - 1: what each pair turns by from one position to the next, in radians.
/// @throws abax::error  not_divisible: the extent is odd; usage: it is negative, or theta is not a positive number
/// @cost    none, and no record
[[nodiscard]] std::vector<double> rope_frequencies(std::int64_t head_extent, double theta = 10000);

///@{
/// As for typed tensors, below.
[[nodiscard]] any_rope_table rope_angles(
    dtype type,
    std::string_view positions,
    std::int64_t extent,
    const std::vector<double>& frequencies,
    std::int64_t first = 0
);
[[nodiscard]] any_tensor rope_halves(
    const any_tensor& x, axis_argument over, const any_rope_table& table
);
[[nodiscard]] any_tensor rope_halves(
    const any_tensor& x, axis_argument over, axis_argument positions, const any_rope_table& table
);
[[nodiscard]] any_tensor rope_pairs(
    const any_tensor& x, axis_argument over, const any_rope_table& table
);
[[nodiscard]] any_tensor rope_pairs(
    const any_tensor& x, axis_argument over, axis_argument positions, const any_rope_table& table
);
///@}

/// The tables for positions first .. first + extent - 1 of heads of `head_extent`, computed in double.
///
/// @param positions    the name of the positions' axis, the same as in the tensor to be rotated: "s" for queries,
///                     "s'" for keys; "" gives unnamed tables, for unnamed tensors
/// @param extent       how many positions
/// @param head_extent  of the axis to be rotated; even
/// @param theta        the base of the frequencies, theta^(-2i/head_extent)
/// @param first        the first position: what a cache holds already
/// @return  axes (positions, pair), `pair` of extent head_extent/2
/// @throws abax::error  not_divisible: an odd head; usage: something negative, theta not positive; overflow,
///                      allocation, duplicate_axis
/// @cost    1 multiplication and 2 specials for each angle; writes both tables. The price is in `pair`, so a question
///          about another head asks for `pair` beside the head
template <std::floating_point T>
[[nodiscard]] rope_table<T> rope_angles(
    std::string_view positions,
    std::int64_t extent,
    std::int64_t head_extent,
    double theta = 10000,
    std::int64_t first = 0
) {
    auto made =
        rope_angles(dtype_of<T>, positions, extent, rope_frequencies(head_extent, theta), first);
    return {tensor<T>(std::move(made.cosines)), tensor<T>(std::move(made.sines))};
}

/// The same with frequencies of one's own, in radians a position, one for each pair: models scale theirs to reach
/// further.
template <std::floating_point T>
[[nodiscard]] rope_table<T> rope_angles(
    std::string_view positions,
    std::int64_t extent,
    const std::vector<double>& frequencies,
    std::int64_t first = 0
) {
    auto made = rope_angles(dtype_of<T>, positions, extent, frequencies, first);
    return {tensor<T>(std::move(made.cosines)), tensor<T>(std::move(made.sines))};
}

/// Both tables under other names: `rename(table, "s -> s'")` rotates the keys. Errors and cost as of `rename`.
template <std::floating_point T, static_axes Axes>
[[nodiscard]] rope_table<T> rename(const rope_table<T, Axes>& table, std::string_view changes) {
    return {rename(table.cosines, changes), rename(table.sines, changes)};
}

/// A part of both tables: `slice(table, {"s", past, past + 1})` is one position. Views; errors
/// and cost as of `slice`, twice.
template <std::floating_point T, static_axes Axes>
[[nodiscard]] rope_table<T> slice(const rope_table<T, Axes>& table, const range& which) {
    return {slice(table.cosines, which), slice(table.sines, which)};
}

/// Rotates the elements i and i + d/2 of the axis `over` as a pair: Llama as Hugging Face stores it, GPT-NeoX.
///
/// y[i] = x[i] cos - x[i + d/2] sin, y[i + d/2] = x[i + d/2] cos + x[i] sin.
///
/// @param x      has all axes of the tables but `pair`, by name and in any order; the axis `over` has an even extent
/// @param table  from `rope_angles` under the name that the positions have in x
/// @return  the axes of x
/// @throws abax::error  not_divisible: an odd extent; name_mismatch, rank_mismatch, size_mismatch, dtype_mismatch,
///                      unknown_axis; usage: x is unnamed, so nothing says where its positions are
/// @cost    3N vec FLOPs; reads N and the tables, writes N elements
/// @see     Su et al., "RoFormer: Enhanced Transformer with Rotary Position Embedding", 2021
template <std::floating_point T, static_axes Table>
[[nodiscard]] tensor<T> rope_halves(
    const tensor<T>& x, axis_argument over, const rope_table<T, Table>& table
) {
    return tensor<T>(rope_halves(x.any(), over, table.any()));
}

/// The same, saying which axis of x holds the positions; for unnamed tensors with unnamed tables (positions, pair).
/// @throws abax::error  as above; usage: both axes are one
template <std::floating_point T, static_axes Table>
[[nodiscard]] tensor<T> rope_halves(
    const tensor<T>& x,
    axis_argument over,
    axis_argument positions,
    const rope_table<T, Table>& table
) {
    return tensor<T>(rope_halves(x.any(), over, positions, table.any()));
}

///@{
/// Rotates the elements 2i and 2i + 1 of the axis `over` as a pair: as the RoFormer's paper does, GPT-J, and Llama
/// as Meta stores it. All else is as in `rope_halves`; the two differ by a permutation of the axis.
template <std::floating_point T, static_axes Table>
[[nodiscard]] tensor<T> rope_pairs(
    const tensor<T>& x, axis_argument over, const rope_table<T, Table>& table
) {
    return tensor<T>(rope_pairs(x.any(), over, table.any()));
}
template <std::floating_point T, static_axes Table>
[[nodiscard]] tensor<T> rope_pairs(
    const tensor<T>& x,
    axis_argument over,
    axis_argument positions,
    const rope_table<T, Table>& table
) {
    return tensor<T>(rope_pairs(x.any(), over, positions, table.any()));
}
///@}

}  // namespace abax
