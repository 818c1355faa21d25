#include <abax/kernels/iterate.hpp>
#include <abax/kernels/kernels.hpp>

#include <cstdint>
#include <cstring>

namespace abax::kernels {
namespace {

/// Copies one row of the table: runs of contiguous elements where the inner nest has them.
template <class T>
void copy_row(T* out, const T* row, const detail::ordered_nest<2>& inner) {
    loops<2> outer = inner.nest;
    loop<2> run;
    if (!outer.empty()) {
        run = outer.back();
        outer.pop_back();
    }
    const auto [to, from] = run.stride;
    const bool contiguous = (to == 1 && from == 1) || run.extent == 1;
    detail::walk(
        outer,
        0,
        iterations(outer),
        inner.start,
        [&, to = to, from = from](const auto& at, const auto&) {
            if (contiguous)
                std::memcpy(
                    out + at[0], row + at[1], static_cast<std::size_t>(run.extent) * sizeof(T)
                );
            else
                for (std::int64_t i = 0; i < run.extent; ++i)
                    out[at[0] + i * to] = row[at[1] + i * from];
        }
    );
}

template <class T, class Id>
void take_rows(
    T* out,
    const T* table,
    const Id* ids,
    const loops<2>& outer,
    const loops<2>& inner,
    std::int64_t table_stride
) {
    const auto rows = detail::ordered(outer);
    const auto row = detail::ordered(inner);
    const std::int64_t row_elements = iterations(row.nest);
    if (row_elements == 0)
        return;
    const auto body = [&](auto begin, auto end) {
        detail::walk(rows.nest, begin, end, rows.start, [&](const auto& at, const auto&) {
            copy_row(out + at[0], table + ids[at[1]] * table_stride, row);
        });
    };
    detail::parallel_for(iterations(rows.nest), detail::rows_per_task(row_elements), body);
}

template <class Id>
std::int64_t first_outside_of(const Id* ids, const loops<2>& nest, std::int64_t extent) {
    std::int64_t position = 0;
    std::int64_t found = -1;
    detail::walk(nest, 0, iterations(nest), {}, [&](const auto& at, const auto&) {
        const std::int64_t id = ids[at[1]];
        if (found < 0 && (id < 0 || id >= extent))
            found = position;
        ++position;
    });
    return found;
}

}  // namespace

void take(
    dtype type,
    void* out,
    const void* table,
    dtype id_type,
    const void* ids,
    const loops<2>& outer,
    const loops<2>& inner,
    std::int64_t table_stride
) {
    with_element(type, [&](auto zero) {
        using T = decltype(zero);
        T* const to = static_cast<T*>(out);
        const T* const from = static_cast<const T*>(table);
        if (id_type == dtype::int32)
            take_rows(to, from, static_cast<const std::int32_t*>(ids), outer, inner, table_stride);
        else
            take_rows(to, from, static_cast<const std::int64_t*>(ids), outer, inner, table_stride);
    });
}

std::int64_t first_outside(
    dtype id_type, const void* ids, const loops<2>& nest, std::int64_t extent
) {
    return id_type == dtype::int32
             ? first_outside_of(static_cast<const std::int32_t*>(ids), nest, extent)
             : first_outside_of(static_cast<const std::int64_t*>(ids), nest, extent);
}

}  // namespace abax::kernels
