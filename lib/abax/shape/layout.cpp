#include <abax/core/checked.hpp>
#include <abax/shape/layout.hpp>

#include <algorithm>
#include <utility>

namespace abax {

namespace {

// In 128 bits nothing that strides and extents give overflows, whatever they are.
int128 magnitude(std::int64_t stride) {
    return stride < 0 ? -int128{stride} : int128{stride};
}

}  // namespace

layout layout::row_major(shape axes) {
    layout result{std::move(axes), {}, 0};
    result.stride.resize(result.rank());
    std::int64_t step = 1;
    bool overflows = false;
    for (std::size_t i = result.rank(); i-- > 0;) {
        result.stride[i] = step;
        const std::int64_t extent = result.axes[i].extent;
        // After an axis of extent 0 no element exists; strides only have to be defined.
        if (extent > 0 && __builtin_mul_overflow(step, extent, &step)) {
            step = 0;
            overflows = true;
        }
    }
    if (overflows)
        (void)result.axes.volume();  // throws, unless an extent of 0 makes up for it
    return result;
}

bool layout::is_contiguous() const noexcept {
    std::int64_t step = 1;
    for (std::size_t i = rank(); i-- > 0;) {
        const std::int64_t extent = axes[i].extent;
        if (extent == 0)
            return true;
        if (extent != 1) {
            if (stride[i] != step)
                return false;
            step *= extent;
        }
    }
    return true;
}

std::int64_t layout::distinct_volume() const {
    std::int64_t count = 1;
    for (std::size_t i = 0; i < rank(); ++i)
        if (axes[i].extent == 0)
            return 0;
        else if (stride[i] != 0)
            count = checked_mul(count, axes[i].extent, "the number of elements");
    return count;
}

// Sorted by stride, each step must lead past all that the smaller ones reach together.
// Example: windows of 3 have strides (1, 1): a step of 1 does not leave the 3 elements of the window.
bool layout::overlaps_itself() const {
    static_vector<std::pair<int128, int128>, max_rank> steps;
    for (std::size_t i = 0; i < rank(); ++i) {
        if (axes[i].extent == 0)
            return false;
        if (axes[i].extent > 1)
            steps.push_back({magnitude(stride[i]), axes[i].extent});
    }
    std::sort(steps.begin(), steps.end());
    int128 reach = 0;
    for (const auto& [step, extent] : steps) {
        if (step <= reach)
            return true;
        reach += step * (extent - 1);
    }
    return false;
}

bool reach_the_same(const layout& a, const layout& b) {
    using step = std::pair<int128, std::int64_t>;
    // An axis that is read backwards starts at its other end.
    const auto steps_from = [](const layout& l, int128& start) {
        static_vector<step, max_rank> all;
        start = l.offset;
        for (std::size_t i = 0; i < l.rank(); ++i) {
            const std::int64_t extent = l.axes[i].extent;
            if (extent == 1 || l.stride[i] == 0)
                continue;
            if (l.stride[i] < 0)
                start += int128{l.stride[i]} * (extent - 1);
            all.push_back({magnitude(l.stride[i]), extent});
        }
        std::sort(all.begin(), all.end());
        return all;
    };
    int128 a_start = 0;
    int128 b_start = 0;
    return steps_from(a, a_start) == steps_from(b, b_start) && a_start == b_start;
}

}  // namespace abax
