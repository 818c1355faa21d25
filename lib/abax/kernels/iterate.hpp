#pragma once

#include <abax/kernels/loops.hpp>
#include <abax/kernels/parallel.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <utility>

namespace abax::kernels::detail {

/// Where each operand stands, in elements from its start.
template <std::size_t Operands>
using offsets = std::array<std::int64_t, Operands>;

/// A nest whose loops may be visited in any order, brought into the order memory likes.
template <std::size_t Operands>
struct ordered_nest {
    loops<Operands> nest;
    offsets<Operands> start = {};  ///< of the first iteration; not 0 where a loop was turned round
};

/// Sorts the loops so that `leader` has its smallest stride innermost, turns loops that walk the
/// leader backwards, and fuses.
///
/// Example: a transposing copy of 2x3, out strides (1, 2), in strides (3, 1), becomes
/// out (2, 1), in (1, 3): written in memory order, read across.
template <std::size_t Operands>
[[nodiscard]] ordered_nest<Operands> ordered(const loops<Operands>& nest, std::size_t leader = 0) {
    const auto is_outer = [leader](const auto& a, const auto& b) {
        for (std::size_t i = 0; i < Operands; ++i) {
            const std::size_t k = (leader + i) % Operands;
            if (std::abs(a.stride[k]) != std::abs(b.stride[k]))
                return std::abs(a.stride[k]) > std::abs(b.stride[k]);
        }
        return false;
    };
    ordered_nest<Operands> result;
    for (const loop<Operands>& given : nest) {
        if (given.extent == 1)
            continue;
        result.nest.push_back(given);
        std::size_t at = result.nest.size() - 1;
        if (given.stride[leader] < 0 && given.extent > 0)
            for (std::size_t k = 0; k < Operands; ++k) {
                result.start[k] += given.stride[k] * (given.extent - 1);
                result.nest[at].stride[k] = -given.stride[k];
            }
        // By insertion: there are few loops, most of them in order already, and equal ones keep theirs.
        for (; at > 0 && is_outer(result.nest[at], result.nest[at - 1]); --at)
            std::swap(result.nest[at], result.nest[at - 1]);
    }
    fuse(result.nest);
    return result;
}

/// Visits iterations begin..end of a nest in order: body(offsets, index), where index[d] is the position in loop d.
template <std::size_t Operands, class Body>
void walk(
    const loops<Operands>& nest,
    std::int64_t begin,
    std::int64_t end,
    offsets<Operands> at,
    const Body& body
) {
    if (begin >= end)
        return;  // an empty nest has loops of extent 0, by which nothing can be divided
    std::array<std::int64_t, max_rank> index;  // as many count as there are loops, and are set here
    std::int64_t rest = begin;
    for (std::size_t d = nest.size(); d-- > 0;) {
        index[d] = 0;
        if (rest == 0)
            continue;  // a small nest is walked from its start: it need not wait for divisions
        index[d] = rest % nest[d].extent;
        rest /= nest[d].extent;
        for (std::size_t k = 0; k < Operands; ++k)
            at[k] += index[d] * nest[d].stride[k];
    }
    for (std::int64_t i = begin; i < end; ++i) {
        body(std::as_const(at), std::as_const(index));
        for (std::size_t d = nest.size(); d-- > 0;) {
            for (std::size_t k = 0; k < Operands; ++k)
                at[k] += nest[d].stride[k];
            if (++index[d] < nest[d].extent)
                break;
            for (std::size_t k = 0; k < Operands; ++k)
                at[k] -= nest[d].stride[k] * nest[d].extent;
            index[d] = 0;
        }
    }
}

/// Whether some operand would rather have the last but one loop innermost: it is read across.
template <std::size_t Operands>
[[nodiscard]] bool reads_across(const loops<Operands>& nest) {
    if (nest.size() < 2)
        return false;
    const auto& inner = nest.back().stride;
    const auto& next = nest[nest.size() - 2].stride;
    for (std::size_t k = 0; k < Operands; ++k)
        if (std::abs(inner[k]) > 1 && next[k] != 0 && std::abs(next[k]) < std::abs(inner[k]))
            return true;
    return false;
}

/// Calls body(offsets, run) for runs that together are the whole nest, in parallel; `run` is a piece
/// of the innermost loop. No order is promised.
///
/// An operand that is read across touches a new cache line with every step. So the innermost loop is
/// then cut into short pieces and the next loop is walked within a piece: its lines are used up before they go.
template <std::size_t Operands, class Body>
void for_each_run(const ordered_nest<Operands>& work, const Body& body) {
    if (iterations(work.nest) == 0)
        return;
    loops<Operands> outer = work.nest;
    loop<Operands> inner;
    if (!outer.empty()) {
        inner = outer.back();
        outer.pop_back();
    }
    const bool across = reads_across(work.nest);
    const std::int64_t length =
        std::min<std::int64_t>(inner.extent, across ? 64 : task_elements / 2);
    if (outer.empty() && length == inner.extent)
        return body(work.start, inner);
    const std::int64_t pieces = length == inner.extent ? 1 : (inner.extent + length - 1) / length;
    loop<Operands> piece{pieces, inner.stride};
    for (auto& stride : piece.stride)
        stride *= length;
    const std::size_t piece_loop = across ? outer.size() - 1 : outer.size();
    outer.insert(piece_loop, piece);

    parallel_for(
        iterations(outer),
        task_elements / length,
        [&](std::int64_t begin, std::int64_t end) {
            walk(outer, begin, end, work.start, [&](const auto& at, const auto& index) {
                const std::int64_t from = index[piece_loop] * length;
                body(at, loop<Operands>{std::min(length, inner.extent - from), inner.stride});
            });
        }
    );
}

/// How many rows make a task worth a thread of its own.
[[nodiscard]] inline std::int64_t rows_per_task(std::int64_t row_elements) noexcept {
    return std::max<std::int64_t>(1, task_elements / 2 / std::max<std::int64_t>(row_elements, 1));
}

}  // namespace abax::kernels::detail
