#include <abax/io/matrix_layout.hpp>
#include <abax/ops/create.hpp>
#include <abax/plan/align.hpp>
#include <abax/plan/price.hpp>

#include <algorithm>

namespace abax::io {

namespace {

using positions = std::vector<std::size_t>;

positions positions_of(const char* operation, const any_tensor& x, const axes_argument& which) {
    positions found;
    for (const axis_argument& one : which.axes())
        found.push_back(position_of(operation, x.shape(), one));
    return found;
}

shape axes_at(const any_tensor& x, const positions& which) {
    shape some;
    for (const std::size_t at : which)
        some.push_back(x.shape()[at]);
    return some;
}

void require_each_once(const char* operation, const any_tensor& x, positions all) {
    std::sort(all.begin(), all.end());
    const auto twice = std::adjacent_find(all.begin(), all.end());
    if (twice != all.end())
        throw error(
            {.kind = category::duplicate_axis,
             .operation = operation,
             .message = "an axis is listed twice",
             .axis = axis_text(x.shape()[*twice]),
             .input = x.shape().str()}
        );
    if (all.size() == x.rank())
        return;
    std::size_t missing = 0;
    while (missing < all.size() && all[missing] == missing)
        ++missing;
    throw error(
        {.kind = category::rank_mismatch,
         .operation = operation,
         .message = "axis '" + axis_text(x.shape()[missing])
                  + "' is neither in the rows nor in the columns",
         .axis = axis_text(x.shape()[missing]),
         .input = x.shape().str(),
         .expected = "each axis of the tensor in one of the two lists",
         .help = "list it too, or take one position of it with at(x, ...) first"}
    );
}

struct merged {
    std::int64_t extent = 1;
    std::int64_t stride = 0;
};

// Neighbours merge when the outer one steps over exactly the inner one: stride(b) == extent(s) * stride(s). Extents
// of 1 are never stepped along, and where there are no elements nothing is.
merged merge(const char* operation, const any_tensor& x, const positions& group) {
    const shape axes = axes_at(x, group);
    merged result{axes.volume(), 0};
    if (x.volume() == 0)
        return result;
    std::int64_t inner = 1;  // the extent of what is merged so far
    for (std::size_t i = group.size(); i-- > 0;) {
        const std::int64_t stride = x.where().stride[group[i]];
        if (axes[i].extent == 1)
            continue;
        if (inner == 1)
            result.stride = stride;
        else if (stride != inner * result.stride)
            throw error(
                {.kind = category::other,
                 .operation = operation,
                 .message =
                     "the axes '" + axes.axes_text()
                     + "' do not merge into one without a copy: they do not lie in this order in memory",
                 .axis = axis_text(axes[i]),
                 .input = x.shape().str(),
                 .help = "copy(...) the tensor first, with rearrange for another order of axes"}
            );
        inner *= axes[i].extent;
    }
    return result;
}

struct outside_cost {
    const char* label;

    [[nodiscard]] std::string_view operation() const { return label; }
    [[nodiscard]] op_class kind() const { return op_class::movement; }
    [[nodiscard]] cost price(const call& c) const { return c.with_bytes(0); }
};

}  // namespace

matrix_layout matrix_layout_of(
    const char* operation,
    const any_tensor& x,
    const axes_argument& rows,
    const axes_argument& columns
) {
    const positions of_rows = positions_of(operation, x, rows);
    const positions of_columns = positions_of(operation, x, columns);
    positions all = of_rows;
    all.insert(all.end(), of_columns.begin(), of_columns.end());
    require_each_once(operation, x, std::move(all));
    const merged down = merge(operation, x, of_rows);
    const merged across = merge(operation, x, of_columns);
    return {down.extent, across.extent, down.stride, across.stride};
}

matrix_layout vector_layout_of(const char* operation, const any_tensor& x) {
    positions all;
    for (std::size_t i = 0; i < x.rank(); ++i)
        all.push_back(i);
    const merged only = merge(operation, x, all);
    return {only.extent, 1, only.stride, 0};
}

shape matrix_shape(
    std::int64_t rows,
    std::int64_t columns,
    bool is_vector,
    std::string_view names,
    axis_sizes sizes
) {
    const std::vector<std::int64_t> extents = is_vector ? std::vector<std::int64_t>{rows * columns}
                                                        : std::vector<std::int64_t>{rows, columns};
    return names.empty() ? shape::of(extents) : axes(names, extents, sizes);
}

any_tensor filled_from_outside(
    const char* operation, dtype type, const shape& axes, const callback<void(std::byte*)>& write
) {
    any_tensor result = any_tensor::empty(type, axes);
    perform(
        outside_cost{operation},
        result.is_dry(),
        [&] { return std::move(call(type).writes(axes, type).detail(axes.axes_text())); },
        [&] { write(result.writable()); }
    );
    return result;
}

}  // namespace abax::io
