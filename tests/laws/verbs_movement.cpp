#include <abax/ops/assign.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/join.hpp>
#include <abax/ops/pack.hpp>
#include <abax/ops/pad.hpp>
#include <abax/ops/select.hpp>
#include <abax/ops/take_along.hpp>

#include "verbs.hpp"

#include <algorithm>

namespace abax::laws {

namespace {

verb_case movement(const char* label, bool takes_axis = true) {
    verb_case v;
    v.label = label;
    v.moves_only = true;
    v.takes_axis = takes_axis;
    if (takes_axis)
        v.applies = has_axis;
    return v;
}

verb_case copy_verb() {
    verb_case v = movement("copy", false);
    v.run = [](const parts& x, const site&) { return parts{copy(x[0])}; };
    v.oracle = [](const grids& x, const site&) { return x; };
    return v;
}

verb_case pad_verb() {
    verb_case v = movement("pad");
    const auto before = [](const site& s) { return s.number(8, 0, 3); };
    const auto after = [](const site& s) { return s.number(9, 0, 3); };
    v.run = [=](const parts& x, const site& s) {
        return parts{pad(x[0], s.axis(), before(s), after(s), 1)};
    };
    v.oracle = [=](const grids& x, const site& s) {
        const std::int64_t n = s.extent();
        return grids{build(
            x[0].type,
            x[0].names,
            replaced(x[0].shape, s.at(), before(s) + n + after(s)),
            [&](extents c) {
                c[s.at()] -= before(s);
                return c[s.at()] >= 0 && c[s.at()] < n ? x[0](c) : 1;
            }
        )};
    };
    return v;
}

verb_case roll_verb() {
    verb_case v = movement("roll");
    const auto shift = [](const site& s) { return s.number(8, -9, 9); };
    v.run = [=](const parts& x, const site& s) { return parts{roll(x[0], s.axis(), shift(s))}; };
    v.oracle = [=](const grids& x, const site& s) {
        return grids{build(x[0].type, x[0].names, x[0].shape, [&](extents c) {
            const std::int64_t n = s.extent();
            c[s.at()] = (((c[s.at()] - shift(s)) % n) + n) % n;
            return x[0](c);
        })};
    };
    return v;
}

// Two parts beside x: as long as chance wants along the axis; named ones in another order.
verb_case concat_verb() {
    verb_case v = movement("concat");
    v.operands = [](const site& s) {
        std::vector<spec> all{s.x()};
        for (std::uint64_t i = 0; i < s.pick(8, 3); ++i) {
            spec y{s.type, {}, {}, 0};
            auto order = s.order(9 + i);
            if (!s.named)
                std::sort(order.begin(), order.end());
            for (const std::size_t k : order) {
                y.names.push_back(s.label(k));
                y.shape.push_back(k == s.at() ? s.number(20 + i, 0, 3) : s.shape[k]);
            }
            all.push_back(y);
        }
        return all;
    };
    v.run = [](const parts& x, const site& s) { return parts{concat(x, s.axis())}; };
    v.oracle = [](const grids& x, const site& s) {
        const std::size_t at = s.at();
        const auto along = [&](const grid& g) {
            return s.named ? g.shape[g.find(s.label(at))] : g.shape[at];
        };
        std::int64_t total = 0;
        for (const grid& g : x)
            total += along(g);
        return grids{build(x[0].type, x[0].names, replaced(x[0].shape, at, total), [&](extents c) {
            std::size_t part = 0;
            while (c[at] >= along(x[part]))
                c[at] -= along(x[part++]);
            return value_at(x[part], x[0].names, c);
        })};
    };
    return v;
}

verb_case stack_verb() {
    verb_case v = movement("stack", false);
    v.meets = true;
    // A part alone has nobody to differ from.
    v.operands = [](const site& s) { return std::vector<spec>(2 + s.pick(8, 2), s.x()); };
    v.run = [](const parts& x, const site& s) { return parts{s.named ? stack(x, "z") : stack(x)}; };
    v.oracle = [](const grids& x, const site& s) {
        return grids{build(
            x[0].type,
            inserted(x[0].names, 0, s.label("z")),
            inserted(x[0].shape, 0, static_cast<std::int64_t>(x.size())),
            [&](const extents& c) { return x[static_cast<std::size_t>(c[0])](erased(c, 0)); }
        )};
    };
    return v;
}

verb_case take_verb() {
    verb_case v = movement("take");
    v.applies = has_elements_along;
    v.operands = [](const site& s) {
        spec ids{s.pick(8, 2) == 0 ? dtype::int32 : dtype::int64, {}, {}, s.extent()};
        for (std::uint64_t i = 0; i < s.pick(9, 3); ++i) {
            ids.names.push_back(s.label(i == 0 ? "i" : "j"));
            ids.shape.push_back(s.number(10 + i, 0, 3));
        }
        return std::vector<spec>{s.x(), ids};
    };
    v.run = [](const parts& x, const site& s) { return parts{take(x[0], x[1], s.axis())}; };
    v.oracle = [](const grids& x, const site& s) {
        const std::size_t at = s.at();
        labels names = erased(x[0].names, at);
        extents shape = erased(x[0].shape, at);
        for (std::size_t i = 0; i < x[1].rank(); ++i) {
            names = inserted(names, at + i, x[1].names[i]);
            shape = inserted(shape, at + i, x[1].shape[i]);
        }
        return grids{build(x[0].type, names, shape, [&](extents c) {
            const auto first = c.begin() + static_cast<std::ptrdiff_t>(at);
            const auto last = first + static_cast<std::ptrdiff_t>(x[1].rank());
            const auto id = static_cast<std::int64_t>(x[1](extents(first, last)));
            c.erase(first, last);
            return x[0](inserted(c, at, id));
        })};
    };
    // The entries that are named, and the ids.
    v.reads = [](const parts& x, const grids& out, const site&) {
        return out[0].bytes() + bytes_to_read(x[1]);
    };
    return v;
}

// The ids have the axes of x, named ones in another order, and any extent along the axis.
verb_case take_along_verb() {
    verb_case v = movement("take_along");
    v.meets = true;
    v.applies = has_elements_along;
    const auto order_of_ids = [](const site& s) {
        auto order = s.order(9);
        if (!s.named)
            std::sort(order.begin(), order.end());
        return order;
    };
    v.operands = [=](const site& s) {
        spec ids{s.pick(8, 2) == 0 ? dtype::int32 : dtype::int64, {}, {}, s.extent()};
        for (const std::size_t i : order_of_ids(s)) {
            ids.names.push_back(s.label(i));
            ids.shape.push_back(i == s.at() ? s.number(10, 0, 3) : s.shape[i]);
        }
        return std::vector<spec>{s.x(), ids};
    };
    v.run = [](const parts& x, const site& s) { return parts{take_along(x[0], x[1], s.axis())}; };
    v.oracle = [=](const grids& x, const site& s) {
        return grids{build(s.type, x[1].names, x[1].shape, [&](const extents& c) {
            extents from(c.size());
            const auto order = order_of_ids(s);
            for (std::size_t k = 0; k < order.size(); ++k)
                from[order[k]] = order[k] == s.at() ? static_cast<std::int64_t>(x[1](c)) : c[k];
            return x[0](from);
        })};
    };
    v.reads = [](const parts& x, const grids& out, const site&) {
        return out[0].bytes() + bytes_to_read(x[1]);
    };
    return v;
}

// Positions as an argument, from the end too. What is read of them is on the bill, as of ids.
verb_case take_positions_verb() {
    verb_case v = movement("take positions");
    v.applies = has_elements_along;
    const auto positions = [](const site& s) {
        std::vector<std::int64_t> all;
        for (std::uint64_t i = 0; i < s.pick(8, 4); ++i)
            all.push_back(s.number(20 + i, -s.extent(), s.extent() - 1));
        return all;
    };
    v.run = [=](const parts& x, const site& s) {
        return parts{take(x[0], positions(s), s.axis())};
    };
    v.oracle = [=](const grids& x, const site& s) {
        const auto all = positions(s);
        return grids{build(
            s.type,
            x[0].names,
            replaced(s.shape, s.at(), static_cast<std::int64_t>(all.size())),
            [&](const extents& c) {
                const std::int64_t p = all[static_cast<std::size_t>(c[s.at()])];
                return x[0](replaced(c, s.at(), p < 0 ? p + s.extent() : p));
            }
        )};
    };
    v.moves_only = false;
    return v;
}

verb_case pack_verb() {
    verb_case v = movement("pack", false);
    v.applies = has_axis;
    v.operands = [](const site& s) {
        return std::vector<spec>{
            s.x(), {s.type, {s.label("a"), s.label("y")}, {s.shape[0], s.number(8, 0, 3)}, 0}};
    };
    v.run = [](const parts& x, const site&) { return parts{pack("a *", x).values}; };
    v.oracle = [](const grids& x, const site& s) {
        std::int64_t inner = 1;
        for (std::size_t i = 1; i < s.rank(); ++i)
            inner *= s.shape[i];
        return grids{build(
            s.type,
            {s.label("a"), ""},
            {s.shape[0], inner + x[1].shape[1]},
            [&](const extents& c) {
                return c[1] < inner ? x[0].values[static_cast<std::size_t>(c[0] * inner + c[1])]
                                    : x[1]({c[0], c[1] - inner});
            }
        )};
    };
    return v;
}

// The extents under '*' are the site's but the first; and after them two positions more.
verb_case unpack_verb() {
    verb_case v = movement("unpack", false);
    v.moves_only = false;
    v.is_view = true;
    v.applies = has_axis;
    const auto inner = [](const site& s) {
        std::int64_t volume = 1;
        for (std::size_t i = 1; i < s.rank(); ++i)
            volume *= s.shape[i];
        return volume;
    };
    v.operands = [=](const site& s) {
        return std::vector<spec>{
            {s.type, {s.label("a"), s.label("y")}, {s.shape[0], inner(s) + 2}, 0}};
    };
    v.run = [](const parts& x, const site& s) {
        return unpack(x[0], {erased(s.shape, 0), {s.pick(8, 2) == 0 ? -1 : 2}}, "a *");
    };
    v.oracle = [=](const grids& x, const site& s) {
        labels names(s.rank(), "");
        names[0] = s.label("a");
        if (s.rank() == 2)
            names[1] = s.label("y");
        const grid first = build(s.type, names, s.shape, [&](const extents& c) {
            std::int64_t place = 0;
            for (std::size_t i = 1; i < c.size(); ++i)
                place = place * s.shape[i] + c[i];
            return x[0]({c[0], place});
        });
        return grids{first, build(s.type, x[0].names, {s.shape[0], 2}, [&](const extents& c) {
                         return x[0]({c[0], c[1] + inner(s)});
                     })};
    };
    return v;
}

// What was x before is shared, so that writing copies first; x has the values of the other one after it.
verb_case assign_verb() {
    verb_case v = movement("assign", false);
    v.meets = true;
    v.operands = [](const site& s) { return std::vector<spec>{s.x(), s.x()}; };
    v.run = [](const parts& x, const site&) {
        any_tensor y = x[0];
        assign(y, x[1]);
        return parts{y};
    };
    v.oracle = [](const grids& x, const site&) { return grids{x[1]}; };
    return v;
}

verb_case assign_part_verb() {
    verb_case v = movement("assign a part");
    v.meets = true;
    v.operands = [](const site& s) {
        spec y = s.x();
        y.shape[s.at()] = (s.extent() + 1) / 2;
        return std::vector<spec>{s.x(), y};
    };
    const auto from = [](const site& s) { return s.extent() / 2; };
    v.run = [=](const parts& x, const site& s) {
        any_tensor y = x[0];
        assign(y, {s.axis(), from(s), s.extent()}, x[1]);
        return parts{y};
    };
    v.oracle = [=](const grids& x, const site& s) {
        return grids{build(s.type, s.names(), s.shape, [&](const extents& c) {
            const std::int64_t place = c[s.at()] - from(s);
            return place < 0 ? x[0](c) : x[1](replaced(c, s.at(), place));
        })};
    };
    return v;
}

verb_case like_verb(const char* label, double value) {
    verb_case v = movement(label, false);
    v.run = [value](const parts& x, const site&) {
        return parts{
            value == 0   ? zeros_like(x[0])
            : value == 1 ? ones_like(x[0])
                         : full_like(x[0], value)};
    };
    v.applies = [value](const site& s) { return value < 2 || s.type != dtype::boolean; };
    v.oracle = [value](const grids& x, const site&) {
        return grids{
            build(x[0].type, x[0].names, x[0].shape, [&](const extents&) { return value; })};
    };
    v.reads = [](const parts&, const grids&, const site&) { return std::int64_t{0}; };
    return v;
}

}  // namespace

std::vector<verb_case> movement_verbs() {
    return {
        copy_verb(),
        pad_verb(),
        roll_verb(),
        concat_verb(),
        stack_verb(),
        take_verb(),
        take_along_verb(),
        take_positions_verb(),
        pack_verb(),
        unpack_verb(),
        assign_verb(),
        assign_part_verb(),
        like_verb("zeros_like", 0),
        like_verb("ones_like", 1),
        like_verb("full_like", 3)};
}

}  // namespace abax::laws
