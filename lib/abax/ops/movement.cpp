#include <abax/ops/movement.hpp>
#include <abax/pattern/word.hpp>
#include <abax/plan/align.hpp>

#include <algorithm>
#include <limits>
#include <utility>

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
void require_divisible_name(
    std::string_view operation, const shape& axes, std::size_t at, std::string_view what
) {
    const axis& a = axes[at];
    if (a.memory != nullptr && a.label.text().starts_with('('))
        throw error(
            {.kind = category::name_mismatch,
             .operation = std::string(operation),
             .message =
                 std::string(what) + " of " + label_or_position(axes, at) + " would have no name",
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
    const std::string& help,
    std::optional<std::int64_t> last
) {
    const std::int64_t extent = axes[at].extent;
    const std::int64_t highest = last.value_or(extent);
    throw error(
        {.kind = category::usage,
         .operation = std::string(operation),
         .message = std::to_string(position) + " lies outside " + label_or_position(axes, at)
                  + " of extent " + std::to_string(extent),
         .axis = std::string(axes[at].label.text()),
         .got_extent = position,
         .input = axes.str(),
         .expected = highest < 0 ? "no position: the axis is empty"
                                 : std::to_string(-extent) + " to " + std::to_string(highest),
         .got = std::to_string(position),
         .help = help}
    );
}

std::vector<std::size_t> positions_of(
    std::string_view operation, const shape& axes, const axes_argument& which
) {
    std::vector<std::size_t> positions;
    for (const axis_argument& a : which.axes()) {
        const std::size_t at = position_of(operation, axes, a);
        if (std::find(positions.begin(), positions.end(), at) != positions.end())
            throw error(
                {.kind = category::duplicate_axis,
                 .operation = std::string(operation),
                 .message = label_or_position(axes, at) + " is listed twice",
                 .axis = std::string(axes[at].label.text()),
                 .input = axes.str()}
            );
        positions.push_back(at);
    }
    if (positions.empty())
        throw error(
            {.kind = category::usage,
             .operation = std::string(operation),
             .message = "no axis is given",
             .input = axes.str(),
             .expected = "one axis or more",
             .help = axes.is_named() ? "its axes are " + axes.axes_text() : ""}
        );
    return positions;
}

void require_axis_name(std::string_view operation, const shape& axes, std::string_view label) {
    if (!is_axis_name(label))
        throw error(
            {.kind = category::syntax,
             .operation = std::string(operation),
             .message = "'" + std::string(label) + "' is not the name of an axis",
             .input = axes.str(),
             .expected = "a letter, then letters, digits and '_', then primes",
             .got = std::string(label)}
        );
}

axis added_axis(
    std::string_view operation, const shape& axes, std::string_view label, std::int64_t extent
) {
    const call_site where{std::string(operation), nullptr, axes.str()};
    if (extent < 0)
        throw where.anywhere(
            {.kind = category::size_mismatch,
             .message = "an extent cannot be negative",
             .axis = std::string(label),
             .got_extent = extent,
             .expected = "an extent of 0 or more",
             .got = std::to_string(extent)}
        );
    if (label.empty()) {
        if (axes.is_named())
            throw where.anywhere(
                {.kind = category::usage,
                 .message = "the new axis of a named tensor needs a name",
                 .help = "its axes are " + axes.axes_text()}
            );
        return {{}, extent, nullptr};
    }
    require_axis_name(operation, axes, label);
    if (axes.rank() > 0 && !axes.is_named())
        throw where.anywhere(
            {.kind = category::name_mismatch,
             .message = "an unnamed tensor gets no axis with a name",
             .axis = std::string(label),
             .help = "leave the name out, or name all axes first (named)"}
        );
    if (axes.find(name(label)))
        throw where.anywhere(
            {.kind = category::duplicate_axis,
             .message = "the tensor has an axis '" + std::string(label) + "' already",
             .axis = std::string(label),
             .help = "choose another name, such as " + std::string(label) + "'"}
        );
    return {name(label), extent, nullptr};
}

layout with_axis(layout where, std::size_t at, axis added, std::int64_t stride) {
    where.axes.insert(at, std::move(added));
    where.stride.insert(at, stride);
    (void)where.axes.volume();  // a view holds no elements, but its number of them has to be one
    return where;
}

layout advanced(layout where, std::size_t at, std::int64_t positions) {
    if (where.axes.volume() > 0)
        where.offset += positions * where.stride[at];
    return where;
}

namespace {

/// A range within an axis: `count` positions, the first of them `from`.
struct stretch {
    std::int64_t from = 0;
    std::int64_t count = 0;
    std::int64_t step = 1;
};

stretch stretch_of(
    std::string_view operation, const shape& axes, std::size_t at, const range& which
) {
    const std::int64_t extent = axes[at].extent;
    const bool backwards = which.step < 0;
    const std::int64_t last = backwards ? extent - 1 : extent;  // a border may lie behind the end
    const auto resolved = [&](std::int64_t position) {
        const std::int64_t from_start = position < 0 ? position + extent : position;
        if (from_start < 0 || from_start > last)
            outside(
                operation,
                axes,
                at,
                position,
                backwards
                    ? "a negative step begins at a position and ends before one; to walk down "
                      "to position 0, leave 'to' out"
                    : "",
                last
            );
        return from_start;
    };
    if (which.step == 0)
        throw error(
            {.kind = category::usage,
             .operation = std::string(operation),
             .message = "the step must not be 0",
             .axis = std::string(axes[at].label.text()),
             .input = axes.str(),
             .got = "0"}
        );
    const std::int64_t from = which.from ? resolved(*which.from) : backwards ? extent - 1 : 0;
    const std::int64_t to = which.to ? resolved(*which.to) : backwards ? -1 : extent;
    const std::int64_t distance = backwards ? from - to : to - from;
    // No axis is longer than the largest step, so the lowest one, which cannot be turned round, may be one more.
    const std::int64_t step = std::max(which.step, -std::numeric_limits<std::int64_t>::max());
    const std::int64_t count = distance > 0 ? (distance - 1) / (backwards ? -step : step) + 1 : 0;
    return {from, count, step};
}

}  // namespace

layout part_of(std::string_view operation, const any_tensor& x, const range& which) {
    const std::size_t at = position_of(operation, x.shape(), which.along);
    require_divisible_name(operation, x.shape(), at);
    const stretch part = stretch_of(operation, x.shape(), at, which);
    layout where = part.count > 0 ? advanced(x.where(), at, part.from) : x.where();
    where.axes[at] = {x.shape()[at].label, part.count, nullptr};
    if (part.count > 1 && where.axes.volume() > 0)  // so that no step, however long, overflows
        where.stride[at] *= part.step;
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
