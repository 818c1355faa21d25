#include <abax/plan/contraction.hpp>
#include <abax/plan/transform.hpp>

#include <algorithm>

namespace abax {

namespace {

std::string group_text(const item& i) {
    std::string text = "(";
    for (const atom& a : i.atoms)
        text += (text.size() == 1 ? "" : " ") + std::string(a.label.text());
    return text + ')';
}

bool is_composite(const item& i) {
    return i.atoms.size() > 1 || (i.label && !i.atoms.empty());
}

bool same_atoms(const item& a, const item& b) {
    return a.atoms == b.atoms;
}

template <class Visit>
void for_each_item(const pattern& text, Visit&& visit) {
    for (const side& s : text.inputs())
        for (const item& i : s.items)
            visit(i);
    for (const item& i : text.output().items)
        visit(i);
}

// Matches the terms of an einsum against its operands and builds the index space.
class einsum_builder {
public:
    einsum_builder(
        const call_site& where,
        const pattern& text,
        std::span<const layout> operands,
        axis_sizes sizes,
        bool named
    )
        : where_(where), text_(text), operands_(operands), known_(where, sizes), named_(named) {}

    plan build(dtype type) {
        learn_simple_extents();
        learn_composites();
        for (std::size_t i = 0; i < operands_.size(); ++i)
            add_operand(i);
        plan p{where_.operation, text_.text(), {operands_.begin(), operands_.end()}, type, {}};
        std::vector<std::vector<std::size_t>> groups;
        const shape axes = output_axes(groups);
        check_distinct(where_, axes);
        for (const auto& group : groups)
            c_.output.insert(c_.output.end(), group.begin(), group.end());
        c_.labels = labels_;
        append_steps(p, c_);
        p.steps.back().equations = equations_;
        merge_result(p.steps.back(), axes, groups);
        return p;
    }

private:
    // Calls visit(item, axis, stride) for each item but the ellipsis, for which it calls dots(from, count).
    template <class Visit, class Dots>
    void match(std::size_t operand, Visit&& visit, Dots&& dots) const {
        const side& term = text_.inputs()[operand];
        const layout& x = operands_[operand];
        for_each_matched(term, x.rank(), [&](const item& i, std::size_t at, std::size_t count) {
            if (i.is_ellipsis())
                dots(at, count);
            else
                visit(i, x.axes[at], x.stride[at]);
        });
    }

    void learn_simple_extents() {
        for (std::size_t k = 0; k < operands_.size(); ++k)
            match(
                k,
                [&](const item& i, const axis& a, std::int64_t) {
                    if (i.is_simple_name())
                        known_.learn(where_, i.at, i.atoms.front().label, a.extent);
                    else if (is_composite(i) && a.memory != nullptr && named_)
                        for (std::size_t f = 0; f < i.atoms.size(); ++f)
                            known_.learn(
                                where_, i.atoms[f].at, i.atoms[f].label, (*a.memory)[f].extent
                            );
                },
                [](std::size_t, std::size_t) {}
            );
    }

    std::vector<const atom*> unknown_atoms(const item& i) const {
        std::vector<const atom*> unknown;
        for (const atom& a : i.atoms)
            if (!known_.find(a.label))
                unknown.push_back(&a);
        return unknown;
    }

    // A composite that is written the same wherever its factors occur need not be split.
    bool is_whole(const item& i) const {
        if (!is_composite(i) || unknown_atoms(i).size() < 2)
            return false;
        bool whole = true;
        for_each_item(text_, [&](const item& other) {
            const bool overlaps =
                std::any_of(other.atoms.begin(), other.atoms.end(), [&](const atom& a) {
                    return std::any_of(i.atoms.begin(), i.atoms.end(), [&](const atom& b) {
                        return a.kind == atom_kind::name && a.label == b.label;
                    });
                });
            whole = whole && (!overlaps || same_atoms(i, other));
        });
        return whole;
    }

    void learn_composites() {
        // Each round may tell what the next one needs; a round that tells nothing is the last.
        for (bool learned = true; learned;) {
            learned = false;
            for (std::size_t k = 0; k < operands_.size(); ++k)
                match(
                    k,
                    [&](const item& i, const axis& a, std::int64_t) {
                        if (is_composite(i) && unknown_atoms(i).size() == 1)
                            learned = learn_quotient(i, a) || learned;
                    },
                    [](std::size_t, std::size_t) {}
                );
        }
        for (std::size_t k = 0; k < operands_.size(); ++k)
            match(
                k,
                [&](const item& i, const axis& a, std::int64_t) { check_item(i, a); },
                [](std::size_t, std::size_t) {}
            );
    }

    std::int64_t known_product(const item& i) const {
        std::int64_t product = 1;
        for (const atom& a : i.atoms)
            if (const auto extent = known_.find(a.label))
                product = checked_mul(product, *extent, "the product of known extents");
        return product;
    }

    bool learn_quotient(const item& i, const axis& a) {
        const std::int64_t product = known_product(i);
        const atom* unknown = unknown_atoms(i).front();
        if (product == 0 || a.extent % product != 0)
            throw where_.at(
                i.at,
                {.kind = category::not_divisible,
                 .message = "extent " + std::to_string(a.extent) + " of '" + group_text(i)
                          + "' is not divisible by " + std::to_string(product),
                 .axis = std::string(unknown->label.text()),
                 .expected_extent = product,
                 .got_extent = a.extent,
                 .expected = "an extent divisible by " + std::to_string(product),
                 .got = std::to_string(a.extent)}
            );
        known_.learn(where_, i.at, unknown->label, a.extent / product);
        return true;
    }

    void check_item(const item& i, const axis& a) {
        if (is_whole(i)) {
            known_.learn(where_, i.at, name(group_text(i)), a.extent);
            return;
        }
        const auto unknown = unknown_atoms(i);
        if (is_composite(i) && !unknown.empty())
            throw where_.at(
                i.at,
                {.kind = category::ambiguous_size,
                 .message = "the extents of both '" + std::string(unknown[0]->label.text())
                          + "' and '" + std::string(unknown.back()->label.text()) + "' are unknown",
                 .axis = std::string(unknown[0]->label.text()),
                 .expected = "at most one unknown extent in a merged axis",
                 .help = "pass one of them"}
            );
        const std::int64_t product = known_product(i);
        if (product != a.extent)
            throw where_.at(
                i.at,
                {.kind = category::size_mismatch,
                 .message = "the extent of '" + text_.text().substr(i.at.offset, i.at.length)
                          + "' is " + std::to_string(a.extent) + ", not " + std::to_string(product),
                 .expected_extent = product,
                 .got_extent = a.extent,
                 .expected = "an extent of " + std::to_string(product),
                 .got = std::to_string(a.extent)}
            );
    }

    std::size_t index_of(name label, const axis& what) {
        for (std::size_t i = 0; i < labels_.size(); ++i)
            if (labels_[i] == label) {
                if (named_)
                    require_same_axis(where_, c_.indices[i], what);
                return i;
            }
        labels_.push_back(label);
        c_.indices.push_back(what);
        return labels_.size() - 1;
    }

    static void add_lane(contraction_operand& x, std::size_t index, std::int64_t stride) {
        for (lane& l : x.lanes)
            if (l.index == index) {
                l.stride += stride;  // a name twice in one term walks the diagonal
                return;
            }
        x.lanes.push_back({index, stride});
    }

    void add_operand(std::size_t k) {
        contraction_operand x{k, {}};
        match(
            k,
            [&](const item& i, const axis& a, std::int64_t stride) {
                if (i.is_unit())
                    return;
                if (i.is_simple_name() || is_whole(i)) {
                    const name label =
                        i.is_simple_name() ? i.atoms.front().label : name(group_text(i));
                    add_lane(x, index_of(label, called(i, a)), stride);
                    return;
                }
                state_split(i, a);
                std::int64_t inner = stride * a.extent;
                for (const atom& part : i.atoms) {
                    const std::int64_t extent = *known_.find(part.label);
                    inner = extent == 0 ? 0 : inner / extent;
                    add_lane(
                        x,
                        index_of(part.label, {named_ ? part.label : name{}, extent, nullptr}),
                        inner
                    );
                }
            },
            [&](std::size_t from, std::size_t count) {
                for (std::size_t i = from; i < from + count; ++i)
                    require_apart(text_.inputs()[k], operands_[k].axes[i]);
                add_ellipsis(x, operands_[k], from, count);
            }
        );
        c_.operands.push_back(std::move(x));
    }

    // An axis under the name that it has, or gets.
    [[nodiscard]] axis called(const item& i, const axis& a) const {
        if (named_ && a.label)
            return a;
        const name label = i.is_simple_name() ? i.atoms.front().label : i.label;
        return {named_ ? label : name{}, a.extent, nullptr};
    }

    // m = h*d, where m is an axis that did not know it.
    void state_split(const item& i, const axis& a) {
        if (named_ && a.label && a.memory == nullptr && i.atoms.size() > 1)
            state(a.label, i);
    }

    void state(name whole, const item& i) {
        equation e{whole, {}};
        for (const atom& part : i.atoms)
            e.factors.push_back(part.label);
        if (std::find(equations_.begin(), equations_.end(), e) == equations_.end())
            equations_.push_back(std::move(e));
    }

    // What `...` stands for may be called like a part of another axis: one index for both would be their diagonal.
    void require_apart(const side& term, const axis& a) const {
        for (const item& i : term.items) {
            const bool is_called_so =
                is_whole(i) ? group_text(i) == a.label.text()
                            : std::any_of(i.atoms.begin(), i.atoms.end(), [&](const atom& part) {
                                  return part.label && part.label == a.label;
                              });
            if (is_called_so)
                throw where_.at(
                    i.at,
                    {.kind = category::duplicate_axis,
                     .message =
                         "an axis of '...' is called '" + std::string(a.label.text()) + "' too",
                     .axis = std::string(a.label.text()),
                     .help = "rename one of them first"}
                );
        }
    }

    // Named axes meet by name. Unnamed ones are aligned at the right, and an extent of 1 stretches: numpy's rule.
    void add_ellipsis(
        contraction_operand& x, const layout& where, std::size_t from, std::size_t count
    ) {
        for (std::size_t i = 0; i < count; ++i) {
            const axis& a = where.axes[from + i];
            const std::size_t from_right = count - 1 - i;
            const name label =
                named_ && a.label ? a.label : name("..." + std::to_string(from_right));
            const auto seen = std::find(labels_.begin(), labels_.end(), label);
            if (named_ || seen == labels_.end()) {
                const std::size_t index = index_of(label, a);
                if (std::find(ellipsis_.begin(), ellipsis_.end(), index) == ellipsis_.end())
                    insert_ellipsis(index, from_right);
                add_lane(x, index, where.stride[from + i]);
                continue;
            }
            const auto index = static_cast<std::size_t>(seen - labels_.begin());
            axis& known = c_.indices[index];
            if (known.extent == 1 && a.extent != 1) {
                known.extent = a.extent;
                drop_stretched(index);
            } else if (a.extent == 1 && known.extent != 1) {
                continue;  // stretched: the operand has no such index
            } else if (a.extent != known.extent) {
                throw where_.anywhere(
                    {.kind = category::size_mismatch,
                     .message = "an axis of '...' is " + std::to_string(known.extent)
                              + " in one operand and " + std::to_string(a.extent) + " in another",
                     .expected_extent = known.extent,
                     .got_extent = a.extent,
                     .expected = "equal extents, or 1",
                     .got = std::to_string(known.extent) + " and " + std::to_string(a.extent)}
                );
            }
            add_lane(x, index, where.stride[from + i]);
        }
    }

    // Unnamed: the leftmost comes first. Named: in order of appearance.
    void insert_ellipsis(std::size_t index, std::size_t from_right) {
        if (named_) {
            ellipsis_.push_back(index);
            return;
        }
        const std::size_t position =
            ellipsis_.size() > from_right ? ellipsis_.size() - from_right : 0;
        ellipsis_.insert(ellipsis_.begin() + static_cast<std::ptrdiff_t>(position), index);
        // Members arrive left to right; the longest operand may come late.
        std::sort(ellipsis_.begin(), ellipsis_.end(), [&](std::size_t a, std::size_t b) {
            return std::stoul(std::string(labels_[a].text().substr(3)))
                 > std::stoul(std::string(labels_[b].text().substr(3)));
        });
    }

    // Operands that had extent 1 where another has more: they lose the index.
    void drop_stretched(std::size_t index) {
        for (contraction_operand& x : c_.operands)
            std::erase_if(x.lanes, [&](const lane& l) { return l.index == index; });
    }

    shape output_axes(std::vector<std::vector<std::size_t>>& groups) {
        shape axes;
        for (const item& i : text_.output().items) {
            if (i.is_ellipsis()) {
                for (const std::size_t index : ellipsis_) {
                    groups.push_back({index});
                    axes.push_back(c_.indices[index]);
                }
                continue;
            }
            std::vector<std::size_t> group;
            std::vector<axis> parts;
            const auto take = [&](name label) {
                const auto at = std::find(labels_.begin(), labels_.end(), label);
                group.push_back(static_cast<std::size_t>(at - labels_.begin()));
                parts.push_back(c_.indices[group.back()]);
            };
            if (is_whole(i)) {
                take(name(group_text(i)));
                axes.push_back(parts.front());
            } else {
                for (const atom& a : i.atoms)
                    take(a.label);
                axes.push_back(merged_axis(i, parts, named_));
                if (i.label && axes.back().memory != nullptr)
                    state(i.label, i);
            }
            groups.push_back(std::move(group));
        }
        return axes;
    }

    // The last step wrote elementary axes, row-major: merging them is another shape of the same elements.
    static void merge_result(
        step& last, const shape& axes, const std::vector<std::vector<std::size_t>>& groups
    ) {
        if (last.kind == step_kind::view) {
            std::vector<std::vector<elementary>> parts;
            std::size_t at = 0;
            for (const auto& group : groups) {
                parts.emplace_back();
                for (std::size_t i = 0; i < group.size(); ++i, ++at)
                    parts.back().push_back({{}, last.axes[at].what, last.axes[at].stride[0]});
            }
            if (const auto view = merged_view(parts, axes, last.result.offset)) {
                last.result = *view;
                return;
            }
            last.kind = step_kind::copy;
        }
        last.result = layout::row_major(axes);
    }

    const call_site& where_;
    const pattern& text_;
    std::span<const layout> operands_;
    known_extents known_;
    bool named_;
    contraction c_;
    std::vector<equation> equations_;
    std::vector<name> labels_;           // of c_.indices, in the pattern
    std::vector<std::size_t> ellipsis_;  // its indices, leftmost first
};

void check_ellipsis(const call_site& where, const pattern& text) {
    const bool kept = text.output().has_ellipsis();
    for (const side& term : text.inputs())
        if (term.has_ellipsis() && !kept)
            throw where.at(
                term.items[ellipsis_position(term)].at,
                {.kind = category::ellipsis,
                 .message = "the '...' of a term must stand on the right too",
                 .help = "write '...' on the right; einsum does not sum over an ellipsis"}
            );
}

}  // namespace

plan plan_einsum(
    const pattern& text,
    std::span<const layout> operands,
    dtype type,
    axis_sizes sizes,
    bool gives_names
) {
    std::string input;
    bool any_named = false;
    for (const layout& x : operands) {
        input += (input.empty() ? "(" : ", (") + x.axes.str() + ")";
        any_named = any_named || x.axes.is_named();
    }
    const call_site where{"einsum", &text, input};
    if (operands.size() != text.inputs().size())
        throw where.anywhere(
            {.kind = category::other,
             .message = "the pattern has " + std::to_string(text.inputs().size()) + " terms, but "
                      + std::to_string(operands.size()) + " tensors were passed",
             .expected = std::to_string(text.inputs().size()) + " tensors",
             .got = std::to_string(operands.size())}
        );
    for (std::size_t i = 0; i < operands.size(); ++i) {
        check_names(where, text.inputs()[i], operands[i].axes);
        if (any_named && operands[i].rank() > 0 && !operands[i].axes.is_named())
            throw where.anywhere(
                {.kind = category::name_mismatch,
                 .message = "operand " + std::to_string(i + 1) + " has no names, another one has",
                 .help = "name its axes (named)"}
            );
    }
    check_ellipsis(where, text);
    return einsum_builder(where, text, operands, sizes, any_named || gives_names).build(type);
}

}  // namespace abax
