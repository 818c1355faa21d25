#include <abax/kernels/folds.hpp>
#include <abax/kernels/iterate.hpp>
#include <abax/kernels/kernels.hpp>
#include <abax/storage/buffer.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

namespace abax::kernels {
namespace {

using detail::offsets;

/// Both nests, in the order memory likes; which of them is innermost is for the strategy to say.
struct reduction_work {
    loops<2> kept;
    loops<2> reduced;
    offsets<2> start;
    std::int64_t results;  ///< iterations of kept
    std::int64_t count;    ///< iterations of reduced
};

reduction_work ordered(const loops<2>& kept, const loops<2>& reduced) {
    const auto outer = detail::ordered(kept, 1);
    const auto inner = detail::ordered(reduced, 1);
    return {
        outer.nest,
        inner.nest,
        {outer.start[0], outer.start[1] + inner.start[1]},
        iterations(outer.nest),
        iterations(inner.nest)};
}

/// Pieces of the reduced iterations when there are too few results to keep all threads busy. Their number
/// depends on the problem only, and they are combined in order: the same bits for any number of threads.
struct split {
    std::int64_t length;
    std::int64_t pieces;

    split(std::int64_t count, std::int64_t tasks, std::int64_t least)
        : length(tasks >= 64 ? count : std::min(count, std::max<std::int64_t>(least, 1))),
          pieces((count + length - 1) / length) {}
};

/// Folds iterations begin..end of the reduced nest.
template <class Fold, class T>
typename Fold::state fold_range(
    const T* in, const loops<2>& reduced, std::int64_t begin, std::int64_t end
) {
    loops<2> outer = reduced;
    loop<2> inner;
    if (!outer.empty()) {
        inner = outer.back();
        outer.pop_back();
    }
    auto state = Fold::neutral();
    std::int64_t run = begin / inner.extent;
    const std::int64_t runs = (end + inner.extent - 1) / inner.extent;
    detail::walk(outer, run, runs, {}, [&](const offsets<2>& at, const auto&) {
        const std::int64_t first = std::max(begin - run * inner.extent, std::int64_t{0});
        const std::int64_t last = std::min(end - run * inner.extent, inner.extent);
        const T* const from = in + at[1] + first * inner.stride[1];
        state =
            Fold::combine(state, detail::fold_strided<Fold>(from, inner.stride[1], last - first));
        ++run;
    });
    return state;
}

/// The reduced elements of one result lie close together: each result is folded on its own.
template <class Fold, class Out, class T>
void reduce_along(Out* out, const T* in, const reduction_work& work) {
    using state = typename Fold::state;
    const split parts(work.count, work.results, 2 * detail::task_elements);
    const std::int64_t grain = detail::rows_per_task(parts.length);
    if (parts.pieces == 1) {
        detail::parallel_for(work.results, grain, [&](auto begin, auto end) {
            detail::walk(work.kept, begin, end, work.start, [&](const auto& at, const auto&) {
                const auto folded = fold_range<Fold>(in + at[1], work.reduced, 0, work.count);
                out[at[0]] = Fold::finish(folded, work.count);
            });
        });
        return;
    }
    const auto scratch =
        buffer::allocate(static_cast<std::size_t>(work.results * parts.pieces) * sizeof(state));
    auto* const states = reinterpret_cast<state*>(scratch.data());

    detail::parallel_for(work.results * parts.pieces, grain, [&](auto begin, auto end) {
        for (std::int64_t task = begin; task < end; ++task) {
            const std::int64_t result = task / parts.pieces;
            const std::int64_t first = task % parts.pieces * parts.length;
            detail::walk(
                work.kept,
                result,
                result + 1,
                work.start,
                [&](const auto& at, const auto&) {
                    states[task] = fold_range<Fold>(
                        in + at[1], work.reduced, first, std::min(work.count, first + parts.length)
                    );
                }
            );
        }
    });

    const state* next = states;
    detail::walk(work.kept, 0, work.results, work.start, [&](const auto& at, const auto&) {
        state total = *next++;
        for (std::int64_t piece = 1; piece < parts.pieces; ++piece)
            total = Fold::combine(total, *next++);
        out[at[0]] = Fold::finish(total, work.count);
    });
}

/// Neighbouring results lie close together: a block of them is folded at once, row after row.
///
///     x x x x   row 0        The block of states stays in the first-level cache; the rows
///     x x x x   row 1        stream past it in memory order.
///     v v v v
///     s s s s   states
template <class Fold, class Out, class T>
void reduce_across(Out* out, const T* in, const reduction_work& work) {
    using state = typename Fold::state;
    constexpr std::int64_t block = 1024;
    loops<2> outer = work.kept;
    const loop<2> columns = outer.back();
    outer.pop_back();
    const std::int64_t width = std::min(columns.extent, block);
    const std::int64_t blocks = (columns.extent + block - 1) / block;
    const std::int64_t groups = iterations(outer) * blocks;
    const split parts(work.count, groups, 8 * detail::task_elements / width);
    const auto scratch =
        buffer::allocate(static_cast<std::size_t>(groups * parts.pieces * width) * sizeof(state));
    auto* const states = reinterpret_cast<state*>(scratch.data());

    const auto each_group = [&](std::int64_t group, const auto& body) {
        const std::int64_t first = group % blocks * block;
        const std::int64_t columns_here = std::min(block, columns.extent - first);
        detail::walk(
            outer,
            group / blocks,
            group / blocks + 1,
            work.start,
            [&](const auto& at, const auto&) {
                body(
                    at[0] + first * columns.stride[0],
                    at[1] + first * columns.stride[1],
                    columns_here
                );
            }
        );
    };

    const std::int64_t grain = detail::rows_per_task(width * parts.length);
    detail::parallel_for(groups * parts.pieces, grain, [&](auto begin, auto end) {
        for (std::int64_t task = begin; task < end; ++task) {
            const std::int64_t first = task % parts.pieces * parts.length;
            const std::int64_t last = std::min(work.count, first + parts.length);
            state* const here = states + task * width;
            each_group(task / parts.pieces, [&](auto, auto from, auto count) {
                std::fill_n(here, count, Fold::neutral());
                detail::walk(work.reduced, first, last, {}, [&](const auto& at, const auto&) {
                    detail::fold_row<Fold>(here, in + from + at[1], columns.stride[1], count);
                });
            });
        }
    });

    detail::parallel_for(
        groups,
        detail::rows_per_task(width * parts.pieces),
        [&](auto begin, auto end) {
            for (std::int64_t group = begin; group < end; ++group)
                each_group(group, [&](auto to, auto, auto count) {
                    state* const total = states + group * parts.pieces * width;
                    for (std::int64_t piece = 1; piece < parts.pieces; ++piece)
                        for (std::int64_t i = 0; i < count; ++i)
                            total[i] = Fold::combine(total[i], total[piece * width + i]);
                    for (std::int64_t i = 0; i < count; ++i)
                        out[to + i * columns.stride[0]] = Fold::finish(total[i], work.count);
                });
        }
    );
}

template <class Fold, class T>
void reduce_elements(void* out, const void* in, const loops<2>& kept, const loops<2>& reduced) {
    using result = decltype(Fold::finish(Fold::neutral(), 0));
    auto* const to = static_cast<result*>(out);
    const auto* const from = static_cast<const T*>(in);
    const reduction_work work = ordered(kept, reduced);
    if (work.results == 0)
        return;
    if (work.count == 0) {
        detail::walk(work.kept, 0, work.results, work.start, [&](const auto& at, const auto&) {
            to[at[0]] = Fold::finish(Fold::neutral(), 0);
        });
        return;
    }
    const bool along =
        work.kept.empty()
        || (!work.reduced.empty()
            && std::abs(work.reduced.back().stride[1]) <= std::abs(work.kept.back().stride[1]));
    if (along)
        reduce_along<Fold>(to, from, work);
    else
        reduce_across<Fold>(to, from, work);
}

}  // namespace

dtype result_of(reduction how, dtype type) {
    switch (how) {
    case reduction::min:
    case reduction::max: return type;
    case reduction::sum:
    case reduction::prod: return is_floating(type) ? type : dtype::int64;
    case reduction::mean: return is_floating(type) ? type : dtype::float64;
    case reduction::any:
    case reduction::all: break;
    }
    return dtype::boolean;
}

void reduce(
    reduction how,
    dtype type,
    void* out,
    const void* in,
    const loops<2>& kept,
    const loops<2>& reduced
) {
    with_element(type, [&](auto zero) {
        using T = decltype(zero);
        switch (how) {
        case reduction::min: return reduce_elements<detail::least<T>, T>(out, in, kept, reduced);
        case reduction::max: return reduce_elements<detail::greatest<T>, T>(out, in, kept, reduced);
        case reduction::sum: return reduce_elements<detail::total<T>, T>(out, in, kept, reduced);
        case reduction::mean: return reduce_elements<detail::average<T>, T>(out, in, kept, reduced);
        case reduction::prod: return reduce_elements<detail::product<T>, T>(out, in, kept, reduced);
        case reduction::any: return reduce_elements<detail::any_of<T>, T>(out, in, kept, reduced);
        case reduction::all: return reduce_elements<detail::all_of<T>, T>(out, in, kept, reduced);
        }
    });
}

}  // namespace abax::kernels
