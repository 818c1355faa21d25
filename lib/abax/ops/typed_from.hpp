#pragma once

#include <abax/ops/from.hpp>
#include <abax/ops/names.hpp>
#include <abax/ops/veneer.hpp>
#include <abax/plan/create_rule.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

/// Tensors of elements that exist already, with their axes in their type: `from<"b s">({{1, 2}, {3, 4}})`, and with another type of
/// elements `from<float, "b s">({{1, 2}, {3, 4}})`. One extent for each axis, and sizes for factors, as in typed_create.hpp.
namespace abax {

namespace detail {

template <static_axes Axes, std::size_t Depth, element T, class List>
[[nodiscard]] auto from_typed_lists(const List& lists) {
    using check = made_check<Axes, Depth>;
    require<check>();
    return typed<tensor<T, check::says.axes>>(from_lists<T>(lists, Depth, Axes.view()).any());
}

template <static_axes Axes, element T>
[[nodiscard]] auto from_typed_row(const std::vector<T>& elements) {
    using check = made_check<Axes, 1>;
    require<check>();
    return typed<tensor<T, check::says.axes>>(from(elements, axis_names(Axes.view())).any());
}

}  // namespace detail

///@{
/// A tensor as it is written, up to four axes deep. The compiler counts how deep; extents are those of the lists.
/// @throws abax::error  size_mismatch: lists of different lengths side by side; ambiguous_size: a merged axis, whose factors a list
///                      cannot tell @cost as `from`
template <static_axes Axes, element T>
[[nodiscard]] auto from(std::initializer_list<T> elements) {
    return detail::from_typed_lists<Axes, 1, T>(elements);
}
template <static_axes Axes, element T>
[[nodiscard]] auto from(std::initializer_list<std::initializer_list<T>> elements) {
    return detail::from_typed_lists<Axes, 2, T>(elements);
}
template <static_axes Axes, element T>
[[nodiscard]] auto from(
    std::initializer_list<std::initializer_list<std::initializer_list<T>>> elements
) {
    return detail::from_typed_lists<Axes, 3, T>(elements);
}
template <static_axes Axes, element T>
[[nodiscard]] auto from(
    std::initializer_list<std::initializer_list<std::initializer_list<std::initializer_list<T>>>>
        elements
) {
    return detail::from_typed_lists<Axes, 4, T>(elements);
}
template <element T, static_axes Axes>
[[nodiscard]] auto from(std::initializer_list<T> elements) {
    return detail::from_typed_lists<Axes, 1, T>(elements);
}
template <element T, static_axes Axes>
[[nodiscard]] auto from(std::initializer_list<std::initializer_list<T>> elements) {
    return detail::from_typed_lists<Axes, 2, T>(elements);
}
template <element T, static_axes Axes>
[[nodiscard]] auto from(
    std::initializer_list<std::initializer_list<std::initializer_list<T>>> elements
) {
    return detail::from_typed_lists<Axes, 3, T>(elements);
}
template <element T, static_axes Axes>
[[nodiscard]] auto from(
    std::initializer_list<std::initializer_list<std::initializer_list<std::initializer_list<T>>>>
        elements
) {
    return detail::from_typed_lists<Axes, 4, T>(elements);
}
///@}

///@{
/// The elements of a vector, copied: as one axis, `from<"s">(values)`, or row-major under extents, `from<"b s">(values, {2, 3})`.
/// One that is given away, `from<"b s">(std::move(values), {2, 3})`, is not copied.
/// @throws abax::error  size_mismatch: not as many as the extents say; rank_mismatch; as `axes` for sizes @cost as `from`
template <static_axes Axes, element T>
[[nodiscard]] auto from(const std::vector<T>& elements) {
    return detail::from_typed_row<Axes>(elements);
}
template <static_axes Axes, element T>
[[nodiscard]] tensor<T, Axes> from(
    const std::vector<T>& elements, const std::vector<std::int64_t>& extents, axis_sizes sizes = {}
) {
    return detail::typed<tensor<T, Axes>>(
        from(elements, shape_argument(detail::shape_of_type(Axes.view(), extents, sizes))).any()
    );
}
template <static_axes Axes, element T>
[[nodiscard]] tensor<T, Axes> from(
    std::vector<T>&& elements, const std::vector<std::int64_t>& extents, axis_sizes sizes = {}
) {
    const shape_argument made(detail::shape_of_type(Axes.view(), extents, sizes));
    return detail::typed<tensor<T, Axes>>(from(std::move(elements), made).any());
}
///@}

/// Foreign memory, row-major, never written through: `borrow<"b s">(pointer, {2, 3})`.
/// @throws abax::error as `borrow`, and rank_mismatch; as `axes` for sizes @cost as `borrow`
template <static_axes Axes, element T>
[[nodiscard]] tensor<T, Axes> borrow(
    const T* elements, const std::vector<std::int64_t>& extents, axis_sizes sizes = {}
) {
    return detail::typed<tensor<T, Axes>>(
        borrow(elements, shape_argument(detail::shape_of_type(Axes.view(), extents, sizes))).any()
    );
}

}  // namespace abax
