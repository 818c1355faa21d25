#pragma once

#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace abax {

namespace detail {

/// A tensor and the axis that is taken off it.
struct axis_walk {
    any_tensor whole = {};
    std::size_t axis = 0;

    [[nodiscard]] std::int64_t extent() const { return whole.shape()[axis].extent; }
    /// The tensor at one position of the axis; no record, no check.
    [[nodiscard]] any_tensor view(std::int64_t position) const;
    /// @throws abax::error usage: outside the axis
    void require_position(std::int64_t position) const;
};

/// Enters one view on the bill. @throws abax::error unknown_axis, usage
[[nodiscard]] axis_walk walk_along(const any_tensor& x, const axis_argument& which);

}  // namespace detail

/// The views of a tensor at each position of one axis; see `along`. A value: it shares the buffer, and later writes into
/// the tensor do not reach it.
template <tensor_like X>
class along_range {
public:
    /// Random access; each view is made when it is asked for. Good while the range lives, in its place.
    class iterator {
    public:
        ///@{
        /// What the standard asks of an iterator with random access. Nothing is checked: `along_range::operator[]` checks.
        using iterator_concept = std::random_access_iterator_tag;
        using iterator_category =
            std::input_iterator_tag;  // what it gives is a value, no reference
        using value_type = X;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = X;

        iterator() = default;
        iterator(const detail::axis_walk& walk, std::int64_t position)
            : walk_(&walk), position_(position) {}

        reference operator*() const { return detail::typed<X>(walk_->view(position_)); }
        reference operator[](difference_type n) const { return *(*this + n); }

        iterator& operator++() { return *this += 1; }
        iterator& operator--() { return *this -= 1; }
        iterator operator++(int) { return {*walk_, position_++}; }
        iterator operator--(int) { return {*walk_, position_--}; }
        iterator& operator+=(difference_type n) {
            position_ += n;
            return *this;
        }
        iterator& operator-=(difference_type n) { return *this += -n; }

        friend iterator operator+(iterator a, difference_type n) { return a += n; }
        friend iterator operator+(difference_type n, iterator a) { return a += n; }
        friend iterator operator-(iterator a, difference_type n) { return a -= n; }
        friend difference_type operator-(const iterator& a, const iterator& b) {
            return a.position_ - b.position_;
        }
        friend bool operator==(const iterator& a, const iterator& b) {
            return a.position_ == b.position_;
        }
        friend std::strong_ordering operator<=>(const iterator& a, const iterator& b) {
            return a.position_ <=> b.position_;
        }
        ///@}

    private:
        const detail::axis_walk* walk_ = nullptr;
        std::int64_t position_ = 0;
    };
    using const_iterator = iterator;  ///< views are values: there is nothing to write through
    using value_type = X;             ///< a view of the tensor's own type

    /// Made by `along`, which checks.
    explicit along_range(detail::axis_walk walk) : walk_(std::move(walk)) {}

    ///@{
    /// From position 0 to the extent of the axis, which is the size.
    [[nodiscard]] iterator begin() const { return {walk_, 0}; }
    [[nodiscard]] iterator end() const { return {walk_, walk_.extent()}; }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(walk_.extent()); }
    [[nodiscard]] bool empty() const { return walk_.extent() == 0; }
    ///@}

    /// The view at one position. @throws abax::error usage: outside the axis
    [[nodiscard]] X operator[](std::int64_t position) const {
        walk_.require_position(position);
        return detail::typed<X>(walk_.view(position));
    }

private:
    detail::axis_walk walk_;
};

/// The parts of `x` at each position of one axis, in order: `for (auto row : along(x, "b"))`.
///
/// @param which  the axis, by name or (unnamed tensors) by position; -1 is the last
/// @return  a range with random access, one view for each position: x without the axis. It keeps the buffer alive, so
///          that x may be a temporary; writing into a view copies it first, as for any tensor
/// @throws  abax::error  unknown_axis; usage: a position where there are names
/// @cost    0 FLOPs, 0 bytes: one view on the bill when the range is made, however many are taken from it
template <element T>
[[nodiscard]] along_range<tensor<T>> along(const tensor<T>& x, axis_argument which) {
    return along_range<tensor<T>>(detail::walk_along(x.any(), which));
}
/// As for typed tensors, above.
[[nodiscard]] inline along_range<any_tensor> along(const any_tensor& x, axis_argument which) {
    return along_range<any_tensor>(detail::walk_along(x, which));
}

}  // namespace abax
