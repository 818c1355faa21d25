#pragma once

#include <abax/ops/along.hpp>
#include <abax/ops/select.hpp>
#include <abax/ops/take_along.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/select_rule.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

/// The verbs of select.hpp, along.hpp and take_along.hpp with their axis as a template argument: slice<"s">(x, 0, 5). Names
/// are checked while compiling where the operands have them in their types; if one has them in its value, all are checked when
/// the verb runs, and so the result has its names in its value. Errors of extents and costs are those of the same verb without
/// angle brackets.
namespace abax {

/// A `range` whose axis is told by the verb's template argument: slice<"s m">(x, {{0, 2}, {1, 3}}).
struct interval {
    std::optional<std::int64_t> from = std::nullopt;  ///< as in `range`
    std::optional<std::int64_t> to = std::nullopt;    ///< as in `range`
    std::int64_t step = 1;                            ///< as in `range`
};

/// A part of one axis: `slice<"s">(x, 0, 5)`, `slice<"s">(x, -1)`, backwards `slice<"s">(x, {}, {}, -1)`.
/// @return  the axes of x; this one loses its memory @throws abax::error as `slice(x, {along, from, to, step})` @cost as it
template <static_axes Along, element T, static_axes Axes>
[[nodiscard]] auto slice(
    const tensor<T, Axes>& x,
    std::optional<std::int64_t> from = std::nullopt,
    std::optional<std::int64_t> to = std::nullopt,
    std::int64_t step = 1
) {
    using check = detail::along_check<Along, Axes, effect::divides>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(
        slice(x.any(), range{Along.view(), from, to, step})
    );
}

namespace detail {

[[nodiscard]] inline any_tensor sliced(
    const any_tensor& x, const axes_argument& over, const interval* parts
) {
    any_tensor part = x;
    for (const axis_argument& along : over.axes()) {
        part = slice(part, range{along, parts->from, parts->to, parts->step});
        ++parts;
    }
    return part;
}

}  // namespace detail

/// Parts of several axes, one after the other: `slice<"s m">(x, {{0, 2}, {1, 3}})`.
/// @return  the axes of x; these lose their memory @throws abax::error as `slice(x, ranges)` @cost as it
template <static_axes Over, element T, static_axes Axes, std::size_t N>
[[nodiscard]] auto slice(const tensor<T, Axes>& x, const interval (&parts)[N]) {
    using check = detail::slices_check<Over, Axes, N>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(detail::sliced(x.any(), Over.view(), parts));
}

/// One position of one axis: `at<"s">(x, -1)` is the last.
/// @return  the axes of x without this one @throws abax::error as `at(x, along, position)` @cost as it
template <static_axes Along, element T, static_axes Axes>
[[nodiscard]] auto at(const tensor<T, Axes>& x, std::int64_t position) {
    using check = detail::along_check<Along, Axes, effect::drops>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(at(x.any(), Along.view(), position));
}

namespace detail {

template <tensor_like X>
[[nodiscard]] std::vector<X> all_typed(std::vector<any_tensor> parts) {
    std::vector<X> result;
    result.reserve(parts.size());
    for (any_tensor& part : parts)
        result.push_back(typed<X>(std::move(part)));
    return result;
}

}  // namespace detail

/// Consecutive parts of one axis: `split<"o">(qkv, {m, m, m})`.
/// @return  the axes of x for each; this one loses its memory @throws abax::error as `split(x, along, extents)` @cost as it
template <static_axes Along, element T, static_axes Axes>
[[nodiscard]] auto split(const tensor<T, Axes>& x, const std::vector<std::int64_t>& extents) {
    using check = detail::along_check<Along, Axes, effect::divides>;
    require<check>();
    return detail::all_typed<tensor<T, check::says.axes>>(split(x.any(), Along.view(), extents));
}
/// Refused: NumPy and PyTorch read the number in two ways.
template <static_axes Along, tensor_like X, std::integral Count>
instead::write_chunk_for_n_parts_or_split_with_a_list_of_extents split(const X&, Count) = delete;

/// `count` consecutive parts of equal extents: `chunk<"o">(qkv, 3)`.
/// @return  the axes of x for each; this one loses its memory @throws abax::error as `chunk(x, along, count)` @cost as it
template <static_axes Along, element T, static_axes Axes>
[[nodiscard]] auto chunk(const tensor<T, Axes>& x, std::int64_t count) {
    using check = detail::along_check<Along, Axes, effect::divides>;
    require<check>();
    return detail::all_typed<tensor<T, check::says.axes>>(chunk(x.any(), Along.view(), count));
}

/// The entries of `table` that `ids`, int64 or int32, name: `take<"v">(table, ids)`.
/// @return  the table's axes, with those of ids in place of this one @throws abax::error as `take(table, ids, over)` @cost as it
template <static_axes Over, element T, static_axes Axes, element Id, static_axes Ids>
[[nodiscard]] auto take(const tensor<T, Axes>& table, const tensor<Id, Ids>& ids) {
    using check = detail::take_check<Over, Axes, Ids, Id>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(take(table.any(), ids.any(), Over.view()));
}

/// The entries at a list of positions, in its order: `take<"s">(x, {0, -1})`.
/// @return  the axes of x; this one loses its memory @throws abax::error as `take(x, positions, along)` @cost as it
template <static_axes Along, element T, static_axes Axes>
[[nodiscard]] auto take(const tensor<T, Axes>& x, const std::vector<std::int64_t>& positions) {
    using check = detail::along_check<Along, Axes, effect::divides>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(take(x.any(), positions, Along.view()));
}

/// One element of x for each id: `take_along<"s">(x, ids)`; ids, int64 or int32, has the axes of x, in any order.
/// @return  the axes of ids @throws abax::error as `take_along(x, ids, over)` @cost as it
template <static_axes Over, element T, static_axes Axes, element Id, static_axes Ids>
[[nodiscard]] auto take_along(const tensor<T, Axes>& x, const tensor<Id, Ids>& ids) {
    using check = detail::take_along_check<Over, Axes, Ids, Id>;
    require<check>();
    return detail::typed<tensor<T, check::says.axes>>(take_along(x.any(), ids.any(), Over.view()));
}

/// The parts of x at each position of one axis: `for (auto row : along<"b">(x))`.
/// @return  a range as that of `along(x, which)`; each part has the axes of x without this one
/// @throws abax::error as `along(x, which)` @cost as it
template <static_axes Along, element T, static_axes Axes>
[[nodiscard]] auto along(const tensor<T, Axes>& x) {
    using check = detail::along_check<Along, Axes, effect::drops>;
    require<check>();
    return along_range<tensor<T, check::says.axes>>(detail::walk_along(x.any(), Along.view()));
}

}  // namespace abax
