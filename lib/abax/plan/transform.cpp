#include <abax/plan/resolve.hpp>
#include <abax/plan/transform.hpp>

#include <algorithm>
#include <limits>

namespace abax {

namespace {

void check_new_axes(const call_site& where, const pattern& text, axis_sizes sizes) {
    const auto has = [&](const side& s, name label) {
        return std::any_of(s.items.begin(), s.items.end(), [&](const item& i) {
            return std::any_of(i.atoms.begin(), i.atoms.end(), [&](const atom& a) {
                return a.kind == atom_kind::name && a.label == label;
            });
        });
    };
    for (const item& i : text.output().items)
        for (const atom& a : i.atoms) {
            if (a.kind != atom_kind::name || a.extent || has(text.input(), a.label))
                continue;
            const bool passed = std::any_of(sizes.begin(), sizes.end(), [&](const axis_size& s) {
                return s.axis == a.label.text();
            });
            const std::string label(a.label.text());
            if (!passed)
                throw where.at(
                    a.at,
                    {.kind = category::missing_size,
                     .message = "the new axis '" + label + "' has no extent",
                     .axis = label,
                     .expected = "an extent for '" + label + "'",
                     .help =
                         "pass it, for example {{\"" + label + "\", 2}}, or write " + label + "=2"}
                );
        }
}

// The elementary axes of one item of the right side, taken from those of the left; new ones have stride 0.
class right_side {
public:
    right_side(
        const call_site& where, const resolved_side& left, const known_extents& known, bool named
    )
        : where_(where), left_(left), known_(known), named_(named), used_(left.axes.size()) {}

    std::vector<elementary> take(const item& i) {
        check_number(i);
        std::vector<elementary> parts;
        for (const atom& a : i.atoms)
            if (a.kind == atom_kind::ellipsis)
                take_ellipsis(parts);
            else
                parts.push_back(
                    a.kind == atom_kind::name ? take_name(a.label) : added({}, a.number)
                );
        return parts;
    }

    std::vector<elementary> unused() const {
        std::vector<elementary> rest;
        for (std::size_t i = 0; i < used_.size(); ++i)
            if (!used_[i])
                rest.push_back(left_.axes[i]);
        return rest;
    }

    bool adds_elements() const { return adds_elements_; }

private:
    elementary take_name(name label) {
        for (std::size_t i = 0; i < used_.size(); ++i)
            if (left_.axes[i].label == label) {
                used_[i] = true;
                return left_.axes[i];
            }
        return added(label, *known_.find(label));
    }

    void check_number(const item& i) const {
        for (const atom& a : i.atoms)
            if (a.kind == atom_kind::number && a.number == std::numeric_limits<std::int64_t>::max())
                throw where_.at(
                    a.at,
                    {.kind = category::other, .message = "the number is too large for an extent"}
                );
    }

    void take_ellipsis(std::vector<elementary>& parts) {
        for (std::size_t i = 0; i < used_.size(); ++i)
            if (left_.axes[i].ellipsis_member >= 0) {
                used_[i] = true;
                parts.push_back(left_.axes[i]);
            }
    }

    elementary added(name label, std::int64_t extent) {
        adds_elements_ = adds_elements_ || extent != 1;
        return {label, {named_ ? label : name{}, extent, nullptr}, 0, -1, true};
    }

    const call_site& where_;
    const resolved_side& left_;
    const known_extents& known_;
    bool named_;
    std::vector<bool> used_;
    bool adds_elements_ = false;
};

void check_reduction(
    const call_site& where, kernels::reduction how, dtype type, const step& s, bool reduces
) {
    if (how == kernels::reduction::mean && !is_floating(type))
        throw where.anywhere(
            {.kind = category::other,
             .message = "the mean of " + std::string(to_string(type)) + " is not defined",
             .expected = "float32 or float64",
             .got = std::string(to_string(type)),
             .help = "cast to float or double first"}
        );
    const bool of_extremes = how == kernels::reduction::min || how == kernels::reduction::max;
    const bool of_nothing = std::any_of(s.axes.begin(), s.axes.end(), [](const step_axis& a) {
        return a.summed && a.what.extent == 0;
    });
    if (reduces && of_extremes && of_nothing && s.result.axes.volume() != 0)
        throw where.anywhere(
            {.kind = category::other,
             .message = std::string("there is no ")
                      + (how == kernels::reduction::min ? "min" : "max") + " of no elements",
             .expected = "reduced axes of extent 1 or more"}
        );
}

void add_axis(
    step& s, const axis& what, std::int64_t stride, bool summed, bool operand_lacks = false
) {
    const auto position = operand_lacks ? step_axis::lacks : static_cast<int>(s.axes.size());
    s.axes.push_back(
        {.what = what,
         .summed = summed,
         .stride = {stride, 0},
         .position = {position, step_axis::lacks}}
    );
}

// What kind of step it is, given its axes, and the layout that a view of the operand would have.
void decide(
    const call_site& where,
    step& s,
    dtype type,
    std::optional<kernels::reduction> how,
    const std::optional<layout>& view
) {
    const bool reduces =
        std::any_of(s.axes.begin(), s.axes.end(), [](const step_axis& a) { return a.summed; });
    s.type = how ? kernels::result_of(*how, type) : type;
    if (how) {
        s.how = *how;
        check_reduction(where, *how, type, s, reduces);
    }
    const shape axes = s.result.axes;
    s.result = layout::row_major(axes);
    if (reduces) {
        s.kind = step_kind::reduce;
    } else if (s.type != type) {
        s.kind = step_kind::convert;
    } else if (view) {
        s.kind = step_kind::view;
        s.result = *view;
    } else {
        s.kind = step_kind::copy;
    }
}

}  // namespace

std::optional<layout> merged_view(
    const std::vector<std::vector<elementary>>& groups, const shape& axes, std::int64_t offset
) {
    layout result{axes, {}, offset};
    const bool is_empty = axes.volume() == 0;
    for (const auto& group : groups) {
        std::int64_t stride = 0;
        std::int64_t reach = 0;  // of the inner neighbours: what the next stride has to be
        bool first = true;
        for (std::size_t i = group.size(); i-- > 0;) {
            const elementary& e = group[i];
            if (e.what.extent == 1)
                continue;
            if (first) {
                stride = e.stride;
                first = false;
            } else if (e.stride != reach && !is_empty) {
                return std::nullopt;
            }
            reach = e.stride * e.what.extent;
        }
        result.stride.push_back(stride);
    }
    return result;
}

void check_distinct(const call_site& where, const shape& axes) {
    for (std::size_t i = 0; i < axes.rank(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (axes[i].label && axes[i].label == axes[k].label)
                throw where.anywhere(
                    {.kind = category::duplicate_axis,
                     .message = "the result would have the axis '"
                              + std::string(axes[i].label.text()) + "' twice",
                     .axis = std::string(axes[i].label.text()),
                     .got = axes.str(),
                     .help = "rename one of them first"}
                );
}

plan plan_transform(
    const pattern& text,
    const layout& x,
    dtype type,
    axis_sizes sizes,
    std::optional<kernels::reduction> how,
    bool gives_names
) {
    const call_site where{std::string(to_string(text.operation())), &text, x.axes.str()};
    if (text.operation() == verb::repeat)
        check_new_axes(where, text, sizes);
    check_names(where, text.input(), x.axes);
    known_extents known(where, sizes);
    const resolved_side left = resolve(where, text.input(), x, known, gives_names);

    const bool named = gives_names || x.axes.is_named();
    right_side right(where, left, known, named);
    std::vector<std::vector<elementary>> groups;
    step s;
    s.operands = {0};
    s.equations = left.equations;
    for (const item& i : text.output().items) {
        if (i.is_ellipsis()) {
            for (elementary& e : right.take(i)) {
                s.result.axes.push_back(e.what);
                groups.push_back({std::move(e)});
            }
            continue;
        }
        groups.push_back(right.take(i));
        std::vector<axis> parts;
        for (const elementary& e : groups.back())
            parts.push_back(e.what);
        s.result.axes.push_back(merged_axis(i, parts, named));
        const axis& made = s.result.axes.back();
        if (i.label && made.memory != nullptr) {
            equation merged{made.label, {}};
            for (const factor& f : *made.memory)
                merged.factors.push_back(f.label);
            s.equations.push_back(std::move(merged));
        }
    }
    check_distinct(where, s.result.axes);

    for (const auto& group : groups)
        for (const elementary& e : group)
            add_axis(s, e.what, e.stride, false, e.is_new);
    for (const elementary& e : right.unused())
        add_axis(s, e.what, e.stride, true);

    const auto view =
        right.adds_elements() ? std::nullopt : merged_view(groups, s.result.axes, x.offset);
    decide(where, s, type, how, view);
    return {where.operation, text.text(), {x}, type, {std::move(s)}};
}

plan plan_reduction(
    std::string operation,
    const layout& x,
    dtype type,
    const std::vector<bool>& reduced,
    kernels::reduction how
) {
    const call_site where{std::move(operation), nullptr, x.axes.str()};
    step s;
    s.operands = {0};
    for (std::size_t i = 0; i < x.rank(); ++i) {
        add_axis(s, x.axes[i], x.stride[i], reduced[i]);
        if (!reduced[i])
            s.result.axes.push_back(x.axes[i]);
    }
    decide(where, s, type, how, x);
    return {where.operation, {}, {x}, type, {std::move(s)}};
}

}  // namespace abax
