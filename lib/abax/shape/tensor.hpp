#pragma once

#include <abax/shape/any_tensor.hpp>
#include <abax/shape/axis_size.hpp>
#include <abax/shape/flat.hpp>

#include <array>
#include <concepts>
#include <initializer_list>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace abax {

/// The offset of a coordinate from coordinate 0. @throws abax::error rank_mismatch; usage: outside the extents
[[nodiscard]] std::int64_t offset_of(const layout& where, std::span<const std::int64_t> coordinate);

/// The offset of a coordinate given by name, in any order, each axis exactly once; an axis that remembers factors goes
/// by its own name. @throws abax::error  unknown_axis, duplicate_axis; rank_mismatch: an axis is not given; usage: outside
/// the extents
[[nodiscard]] std::int64_t offset_of(const layout& where, std::span<const axis_size> coordinate);

/// A tensor of elements T; its axes may have names, known at run time.
///
/// A value: copying is O(1) and shares the buffer, and nothing dangles. Writing goes through `mut()` or a verb
/// that says so (`assign`), which first copies a shared buffer.
template <element T>
class tensor {
public:
    using value_type = T;  ///< the element type

    /// A dry tensor of rank 0: a place to put another one.
    tensor() : any_(any_tensor::dry(dtype_of<T>, {})) {}

    /// Takes a tensor whose element type is T. @throws abax::error dtype_mismatch
    explicit tensor(any_tensor x) : any_(std::move(x)) { require_dtype(any_, dtype_of<T>); }

    ///@{
    /// As `any_tensor`: shares the buffer, and only what has a name can be assigned to.
    tensor(const tensor&) = default;
    tensor(tensor&&) noexcept = default;
    tensor& operator=(const tensor&) & = default;
    tensor& operator=(tensor&&) & noexcept = default;
    instead::write_assign_z_range_value operator=(const tensor&) && = delete;
    ///@}
    ~tensor() = default;

    ///@{
    /// The same tensor, its element type known at run time only: no copy. Verbs and files take it so.
    [[nodiscard]] const any_tensor& any() const noexcept { return any_; }
    [[nodiscard]] any_tensor& any() noexcept { return any_; }
    operator const any_tensor&() const noexcept {
        return any_;
    }  // NOLINT(google-explicit-constructor): a veneer
    ///@}

    /// The `dtype` of T.
    [[nodiscard]] static constexpr dtype type() noexcept { return dtype_of<T>; }
    /// Names and extents.
    [[nodiscard]] const abax::shape& shape() const noexcept { return any_.shape(); }
    /// Axes, strides and offset, in elements.
    [[nodiscard]] const layout& where() const noexcept { return any_.where(); }
    /// Number of axes, 0 to 32.
    [[nodiscard]] std::size_t rank() const noexcept { return any_.rank(); }
    /// Number of elements, repeated ones included. @throws abax::error overflow
    [[nodiscard]] std::int64_t volume() const { return any_.volume(); }
    /// The extent of the axis called `label`. @throws abax::error unknown_axis
    [[nodiscard]] std::int64_t extent(std::string_view label) const { return any_.extent(label); }
    /// By position, -1 is the last: for unnamed tensors. @throws abax::error unknown_axis, usage
    [[nodiscard]] std::int64_t extent(std::int64_t position) const { return any_.extent(position); }
    /// The names of the axes in order; "" for an axis without one.
    [[nodiscard]] std::vector<std::string> names() const { return any_.names(); }
    /// What the elements take when stored densely. @throws abax::error overflow
    [[nodiscard]] std::int64_t bytes() const { return any_.bytes(); }
    /// Whether it has axes and a price, but no elements.
    [[nodiscard]] bool is_dry() const noexcept { return any_.is_dry(); }
    /// Whether any axis has a name.
    [[nodiscard]] bool is_named() const noexcept { return any_.is_named(); }
    /// Row-major and dense: elements can be read by `data()` counting up.
    [[nodiscard]] bool is_contiguous() const noexcept { return any_.is_contiguous(); }

    /// The element at coordinate 0, for reading; `where()` tells the strides. @throws abax::error dry
    [[nodiscard]] const T* data() const { return reinterpret_cast<const T*>(any_.data()); }

    /// One element, by its coordinate in the order of the axes: `x(1, 0, 2)`. Nothing counts from the end.
    /// @throws abax::error rank_mismatch, usage (outside), dry
    template <std::integral... Coordinates>
    [[nodiscard]] T operator()(Coordinates... at) const {
        const std::array<std::int64_t, sizeof...(at)> coordinate{static_cast<std::int64_t>(at)...};
        return data()[offset_of(where(), coordinate)];
    }

    /// One element, by name and in any order: `x("b"_ax = 1, "s"_ax = 2)`. Each axis exactly once.
    /// @throws abax::error unknown_axis, duplicate_axis, rank_mismatch (an axis is not given), usage (outside), dry
    template <std::same_as<axis_size>... More>
    [[nodiscard]] T operator()(axis_size first, More... more) const {
        const std::array<axis_size, 1 + sizeof...(more)> coordinate{first, more...};
        return data()[offset_of(where(), coordinate)];
    }

    /// The only element. @throws abax::error size_mismatch: more or less than one; dry
    [[nodiscard]] T item() const;

    /// The elements in row-major order, read in place whatever the strides: `for (float v : x.flat())`. The range keeps
    /// the buffer alive, so that x may be a temporary. @throws abax::error dry @cost none: on no bill
    [[nodiscard]] flat_range<T> flat() const { return flat_range<T>(any_); }

    /// The elements in row-major order, copied. @throws abax::error dry, allocation
    [[nodiscard]] std::vector<T> to_vector() const;

    /// The door for writing: the buffer is first made its own (`make_unique`). The pointer is to coordinate 0
    /// and is good until the tensor is copied or assigned to. @throws abax::error dry, allocation
    [[nodiscard]] T* mut() {
        make_unique(any_);
        return reinterpret_cast<T*>(any_.writable());
    }

private:
    any_tensor any_;
};

extern template class tensor<float>;
extern template class tensor<double>;
extern template class tensor<std::int32_t>;
extern template class tensor<std::int64_t>;
extern template class tensor<bool>;

///@{
/// Whether X is `any_tensor` or a `tensor<T>`.
template <class X>
inline constexpr bool is_tensor = std::same_as<X, any_tensor>;
template <element T>
inline constexpr bool is_tensor<tensor<T>> = true;
///@}

/// `tensor<T>` or `any_tensor`.
template <class X>
concept tensor_like = is_tensor<X>;

}  // namespace abax
