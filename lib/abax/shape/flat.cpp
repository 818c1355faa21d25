#include <abax/shape/flat.hpp>

namespace abax::detail {

row_major_walk::row_major_walk(const layout& where) {
    const std::int64_t volume = where.axes.volume();
    for (std::size_t i = where.rank(); i-- > 0 && volume > 0;) {
        const loop next{where.axes[i].extent, where.stride[i]};
        if (next.extent == 1)
            continue;
        // Two axes whose strides chain are one loop: (2, 3) with strides (3, 1) is 6 with stride 1.
        if (!outer_.empty() && next.stride == outer_.back().stride * outer_.back().extent)
            outer_.back().extent *= next.extent;
        else
            outer_.push_back(next);
    }
    if (!outer_.empty()) {
        row_extent_ = outer_[0].extent;
        step_ = outer_[0].stride;
        outer_.erase(0);
    }
    rows_ = volume / row_extent_;
}

std::int64_t row_major_walk::start_of(std::int64_t row) const noexcept {
    std::int64_t offset = 0;
    for (std::size_t i = 0; i + 1 < outer_.size(); ++i) {
        offset += row % outer_[i].extent * outer_[i].stride;
        row /= outer_[i].extent;
    }
    // What is left counts the outermost loop: no division, so that a matrix needs none.
    return outer_.empty() ? offset : offset + row * outer_.back().stride;
}

void require_position(std::int64_t position, std::int64_t volume) {
    if (position < 0 || position >= volume)
        throw error(
            {.kind = category::usage,
             .operation = "flat",
             .message = "there is no element " + std::to_string(position) + " among "
                      + std::to_string(volume),
             .expected_extent = volume,
             .got_extent = position,
             .expected =
                 volume > 0 ? "a position from 0 to " + std::to_string(volume - 1) : "no position",
             .got = std::to_string(position)}
        );
}

}  // namespace abax::detail
