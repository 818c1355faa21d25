#pragma once

#include <abax/kernels/iterate.hpp>
#include <abax/kernels/loops.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace abax::kernels::detail {

/// The results of a row-wise kernel in groups. Where the neighbour of an element in memory belongs to the next row
/// (the axis is read across), a group is up to `widest` rows side by side, so that a cache line that was fetched for
/// one serves all; else a group is one row.
class column_groups {
public:
    /// Operand 1 of `rows` is read; `inner_stride` lies between its elements within a row.
    column_groups(const loops<2>& rows, std::int64_t inner_stride, std::int64_t widest)
        : work_(ordered(rows, 1)) {
        if (!work_.nest.empty()) {
            columns_ = work_.nest.back();
            work_.nest.pop_back();
        }
        const bool across = std::abs(columns_.stride[1]) < std::abs(inner_stride);
        width_ = across ? std::min(widest, std::max<std::int64_t>(columns_.extent, 1)) : 1;
        blocks_ = (columns_.extent + width_ - 1) / width_;
    }

    /// How many groups there are; 0 if there are no rows.
    [[nodiscard]] std::int64_t count() const noexcept { return iterations(work_.nest) * blocks_; }
    /// The most rows of a group.
    [[nodiscard]] std::int64_t width() const noexcept { return width_; }
    /// Between neighbouring rows of a group: out, in.
    [[nodiscard]] const offsets<2>& stride() const noexcept { return columns_.stride; }

    /// body(offsets of the first row, number of rows) for one group.
    template <class Body>
    void visit(std::int64_t group, const Body& body) const {
        const std::int64_t outer = group / blocks_;
        const std::int64_t first = group % blocks_ * width_;
        walk(work_.nest, outer, outer + 1, work_.start, [&](offsets<2> at, const auto&) {
            for (std::size_t operand = 0; operand < at.size(); ++operand)
                at[operand] += first * columns_.stride[operand];
            body(at, std::min(width_, columns_.extent - first));
        });
    }

private:
    ordered_nest<2> work_;
    loop<2> columns_;
    std::int64_t width_ = 1;
    std::int64_t blocks_ = 1;
};

}  // namespace abax::kernels::detail
