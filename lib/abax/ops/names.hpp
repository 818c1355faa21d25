#pragma once

#include <abax/ops/shape_argument.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <vector>

/// Giving names to axes, changing them, and forgetting what they remember. Nothing here touches an element.
namespace abax {

/// A shape with names: `axes("b s (m: h d)", {8, 128, 768}, {{"h", 12}})`.
///
/// @param text     names, separated by spaces; `(m: h d)` and `(h d)` remember factors, whose extents are passed or deduced
/// @param extents  one for each axis
/// @throws abax::error  rank_mismatch, duplicate_axis, ambiguous_size, not_divisible, size_mismatch, syntax
[[nodiscard]] shape axes(
    std::string_view text, const std::vector<std::int64_t>& extents, axis_sizes sizes = {}
);

///@{
/// Undefined names become these: `named(x, "b s m")`; a named tensor must have exactly these names already.
/// `(m: h d)` and `(h d)` remember factors, whose extents are passed or deduced. Shares the buffer; no record.
/// @throws abax::error  name_mismatch: it has another name there (`rename` changes one); what `axes` throws
[[nodiscard]] any_tensor named(const any_tensor& x, std::string_view names, axis_sizes sizes = {});
template <element T>
[[nodiscard]] tensor<T> named(const tensor<T>& x, std::string_view names, axis_sizes sizes = {}) {
    return tensor<T>(named(x.any(), names, sizes));
}
///@}

///@{
/// The same elements under new names: "s -> s'", or "a -> b, b -> a" at once. Shares the buffer; no record. A merged
/// axis keeps its memory: "(h d) -> m" gives it a name.
/// @throws abax::error  unknown_axis; duplicate_axis: two axes of one name, or an axis renamed twice; syntax
[[nodiscard]] any_tensor rename(const any_tensor& x, std::string_view changes);
template <element T>
[[nodiscard]] tensor<T> rename(const tensor<T>& x, std::string_view changes) {
    return tensor<T>(rename(x.any(), changes));
}
///@}

///@{
/// The same tensor, whose axis no longer remembers its factors. Shares the buffer; no record.
/// @throws abax::error  unknown_axis; name_mismatch: `(h d)` is called by them, and has no other name
[[nodiscard]] any_tensor forget(const any_tensor& x, axis_argument which);
template <element T>
[[nodiscard]] tensor<T> forget(const tensor<T>& x, axis_argument which) {
    return tensor<T>(forget(x.any(), which));
}
///@}

/// A shape with these names, or without any where the text is empty.
/// @throws abax::error as `axes`
[[nodiscard]] shape axes_or_none(axis_names names, const std::vector<std::int64_t>& extents);

namespace detail {

/// A shape with the axes of a type, in their canonical spelling: `axes("b (h d)", {2, 12}, {{"h", 3}})`. Other than there an axis
/// without a name, "_", has any extent.
/// @throws abax::error  as `axes`
[[nodiscard]] shape shape_of_type(
    std::string_view axes, const std::vector<std::int64_t>& extents, axis_sizes sizes = {}
);

/// `x`, whose axes must read as `axes`; an unnamed one gets them. Factors that `axes` does not tell are forgotten.
/// @throws abax::error  rank_mismatch, name_mismatch; ambiguous_size: the factors of an unnamed axis
[[nodiscard]] any_tensor read_as(
    std::string_view operation, const any_tensor& x, std::string_view axes, axis_sizes sizes = {}
);

}  // namespace detail

///@{
/// The tensor as one with these axes in its type: `as<"b s m">(x)`, at the door from values to types.
///
/// An unnamed x with merged axes needs sizes: `as<"b (h d)">(x, "h"_ax = 12)`.
/// @return  the same elements; an unnamed x gets the names, one with names must have them, in this order. Factors that the
///          list does not tell are forgotten. O(1), no record
/// @throws abax::error  rank_mismatch, name_mismatch; as `named` for sizes
template <static_axes Axes, element T, static_axes From>
[[nodiscard]] tensor<T, Axes> as(const tensor<T, From>& x, axis_sizes sizes = {}) {
    require<detail::axes_check<Axes>>();
    if constexpr (From != names_in_value)
        return x;
    else
        return {detail::trusted{}, detail::read_as("as", x.any(), Axes.view(), sizes)};
}
template <static_axes Axes, element T, static_axes From, size_argument... More>
[[nodiscard]] tensor<T, Axes> as(const tensor<T, From>& x, axis_size first, More... more) {
    return as<Axes>(x, axis_sizes{first, more...});
}
///@}

}  // namespace abax
