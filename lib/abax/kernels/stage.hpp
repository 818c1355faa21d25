#pragma once

#include <algorithm>
#include <cstdint>

namespace abax::kernels::detail {

/// Elements that are brought together on the stack before the arithmetic: a few kilobytes, well within the
/// first-level cache.
inline constexpr std::int64_t stage_elements = 512;

/// A place for elements that do not lie side by side. The arithmetic is then compiled once, for contiguous
/// operands, instead of once for each combination of strides; the copy to the first-level cache is cheap
/// beside fetching strided elements, and every stride gives the same bits.
template <class T>
struct stage {
    alignas(64) T elements[stage_elements];

    /// `count` elements of `from`, contiguous: in place if they are, else gathered here.
    [[nodiscard]] const T* gathered(const T* from, std::int64_t stride, std::int64_t count) {
        if (stride == 1)
            return from;
        if (stride == 0)
            std::fill_n(elements, count, *from);
        else
            for (std::int64_t i = 0; i < count; ++i)
                elements[i] = from[i * stride];
        return elements;
    }

    /// Where to write `count` results for `to`; `scatter` then brings them there.
    [[nodiscard]] T* target(T* to, std::int64_t stride) { return stride == 1 ? to : elements; }

    void scatter(T* to, std::int64_t stride, std::int64_t count) const {
        if (stride == 1)
            return;
        for (std::int64_t i = 0; i < count; ++i)
            to[i * stride] = elements[i];
    }
};

/// Calls body(first, count) for 0..extent: at once if all strides are 1, else in pieces that fit a stage.
template <class Body>
void in_stages(std::int64_t extent, bool contiguous, const Body& body) {
    const std::int64_t step = contiguous ? std::max<std::int64_t>(extent, 1) : stage_elements;
    for (std::int64_t first = 0; first < extent; first += step)
        body(first, std::min(step, extent - first));
}

}  // namespace abax::kernels::detail
