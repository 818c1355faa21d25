#include <abax/shape/layout.hpp>

#include <algorithm>
#include <utility>

namespace abax {

layout layout::row_major(shape axes) {
    layout result{std::move(axes), {}, 0};
    (void)result.axes.volume();  // overflow shows here, before any stride does
    result.stride.resize(result.rank());
    std::int64_t step = 1;
    for (std::size_t i = result.rank(); i-- > 0;) {
        result.stride[i] = step;
        const std::int64_t extent = result.axes[i].extent;
        // After an axis of extent 0 no element exists; strides only have to be defined.
        if (extent > 0 && __builtin_mul_overflow(step, extent, &step))
            step = 0;
    }
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

bool reach_the_same(const layout& a, const layout& b) {
    const auto steps = [](const layout& l) {
        static_vector<std::pair<std::int64_t, std::int64_t>, max_rank> all;
        for (std::size_t i = 0; i < l.rank(); ++i)
            if (l.axes[i].extent != 1 && l.stride[i] != 0)
                all.push_back({l.stride[i], l.axes[i].extent});
        std::sort(all.begin(), all.end());
        return all;
    };
    return a.offset == b.offset && steps(a) == steps(b);
}

}  // namespace abax
