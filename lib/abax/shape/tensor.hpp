#pragma once

#include <abax/shape/any_tensor.hpp>

#include <array>
#include <concepts>
#include <initializer_list>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace abax {

/// Throws `dtype_mismatch` unless `x` holds elements of type `wanted`.
void require_dtype(const any_tensor& x, dtype wanted);

/// The offset of a coordinate. @throws abax::error rank_mismatch; usage: outside the extents
[[nodiscard]] std::int64_t offset_of(const layout& where, std::span<const std::int64_t> coordinate);

/// A tensor of elements T; its axes may have names, known at run time.
///
/// A value: copying is O(1) and shares the buffer, and nothing dangles. Writing goes through `mut()` or a verb
/// that says so (`assign`), which first copies a shared buffer.
template <element T>
class tensor {
public:
    using value_type = T;

    tensor() : any_(any_tensor::dry(dtype_of<T>, {})) {}

    /// Takes a tensor whose element type is T. @throws abax::error dtype_mismatch
    explicit tensor(any_tensor x) : any_(std::move(x)) { require_dtype(any_, dtype_of<T>); }

    [[nodiscard]] const any_tensor& any() const noexcept { return any_; }
    [[nodiscard]] any_tensor& any() noexcept { return any_; }
    operator const any_tensor&() const noexcept {
        return any_;
    }  // NOLINT(google-explicit-constructor): a veneer

    [[nodiscard]] static constexpr dtype type() noexcept { return dtype_of<T>; }
    [[nodiscard]] const abax::shape& shape() const noexcept { return any_.shape(); }
    [[nodiscard]] const layout& where() const noexcept { return any_.where(); }
    [[nodiscard]] std::size_t rank() const noexcept { return any_.rank(); }
    [[nodiscard]] std::int64_t volume() const { return any_.volume(); }
    [[nodiscard]] std::int64_t extent(std::string_view label) const { return any_.extent(label); }
    [[nodiscard]] bool is_dry() const noexcept { return any_.is_dry(); }
    [[nodiscard]] bool is_named() const noexcept { return any_.is_named(); }
    [[nodiscard]] bool is_contiguous() const noexcept { return any_.is_contiguous(); }

    /// The element at coordinate 0, for reading; `where()` tells the strides. @throws abax::error dry
    [[nodiscard]] const T* data() const { return reinterpret_cast<const T*>(any_.data()); }

    /// One element. @throws abax::error rank_mismatch, usage (outside), dry
    template <std::integral... Coordinates>
    [[nodiscard]] T operator()(Coordinates... at) const {
        const std::array<std::int64_t, sizeof...(at)> coordinate{static_cast<std::int64_t>(at)...};
        return data()[offset_of(where(), coordinate)];
    }

    /// The only element. @throws abax::error size_mismatch: more or less than one; dry
    [[nodiscard]] T item() const;

    /// The elements in row-major order, copied. @throws abax::error dry
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

template <class X>
inline constexpr bool is_tensor = std::same_as<X, any_tensor>;
template <element T>
inline constexpr bool is_tensor<tensor<T>> = true;

/// `tensor<T>` or `any_tensor`.
template <class X>
concept tensor_like = is_tensor<X>;

}  // namespace abax
