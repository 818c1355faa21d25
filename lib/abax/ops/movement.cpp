#include <abax/ops/movement.hpp>
#include <abax/plan/align.hpp>

#include <algorithm>

namespace abax::detail {

any_tensor viewed(std::string_view operation, const any_tensor& x, layout where) {
    perform(
        view_cost{operation},
        true,
        [&] { return std::move(call(x.type()).knows(where.axes).detail(where.axes.axes_text())); },
        [] {}
    );
    return x.viewed(std::move(where));
}

std::string label_or_position(const shape& axes, std::size_t at) {
    return axes[at].label ? '\'' + axis_text(axes[at]) + '\'' : "axis " + std::to_string(at);
}

// A part of a merged axis has no factors; one that is called by its factors would have no name either.
void require_divisible_name(std::string_view operation, const shape& axes, std::size_t at) {
    const axis& a = axes[at];
    if (a.memory != nullptr && a.label.text().starts_with('('))
        throw error(
            {.kind = category::name_mismatch,
             .operation = std::string(operation),
             .message = "a part of " + label_or_position(axes, at) + " would have no name",
             .axis = std::string(a.label.text()),
             .input = axes.str(),
             .expected = "an axis with a name of its own",
             .help = "name it first: rename(x, \"" + std::string(a.label.text()) + " -> m\")"}
        );
}

[[noreturn]] void outside(
    std::string_view operation,
    const shape& axes,
    std::size_t at,
    std::int64_t position,
    const std::string& help
) {
    throw error(
        {.kind = category::usage,
         .operation = std::string(operation),
         .message = std::to_string(position) + " lies outside " + label_or_position(axes, at)
                  + " of extent " + std::to_string(axes[at].extent),
         .axis = std::string(axes[at].label.text()),
         .got_extent = position,
         .input = axes.str(),
         .expected =
             "-" + std::to_string(axes[at].extent) + " to " + std::to_string(axes[at].extent),
         .got = std::to_string(position),
         .help = help}
    );
}

layout part_of(std::string_view operation, const any_tensor& x, const range& which) {
    const std::size_t at = position_of(operation, x.shape(), which.along);
    require_divisible_name(operation, x.shape(), at);
    const std::int64_t extent = x.shape()[at].extent;
    const auto resolved = [&](std::int64_t position) {
        const std::int64_t from_start = position < 0 ? position + extent : position;
        if (from_start < 0 || from_start > extent)
            outside(operation, x.shape(), at, position, {});
        return from_start;
    };
    if (which.step < 1)
        throw error(
            {.kind = category::usage,
             .operation = std::string(operation),
             .message = "the step must be 1 or more",
             .input = x.shape().str(),
             .got = std::to_string(which.step)}
        );
    const std::int64_t from = resolved(which.from);
    const std::int64_t to = which.to ? resolved(*which.to) : extent;
    layout where = x.where();
    const std::int64_t count = to > from ? (to - from - 1) / which.step + 1 : 0;
    where.axes[at] = {x.shape()[at].label, count, nullptr};
    where.offset += count > 0 ? from * where.stride[at] : 0;
    if (count > 1)  // so that no step, however long, overflows
        where.stride[at] *= which.step;
    return where;
}

kernels::loops<2> copy_nest(const layout& out, const layout& in) {
    kernels::loops<2> nest;
    for (std::size_t i = 0; i < in.rank(); ++i)
        nest.push_back({in.axes[i].extent, {out.stride[i], in.stride[i]}});
    return nest;
}

dtype common_dtype(std::string_view operation, std::span<const any_tensor> operands) {
    for (const any_tensor& x : operands)
        if (x.type() != operands[0].type())
            throw error(
                {.kind = category::dtype_mismatch,
                 .operation = std::string(operation),
                 .message = "element types " + std::string(to_string(operands[0].type())) + " and "
                          + std::string(to_string(x.type())) + " do not mix",
                 .input = "(" + operands[0].shape().str() + "), (" + x.shape().str() + ")",
                 .help = "convert with cast"}
            );
    return operands.empty() ? dtype::float32 : operands[0].type();
}

void require_same_axes(
    std::string_view operation,
    const shape& wanted,
    const shape& got,
    std::optional<std::size_t> free
) {
    const call_site where{
        std::string(operation), nullptr, "(" + wanted.str() + "), (" + got.str() + ")"};
    if (wanted.rank() != got.rank())
        throw where.anywhere(
            {.kind = category::rank_mismatch,
             .message = "rank " + std::to_string(got.rank()) + " where rank "
                      + std::to_string(wanted.rank()) + " is wanted",
             .expected = wanted.axes_text(),
             .got = got.axes_text()}
        );
    for (std::size_t i = 0; i < wanted.rank(); ++i) {
        if (wanted[i].label != got[i].label)
            throw where.anywhere(
                {.kind = category::name_mismatch,
                 .message = "axis " + std::to_string(i + 1) + " is '" + axis_text(got[i])
                          + "' where '" + axis_text(wanted[i]) + "' is wanted",
                 .axis = std::string(got[i].label.text()),
                 .expected = wanted.axes_text(),
                 .got = got.axes_text(),
                 .help = "rearrange or rename first: " + std::string(operation) + " never permutes"}
            );
        if (i != free)
            require_same_axis(where, wanted[i], got[i]);
    }
}

any_tensor result_for(dtype type, const shape& axes, std::span<const any_tensor> operands) {
    const bool dry = std::any_of(operands.begin(), operands.end(), [](const any_tensor& x) {
        return x.is_dry();
    });
    return dry ? any_tensor::dry(type, axes) : any_tensor::empty(type, axes);
}

}  // namespace abax::detail
