#pragma once

#include <abax/ops/names.hpp>
#include <abax/ops/shape_argument.hpp>
#include <abax/shape/tensor.hpp>

#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

/// Tensors that are made of elements which exist already: lists, containers, foreign memory.
namespace abax {

namespace detail {

/// What the lists of a tensor hold, outermost list first.
template <element T>
class collected {
public:
    explicit collected(std::size_t rank) : extents_(rank, unknown) {}

    void add(const T& value, std::size_t /*depth*/) { elements_.push_back(value); }
    template <class Inner>
    void add(std::initializer_list<Inner> list, std::size_t depth = 0) {
        require_extent(depth, static_cast<std::int64_t>(list.size()));
        path_.push_back(0);
        for (const Inner& part : list) {
            add(part, depth + 1);
            ++path_.back();
        }
        path_.pop_back();
    }

    /// @throws abax::error rank_mismatch, syntax, duplicate_axis
    [[nodiscard]] tensor<T> under(axis_names names) const;

private:
    static constexpr std::int64_t unknown = -1;
    void require_extent(std::size_t depth, std::int64_t extent);

    std::vector<T> elements_;
    std::vector<std::int64_t> extents_;
    std::vector<std::int64_t> path_;  ///< where the list that is read stands in the whole
};

template <element T, class List>
[[nodiscard]] tensor<T> from_lists(const List& lists, std::size_t rank, axis_names names) {
    collected<T> all(rank);
    all.add(lists);
    return all.under(names);
}

}  // namespace detail

// Written in full: Clang 14 deduces nothing through an alias of initializer_list. Where braces could be read in several
// ways, {{1}, {2}}, the deepest list wins, since it is the more special template.

///@{
/// A tensor as it is written: from({{1, 2}, {3, 4}}), up to four axes deep.
///
/// The element type is that of the numbers (1 is int32, 1.0 double, 1.0F float) unless given: from<float>({{1, 2}}).
///
/// @param names  of the axes, "b s"; none, if not given
/// @throws abax::error  size_mismatch: lists of different lengths side by side, and where; rank_mismatch: not as many names
///                      as axes; duplicate_axis, syntax
/// @cost   0 FLOPs; writes each element
template <element T>
[[nodiscard]] tensor<T> from(std::initializer_list<T> elements, axis_names names = {}) {
    return detail::from_lists<T>(elements, 1, names);
}
template <element T>
[[nodiscard]] tensor<T> from(
    std::initializer_list<std::initializer_list<T>> elements, axis_names names = {}
) {
    return detail::from_lists<T>(elements, 2, names);
}
template <element T>
[[nodiscard]] tensor<T> from(
    std::initializer_list<std::initializer_list<std::initializer_list<T>>> elements,
    axis_names names = {}
) {
    return detail::from_lists<T>(elements, 3, names);
}
template <element T>
[[nodiscard]] tensor<T> from(
    std::initializer_list<std::initializer_list<std::initializer_list<std::initializer_list<T>>>>
        elements,
    axis_names names = {}
) {
    return detail::from_lists<T>(elements, 4, names);
}
///@}

///@{
/// These elements, copied, row-major under a shape: from(values, axes("b s", {2, 3})), from(values, {2, 3}).
/// @throws abax::error  size_mismatch: not as many as the shape holds; overflow, allocation
/// @cost   0 FLOPs; writes each element
template <element T>
[[nodiscard]] tensor<T> from(std::span<const T> elements, const shape_argument& axes);
template <element T>
[[nodiscard]] tensor<T> from(const std::vector<T>& elements, const shape_argument& axes);
template <element T>
[[nodiscard]] tensor<T> from(std::initializer_list<T> elements, const shape_argument& axes) {
    const std::vector<T> all(elements);
    return from(all, axes);
}
///@}

/// The same in the form of `zeros` and `randn`: from(values, "b s", {2, 3}).
template <element T>
[[nodiscard]] tensor<T> from(
    const std::vector<T>& elements, axis_names names, const std::vector<std::int64_t>& extents
) {
    return from(elements, shape_argument(axes_or_none(names, extents)));
}
/// A vector as one axis, with or without a name: from(values), from(values, "s").
template <element T>
[[nodiscard]] tensor<T> from(const std::vector<T>& elements, axis_names name = {}) {
    return from(elements, name, {static_cast<std::int64_t>(elements.size())});
}

/// The memory of a vector that is given away: from(std::move(values), {2, 3}) copies nothing. The vector lives as long
/// as something shares the tensor's buffer. (A vector of bool holds bits, which no tensor does: it is copied.)
/// @throws abax::error  size_mismatch; the vector is as it was then
/// @cost   a view: 0 FLOPs, 0 bytes
template <element T>
[[nodiscard]] tensor<T> from(std::vector<T>&& elements, const shape_argument& axes);

/// Foreign memory, row-major, which must outlive all that shares it and is never written through.
/// The first write copies it.
/// @throws abax::error  size_mismatch: a negative extent; overflow
/// @cost   none, and no record
template <element T>
[[nodiscard]] tensor<T> borrow(const T* elements, const shape_argument& axes);

}  // namespace abax
