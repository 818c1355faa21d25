#pragma once

#include <abax/ops/shape_argument.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

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

}  // namespace abax
