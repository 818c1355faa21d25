#pragma once

#include <abax/shape/shape.hpp>

#include <cstdint>

namespace abax {

/// Elements (not bytes) between neighbours on each axis.
using strides = static_vector<std::int64_t, max_rank>;

/// Shape with strides: where, in elements, a coordinate lies in its buffer.
///
/// offset(c) = offset + sum over the axes of c[i] * stride[i]. A stride of 0 repeats, a negative one
/// reads backwards.
struct layout {
    shape axes = {};          ///< names and extents
    strides stride = {};      ///< one for each axis, in elements
    std::int64_t offset = 0;  ///< of coordinate 0 from the start of the buffer, in elements

    /// Row-major and dense: the last axis has stride 1.
    [[nodiscard]] static layout row_major(shape axes);

    /// Number of axes, 0 to 32.
    [[nodiscard]] std::size_t rank() const noexcept { return axes.rank(); }

    /// Row-major and dense, wherever it starts. Axes of extent 1 may have any stride.
    [[nodiscard]] bool is_contiguous() const noexcept;

    /// The number of elements without repeats: an axis of stride 0 counts once. Windows that overlap count in full.
    [[nodiscard]] std::int64_t distinct_volume() const;

    /// Whether two coordinates may reach one element: an axis repeats (stride 0), or windows overlap. Also true for
    /// the odd layout that strides alone cannot clear, so it is safe to write only where this is false.
    [[nodiscard]] bool overlaps_itself() const;

    /// The same axes, strides and offset; not whether the same elements are reached: `reach_the_same`.
    friend bool operator==(const layout&, const layout&) = default;
};

/// Whether two layouts of one buffer reach the same elements, under whatever names, in whatever order of the
/// axes and in whatever direction. False also where it cannot be told from the strides alone.
[[nodiscard]] bool reach_the_same(const layout& a, const layout& b);

}  // namespace abax
