#include <abax/plan/contraction.hpp>

#include <algorithm>

namespace abax {

namespace {

// Where among its axes the operand has the index, or step_axis::lacks.
int position_of(const contraction_operand& x, std::size_t index) {
    for (std::size_t i = 0; i < x.lanes.size(); ++i)
        if (x.lanes[i].index == index)
            return static_cast<int>(i);
    return step_axis::lacks;
}

bool holds(const contraction_operand& x, std::size_t index) {
    return position_of(x, index) != step_axis::lacks;
}

std::int64_t stride_of(const contraction_operand& x, std::size_t index) {
    const int at = position_of(x, index);
    return at == step_axis::lacks ? 0 : x.lanes[static_cast<std::size_t>(at)].stride;
}

bool contains(const std::vector<std::size_t>& list, std::size_t value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

// A step over `kept` and `summed` indices of one or two operands; returns its result as an operand.
contraction_operand append_step(
    plan& p,
    const contraction& c,
    const std::vector<const contraction_operand*>& operands,
    const std::vector<std::size_t>& kept,
    const std::vector<std::size_t>& summed
) {
    step s;
    s.type = p.type;
    for (const contraction_operand* x : operands)
        s.operands.push_back(x->value);
    const auto add = [&](std::size_t index, bool is_summed) {
        step_axis a{.what = c.indices[index], .summed = is_summed};
        if (index < c.labels.size())
            a.shown = c.labels[index];
        for (std::size_t k = 0; k < operands.size(); ++k) {
            a.position[k] = position_of(*operands[k], index);
            a.stride[k] = stride_of(*operands[k], index);
        }
        s.axes.push_back(std::move(a));
    };
    for (const std::size_t index : kept) {
        add(index, false);
        s.result.axes.push_back(c.indices[index]);
    }
    for (const std::size_t index : summed)
        add(index, true);

    if (operands.size() == 2)
        s.kind = summed.empty() ? step_kind::multiply : step_kind::contract;
    else
        s.kind = summed.empty() ? step_kind::view : step_kind::reduce;
    contraction_operand result{p.operands.size() + p.steps.size(), {}};
    if (s.kind == step_kind::view) {
        // One operand, nothing summed: a permuted or diagonal view.
        for (const std::size_t index : kept)
            s.result.stride.push_back(stride_of(*operands[0], index));
        const std::size_t value = operands[0]->value;
        s.result.offset = value < p.operands.size() ? p.operands[value].offset : 0;
    } else {
        const shape axes = s.result.axes;
        s.result = layout::row_major(axes);
    }
    for (std::size_t i = 0; i < kept.size(); ++i)
        result.lanes.push_back({kept[i], s.result.stride[i]});
    if (s.kind == step_kind::reduce)
        s.how = p.type == dtype::boolean ? kernels::reduction::any : kernels::reduction::sum;
    if (s.kind != step_kind::reduce || kernels::result_of(s.how, p.type) == p.type) {
        p.steps.push_back(std::move(s));
        return result;
    }
    // A sum of int32 is int64; a contraction keeps the type of its operands.
    step narrow{step_kind::convert, {result.value}, {}, s.result, p.type};
    for (std::size_t i = 0; i < kept.size(); ++i)
        narrow.axes.push_back(
            {.what = c.indices[kept[i]],
             .stride = {s.result.stride[i], 0},
             .position = {static_cast<int>(i), step_axis::lacks},
             .shown = s.axes[i].shown}
        );
    s.type = kernels::result_of(s.how, p.type);
    p.steps.push_back(std::move(s));
    p.steps.push_back(std::move(narrow));
    ++result.value;
    return result;
}

// Sums away what only this operand has and the result does not.
void sum_own_indices(plan& p, contraction& c, std::size_t which) {
    std::vector<std::size_t> kept;
    std::vector<std::size_t> own;
    for (const lane& l : c.operands[which].lanes) {
        bool shared = contains(c.output, l.index);
        for (std::size_t i = 0; i < c.operands.size(); ++i)
            shared = shared || (i != which && holds(c.operands[i], l.index));
        (shared ? kept : own).push_back(l.index);
    }
    if (!own.empty())
        c.operands[which] = append_step(p, c, {&c.operands[which]}, kept, own);
}

void contract_pair(plan& p, contraction& c, std::size_t first, std::size_t second) {
    const contraction_operand a = c.operands[first];
    const contraction_operand b = c.operands[second];
    c.operands.erase(c.operands.begin() + static_cast<std::ptrdiff_t>(second));
    c.operands.erase(c.operands.begin() + static_cast<std::ptrdiff_t>(first));
    std::vector<std::size_t> kept;
    std::vector<std::size_t> summed;
    const auto sort_in = [&](std::size_t index) {
        if (contains(kept, index) || contains(summed, index))
            return;
        bool needed = contains(c.output, index);
        for (const contraction_operand& x : c.operands)
            needed = needed || holds(x, index);
        (needed ? kept : summed).push_back(index);
    };
    for (const lane& l : a.lanes)
        sort_in(l.index);
    for (const lane& l : b.lanes)
        sort_in(l.index);
    // The last pair writes the result in the order asked for.
    if (c.operands.empty())
        kept = c.output;
    c.operands.push_back(append_step(p, c, {&a, &b}, kept, summed));
}

}  // namespace

void append_steps(plan& p, contraction c) {
    if (c.operands.size() == 1) {
        std::vector<std::size_t> summed;
        for (const lane& l : c.operands[0].lanes)
            if (!contains(c.output, l.index))
                summed.push_back(l.index);
        append_step(p, c, {&c.operands[0]}, c.output, summed);
        return;
    }
    for (std::size_t i = 0; i < c.operands.size(); ++i)
        sum_own_indices(p, c, i);
    std::vector<std::vector<std::size_t>> sets;
    for (const contraction_operand& x : c.operands) {
        sets.emplace_back();
        for (const lane& l : x.lanes)
            sets.back().push_back(l.index);
    }
    std::vector<std::int64_t> extents;
    for (const axis& a : c.indices)
        extents.push_back(a.extent);
    for (const auto& [first, second] : contraction_path(sets, c.output, extents))
        contract_pair(p, c, first, second);
}

}  // namespace abax
