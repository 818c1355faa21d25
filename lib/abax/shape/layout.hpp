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
    shape axes = {};
    strides stride = {};
    std::int64_t offset = 0;

    /// Row-major and dense: the last axis has stride 1.
    [[nodiscard]] static layout row_major(shape axes);

    [[nodiscard]] std::size_t rank() const noexcept { return axes.rank(); }

    /// Row-major and dense, wherever it starts. Axes of extent 1 may have any stride.
    [[nodiscard]] bool is_contiguous() const noexcept;

    /// The number of different elements that it reaches: an axis of stride 0 counts once.
    [[nodiscard]] std::int64_t distinct_volume() const;

    friend bool operator==(const layout&, const layout&) = default;
};

/// Whether two layouts of one buffer reach the same elements, under whatever names and in whatever order
/// of the axes. False also where it cannot be told from the strides alone.
[[nodiscard]] bool reach_the_same(const layout& a, const layout& b);

}  // namespace abax
