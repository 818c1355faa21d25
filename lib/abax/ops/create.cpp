#include <abax/ops/create.hpp>
#include <abax/plan/price.hpp>
#include <abax/plan/resolve.hpp>
#include <abax/plan/transform.hpp>

#include <algorithm>
#include <cstring>
#include <sstream>

namespace abax {

namespace {

struct fill_cost {
    std::string_view label;

    [[nodiscard]] std::string_view operation() const { return label; }
    [[nodiscard]] op_class kind() const { return op_class::movement; }
    [[nodiscard]] cost price(const call& c) const { return c.with_bytes(0); }
};

template <class Write>
any_tensor made(std::string_view operation, dtype type, const shape& axes, Write&& write) {
    any_tensor result = any_tensor::empty(type, axes);
    perform(
        fill_cost{operation},
        result.is_dry(),
        [&] { return std::move(call(type).writes(axes, type).detail(axes.axes_text())); },
        [&] { write(result); }
    );
    return result;
}

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
                 .input = x.shape().str()}
            );
        result[*at].label = to;
    }
    check_distinct({"rename", nullptr, x.shape().str()}, result);
    return x.viewed(with_axes_of(x, std::move(result)));
}

any_tensor forget(const any_tensor& x, axis_argument which) {
    shape result = x.shape();
    const auto at = result.find(name(which.label()));
    if (!at)
        throw error(
            {.kind = category::unknown_axis,
             .operation = "forget",
             .message = "the tensor has no axis '" + std::string(which.label()) + "'",
             .axis = std::string(which.label()),
             .input = x.shape().str()}
        );
    if (which.label().starts_with('('))
        throw error(
            {.kind = category::name_mismatch,
             .operation = "forget",
             .message = "'" + std::string(which.label()) + "' has no name but its factors",
             .axis = std::string(which.label()),
             .input = x.shape().str(),
             .help = "name it first: rename(x, \"" + std::string(which.label()) + " -> m\")"}
        );
    result[*at] = result[*at].forgotten();
    return x.viewed(with_axes_of(x, std::move(result)));
}

any_tensor full(dtype type, const shape& axes, double value) {
    return made("full", type, axes, [&](any_tensor& result) {
        with_element(type, [&](auto zero) {
            auto typed = static_cast<decltype(zero)>(value);
            kernels::fill(type, result.writable(), &typed, {{result.volume(), {1}}});
        });
    });
}

template <element T>
tensor<T> full(const shape& axes, T value) {
    return tensor<T>(made("full", dtype_of<T>, axes, [&](any_tensor& result) {
        kernels::fill(dtype_of<T>, result.writable(), &value, {{result.volume(), {1}}});
    }));
}

any_tensor iota(dtype type, const shape& axes, std::int64_t first) {
    return made("iota", type, axes, [&](any_tensor& result) {
        const std::int64_t count = result.volume();
        with_element(type, [&](auto zero) {
            auto* out = reinterpret_cast<decltype(zero)*>(result.writable());
            for (std::int64_t i = 0; i < count; ++i)
                out[i] = static_cast<decltype(zero)>(first + i);
        });
    });
}

template <element T>
tensor<T> from(const std::vector<T>& elements, const shape& axes) {
    if (axes.volume() != static_cast<std::int64_t>(elements.size()))
        throw error(
            {.kind = category::size_mismatch,
             .operation = "from",
             .message = std::to_string(elements.size()) + " elements for a shape of "
                      + std::to_string(axes.volume()),
             .expected_extent = axes.volume(),
             .got_extent = static_cast<std::int64_t>(elements.size()),
             .input = axes.str()}
        );
    return tensor<T>(made("from", dtype_of<T>, axes, [&](any_tensor& result) {
        auto* out = reinterpret_cast<T*>(result.writable());
        std::copy(elements.begin(), elements.end(), out);
    }));
}

template <element T>
tensor<T> borrow(const T* elements, const shape& axes) {
    layout where = layout::row_major(axes);
    const auto bytes = static_cast<std::size_t>(where.axes.volume()) * sizeof(T);
    return tensor<T>(any_tensor(
        dtype_of<T>, std::move(where), buffer::adopt_read_only(const_cast<T*>(elements), bytes, {})
    ));
}

template tensor<float> full(const shape&, float);
template tensor<double> full(const shape&, double);
template tensor<std::int32_t> full(const shape&, std::int32_t);
template tensor<std::int64_t> full(const shape&, std::int64_t);
template tensor<bool> full(const shape&, bool);
template tensor<float> from(const std::vector<float>&, const shape&);
template tensor<double> from(const std::vector<double>&, const shape&);
template tensor<std::int32_t> from(const std::vector<std::int32_t>&, const shape&);
template tensor<std::int64_t> from(const std::vector<std::int64_t>&, const shape&);
template tensor<bool> from(const std::vector<bool>&, const shape&);
template tensor<float> borrow(const float*, const shape&);
template tensor<double> borrow(const double*, const shape&);
template tensor<std::int32_t> borrow(const std::int32_t*, const shape&);
template tensor<std::int64_t> borrow(const std::int64_t*, const shape&);
template tensor<bool> borrow(const bool*, const shape&);

tensor<bool> causal(
    std::string_view queries,
    std::int64_t query_extent,
    std::string_view keys,
    std::int64_t key_extent
) {
    const shape both{
        axis{name(queries), query_extent, nullptr}, axis{name(keys), key_extent, nullptr}};
    check_distinct({"causal", nullptr, both.str()}, both);
    if (key_extent < query_extent)
        throw error(
            {.kind = category::usage,
             .operation = "causal",
             .message = "fewer keys than queries: the first queries would see no key",
             .expected_extent = query_extent,
             .got_extent = key_extent,
             .expected = "at least " + std::to_string(query_extent) + " keys",
             .got = std::to_string(key_extent)}
        );
    return tensor<bool>(made("causal", dtype::boolean, both, [&](any_tensor& result) {
        auto* out = reinterpret_cast<bool*>(result.writable());
        const std::int64_t past = key_extent - query_extent;
        for (std::int64_t q = 0; q < query_extent; ++q)
            for (std::int64_t k = 0; k < key_extent; ++k)
                *out++ = k <= q + past;
    }));
}

}  // namespace abax
