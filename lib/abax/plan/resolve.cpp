#include <abax/pattern/hints.hpp>
#include <abax/pattern/word.hpp>
#include <abax/plan/match.hpp>
#include <abax/plan/resolve.hpp>

#include <algorithm>
#include <set>

namespace abax {

namespace {

template <class Visit>
void for_each_atom(const pattern& p, Visit&& visit) {
    for (const side& s : p.inputs())
        for (const item& i : s.items)
            for (const atom& a : i.atoms)
                visit(a);
    for (const item& i : p.output().items)
        for (const atom& a : i.atoms)
            visit(a);
}

std::string divisors_near(std::int64_t extent) {
    std::string text;
    int count = 0;
    for (std::int64_t d = 2; d <= extent && d <= 64 && count < 6; ++d)
        if (extent % d == 0) {
            text += (count++ == 0 ? "" : ", ") + std::to_string(d);
        }
    return text;
}

// How to make an extent divisible: divisors that it has, and the next multiple above it.
std::string mending(std::int64_t extent, std::int64_t divisor) {
    std::string text = divisors_near(extent);
    if (!text.empty())
        text = "divisors are " + text;
    if (divisor <= extent)
        text += (text.empty() ? "pad the axis to " : "; or pad the axis to ")
              + std::to_string(extent + (divisor - extent % divisor));
    return text;
}

struct split {
    std::int64_t product = 1;  // of the known extents
    const atom* unknown = nullptr;
    std::string known_text;
};

split known_part(const item& i, const known_extents& known) {
    split result;
    for (const atom& a : i.atoms) {
        const auto extent =
            a.kind == atom_kind::number ? std::optional(a.number) : known.find(a.label);
        if (extent) {
            result.product = checked_mul(result.product, *extent, "the product of known extents");
            result.known_text +=
                (result.known_text.empty() ? "" : " ")
                + (a.kind == atom_kind::name ? std::string(a.label.text()) + "=" : "")
                + std::to_string(*extent);
        } else {
            result.unknown = &a;
        }
    }
    return result;
}

void check_unknowns(const call_site& where, const side& left, const known_extents& known) {
    for (const item& i : left.items) {
        const atom* first = nullptr;
        for (const atom& a : i.atoms) {
            if (a.kind != atom_kind::name || known.find(a.label))
                continue;
            if (first != nullptr)
                throw where.at(
                    i.at,
                    {.kind = category::ambiguous_size,
                     .message = "the extents of both '" + std::string(first->label.text())
                              + "' and '" + std::string(a.label.text()) + "' are unknown",
                     .axis = std::string(first->label.text()),
                     .expected = "at most one unknown extent in a merged axis",
                     .help = "pass one of them, for example {{\"" + std::string(first->label.text())
                           + "\", 2}}"}
                );
            first = &a;
        }
    }
}

void check_extent(const call_site& where, const item& i, const axis& a, const split& s) {
    const std::string says(text_at(*where.text, i.at));
    const auto mismatch =
        [&](category kind, std::string message, std::string expected, std::string help) {
            return where.at(
                i.at,
                {.kind = kind,
                 .message = std::move(message),
                 .axis = s.unknown != nullptr ? std::string(s.unknown->label.text()) : says,
                 .expected_extent = s.product,
                 .got_extent = a.extent,
                 .expected = std::move(expected),
                 .got = std::to_string(a.extent),
                 .help = std::move(help)}
            );
        };
    if (s.unknown == nullptr) {
        if (s.product != a.extent)
            throw mismatch(
                category::size_mismatch,
                "the extent of '" + says + "' is " + std::to_string(a.extent) + ", not "
                    + std::to_string(s.product),
                i.is_unit() ? "an extent of 1" : "an extent of " + std::to_string(s.product),
                {}
            );
    } else if (s.product == 0) {
        throw mismatch(
            category::not_divisible,
            "the extent of '" + std::string(s.unknown->label.text()) + "' in '" + says
                + "' cannot be told: " + s.known_text + " is 0",
            "known extents that are not 0",
            "pass every extent of the merged axis"
        );
    } else if (a.extent % s.product != 0) {
        throw mismatch(
            category::not_divisible,
            "extent " + std::to_string(a.extent) + " of '" + says + "' is not divisible by "
                + s.known_text,
            "an extent divisible by " + std::to_string(s.product),
            mending(a.extent, s.product)
        );
    }
}

}  // namespace

known_extents::known_extents(const call_site& where, axis_sizes passed) {
    std::set<name> names;
    for_each_atom(*where.text, [&](const atom& a) {
        if (a.kind == atom_kind::name)
            names.insert(a.label);
        if (a.extent)
            learn(where, a.at, a.label, *a.extent);
    });
    for (const axis_size& size : passed) {
        const std::string label(size.axis);
        if (!is_axis_name(size.axis) || !names.contains(name(size.axis))) {
            std::string candidates;
            std::vector<std::string_view> texts;
            for (const name n : names) {
                candidates += (candidates.empty() ? "" : ", ") + std::string(n.text());
                texts.push_back(n.text());
            }
            throw where.anywhere(
                {.kind = category::unexpected_size_argument,
                 .message =
                     is_axis_name(size.axis)
                         ? "a size is passed for '" + label + "', which is no axis of the pattern"
                         : "a size is passed for '" + label + "', which is no name",
                 .axis = label,
                 .expected = candidates.empty() ? "no sizes" : "sizes for " + candidates,
                 .got = label + "=" + std::to_string(size.extent),
                 .help = did_you_mean(label, texts)}
            );
        }
        learn(where, {}, name(size.axis), size.extent);
    }
}

std::optional<std::int64_t> known_extents::find(name label) const {
    const auto found = extents_.find(label);
    return found == extents_.end() ? std::nullopt : std::optional(found->second);
}

void known_extents::learn(
    const call_site& where, text_range place, name label, std::int64_t extent
) {
    const std::string text(label.text());
    if (extent < 0)
        throw where.anywhere(
            {.kind = category::size_mismatch,
             .message = "the extent of '" + text + "' cannot be " + std::to_string(extent),
             .axis = text,
             .got_extent = extent,
             .expected = "an extent of 0 or more",
             .got = std::to_string(extent)}
        );
    const auto [at, is_new] = extents_.emplace(label, extent);
    if (is_new || at->second == extent)
        return;
    diagnosis d{
        .kind = category::size_mismatch,
        .message = "the extent of '" + text + "' is both " + std::to_string(at->second) + " and "
                 + std::to_string(extent),
        .axis = text,
        .expected_extent = at->second,
        .got_extent = extent,
        .expected = text + "=" + std::to_string(at->second),
        .got = text + "=" + std::to_string(extent)};
    throw place.length > 0 ? where.at(place, std::move(d)) : where.anywhere(std::move(d));
}

resolved_side resolve(
    const call_site& where,
    const side& left,
    const layout& x,
    known_extents& known,
    bool gives_names
) {
    const bool named = gives_names || x.axes.is_named();
    // A remembering axis knows its factors: learned first, so that nothing about it is ambiguous.
    if (named)
        for_each_matched(left, x.rank(), [&](const item& i, std::size_t at, std::size_t) {
            if (i.atoms.size() > 1 && x.axes[at].memory != nullptr)
                for (std::size_t k = 0; k < i.atoms.size(); ++k)
                    known.learn(
                        where, i.atoms[k].at, i.atoms[k].label, (*x.axes[at].memory)[k].extent
                    );
        });
    check_unknowns(where, left, known);

    resolved_side result;
    for_each_matched(left, x.rank(), [&](const item& i, std::size_t at, std::size_t count) {
        if (i.is_ellipsis()) {
            result.ellipsis_rank = static_cast<int>(count);
            for (std::size_t k = 0; k < count; ++k)
                result.axes.push_back({{}, x.axes[at + k], x.stride[at + k], static_cast<int>(k)});
            return;
        }
        const axis& a = x.axes[at];
        const split s = known_part(i, known);
        check_extent(where, i, a, s);
        if (s.unknown != nullptr)
            known.learn(where, s.unknown->at, s.unknown->label, a.extent / s.product);
        if (i.is_simple_name()) {
            const name label = i.atoms.front().label;
            result.axes.push_back(
                {label,
                 {named ? label : name{}, a.extent, named ? a.memory : nullptr},
                 x.stride[at]}
            );
            return;
        }
        equation split_of{a.label, {}};
        std::int64_t stride = x.stride[at] * a.extent;
        for (const atom& part : i.atoms) {
            const std::int64_t extent =
                part.kind == atom_kind::number ? part.number : *known.find(part.label);
            // With an extent of 0 there are no elements: any stride will do.
            stride = extent == 0 ? 0 : stride / extent;
            result.axes.push_back(
                {part.label, {named ? part.label : name{}, extent, nullptr}, stride}
            );
            split_of.factors.push_back(part.label);
        }
        const bool all_named =
            std::none_of(split_of.factors.begin(), split_of.factors.end(), [](name n) {
                return !n;
            });
        if (named && a.label && a.memory == nullptr && i.atoms.size() > 1 && all_named)
            result.equations.push_back(std::move(split_of));
    });
    return result;
}

axis merged_axis(const item& i, const std::vector<axis>& parts, bool named) {
    axis result{{}, 1, nullptr};
    for (const axis& part : parts)
        result.extent = checked_mul(result.extent, part.extent, "the extent of a merged axis");
    // Also `(...)` where the dots stand for one axis, as if that were written.
    if (parts.size() == 1 && !i.label)
        return parts.front();
    const bool all_named = std::all_of(parts.begin(), parts.end(), [](const axis& part) {
        return static_cast<bool>(part.label);
    });
    if (!named || !all_named || parts.empty())
        return result;
    auto remembered = std::make_shared<factors>();
    std::string text;
    for (const axis& part : parts) {
        remembered->push_back({part.label, part.extent});
        text += (text.empty() ? "(" : " ") + std::string(part.label.text());
    }
    result.label = i.label ? i.label : name(text + ')');
    result.memory = std::move(remembered);
    return result;
}

}  // namespace abax
