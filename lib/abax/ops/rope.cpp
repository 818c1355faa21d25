#include <abax/kernels/rope.hpp>
#include <abax/ops/operands.hpp>
#include <abax/ops/rope.hpp>
#include <abax/plan/align.hpp>
#include <abax/plan/contraction.hpp>
#include <abax/plan/price.hpp>

#include <optional>
#include <string>

namespace abax {

using namespace detail;  // what verbs ask of their operands

namespace {

struct rope_cost {
    std::string_view label;
    bool for_each_element;

    [[nodiscard]] std::string_view operation() const { return label; }
    [[nodiscard]] op_class kind() const { return op_class::elementwise; }
    // The operands are x and both tables without their axis of angles, whose extent follows from that of the rotated
    // axis: so the price is right at other extents too.
    [[nodiscard]] cost price(const call& c) const {
        const auto& of = c.operands();
        const polynomial rotated = c.extent_of(c.known().front()[0]);
        const polynomial angles = for_each_element ? rotated : rotated.over(2);
        cost result = c.with_bytes(3 * c.volume(of.back().axes));
        result.bytes_read = c.volume(of.front().axes) * of.front().element_bytes;
        for (std::size_t table = 1; table + 1 < of.size(); ++table)
            if (of[table].counted)
                result.bytes_read += c.volume(of[table].axes) * angles * of[table].element_bytes;
        return result;
    }
};

std::string shapes_of(const any_tensor& x, const any_rope_table& table) {
    return "(" + x.shape().str() + "), tables (" + table.cosines.shape().str() + "), ("
         + table.sines.shape().str() + ")";
}

/// One call of a verb: what its checks speak about, and what they find out.
struct rotation {
    std::string_view operation;
    const any_tensor& x;
    const any_rope_table& table;
    std::size_t at;      ///< the rotated axis of x
    std::size_t angles;  ///< the tables' axis of angles
    bool for_each_element;
    strides cosine_stride;  ///< along the axes of x
    strides sine_stride;

    [[nodiscard]] error fault(diagnosis what) const {
        what.operation = operation;
        if (what.input.empty())
            what.input = shapes_of(x, table);
        return error(std::move(what));
    }
    [[nodiscard]] const axis& along() const { return x.shape()[at]; }
    [[nodiscard]] layout rows_of_table(const any_tensor& t) const {
        layout rest = t.where();
        rest.axes.erase(angles);
        rest.stride.erase(angles);
        return rest;
    }

    void check_tables() const;
    void check_extents() const;
    void find_angles();
    void meet_by_name();
    void meet_by_position(std::size_t positions);
};

void rotation::check_tables() const {
    require_type(operation, "table of cosines", table.cosines, x.type());
    require_type(operation, "table of sines", table.sines, x.type());
    if (table.cosines.shape() != table.sines.shape())
        throw fault(
            {.kind = category::size_mismatch,
             .message = "the tables of cosines and sines have different shapes",
             .expected = table.cosines.shape().str(),
             .got = table.sines.shape().str()}
        );
    if (x.is_named() != table.cosines.is_named())
        throw fault(
            {.kind = category::name_mismatch,
             .message = "a named tensor does not meet an unnamed one",
             .help = x.is_named() ? "make the tables under the name of the positions in x"
                                  : "name the axes of x, or make the tables under the name \"\""}
        );
    if (along().extent % 2 != 0)
        throw fault(
            {.kind = category::not_divisible,
             .message = "extent " + std::to_string(along().extent) + " of '" + axis_text(along())
                      + "' is odd: its elements do not form pairs",
             .axis = std::string(along().label.text()),
             .got_extent = along().extent,
             .expected = "an even extent"}
        );
}

// Named: `pair`, or the rotated axis itself. Unnamed: the last axis, either by its extent.
void rotation::find_angles() {
    const shape& axes = table.cosines.shape();
    std::optional<std::size_t> found;
    if (!x.is_named() && axes.rank() > 0) {
        found = axes.rank() - 1;
        for_each_element = axes.back().extent == along().extent && along().extent > 0;
    } else if (x.is_named()) {
        found = axes.find(name(pair_axis));
        for_each_element = !found;
        if (!found)
            found = axes.find(along().label);
    }
    if (!found)
        throw fault(
            {.kind = category::name_mismatch,
             .message = "the tables lack the axis 'pair', which holds the angles",
             .axis = "pair",
             .expected = "tables with the axis 'pair', or with '" + axis_text(along())
                       + "' and an entry for each element",
             .got = axes.axes_text(),
             .help = "make them with rope_angles"}
        );
    angles = *found;
    const std::int64_t wanted = for_each_element ? along().extent : along().extent / 2;
    if (axes[angles].extent != wanted)
        throw fault(
            {.kind = category::size_mismatch,
             .message = "the tables hold " + std::to_string(axes[angles].extent)
                      + " angles for each position, but '" + axis_text(along()) + "' of extent "
                      + std::to_string(along().extent) + " has " + std::to_string(wanted)
                      + (for_each_element ? " elements" : " pairs"),
             .axis = std::string(along().label.text()),
             .expected_extent = wanted,
             .got_extent = axes[angles].extent,
             .help = "rope_angles takes the extent of the head, " + std::to_string(along().extent)}
        );
}

void rotation::meet_by_name() {
    if (!x.is_named())
        throw fault(
            {.kind = category::usage,
             .message = "an unnamed tensor does not say which of its axes holds the positions",
             .help = std::string(operation) + "(x, over, positions, table), or name its axes"}
        );
    const layout cosines = rows_of_table(table.cosines);
    const layout sines = rows_of_table(table.sines);
    if (cosines.rank() == 0 || cosines.axes.find(along().label))
        throw fault(
            {.kind = cosines.rank() == 0 ? category::rank_mismatch : category::name_mismatch,
             .message = cosines.rank() == 0 ? "the tables have no axis of positions"
                                            : "the tables have both 'pair' and '"
                                                  + axis_text(along()) + "', the rotated axis",
             .axis = std::string(along().label.text()),
             .expected = "tables (positions, pair)",
             .got = table.cosines.shape().axes_text()}
        );
    for (const axis& a : cosines.axes) {
        if (!a.label || x.shape().find(a.label))
            continue;
        for (const axis& b : x.shape())
            if (b.label && b.label.unprimed() == a.label.unprimed())
                throw fault(
                    {.kind = category::name_mismatch,
                     .message = "the tables are for the positions '" + axis_text(a)
                              + "', which the tensor lacks; it has '" + axis_text(b) + "'",
                     .axis = std::string(a.label.text()),
                     .expected = "tables with the axis '" + axis_text(b) + "'",
                     .got = table.cosines.shape().axes_text(),
                     .help = "rename(table, \"" + axis_text(a) + " -> " + axis_text(b) + "\")"}
                );
    }
    cosine_stride = strides_along(operation, "table", cosines, x.shape());
    sine_stride = strides_along(operation, "table", sines, x.shape());
}

void rotation::meet_by_position(std::size_t positions) {
    if (positions == at)
        throw fault(
            {.kind = category::usage,
             .message = "the axis that is rotated cannot hold the positions too",
             .axis = std::string(along().label.text())}
        );
    if (x.is_named()) {
        const axis& wanted = x.shape()[positions];
        if (!table.cosines.shape().find(wanted.label))
            throw fault(
                {.kind = category::name_mismatch,
                 .message = "the tables lack '" + axis_text(wanted) + "', the axis of positions",
                 .axis = std::string(wanted.label.text()),
                 .expected = "tables with the axis '" + axis_text(wanted) + "'",
                 .got = table.cosines.shape().axes_text(),
                 .help = "rename theirs, or make them with rope_angles under this name"}
            );
        return meet_by_name();
    }
    const shape& axes = table.cosines.shape();
    if (axes.rank() != 2)
        throw fault(
            {.kind = category::rank_mismatch,
             .message = "unnamed tables have rank 2, (positions, pair), not "
                      + std::to_string(axes.rank()),
             .expected_extent = 2,
             .got_extent = static_cast<std::int64_t>(axes.rank())}
        );
    require_same_axis(
        {std::string(operation), nullptr, shapes_of(x, table)}, x.shape()[positions], axes[0]
    );
    cosine_stride = sine_stride = strides(x.rank(), 0);
    cosine_stride[positions] = table.cosines.where().stride[0];
    sine_stride[positions] = table.sines.where().stride[0];
}

any_tensor rotated(const rotation& r, kernels::pairing pairs) {
    const any_tensor& x = r.x;
    const bool dry = any_dry({&x, &r.table.cosines, &r.table.sines});
    any_tensor result = made(x.type(), x.shape(), dry);
    perform(
        rope_cost{r.operation, r.for_each_element},
        dry,
        [&] {
            return std::move(call(x.type())
                                 .reads(x)
                                 .reads(r.table.cosines.viewed(r.rows_of_table(r.table.cosines)))
                                 .reads(r.table.sines.viewed(r.rows_of_table(r.table.sines)))
                                 .writes(x.shape(), x.type())
                                 .knows({r.along()})
                                 .detail(
                                     x.shape().axes_text() + ", table "
                                     + r.table.cosines.shape().axes_text()
                                 ));
        },
        [&] {
            const strides& dense = result.where().stride;
            kernels::loops<4> rows;
            for (std::size_t i = 0; i < x.rank(); ++i)
                if (i != r.at)
                    rows.push_back(
                        {x.shape()[i].extent,
                         {dense[i], x.where().stride[i], r.cosine_stride[i], r.sine_stride[i]}}
                    );
            kernels::rotate(
                x.type(),
                result.writable(),
                x.data(),
                r.table.cosines.data(),
                r.table.sines.data(),
                rows,
                {r.along().extent, dense[r.at], x.where().stride[r.at]},
                pairs,
                {r.table.cosines.where().stride[r.angles],
                 r.table.sines.where().stride[r.angles],
                 r.for_each_element}
            );
        }
    );
    return result;
}

any_tensor rope(
    std::string_view operation,
    kernels::pairing pairs,
    const any_tensor& x,
    const axis_argument& over,
    const axis_argument* positions,
    const any_rope_table& table
) {
    require_floating(operation, x);
    const std::size_t at = position_of(operation, x.shape(), over);
    rotation r{operation, x, table, at, 0, false, {}, {}};
    r.check_tables();
    r.find_angles();
    if (positions == nullptr)
        r.meet_by_name();
    else
        r.meet_by_position(position_of(operation, x.shape(), *positions));
    return rotated(r, pairs);
}

}  // namespace

any_tensor rope_halves(const any_tensor& x, axis_argument over, const any_rope_table& table) {
    return rope("rope_halves", kernels::pairing::halves, x, over, nullptr, table);
}

any_tensor rope_halves(
    const any_tensor& x, axis_argument over, axis_argument positions, const any_rope_table& table
) {
    return rope("rope_halves", kernels::pairing::halves, x, over, &positions, table);
}

any_tensor rope_pairs(const any_tensor& x, axis_argument over, const any_rope_table& table) {
    return rope("rope_pairs", kernels::pairing::neighbours, x, over, nullptr, table);
}

any_tensor rope_pairs(
    const any_tensor& x, axis_argument over, axis_argument positions, const any_rope_table& table
) {
    return rope("rope_pairs", kernels::pairing::neighbours, x, over, &positions, table);
}

}  // namespace abax
