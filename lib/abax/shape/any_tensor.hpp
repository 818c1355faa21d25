#pragma once

#include <abax/core/dtype.hpp>
#include <abax/shape/layout.hpp>
#include <abax/storage/buffer.hpp>

#include <string_view>

namespace abax {

/// A tensor whose element type is known only at run time: a buffer, a layout and a dtype.
///
/// A value: copying is O(1) and shares the buffer; writing goes through `writable()`, which first copies
/// a buffer that is shared. A dry tensor has everything but elements. What files, the command line and
/// bindings handle; `tensor<T>` is the same with the type fixed.
class any_tensor {
public:
    any_tensor() : any_tensor(dtype::float32, layout{{}, {}, 0}, buffer::dry(sizeof(float))) {}
    any_tensor(dtype type, layout where, buffer storage);

    /// Undefined elements of this shape, row-major; dry under a `dry_run`. @throws abax::error allocation, overflow
    [[nodiscard]] static any_tensor empty(dtype type, shape axes);

    /// A tensor of this shape without elements.
    [[nodiscard]] static any_tensor dry(dtype type, shape axes);

    [[nodiscard]] dtype type() const noexcept { return type_; }
    [[nodiscard]] const layout& where() const noexcept { return where_; }
    [[nodiscard]] const abax::shape& shape() const noexcept { return where_.axes; }
    [[nodiscard]] std::size_t rank() const noexcept { return where_.rank(); }
    [[nodiscard]] std::int64_t volume() const { return where_.axes.volume(); }
    [[nodiscard]] const buffer& storage() const noexcept { return storage_; }
    [[nodiscard]] bool is_dry() const noexcept { return storage_.is_dry(); }
    [[nodiscard]] bool is_named() const noexcept { return where_.axes.is_named(); }
    [[nodiscard]] bool is_contiguous() const noexcept { return where_.is_contiguous(); }

    /// The extent of the axis called `label`. @throws abax::error unknown_axis
    [[nodiscard]] std::int64_t extent(std::string_view label) const;

    /// The element at coordinate 0, for reading. @throws abax::error dry
    [[nodiscard]] const std::byte* data() const;

    /// The element at coordinate 0, for writing. The caller has made the buffer its own (`make_unique`).
    [[nodiscard]] std::byte* writable();

    /// Whether two tensors share a buffer.
    [[nodiscard]] bool shares_with(const any_tensor& other) const noexcept {
        return storage_.same_as(other.storage_);
    }

    /// The same elements under another layout of the same buffer.
    [[nodiscard]] any_tensor viewed(layout where) const {
        return {type_, std::move(where), storage_};
    }

private:
    layout where_;
    buffer storage_;
    dtype type_ = dtype::float32;
};

/// Makes the buffer of `x` its own before it is written to: a shared one is copied (row-major, a `copy` on the
/// bill), and so is one whose elements overlap (a broadcast view). Nobody who shares it sees the write.
/// @throws abax::error allocation
void make_unique(any_tensor& x);

/// While one lives, all tensors made on this thread are dry.
class dry_run {
public:
    dry_run() noexcept;
    ~dry_run();
    dry_run(const dry_run&) = delete;
    dry_run& operator=(const dry_run&) = delete;

    [[nodiscard]] static bool is_on() noexcept;
};

}  // namespace abax
