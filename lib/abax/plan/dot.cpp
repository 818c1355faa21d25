#include <abax/pattern/hints.hpp>
#include <abax/plan/contraction.hpp>

#include <algorithm>

namespace abax {

namespace {

std::string both(const layout& a, const layout& b) {
    return "(" + a.axes.str() + "), (" + b.axes.str() + ")";
}

void require_named(const call_site& where, const layout& x, std::string_view which) {
    for (const axis& a : x.axes)
        if (!a.label)
            throw where.anywhere(
                {.kind = category::name_mismatch,
                 .message = "the " + std::string(which) + " operand has an axis without a name",
                 .expected = "axes with names",
                 .got = x.axes.str(),
                 .help = "name the axes (named), drop the axis, or write an einsum"}
            );
}

std::size_t summed_axis(
    const call_site& where, const layout& x, const layout& other, name label, std::string_view which
) {
    if (const auto at = x.axes.find(label))
        return *at;
    const std::string text(label.text());
    const bool neither = !other.axes.find(label);
    std::string help =
        neither ? "name an axis that both have"
                : "sum the other operand over '" + text + "' first, if that is what is meant";
    const auto suggest = [&](const layout& from, const layout& beside) {
        for (const axis& a : from.axes) {
            const std::string own(a.label.text());
            if (!are_similar(own, text))
                continue;
            // Primes are forgotten where an axis has two roles, so that a common name is rarely meant.
            const bool both_have =
                a.label.unprimed() != label.unprimed() && beside.axes.find(a.label).has_value();
            help = both_have ? "did you mean '" + own + "'? " + help
                             : "rename it: \"" + own + " -> " + text + "\"; or " + help;
            return true;
        }
        return false;
    };
    if (!suggest(x, other) && neither)
        suggest(other, x);
    throw where.anywhere(
        {.kind = category::unknown_axis,
         .message = "'" + text + "' is summed, but "
                  + (neither ? std::string("neither operand has")
                             : "the " + std::string(which) + " operand has no")
                  + (neither ? " it" : " such axis"),
         .axis = text,
         .expected = "an axis '" + text + "' in both operands",
         .got = x.axes.str(),
         .help = std::move(help)}
    );
}

}  // namespace

void require_same_axis(const call_site& where, const axis& a, const axis& b) {
    const std::string label(a.label.text());
    if (a.extent == b.extent && a.memory != nullptr && b.memory != nullptr) {
        const auto same_names = std::equal(
            a.memory->begin(),
            a.memory->end(),
            b.memory->begin(),
            b.memory->end(),
            [](const factor& f, const factor& g) { return f.label == g.label; }
        );
        if (!a.remembers_like(b))
            throw where.anywhere(
                {.kind = same_names ? category::size_mismatch : category::name_mismatch,
                 .message =
                     "'" + label + "' remembers other factors in one operand than in the other",
                 .axis = label,
                 .expected = axis_text(a),
                 .got = axis_text(b),
                 .help = "merge both in the same order, or forget the factors"}
            );
    }
    if (a.extent != b.extent)
        throw where.anywhere(
            {.kind = category::size_mismatch,
             .message = "'" + label + "' is " + std::to_string(a.extent) + " in one operand and "
                      + std::to_string(b.extent) + " in the other",
             .axis = label,
             .expected_extent = a.extent,
             .got_extent = b.extent,
             .expected = label + "=" + std::to_string(a.extent),
             .got = label + "=" + std::to_string(b.extent)}
        );
}

plan plan_dot(const layout& a, const layout& b, dtype type, const axes_argument& summed) {
    const call_site where{"dot", nullptr, both(a, b)};
    require_named(where, a, "left");
    require_named(where, b, "right");
    std::vector<name> over;
    for (const axis_argument& s : summed.axes()) {
        if (s.by_position())
            throw where.anywhere(
                {.kind = category::usage,
                 .message = "dot sums over names, not over positions",
                 .help = "write dot(a, b, \"d\"), or an einsum for unnamed tensors"}
            );
        over.emplace_back(s.label());
        (void)summed_axis(where, a, b, over.back(), "left");
        (void)summed_axis(where, b, a, over.back(), "right");
    }
    plan p{"dot", {}, {a, b}, type, {}};
    contraction c;
    contraction_operand left{0, {}};
    contraction_operand right{1, {}};
    const auto is_summed = [&](name label) {
        return std::find(over.begin(), over.end(), label) != over.end();
    };
    for (std::size_t i = 0; i < a.rank(); ++i) {
        left.lanes.push_back({c.indices.size(), a.stride[i]});
        if (!is_summed(a.axes[i].label))
            c.output.push_back(c.indices.size());
        c.indices.push_back(a.axes[i]);
    }
    for (std::size_t i = 0; i < b.rank(); ++i) {
        if (const auto at = a.axes.find(b.axes[i].label)) {
            require_same_axis(where, a.axes[*at], b.axes[i]);
            right.lanes.push_back({*at, b.stride[i]});
            continue;
        }
        right.lanes.push_back({c.indices.size(), b.stride[i]});
        c.output.push_back(c.indices.size());
        c.indices.push_back(b.axes[i]);
    }
    c.operands = {left, right};
    append_steps(p, std::move(c));
    return p;
}

}  // namespace abax
