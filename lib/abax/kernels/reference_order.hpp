#pragma once

#include <abax/kernels/reference.hpp>

#include <cstdint>
#include <vector>

/// The oracle for order.hpp: loops of the definition, for any scalar that has `<` and `+`.
namespace abax::kernels::reference {

/// Whether a comes before b; NaN before nothing. One comparison, unless one of them is NaN.
template <class T>
bool comes_before(const T& a, const T& b, bool descending) {
    if (is_nan(a) || is_nan(b))
        return !is_nan(a) && is_nan(b);
    return descending ? b < a : a < b;
}

/// Insertion, which passes only what comes after: equal elements keep their order. On a row that is in order it makes
/// one comparison less than it has elements, the fewest that any sort by comparison makes on any row.
template <class T>
std::vector<std::int64_t> sorted_positions(const T* in, row along, bool descending) {
    std::vector<std::int64_t> sorted;
    for (std::int64_t i = 0; i < along.extent; ++i) {
        std::size_t at = sorted.size();
        while (at > 0
               && comes_before(
                   in[i * along.in_stride], in[sorted[at - 1] * along.in_stride], descending
               ))
            --at;
        sorted.insert(sorted.begin() + static_cast<std::ptrdiff_t>(at), i);
    }
    return sorted;
}

template <class T>
void sort(T* out, const T* in, const loops<2>& rows, row along, bool descending = false) {
    visit(rows, [&](const auto& at) {
        const auto positions = sorted_positions(in + at[1], along, descending);
        for (std::int64_t i = 0; i < along.extent; ++i)
            out[at[0] + i * along.out_stride] =
                in[at[1] + positions[static_cast<std::size_t>(i)] * along.in_stride];
    });
}

template <class T>
void argsort(
    std::int64_t* out, const T* in, const loops<2>& rows, row along, bool descending = false
) {
    visit(rows, [&](const auto& at) {
        const auto positions = sorted_positions(in + at[1], along, descending);
        for (std::int64_t i = 0; i < along.extent; ++i)
            out[at[0] + i * along.out_stride] = positions[static_cast<std::size_t>(i)];
    });
}

/// k scans of the row, each for the first of what the scans before it left.
template <class T>
void topk(
    T* values,
    std::int64_t* indices,
    const T* in,
    const loops<2>& rows,
    row along,
    std::int64_t k,
    bool descending = true
) {
    visit(rows, [&](const auto& at) {
        std::vector<bool> taken(static_cast<std::size_t>(along.extent), false);
        for (std::int64_t n = 0; n < k; ++n) {
            std::int64_t best = -1;
            for (std::int64_t i = 0; i < along.extent; ++i) {
                if (taken[static_cast<std::size_t>(i)])
                    continue;
                const T* const x = in + at[1];
                if (best < 0
                    || comes_before(x[i * along.in_stride], x[best * along.in_stride], descending))
                    best = i;
            }
            taken[static_cast<std::size_t>(best)] = true;
            values[at[0] + n * along.out_stride] = in[at[1] + best * along.in_stride];
            indices[at[0] + n * along.out_stride] = best;
        }
    });
}

/// The first element starts the sum, so n elements take n - 1 additions.
template <class Out, class T>
void cumulative_sum(Out* out, const T* in, const loops<2>& rows, row along) {
    visit(rows, [&](const auto& at) {
        for (std::int64_t i = 0; i < along.extent; ++i) {
            const Out x = static_cast<Out>(in[at[1] + i * along.in_stride]);
            Out* const to = out + at[0] + i * along.out_stride;
            *to = i == 0 ? x : to[-along.out_stride] + x;
        }
    });
}

template <class T>
void argmin(
    std::int64_t* out, const T* in, const loops<2>& kept, std::int64_t extent, std::int64_t stride
) {
    visit(kept, [&](const auto& at) {
        const T* const x = in + at[1];
        std::int64_t best = 0;
        for (std::int64_t i = 1; i < extent; ++i)
            if (!is_nan(x[best * stride])
                && (is_nan(x[i * stride]) || x[i * stride] < x[best * stride]))
                best = i;
        out[at[0]] = best;
    });
}

}  // namespace abax::kernels::reference
