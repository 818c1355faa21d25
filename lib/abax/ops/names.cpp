#include <abax/ops/names.hpp>
#include <abax/plan/align.hpp>
#include <abax/plan/resolve.hpp>
#include <abax/plan/transform.hpp>

#include <algorithm>
#include <utility>

namespace abax {

namespace {

layout with_axes_of(const any_tensor& x, shape axes) {
    return {std::move(axes), x.where().stride, x.where().offset};
}

name trimmed_name(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return name(text);
}

// The new name has to be one that a pattern can spell: not two, no unit, no group.
void require_axis_name(name label, std::string_view text) {
    const pattern names = parse(label.text(), verb::axes);
    const auto& items = names.input().items;
    if (items.size() != 1 || !items.front().is_simple_name() || items.front().group
        || items.front().atoms.front().extent)
        throw error(
            {.kind = category::syntax,
             .operation = "rename",
             .message = "'" + std::string(label.text()) + "' is not the name of an axis",
             .pattern = std::string(text),
             .got = std::string(label.text())}
        );
}

std::vector<std::pair<name, name>> changes_in(const any_tensor& x, std::string_view text) {
    std::vector<std::pair<name, name>> changes;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const std::string_view change = text.substr(0, comma);
        const std::size_t arrow = change.find("->");
        const name from = trimmed_name(change.substr(0, std::min(arrow, change.size())));
        const name to =
            arrow == std::string_view::npos ? name{} : trimmed_name(change.substr(arrow + 2));
        if (!from || !to)
            throw error(
                {.kind = category::syntax,
                 .operation = "rename",
                 .message = "a change reads 'old -> new'",
                 .pattern = std::string(text),
                 .input = x.shape().str(),
                 .help = "separate several by commas: \"a -> b, b -> a\""}
            );
        require_axis_name(to, text);
        for (const auto& [earlier, unused] : changes)
            if (earlier == from)
                throw error(
                    {.kind = category::duplicate_axis,
                     .operation = "rename",
                     .message = "the axis '" + std::string(from.text()) + "' is renamed twice",
                     .pattern = std::string(text),
                     .axis = std::string(from.text()),
                     .input = x.shape().str()}
                );
        changes.emplace_back(from, to);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return changes;
}

}  // namespace

shape axes(std::string_view text, const std::vector<std::int64_t>& extents, axis_sizes sizes) {
    const pattern names = parse(text, verb::axes);
    const layout plain = layout::row_major(shape::of(extents));
    const call_site where{"axes", &names, plain.axes.str()};
    check_names(where, names.input(), plain.axes);
    known_extents known(where, sizes);
    const resolved_side parts = resolve(where, names.input(), plain, known);
    shape result;
    std::size_t at = 0;
    for (const item& i : names.input().items) {
        std::vector<axis> of;
        if (i.is_ellipsis())
            throw where.at(
                i.at,
                {.kind = category::ellipsis, .message = "a tensor's axes are listed one by one"}
            );
        for (const atom& a : i.atoms)
            of.push_back({a.label, parts.axes[at++].what.extent, nullptr});
        if (i.is_unit())
            result.push_back({});
        else
            result.push_back(merged_axis(i, of, true));
    }
    check_distinct(where, result);
    return result;
}

any_tensor named(const any_tensor& x, std::string_view names, axis_sizes sizes) {
    const shape wanted = axes(names, x.shape().extents(), sizes);
    if (x.is_named())
        for (std::size_t i = 0; i < wanted.rank(); ++i)
            if (x.shape()[i].label && x.shape()[i].label != wanted[i].label)
                throw error(
                    {.kind = category::name_mismatch,
                     .operation = "named",
                     .message = "axis " + std::to_string(i + 1) + " is '" + axis_text(x.shape()[i])
                              + "' already, not '" + axis_text(wanted[i]) + "'",
                     .axis = std::string(x.shape()[i].label.text()),
                     .input = x.shape().str(),
                     .expected = x.shape().axes_text(),
                     .got = wanted.axes_text(),
                     .help = "use rename to change names"}
                );
    return x.viewed(with_axes_of(x, wanted));
}

any_tensor rename(const any_tensor& x, std::string_view changes) {
    const auto all = changes_in(x, changes);
    shape result = x.shape();
    for (const auto& [from, to] : all) {
        const auto at = x.shape().find(from);
        if (!at)
            throw error(
                {.kind = category::unknown_axis,
                 .operation = "rename",
                 .message = "the tensor has no axis '" + std::string(from.text()) + "'",
                 .pattern = std::string(changes),
                 .axis = std::string(from.text()),
                 .input = x.shape().str(),
                 .help = help_for_axis(x.shape(), from.text())}
            );
        result[*at].label = to;
    }
    check_distinct({"rename", nullptr, x.shape().str()}, result);
    return x.viewed(with_axes_of(x, std::move(result)));
}

any_tensor forget(const any_tensor& x, axis_argument which) {
    shape result = x.shape();
    const std::size_t at = position_of("forget", result, which);
    if (which.label().starts_with('('))
        throw error(
            {.kind = category::name_mismatch,
             .operation = "forget",
             .message = "'" + std::string(which.label()) + "' has no name but its factors",
             .axis = std::string(which.label()),
             .input = x.shape().str(),
             .help = "name it first: rename(x, \"" + std::string(which.label()) + " -> m\")"}
        );
    result[at] = result[at].forgotten();
    return x.viewed(with_axes_of(x, std::move(result)));
}

shape axes_or_none(axis_names names, const std::vector<std::int64_t>& extents) {
    return names.empty() ? shape::of(extents) : axes(names.text(), extents);
}

namespace detail {

shape shape_of_type(
    std::string_view axes, const std::vector<std::int64_t>& extents, axis_sizes sizes
) {
    const axis_table wanted(axes);
    if (extents.size() != wanted.rank() || axes.find('_') == std::string_view::npos)
        return abax::axes(axes, extents, sizes);
    // A list of axes has no word for one that has any extent and no name: it is made as a unit first.
    std::string text;
    std::vector<std::int64_t> units = extents;
    for (std::size_t i = 0; i < wanted.rank(); ++i) {
        const bool is_open = wanted[i].text == "_";
        text += (i == 0 ? "" : " ") + std::string(is_open ? "1" : wanted[i].text);
        if (is_open)
            units[i] = 1;
    }
    shape result = abax::axes(text, units, sizes);
    for (std::size_t i = 0; i < wanted.rank(); ++i)
        if (wanted[i].text == "_")
            result[i] = shape::of({extents[i]})[0];
    return result;
}

any_tensor read_as(
    std::string_view operation, const any_tensor& x, std::string_view axes, axis_sizes sizes
) {
    const axis_table wanted(axes);
    if (!x.is_named() && x.rank() == wanted.rank())
        return x.viewed(with_axes_of(x, shape_of_type(axes, x.shape().extents(), sizes)));
    const auto refused = [&](category kind, std::string message, std::string help) {
        return error(
            {.kind = kind,
             .operation = std::string(operation),
             .message = std::move(message),
             .input = x.shape().str(),
             .expected = '(' + std::string(axes) + ')',
             .got = '(' + x.shape().axes_text() + ')',
             .help = std::move(help)}
        );
    };
    if (x.rank() != wanted.rank())
        throw refused(
            category::rank_mismatch,
            "a tensor of rank " + std::to_string(x.rank()) + " is read as one of rank "
                + std::to_string(wanted.rank()),
            "index, reduce or slice it first"
        );
    for (std::size_t i = 0; i < x.rank(); ++i) {
        const axis& has = x.shape()[i];
        if (has.label.text() == wanted[i].label
            && (!wanted[i].remembers() || axis_table(axis_text(has))[0].factors == wanted[i].factors
            ))
            continue;
        throw refused(
            category::name_mismatch,
            "axis " + std::to_string(i + 1) + " is '" + axis_text(has) + "', not '"
                + std::string(wanted[i].text) + "'",
            "reading permutes nothing: rearrange(x, \"" + x.shape().axes_text() + " -> "
                + std::string(axes) + "\") does, rename changes a name"
        );
    }
    return forgotten(x, axes);
}

}  // namespace detail

}  // namespace abax
