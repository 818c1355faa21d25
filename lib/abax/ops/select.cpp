#include <abax/kernels/kernels.hpp>
#include <abax/ops/select.hpp>
#include <abax/plan/align.hpp>
#include <abax/plan/price.hpp>
#include <abax/plan/transform.hpp>

#include <algorithm>
#include <string>

namespace abax {

namespace {

struct movement_cost {
    std::string_view label;
    [[nodiscard]] std::string_view operation() const { return label; }
    [[nodiscard]] op_class kind() const { return op_class::movement; }
    [[nodiscard]] cost price(const call& c) const { return c.with_bytes(0); }
};

struct view_cost {
    std::string_view label;
    [[nodiscard]] std::string_view operation() const { return label; }
    [[nodiscard]] op_class kind() const { return op_class::view; }
    [[nodiscard]] cost price(const call&) const { return {}; }
};

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

// The layout of a part of one axis.
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

void require_same_type(std::string_view operation, const any_tensor& a, const any_tensor& b) {
    if (a.type() != b.type())
        throw error(
            {.kind = category::dtype_mismatch,
             .operation = std::string(operation),
             .message = "element types " + std::string(to_string(a.type())) + " and "
                      + std::string(to_string(b.type())) + " do not mix",
             .help = "convert with cast"}
        );
}

// Same axes in the same order; `free` may differ in extent.
void require_same_axes(
    std::string_view operation,
    const shape& wanted,
    const shape& got,
    std::optional<std::size_t> free = std::nullopt
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

// Whether x can be written to as it lies.
bool is_own(const any_tensor& x) {
    return x.storage().is_unique() && x.where().distinct_volume() == x.volume();
}

void require_same_dryness(std::string_view operation, const any_tensor& x, const any_tensor& from) {
    if (x.is_dry() != from.is_dry())
        throw error(
            {.kind = category::dry,
             .operation = std::string(operation),
             .message = "a dry tensor and one with elements do not mix in an assignment",
             .input = x.shape().str()}
        );
}

void write_into(
    std::string_view operation, any_tensor& x, const layout& part, const any_tensor& from
) {
    require_same_type(operation, x, from);
    require_same_axes(operation, part.axes, from.shape());
    require_same_dryness(operation, x, from);
    // Holding `from` alone must not make x look shared, and reading what is being written would tear it.
    const bool overlaps = x.shares_with(from);
    const any_tensor source = overlaps ? copy(from) : from;
    const bool is_copied = !is_own(x);
    make_unique(x);
    // After a copy the tensor is row-major: the part lies elsewhere.
    layout target = part;
    if (is_copied) {
        target.stride = x.where().stride;
        target.offset = x.where().offset;
    }
    perform(
        movement_cost{operation},
        x.is_dry(),
        [&] {
            return std::move(call(x.type())
                                 .reads(source)
                                 .writes(part.axes, x.type())
                                 .detail(part.axes.axes_text()));
        },
        [&] {
            kernels::move(
                x.type(),
                x.viewed(target).writable(),
                source.data(),
                copy_nest(target, source.where())
            );
        }
    );
}

}  // namespace

any_tensor copy(const any_tensor& x) {
    any_tensor result =
        x.is_dry() ? any_tensor::dry(x.type(), x.shape()) : any_tensor::empty(x.type(), x.shape());
    perform(
        movement_cost{"copy"},
        result.is_dry(),
        [&] {
            return std::move(
                call(x.type()).reads(x).writes(x.shape(), x.type()).detail(x.shape().axes_text())
            );
        },
        [&] {
            kernels::move(
                x.type(), result.writable(), x.data(), copy_nest(result.where(), x.where())
            );
        }
    );
    return result;
}

void make_unique(any_tensor& x) {
    if (is_own(x))
        return;
    if (dry_run::is_on() && !x.is_dry())
        throw error(
            {.kind = category::dry,
             .message = "a dry run makes no copy of a shared tensor to write to",
             .input = x.shape().str(),
             .help = "write to it outside the dry run"}
        );
    x = copy(x);
}

any_tensor slice(const any_tensor& x, const range& which) {
    return viewed("slice", x, part_of("slice", x, which));
}

any_tensor at(const any_tensor& x, axis_argument along, std::int64_t position) {
    const std::size_t which = position_of("at", x.shape(), along);
    const std::int64_t extent = x.shape()[which].extent;
    const std::int64_t from_start = position < 0 ? position + extent : position;
    if (from_start < 0 || from_start >= extent)
        outside("at", x.shape(), which, position, {});
    layout where = x.where();
    where.offset += from_start * where.stride[which];
    where.axes.erase(which);
    where.stride.erase(which);
    return viewed("at", x, std::move(where));
}

std::vector<any_tensor> split(
    const any_tensor& x, axis_argument along, const std::vector<std::int64_t>& extents
) {
    const std::size_t which = position_of("split", x.shape(), along);
    require_divisible_name("split", x.shape(), which);
    std::int64_t total = 0;
    for (const std::int64_t extent : extents) {
        if (extent < 0)
            outside("split", x.shape(), which, extent, "the extent of a part cannot be negative");
        total = checked_add(total, extent, "the sum of the parts");
    }
    if (total != x.shape()[which].extent)
        throw error(
            {.kind = category::size_mismatch,
             .operation = "split",
             .message = "the parts add up to " + std::to_string(total) + ", but "
                      + label_or_position(x.shape(), which) + " is "
                      + std::to_string(x.shape()[which].extent),
             .axis = std::string(x.shape()[which].label.text()),
             .expected_extent = x.shape()[which].extent,
             .got_extent = total,
             .input = x.shape().str()}
        );
    std::vector<any_tensor> parts;
    std::int64_t from = 0;
    for (const std::int64_t extent : extents) {
        layout where = x.where();
        where.offset += extent > 0 ? from * where.stride[which] : 0;
        where.axes[which] = {x.shape()[which].label, extent, nullptr};
        parts.push_back(x.viewed(std::move(where)));
        from += extent;
    }
    // One verb, one record, however many parts.
    perform(
        view_cost{"split"},
        true,
        [&] { return std::move(call(x.type()).knows(x.shape()).detail(x.shape().axes_text())); },
        [] {}
    );
    return parts;
}

any_tensor concat(std::span<const any_tensor> parts, axis_argument along) {
    if (parts.empty())
        throw error(
            {.kind = category::other,
             .operation = "concat",
             .message = "there is nothing to concatenate",
             .expected = "at least one tensor"}
        );
    const std::size_t which = position_of("concat", parts[0].shape(), along);
    require_divisible_name("concat", parts[0].shape(), which);
    shape axes = parts[0].shape();
    axes[which] = {axes[which].label, 0, nullptr};
    bool dry = dry_run::is_on();
    for (const any_tensor& x : parts) {
        require_same_type("concat", parts[0], x);
        require_same_axes("concat", parts[0].shape(), x.shape(), which);
        axes[which].extent = checked_add(axes[which].extent, x.shape()[which].extent, "an extent");
        dry = dry || x.is_dry();
    }
    const dtype type = parts[0].type();
    any_tensor result = dry ? any_tensor::dry(type, axes) : any_tensor::empty(type, axes);
    perform(
        movement_cost{"concat"},
        dry,
        [&] {
            call c(type);
            for (const any_tensor& x : parts)
                c.reads(x);
            return std::move(c.writes(axes, type).detail(axes.axes_text()));
        },
        [&] {
            layout target = result.where();
            for (const any_tensor& x : parts) {
                if (x.volume() > 0)
                    kernels::move(
                        type,
                        result.viewed(target).writable(),
                        x.data(),
                        copy_nest(target, x.where())
                    );
                target.offset += x.shape()[which].extent * target.stride[which];
            }
        }
    );
    return result;
}

namespace {

// The id at a position, row-major: asked for only when it is wrong.
std::int64_t id_at(const any_tensor& ids, std::size_t position) {
    return ids.type() == dtype::int64 ? tensor<std::int64_t>(ids).to_vector()[position]
                                      : tensor<std::int32_t>(ids).to_vector()[position];
}

}  // namespace

any_tensor take(const any_tensor& table, const any_tensor& ids, axis_argument over) {
    if (ids.type() != dtype::int64 && ids.type() != dtype::int32)
        throw error(
            {.kind = category::dtype_mismatch,
             .operation = "take",
             .message = "ids hold " + std::string(to_string(ids.type())),
             .input = ids.shape().str(),
             .expected = "int64 or int32"}
        );
    const std::size_t which = position_of("take", table.shape(), over);
    if (ids.rank() > 0 && ids.is_named() != table.is_named())
        throw error(
            {.kind = category::name_mismatch,
             .operation = "take",
             .message = "a named tensor does not meet an unnamed one",
             .input = "(" + table.shape().str() + "), ids (" + ids.shape().str() + ")",
             .help = "name its axes (named), in the order in which they stand"}
        );
    shape axes;
    for (std::size_t i = 0; i < which; ++i)
        axes.push_back(table.shape()[i]);
    for (const axis& a : ids.shape())
        axes.push_back(a);
    for (std::size_t i = which + 1; i < table.rank(); ++i)
        axes.push_back(table.shape()[i]);
    check_distinct(
        {"take", nullptr, "(" + table.shape().str() + "), (" + ids.shape().str() + ")"}, axes
    );
    const bool dry = dry_run::is_on() || table.is_dry() || ids.is_dry();
    any_tensor result =
        dry ? any_tensor::dry(table.type(), axes) : any_tensor::empty(table.type(), axes);
    const std::int64_t extent = table.shape()[which].extent;
    if (!dry) {
        kernels::loops<2> nest;
        for (std::size_t i = 0; i < ids.rank(); ++i)
            nest.push_back({ids.shape()[i].extent, {0, ids.where().stride[i]}});
        if (const std::int64_t bad = kernels::first_outside(ids.type(), ids.data(), nest, extent);
            bad >= 0) {
            const std::int64_t id = id_at(ids, static_cast<std::size_t>(bad));
            throw error(
                {.kind = category::usage,
                 .operation = "take",
                 .message = "id number " + std::to_string(bad) + " is " + std::to_string(id)
                          + ", outside " + label_or_position(table.shape(), which) + " of extent "
                          + std::to_string(extent),
                 .axis = std::string(table.shape()[which].label.text()),
                 .expected_extent = extent,
                 .got_extent = id,
                 .input = "(" + table.shape().str() + "), ids (" + ids.shape().str() + ")",
                 .expected = "ids from 0 to " + std::to_string(extent - 1)}
            );
        }
    }
    perform(
        movement_cost{"take"},
        dry,
        [&] {
            // Only the entries that are named are read.
            return std::move(
                call(table.type())
                    .reads(axes, table.type())
                    .reads(ids)
                    .writes(axes, table.type())
                    .detail("(" + table.shape().axes_text() + ")[" + ids.shape().axes_text() + "]")
            );
        },
        [&] {
            const strides& dense = result.where().stride;
            kernels::loops<2> outer;
            kernels::loops<2> inner;
            for (std::size_t i = 0; i < table.rank(); ++i)
                if (i != which)
                    inner.push_back(
                        {table.shape()[i].extent,
                         {dense[i < which ? i : i - 1 + ids.rank()], table.where().stride[i]}}
                    );
            for (std::size_t i = 0; i < ids.rank(); ++i)
                outer.push_back({ids.shape()[i].extent, {dense[which + i], ids.where().stride[i]}});
            kernels::take(
                table.type(),
                result.writable(),
                table.data(),
                ids.type(),
                ids.data(),
                outer,
                inner,
                table.where().stride[which]
            );
        }
    );
    return result;
}

void assign(any_tensor& x, const any_tensor& from) {
    write_into("assign", x, x.where(), from);
}

void assign(any_tensor& x, const range& where, const any_tensor& from) {
    const layout part = part_of("assign", x, where);
    if (is_own(x)) {
        write_into("assign", x, part, from);
        return;
    }
    require_same_type("assign", x, from);
    require_same_axes("assign", part.axes, from.shape());
    require_same_dryness("assign", x, from);
    const any_tensor source = from;  // may be a view of x: it keeps the old buffer
    make_unique(x);
    write_into("assign", x, part_of("assign", x, where), source);
}

}  // namespace abax
