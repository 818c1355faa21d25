#include <abax/kernels/iterate.hpp>
#include <abax/kernels/order.hpp>
#include <abax/kernels/order_items.hpp>

#include <cstdint>

namespace abax::kernels {
namespace {

/// Calls body(T{}, Item{}) with the element type and the smallest item that rows of this length fit.
template <class Body>
void with_items(dtype type, std::int64_t extent, const Body& body) {
    with_element(type, [&](auto zero) {
        if constexpr (sizeof(zero) == 8)
            body(zero, detail::wide_item{});
        else if (extent <= detail::packed_item::most)
            body(zero, detail::packed_item{});
        else
            body(zero, detail::wide_item{});
    });
}

/// body(offsets) for each row, in parallel. Putting in order takes several steps an element.
template <class Body>
void for_each_row(const loops<2>& rows, std::int64_t extent, const Body& body) {
    constexpr std::int64_t steps = 4;
    const auto work = detail::ordered(rows, 1);
    detail::parallel_for(
        iterations(work.nest),
        detail::rows_per_task(extent) / steps,
        [&](auto begin, auto end) {
            detail::walk(work.nest, begin, end, work.start, [&](const auto& at, const auto&) {
                body(at);
            });
        }
    );
}

}  // namespace

void sort(dtype type, void* out, const void* in, const loops<2>& rows, row along, bool descending) {
    if (along.extent == 0 || iterations(rows) == 0)
        return;
    with_items(type, along.extent, [&](auto zero, auto item) {
        using T = decltype(zero);
        const detail::row_sorter<T, decltype(item)> sorter(along.extent, descending);
        for_each_row(rows, along.extent, [&](const auto& at) {
            const T* const from = static_cast<const T*>(in) + at[1];
            T* const to = static_cast<T*>(out) + at[0];
            const auto* const items = sorter.sorted(from, along.in_stride);
            for (std::int64_t i = 0; i < along.extent; ++i)
                to[i * along.out_stride] = from[items[i].position() * along.in_stride];
        });
    });
}

void argsort(
    dtype type, std::int64_t* out, const void* in, const loops<2>& rows, row along, bool descending
) {
    if (along.extent == 0 || iterations(rows) == 0)
        return;
    with_items(type, along.extent, [&](auto zero, auto item) {
        using T = decltype(zero);
        const detail::row_sorter<T, decltype(item)> sorter(along.extent, descending);
        for_each_row(rows, along.extent, [&](const auto& at) {
            const T* const from = static_cast<const T*>(in) + at[1];
            const auto* const items = sorter.sorted(from, along.in_stride);
            for (std::int64_t i = 0; i < along.extent; ++i)
                out[at[0] + i * along.out_stride] = items[i].position();
        });
    });
}

void topk(
    dtype type,
    void* values,
    std::int64_t* indices,
    const void* in,
    const loops<2>& rows,
    row along,
    std::int64_t k,
    bool descending
) {
    if (k == 0 || iterations(rows) == 0)
        return;
    with_items(type, along.extent, [&](auto zero, auto item) {
        using T = decltype(zero);
        const detail::row_selector<T, decltype(item)> selector(along.extent, k, descending);
        for_each_row(rows, along.extent, [&](const auto& at) {
            const T* const from = static_cast<const T*>(in) + at[1];
            T* const to = static_cast<T*>(values) + at[0];
            const auto* const items = selector.selected(from, along.in_stride);
            for (std::int64_t i = 0; i < k; ++i) {
                const std::int64_t position = items[i].position();
                to[i * along.out_stride] = from[position * along.in_stride];
                indices[at[0] + i * along.out_stride] = position;
            }
        });
    });
}

}  // namespace abax::kernels
