#pragma once

#include <algorithm>
#include <cstdint>

#ifdef _OPENMP
#include <omp.h>
#endif

namespace abax::kernels::detail {

/// Elements that one task should handle before a second thread is worth waking (a few microseconds of work).
inline constexpr std::int64_t task_elements = 32 * 1024;

/// Calls body(begin, end) for consecutive pieces of 0..count, `grain` apart, in parallel if there are several.
///
/// The pieces depend on the arguments alone, never on the number of threads: a body that sums into
/// one place per piece therefore gives the same bits on any machine. Pieces are handed out as threads
/// become free, because a neighbour's load can halve the speed of a core at any time. The body must
/// not throw: an exception cannot leave an OpenMP region, so whatever can fail (memory) comes before.
template <class Body>
void parallel_for(std::int64_t count, std::int64_t grain, const Body& body) noexcept {
    grain = std::max<std::int64_t>(grain, 1);
    if (count <= grain) {
        if (count > 0)
            body(std::int64_t{0}, count);
        return;
    }
    const std::int64_t pieces = (count + grain - 1) / grain;
#ifdef _OPENMP
    // A few small pieces are done before another thread is awake; a grain of 1 says that each is large.
    const bool worth_it = grain == 1 ? pieces > 1 : pieces >= 4;
    if (worth_it && omp_get_max_threads() > 1 && omp_in_parallel() == 0) {
#pragma omp parallel for schedule(dynamic, 1)
        for (std::int64_t piece = 0; piece < pieces; ++piece)
            body(piece * grain, std::min(count, (piece + 1) * grain));
        return;
    }
#endif
    for (std::int64_t piece = 0; piece < pieces; ++piece)
        body(piece * grain, std::min(count, (piece + 1) * grain));
}

/// Which thread of the region runs: 0..thread_count()-1. For scratch memory, never for results.
[[nodiscard]] inline int thread_index() noexcept {
#ifdef _OPENMP
    return omp_in_parallel() != 0 ? omp_get_thread_num() : 0;
#else
    return 0;
#endif
}

}  // namespace abax::kernels::detail
