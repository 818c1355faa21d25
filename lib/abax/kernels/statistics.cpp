#include <abax/kernels/columns.hpp>
#include <abax/kernels/statistics.hpp>
#include <abax/kernels/statistics_folds.hpp>
#include <abax/storage/buffer.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace abax::kernels {
namespace {

/// Elements of one row that are brought together, as doubles, before the arithmetic.
constexpr std::int64_t chunk = 256;
/// Rows that are handled side by side where the axis is read across: a cache line of floats.
constexpr std::int64_t widest = 16;
/// So many groups keep the threads busy; the rows of fewer are cut into parts.
constexpr std::int64_t many_groups = 64;

/// How far apart the elements of a row are. Very short rows count as far apart, so that they are handled side by side:
/// finding a row takes longer than folding it.
std::int64_t distance_within(const loops<2>& reduced, std::int64_t count) {
    constexpr std::int64_t very_short = 32;
    return count < very_short ? std::numeric_limits<std::int64_t>::max() : reduced.back().stride[1];
}

/// The elements to be folded, and how the work is cut: by the problem alone, never by the number of threads.
template <class T>
struct work {
    const T* in;
    loops<2> outer;  ///< the reduced loops but the innermost
    loop<2> inner;
    std::int64_t count;  ///< elements of a row
    detail::column_groups groups;
    std::int64_t part;   ///< elements of a row that are one task; a multiple of `chunk`, or all
    std::int64_t parts;  ///< tasks of a row

    work(const T* elements, const loops<2>& kept, const detail::ordered_nest<2>& reduced)
        : in(elements + reduced.start[1]),
          outer(reduced.nest),
          count(iterations(reduced.nest)),
          groups(kept, distance_within(reduced.nest, count), widest) {
        if (!outer.empty()) {
            inner = outer.back();
            outer.pop_back();
        }
        const std::int64_t few = 2 * detail::task_elements / groups.width() / chunk * chunk;
        part =
            groups.count() >= many_groups || count <= few ? std::max<std::int64_t>(count, 1) : few;
        parts = std::max<std::int64_t>((count + part - 1) / part, 1);
    }

    [[nodiscard]] bool lies_contiguous() const {
        return std::is_same_v<T, double> && outer.empty() && inner.stride[1] == 1;
    }
};

/// body(index in the range, offset) for elements begin..end of a row, one run of the innermost loop after the other.
template <class T, class Body>
void for_each_run(const work<T>& w, std::int64_t begin, std::int64_t end, const Body& body) {
    const std::int64_t length = w.inner.extent;
    std::int64_t run = begin / length;
    detail::walk(w.outer, run, (end - 1) / length + 1, {}, [&](const auto& at, const auto&) {
        const std::int64_t first = std::max(begin, run * length);
        const std::int64_t last = std::min(end, (run + 1) * length);
        body(first - begin, at[1] + (first - run * length) * w.inner.stride[1], last - first);
        ++run;
    });
}

/// Calls fold(state, elements, how many) for each row of a group with elements begin..end of it, chunk by chunk.
template <class T, class Fold>
void fold_rows(
    const work<T>& w,
    const T* from,
    std::int64_t rows,
    std::int64_t begin,
    std::int64_t end,
    const Fold& fold
) {
    alignas(64) double stage[widest][chunk];
    const std::int64_t apart = w.groups.stride()[1];
    for (std::int64_t first = begin; first < end; first += chunk) {
        const std::int64_t count = std::min(chunk, end - first);
        if constexpr (std::is_same_v<T, double>)
            if (w.lies_contiguous()) {
                for (std::int64_t r = 0; r < rows; ++r)
                    fold(r, from + r * apart + first, count);
                continue;
            }
        for_each_run(w, first, first + count, [&](auto to, auto offset, auto length) {
            const T* const x = from + offset;
            const std::int64_t step = w.inner.stride[1];
            if (rows == 1 && step == 1)
                std::copy_n(x, length, stage[0] + to);
            else
                for (std::int64_t i = 0; i < length; ++i)
                    for (std::int64_t r = 0; r < rows; ++r)
                        stage[r][to + i] = static_cast<double>(x[i * step + r * apart]);
        });
        for (std::int64_t r = 0; r < rows; ++r)
            fold(r, static_cast<const double*>(stage[r]), count);
    }
}

/// The rows of one group and elements begin..end of them: what the first pass gives.
template <class S, class T>
void first_pass(
    const work<T>& w, std::int64_t group, std::int64_t begin, std::int64_t end, double* states
) {
    if constexpr (S::two_passes) {
        std::fill_n(states, w.groups.width(), S::neutral_first);
        w.groups.visit(group, [&](const auto& at, std::int64_t rows) {
            const auto fold = [&](std::int64_t r, const double* x, std::int64_t count) {
                states[r] = S::join_first(states[r], S::first(x, count));
            };
            fold_rows(w, w.in + at[1], rows, begin, end, fold);
        });
    }
}

template <class S, class T>
void second_pass(
    const work<T>& w,
    std::int64_t group,
    std::int64_t begin,
    std::int64_t end,
    const double* shifts,
    double* states
) {
    std::fill_n(states, w.groups.width(), S::neutral);
    w.groups.visit(group, [&](const auto& at, std::int64_t rows) {
        const auto fold = [&](std::int64_t r, const double* x, std::int64_t count) {
            states[r] = S::join(states[r], S::second(x, count, shifts[r]));
        };
        fold_rows(w, w.in + at[1], rows, begin, end, fold);
    });
}

template <class S, class T>
void find_shifts(const work<T>& w, double* states) {
    if constexpr (S::two_passes)
        for (std::int64_t r = 0; r < w.groups.width(); ++r)
            states[r] = S::shift(states[r], static_cast<double>(w.count));
}

template <class S, class T>
void write_results(
    const S& s,
    T* out,
    const work<T>& w,
    std::int64_t group,
    const double* shifts,
    const double* totals
) {
    w.groups.visit(group, [&](const auto& at, std::int64_t rows) {
        for (std::int64_t r = 0; r < rows; ++r)
            out[at[0] + r * w.groups.stride()[0]] =
                static_cast<T>(s.finish(totals[r], shifts[r], static_cast<double>(w.count)));
    });
}

/// Both passes over a group before the next: its elements may still be in the cache.
template <class S, class T>
void summarize_groups(const S& s, T* out, const work<T>& w) {
    const auto task = detail::rows_per_task(w.count * w.groups.width());
    detail::parallel_for(w.groups.count(), task, [&](auto begin, auto end) {
        for (std::int64_t group = begin; group < end; ++group) {
            double shifts[widest] = {};
            double totals[widest];
            first_pass<S>(w, group, 0, w.count, shifts);
            find_shifts<S>(w, shifts);
            second_pass<S>(w, group, 0, w.count, shifts, totals);
            write_results(s, out, w, group, shifts, totals);
        }
    });
}

/// Few long rows: each pass over the parts of all rows, and the parts brought together in order.
template <class S, class T>
void summarize_parts(const S& s, T* out, const work<T>& w) {
    const std::int64_t width = w.groups.width();
    const std::int64_t tasks = w.groups.count() * w.parts;
    const auto scratch = buffer::allocate(static_cast<std::size_t>(tasks * width) * sizeof(double));
    auto* const states = reinterpret_cast<double*>(scratch.data());
    const auto each_part = [&](const auto& pass) {
        detail::parallel_for(tasks, 1, [&](auto begin, auto end) {
            for (std::int64_t task = begin; task < end; ++task) {
                const std::int64_t first = task % w.parts * w.part;
                const std::int64_t last = std::min(w.count, first + w.part);
                pass(task / w.parts, first, last, states + task * width);
            }
        });
    };
    const auto joined = [&](std::int64_t group, double* total, const auto& join) {
        const double* const part = states + group * w.parts * width;
        std::copy_n(part, width, total);
        for (std::int64_t p = 1; p < w.parts; ++p)
            for (std::int64_t r = 0; r < width; ++r)
                total[r] = join(total[r], part[p * width + r]);
    };

    double shifts[many_groups][widest] = {};
    if constexpr (S::two_passes) {
        each_part([&](auto group, auto first, auto last, double* to) {
            first_pass<S>(w, group, first, last, to);
        });
        for (std::int64_t group = 0; group < w.groups.count(); ++group) {
            joined(group, shifts[group], S::join_first);
            find_shifts<S>(w, shifts[group]);
        }
    }
    each_part([&](auto group, auto first, auto last, double* to) {
        second_pass<S>(w, group, first, last, shifts[group], to);
    });
    for (std::int64_t group = 0; group < w.groups.count(); ++group) {
        double totals[widest];
        joined(group, totals, S::join);
        write_results(s, out, w, group, shifts[group], totals);
    }
}

template <class T>
void summarize_elements(statistic which, T* out, const work<T>& w, double correction) {
    const auto by = [&](const auto& s) {
        if (w.parts == 1)
            summarize_groups(s, out, w);
        else
            summarize_parts(s, out, w);
    };
    switch (which) {
    case statistic::variance: return by(detail::variance_fold{{}, correction, false});
    case statistic::standard_deviation: return by(detail::variance_fold{{}, correction, true});
    case statistic::norm_one: return by(detail::norm_one_fold{});
    case statistic::norm_two: return by(detail::norm_two_fold{});
    case statistic::norm_infinity: return by(detail::norm_infinity_fold{});
    case statistic::logsumexp: return by(detail::logsumexp_fold{});
    }
}

}  // namespace

void summarize(
    statistic which,
    dtype type,
    void* out,
    const void* in,
    const loops<2>& kept,
    const loops<2>& reduced,
    double correction
) {
    if (iterations(kept) == 0)
        return;
    const auto elements = detail::ordered(reduced, 1);
    const auto run = [&](auto zero) {
        using T = decltype(zero);
        const work<T> w(static_cast<const T*>(in), kept, elements);
        summarize_elements(which, static_cast<T*>(out), w, correction);
    };
    if (type == dtype::float32)
        run(float{});
    else
        run(double{});
}

}  // namespace abax::kernels
