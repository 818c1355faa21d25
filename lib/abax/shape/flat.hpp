#pragma once

#include <abax/shape/any_tensor.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace abax {

namespace detail {

/// The elements of a layout in row-major order, as rows of one stride, as long as its strides allow: a dense layout
/// is a single row. Offsets count from coordinate 0.
class row_major_walk {
public:
    row_major_walk() = default;

    /// @throws abax::error overflow: more elements than can be counted
    explicit row_major_walk(const layout& where);

    [[nodiscard]] std::int64_t rows() const noexcept { return rows_; }
    [[nodiscard]] std::int64_t row_extent() const noexcept { return row_extent_; }  ///< 1 or more
    [[nodiscard]] std::int64_t step() const noexcept { return step_; }
    [[nodiscard]] std::int64_t volume() const noexcept { return rows_ * row_extent_; }

    /// Where a row begins.
    [[nodiscard]] std::int64_t start_of(std::int64_t row) const noexcept;

private:
    struct loop {
        std::int64_t extent = 1;
        std::int64_t stride = 0;
    };
    std::int64_t rows_ = 1;
    std::int64_t row_extent_ = 1;
    std::int64_t step_ = 0;
    static_vector<loop, max_rank> outer_;  // the innermost first
};

/// @throws abax::error usage: there is no element at `position`
void require_position(std::int64_t position, std::int64_t volume);

}  // namespace detail

/// A random access iterator over the elements of a tensor in row-major order. Good while the `flat_range` it came
/// from lives, in its place.
template <element T>
class flat_iterator {
public:
    ///@{
    /// What the standard asks of a random access iterator. Nothing is checked: `flat_range::operator[]` checks.
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;

    flat_iterator() = default;
    flat_iterator(const T* first, const detail::row_major_walk& walk, std::int64_t position)
        : first_(first), walk_(&walk), step_(walk.step()) {
        move_to(position);
    }

    reference operator*() const { return first_[offset_]; }
    pointer operator->() const { return first_ + offset_; }
    reference operator[](difference_type n) const { return *(*this + n); }

    // Within a row, an addition and a test: as fast as a loop over a pointer.
    flat_iterator& operator++() {
        offset_ += step_;
        if (--left_ == 0)
            move_to_row(row_ + 1);
        return *this;
    }
    flat_iterator operator++(int) {
        flat_iterator before = *this;
        ++*this;
        return before;
    }
    flat_iterator& operator--() { return *this += -1; }
    flat_iterator operator--(int) {
        flat_iterator before = *this;
        --*this;
        return before;
    }
    flat_iterator& operator+=(difference_type n) {
        if (n != 0)
            move_to(position() + n);
        return *this;
    }
    flat_iterator& operator-=(difference_type n) { return *this += -n; }

    friend flat_iterator operator+(flat_iterator a, difference_type n) { return a += n; }
    friend flat_iterator operator+(difference_type n, flat_iterator a) { return a += n; }
    friend flat_iterator operator-(flat_iterator a, difference_type n) { return a -= n; }
    friend difference_type operator-(const flat_iterator& a, const flat_iterator& b) {
        return a.position() - b.position();
    }
    friend bool operator==(const flat_iterator& a, const flat_iterator& b) {
        return a.left_ == b.left_ && a.row_ == b.row_;
    }
    friend std::strong_ordering operator<=>(const flat_iterator& a, const flat_iterator& b) {
        return a.position() <=> b.position();
    }
    ///@}

private:
    [[nodiscard]] std::int64_t position() const {
        return walk_ == nullptr ? 0 : row_ * walk_->row_extent() + (walk_->row_extent() - left_);
    }
    void move_to_row(std::int64_t row) {
        row_ = row;
        left_ = walk_->row_extent();
        offset_ = row < walk_->rows() ? walk_->start_of(row) : 0;
    }
    void move_to(std::int64_t position) {
        const std::int64_t within = position % walk_->row_extent();
        move_to_row(position / walk_->row_extent());
        left_ -= within;
        offset_ += within * step_;
    }

    // An offset and no pointer to the element: behind the last one of a strided tensor there is nothing to point at.
    const T* first_ = nullptr;
    const detail::row_major_walk* walk_ = nullptr;
    std::int64_t step_ = 0;
    std::int64_t offset_ = 0;
    std::int64_t left_ = 0;  // in this row, the current one included
    std::int64_t row_ = 0;
};

/// The elements of a tensor in row-major order, whatever its strides; see `tensor::flat`. A value: it shares the buffer
/// of the tensor, and later writes into the tensor do not reach it.
template <element T>
class flat_range {
public:
    using value_type = T;               ///< the element type
    using iterator = flat_iterator<T>;  ///< good while the range lives, in its place
    using const_iterator = iterator;    ///< elements are read only

    /// @throws abax::error dtype_mismatch, dry
    explicit flat_range(const any_tensor& x) : storage_(x.storage()), walk_(x.where()) {
        require_dtype(x, dtype_of<T>);
        first_ = reinterpret_cast<const T*>(x.data());
    }

    ///@{
    /// All elements, the last axis fastest; as many as the volume of the tensor.
    [[nodiscard]] iterator begin() const { return {first_, walk_, 0}; }
    [[nodiscard]] iterator end() const { return {first_, walk_, walk_.volume()}; }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(walk_.volume()); }
    [[nodiscard]] bool empty() const { return walk_.volume() == 0; }
    ///@}

    /// The element at a position of the row-major order. @throws abax::error usage: there is none
    [[nodiscard]] T operator[](std::int64_t position) const {
        detail::require_position(position, walk_.volume());
        return begin()[position];
    }

    /// body(element) for each element in order: the fastest way, since dense rows become a loop that can be vectorised.
    template <class Body>
    void for_each(Body&& body) const {
        for (std::int64_t row = 0; row < walk_.rows(); ++row) {
            const T* const first = first_ + walk_.start_of(row);
            if (walk_.step() == 1)
                for (std::int64_t i = 0; i < walk_.row_extent(); ++i)
                    body(first[i]);
            else
                for (std::int64_t i = 0; i < walk_.row_extent(); ++i)
                    body(first[i * walk_.step()]);
        }
    }

private:
    buffer storage_;  // what `first_` points into
    const T* first_ = nullptr;
    detail::row_major_walk walk_;
};

}  // namespace abax
