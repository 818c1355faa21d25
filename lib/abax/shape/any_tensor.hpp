#pragma once

#include <abax/core/dtype.hpp>
#include <abax/shape/layout.hpp>
#include <abax/storage/buffer.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace abax {

/// Advice as types: what to write instead of a call that is refused.
namespace instead {
/// `slice(z, {"s", 0, 2}) = value` would change a view that nobody sees: assign(z, {"s", 0, 2}, value).
struct write_assign_z_range_value {};
}  // namespace instead

/// A tensor whose element type is known only at run time: a buffer, a layout and a dtype.
///
/// A value: copying is O(1) and shares the buffer; writing goes through `writable()`, which first copies
/// a buffer that is shared. A dry tensor has everything but elements. What files, the command line and
/// bindings handle; `tensor<T>` is the same with the type fixed.
class any_tensor {
public:
    /// A dry float32 tensor of rank 0: a place to put another one.
    any_tensor() : any_tensor(dtype::float32, layout{{}, {}, 0}, buffer::dry(sizeof(float))) {}
    ///@{
    /// A buffer seen through a layout, which must lie within it; nobody checks that.
    any_tensor(dtype type, const layout& where, buffer storage)
        : where_(where), storage_(std::move(storage)), type_(type) {}
    any_tensor(dtype type, layout&& where, buffer storage)
        : where_(std::move(where)), storage_(std::move(storage)), type_(type) {}
    ///@}

    ///@{
    /// Shares the buffer; a tensor that was moved from has rank 0 and no element. Only what has a name can be assigned
    /// to: `slice(x, ...) = y` would change a view that nobody sees, `assign(x, {...}, y)` writes.
    any_tensor(const any_tensor&) = default;
    any_tensor(any_tensor&&) noexcept = default;
    any_tensor& operator=(const any_tensor&) & = default;
    any_tensor& operator=(any_tensor&&) & noexcept = default;
    instead::write_assign_z_range_value operator=(const any_tensor&) && = delete;
    ///@}
    ~any_tensor() = default;

    /// Undefined elements of this shape, row-major; dry under a `dry_run`. @throws abax::error allocation, overflow
    [[nodiscard]] static any_tensor empty(dtype type, shape axes);

    /// A tensor of this shape without elements.
    [[nodiscard]] static any_tensor dry(dtype type, shape axes);

    /// The element type.
    [[nodiscard]] dtype type() const noexcept { return type_; }
    /// Axes, strides and offset, in elements.
    [[nodiscard]] const layout& where() const noexcept { return where_; }
    /// Names and extents.
    [[nodiscard]] const abax::shape& shape() const noexcept { return where_.axes; }
    /// Number of axes, 0 to 32.
    [[nodiscard]] std::size_t rank() const noexcept { return where_.rank(); }
    /// Number of elements, repeated ones included. @throws abax::error overflow
    [[nodiscard]] std::int64_t volume() const { return where_.axes.volume(); }
    /// The block of bytes, which other tensors may share.
    [[nodiscard]] const buffer& storage() const noexcept { return storage_; }
    /// Whether it has axes, a type and a price, but no elements.
    [[nodiscard]] bool is_dry() const noexcept { return storage_.is_dry(); }
    /// Whether any axis has a name.
    [[nodiscard]] bool is_named() const noexcept { return where_.axes.is_named(); }
    /// Row-major and dense: elements can be read by one pointer that counts up.
    [[nodiscard]] bool is_contiguous() const noexcept { return where_.is_contiguous(); }

    /// The extent of the axis called `label`. @throws abax::error unknown_axis
    [[nodiscard]] std::int64_t extent(std::string_view label) const;

    /// The extent of an axis of an unnamed tensor by its position; -1 is the last.
    /// @throws abax::error unknown_axis; usage: the tensor is named
    [[nodiscard]] std::int64_t extent(std::int64_t position) const;

    /// The names of the axes in order, as `shape::names`; an axis without one gives "".
    [[nodiscard]] std::vector<std::string> names() const { return where_.axes.names(); }

    /// What its elements take when stored densely: volume times element size. @throws abax::error overflow
    [[nodiscard]] std::int64_t bytes() const;

    /// The only element. @throws abax::error dtype_mismatch; size_mismatch: more or less than one; dry
    template <element T>
    [[nodiscard]] T item() const;

    /// The element at coordinate 0, for reading. @throws abax::error dry
    [[nodiscard]] const std::byte* data() const;

    /// The element at coordinate 0, for writing. The caller has made the buffer its own (`make_unique`).
    [[nodiscard]] std::byte* writable();

    /// Whether two tensors share a buffer.
    [[nodiscard]] bool shares_with(const any_tensor& other) const noexcept {
        return storage_.same_as(other.storage_);
    }

    ///@{
    /// The same elements under another layout of the same buffer.
    [[nodiscard]] any_tensor viewed(const layout& where) const { return {type_, where, storage_}; }
    [[nodiscard]] any_tensor viewed(layout&& where) const {
        return {type_, std::move(where), storage_};
    }
    ///@}

private:
    layout where_;
    buffer storage_;
    dtype type_ = dtype::float32;
};

/// Throws `dtype_mismatch` unless `x` holds elements of type `wanted`.
void require_dtype(const any_tensor& x, dtype wanted);

/// Throws `size_mismatch` unless `x` has exactly one element.
void require_one_element(const any_tensor& x);

template <element T>
T any_tensor::item() const {
    require_dtype(*this, dtype_of<T>);
    require_one_element(*this);
    return *reinterpret_cast<const T*>(data());
}

/// Makes the buffer of `x` its own before it is written to: a shared one is copied (row-major, a `copy` on the
/// bill), and so is one whose elements overlap (a broadcast view). Nobody who shares it sees the write.
/// @throws abax::error allocation; dry: a copy is due in a dry run, of a tensor with elements
void make_unique(any_tensor& x);

/// While one lives, all tensors made on this thread are dry.
class dry_run {
public:
    [[nodiscard("a dry_run without a name ends at once"
    )]] dry_run() noexcept;  ///< on, until its end
    ~dry_run();
    dry_run(const dry_run&) = delete;
    dry_run& operator=(const dry_run&) = delete;

    /// Whether one lives on this thread.
    [[nodiscard]] static bool is_on() noexcept;
};

}  // namespace abax
