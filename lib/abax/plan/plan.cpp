#include <abax/plan/plan.hpp>
#include <abax/plan/step_cost.hpp>

#include <algorithm>
#include <array>

namespace abax {

std::string_view to_string(step_kind kind) noexcept {
    static constexpr auto names = std::to_array<std::string_view>(
        {"view", "copy", "convert", "reduce", "contract", "multiply"}
    );
    return names[static_cast<std::size_t>(kind)];
}

bool plan::is_view() const {
    return std::all_of(steps.begin(), steps.end(), [](const step& s) {
        return s.kind == step_kind::view;
    });
}

namespace {

dtype type_of(const plan& p, std::size_t value) {
    return value < p.operands.size() ? p.type : p.steps[value - p.operands.size()].type;
}

// The axes of operand k that are not repeated by a stride of 0.
shape axes_read(const step& s, std::size_t k) {
    shape axes;
    for (const step_axis& a : s.axes)
        if (a.has(k) && (a.stride[k] != 0 || a.what.extent <= 1))
            axes.push_back(a.what);
    return axes;
}

shape axes_of(const step& s, bool with_summed) {
    shape axes;
    for (const step_axis& a : s.axes)
        if (with_summed || !a.summed)
            axes.push_back(a.what);
    return axes;
}

// How a reader knows an axis: by its name, by its name in the pattern, or by its extent.
std::string shown(const step_axis& a) {
    if (!a.what.label && a.shown)
        return std::string(a.shown.text());
    return axis_text(a.what.forgotten());
}

std::string shown_operand(const step& s, std::size_t k) {
    std::vector<const step_axis*> axes;
    for (const step_axis& a : s.axes)
        if (a.has(k))
            axes.push_back(&a);
    std::sort(axes.begin(), axes.end(), [k](const step_axis* a, const step_axis* b) {
        return a->position[k] < b->position[k];
    });
    std::string text;
    for (const step_axis* a : axes)
        text += (text.empty() ? "" : " ") + shown(*a);
    return text;
}

std::string detail_of(const plan& p, const step& s) {
    if (!p.pattern.empty() && p.steps.size() == 1)
        return p.pattern;
    std::string text;
    for (std::size_t k = 0; k < s.operands.size(); ++k)
        text += (k == 0 ? "" : ", ") + shown_operand(s, k);
    text += " ->";
    for (const step_axis& a : s.axes)
        if (!a.summed)
            text += ' ' + shown(a);
    return text;
}

}  // namespace

call call_of(const plan& p, const step& s) {
    call c(p.type);
    if (s.kind != step_kind::view) {
        for (std::size_t k = 0; k < s.operands.size(); ++k)
            c.reads(axes_read(s, k), type_of(p, s.operands[k]));
        c.writes(axes_of(s, false), s.type);
    }
    c.knows(axes_of(s, true));
    // A mean costs more than a sum of the same axes, and nothing else tells the two apart.
    if (s.kind == step_kind::reduce)
        c.knows(shape{axis{{}, static_cast<std::int64_t>(s.how), nullptr}});
    c.detail(detail_of(p, s));
    for (const equation& e : s.equations) {
        c.states(e);
        for (const layout& l : p.operands)
            if (const auto at = l.axes.find(e.whole))
                c.knows(shape{l.axes[*at].forgotten()});
        if (const auto at = s.result.axes.find(e.whole))
            c.knows(shape{s.result.axes[*at].forgotten()});
    }
    return c;
}

call call_of(const plan& p, const step& s, std::span<const any_tensor* const> operands) {
    call c = call_of(p, s);
    // The same elements as both operands are read once.
    if (s.kind != step_kind::view && operands.size() == 2 && operands[0]->shares_with(*operands[1])
        && reach_the_same(operands[0]->where(), operands[1]->where()))
        c.reads_once();
    return c;
}

cost step_cost::price(const call& c) const {
    const polynomial all = c.volume(c.known().front());
    switch (what->kind) {
    case step_kind::view: return {};
    case step_kind::copy:
    case step_kind::convert: return c.with_bytes(0);
    case step_kind::multiply: return c.with_bytes(all);
    case step_kind::contract: return contraction(c, all);
    case step_kind::reduce: break;
    }
    // n_in - n_out additions or comparisons; a mean divides once for each result.
    polynomial work = all;
    if (what->how != kernels::reduction::mean)
        work -= c.volume(c.operands().back().axes);
    return c.with_bytes(std::move(work));
}

cost step_cost::contraction(const call& c, const polynomial& all) const {
    if (!is_floating(c.arithmetic()))
        return c.with_bytes(polynomial(2) * all);
    cost price = c.with_bytes(0);
    price.flops_mm = polynomial(2) * all;
    price.flops_mm_useful = price.flops_mm;
    for (const auto* mask = causal_mask::innermost(); mask != nullptr; mask = mask->outer()) {
        const shape& axes = c.known().front();
        if (!axes.find(mask->queries()) || !axes.find(mask->keys()))
            continue;
        shape others;
        for (const axis& a : axes)
            if (a.label != mask->queries() && a.label != mask->keys())
                others.push_back(a);
        const polynomial q = c.extent_of(axes[*axes.find(mask->queries())]);
        const polynomial k = c.extent_of(axes[*axes.find(mask->keys())]);
        price.flops_mm_useful = polynomial(2) * c.volume(others) * (q * k - (q * q - q).over(2));
        break;
    }
    return price;
}

op_class step_cost::kind_of() const {
    switch (what->kind) {
    case step_kind::view: return op_class::view;
    case step_kind::copy:
    case step_kind::convert: return op_class::movement;
    case step_kind::reduce: return op_class::reduction;
    case step_kind::contract: return op_class::contraction;
    case step_kind::multiply: break;
    }
    return op_class::elementwise;
}

cost price_of(const plan& p, std::size_t i) {
    return step_cost{&p.steps[i]}.price(call_of(p, p.steps[i]));
}

cost price_of(const plan& p) {
    cost sum;
    for (std::size_t i = 0; i < p.steps.size(); ++i)
        sum += price_of(p, i);
    return sum;
}

std::string explain(const plan& p) {
    std::string text = p.operation;
    if (!p.pattern.empty())
        text += "  " + p.pattern;
    text += '\n';
    const auto value = [&](std::size_t v) {
        return v < p.operands.size() ? "operand " + std::to_string(v + 1)
                                     : "step " + std::to_string(v - p.operands.size() + 1);
    };
    for (std::size_t i = 0; i < p.operands.size(); ++i)
        text += "  operand " + std::to_string(i + 1) + "  " + p.operands[i].axes.str() + "  "
              + std::string(to_string(p.type)) + '\n';
    for (std::size_t i = 0; i < p.steps.size(); ++i) {
        const step& s = p.steps[i];
        const call c = call_of(p, s);
        const counters counted = evaluate(price_of(p, i), [&](name n) {
            for (const factor& f : c.bindings())
                if (f.label == n)
                    return f.extent;
            return std::int64_t{0};
        });
        text += "  step " + std::to_string(i + 1) + ": " + std::string(to_string(s.kind)) + " of ";
        for (std::size_t k = 0; k < s.operands.size(); ++k)
            text += (k == 0 ? "" : " and ") + value(s.operands[k]);
        text += "  " + detail_of(p, s) + "\n    result " + s.result.axes.str() + "  "
              + std::string(to_string(s.type));
        if (s.kind == step_kind::view) {
            text += "  (shares the buffer: 0 bytes)\n";
            continue;
        }
        text += "  (reads " + to_string(counted.bytes_read) + " bytes, writes "
              + to_string(counted.bytes_written) + " bytes, "
              + to_string(counted.flops() + counted.int_ops)
              + (is_floating(p.type) ? " FLOPs)\n" : " integer operations)\n");
    }
    return text;
}

}  // namespace abax
