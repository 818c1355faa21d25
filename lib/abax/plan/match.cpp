#include <abax/plan/match.hpp>

#include <algorithm>

namespace abax {

namespace {

std::string quoted(std::string_view text) {
    return '\'' + std::string(text) + '\'';
}

bool remembers_exactly(const axis& a, const item& i) {
    return a.memory != nullptr && a.memory->size() == i.atoms.size()
        && std::equal(
               a.memory->begin(),
               a.memory->end(),
               i.atoms.begin(),
               [](const factor& f, const atom& x) {
                   return x.kind == atom_kind::name && f.label == x.label;
               }
        );
}

void check_item(const call_site& where, const item& i, const axis& a, std::size_t position) {
    const std::string says = std::string(text_at(*where.text, i.at));
    const auto mismatch = [&](const std::string& message, std::string help) {
        return where.at(
            i.at,
            {.kind = category::name_mismatch,
             .message = message,
             .axis = std::string(a.label.text()),
             .expected = a.label ? quoted(axis_text(a)) : "an axis without a name",
             .got = quoted(says),
             .help = std::move(help)}
        );
    };
    const std::string axis_is = "axis " + std::to_string(position + 1) + " is "
                              + (a.label ? quoted(axis_text(a)) : "without a name");
    if (i.is_unit()) {
        if (a.label)
            throw mismatch(
                axis_is + ", but the pattern says " + quoted(says),
                "a unit matches only an axis without a name; name the axis in the pattern"
            );
        return;
    }
    if (i.is_simple_name()) {
        if (i.atoms.front().label != a.label)
            throw mismatch(
                axis_is + ", but the pattern says " + quoted(says),
                a.label ? "write '" + std::string(a.label.text()) + "', or rename the axis first"
                        : "give the axis a name first (named), or match it as 1"
            );
        return;
    }
    if (!i.group) {  // a number
        if (a.label)
            throw mismatch(
                axis_is + ", but the pattern says " + quoted(says),
                "a number matches only an axis without a name"
            );
        return;
    }
    if (i.label && i.label != a.label)
        throw mismatch(axis_is + ", but the pattern demands " + quoted(i.label.text()), {});
    if (a.memory != nullptr && !remembers_exactly(a, i)) {
        std::string remembered;
        for (const factor& f : *a.memory)
            remembered += (remembered.empty() ? "" : " ") + std::string(f.label.text());
        throw mismatch(
            axis_is + " and remembers (" + remembered + "), but the pattern splits it as "
                + quoted(says),
            "split it as (" + remembered + "), or forget the factors first"
        );
    }
}

}  // namespace

error call_site::at(text_range place, diagnosis d) const {
    d.offset = place.offset;
    d.length = place.length;
    return anywhere(std::move(d));
}

error call_site::anywhere(diagnosis d) const {
    d.operation = operation;
    if (text != nullptr)
        d.pattern = text->text();
    d.input = input;
    return error(std::move(d));
}

std::string_view text_at(const pattern& p, text_range at) {
    return std::string_view(p.text()).substr(at.offset, at.length);
}

std::size_t ellipsis_position(const side& s) {
    const auto at = std::find_if(s.items.begin(), s.items.end(), [](const item& i) {
        return i.is_ellipsis() || i.is_star();
    });
    return static_cast<std::size_t>(at - s.items.begin());
}

void check_names(const call_site& where, const side& left, const shape& axes) {
    const std::size_t dots = ellipsis_position(left);
    const bool open = dots < left.items.size();
    const std::size_t wanted = left.items.size() - (open ? 1 : 0);
    if (open ? axes.rank() < wanted : axes.rank() != wanted)
        throw where.at(
            left.at,
            {.kind = category::rank_mismatch,
             .message = "the pattern has " + std::to_string(wanted)
                      + (wanted == 1 ? " axis" : " axes")
                      + (!open                        ? ""
                         : left.items[dots].is_star() ? " and '*'"
                                                      : " and an ellipsis")
                      + ", the tensor has " + std::to_string(axes.rank()),
             .expected_extent = static_cast<std::int64_t>(wanted),
             .got_extent = static_cast<std::int64_t>(axes.rank()),
             .expected = "rank " + std::to_string(wanted) + (open ? " or more" : ""),
             .got = "rank " + std::to_string(axes.rank())}
        );
    if (!axes.is_named())
        return;
    for_each_matched(left, axes.rank(), [&](const item& i, std::size_t at, std::size_t) {
        if (!i.is_ellipsis() && !i.is_skip() && !i.is_star())
            check_item(where, i, axes[at], at);
    });
}

}  // namespace abax
