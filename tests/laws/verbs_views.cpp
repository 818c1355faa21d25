#include <abax/ops/along.hpp>
#include <abax/ops/names.hpp>
#include <abax/ops/select.hpp>
#include <abax/ops/views.hpp>

#include "verbs.hpp"

#include <algorithm>

namespace abax::laws {

namespace {

verb_case view(const char* label, bool takes_axis = true) {
    verb_case v;
    v.label = label;
    v.is_view = true;
    v.takes_axis = takes_axis;
    if (takes_axis)
        v.applies = has_axis;
    return v;
}

// The axis `at` with `positions` of it, in this order.
grid selected(const grid& x, std::size_t at, const std::vector<std::int64_t>& positions) {
    return build(
        x.type,
        x.names,
        replaced(x.shape, at, static_cast<std::int64_t>(positions.size())),
        [&](const extents& c) {
            return x(replaced(c, at, positions[static_cast<std::size_t>(c[at])]));
        }
    );
}

std::vector<std::int64_t> counted_from(std::int64_t from, std::int64_t count) {
    std::vector<std::int64_t> all;
    for (std::int64_t i = 0; i < count; ++i)
        all.push_back(from + i);
    return all;
}

grid entry(const grid& x, std::size_t at, std::int64_t position) {
    return build(x.type, erased(x.names, at), erased(x.shape, at), [&](const extents& c) {
        return x(inserted(c, at, position));
    });
}

verb_case permute_verb() {
    verb_case v = view("permute", false);
    v.takes_axis = true;
    v.run = [](const parts& x, const site& s) { return parts{permute(x[0], s.axes(s.order(5)))}; };
    v.oracle = [](const grids& x, const site& s) {
        const auto order = s.order(5);
        grid shape{x[0].type, {}, {}, {}};
        for (const std::size_t i : order) {
            shape.names.push_back(x[0].names[i]);
            shape.shape.push_back(x[0].shape[i]);
        }
        return grids{build(shape.type, shape.names, shape.shape, [&](const extents& c) {
            extents from(c.size());
            for (std::size_t k = 0; k < order.size(); ++k)
                from[order[k]] = c[k];
            return x[0](from);
        })};
    };
    return v;
}

std::vector<std::size_t> units(const site& s) {
    std::vector<std::size_t> all;
    for (const std::size_t i : s.order(6))
        if (s.shape[i] == 1)
            all.push_back(i);
    if (!all.empty())
        all.resize(1 + s.pick(7, all.size()));
    return all;
}

verb_case squeeze_verb() {
    verb_case v = view("squeeze");
    v.applies = [](const site& s) { return !units(s).empty(); };
    v.run = [](const parts& x, const site& s) { return parts{squeeze(x[0], s.axes(units(s)))}; };
    v.oracle = [](const grids& x, const site& s) {
        auto which = units(s);
        std::sort(which.rbegin(), which.rend());
        grid g = x[0];
        for (const std::size_t i : which)
            g = entry(g, i, 0);
        return grids{g};
    };
    return v;
}

verb_case unsqueeze_verb() {
    verb_case v = view("unsqueeze", false);
    const auto place = [](const site& s) { return s.pick(8, s.rank() + (s.named ? 0 : 1)); };
    const auto first = [](const site& s) {
        return s.named && (s.rank() == 0 || s.pick(9, 3) == 0);
    };
    v.run = [=](const parts& x, const site& s) {
        if (first(s))
            return parts{unsqueeze(x[0], "z")};
        const std::size_t at = place(s);
        if (s.named)
            return parts{unsqueeze(x[0], "z", site::letters[at])};
        const int back = s.pick(9, 2) == 0 ? static_cast<int>(s.rank()) + 1 : 0;
        return parts{unsqueeze(x[0], static_cast<int>(at) - back)};
    };
    v.oracle = [=](const grids& x, const site& s) {
        const std::size_t at = first(s) ? 0 : place(s);
        return grids{build(
            x[0].type,
            inserted(x[0].names, at, s.label("z")),
            inserted(x[0].shape, at, 1),
            [&](const extents& c) { return x[0](erased(c, at)); }
        )};
    };
    return v;
}

verb_case broadcast_verb() {
    verb_case v = view("broadcast", false);
    v.run = [](const parts& x, const site& s) {
        const std::int64_t extent = s.number(8, 0, 3);
        return parts{s.named ? broadcast(x[0], "z", extent) : broadcast(x[0], extent)};
    };
    v.oracle = [](const grids& x, const site& s) {
        return grids{build(
            x[0].type,
            inserted(x[0].names, 0, s.label("z")),
            inserted(x[0].shape, 0, s.number(8, 0, 3)),
            [&](const extents& c) { return x[0](erased(c, 0)); }
        )};
    };
    return v;
}

// x has one more axis at its end, as long as the one that the site chooses.
verb_case diagonal_verb() {
    verb_case v = view("diagonal");
    v.operands = [](const site& s) {
        spec x = s.x();
        x.names.push_back(s.label("z"));
        x.shape.push_back(s.extent());
        return std::vector<spec>{x};
    };
    const auto pair = [](const site& s) {
        std::pair<std::size_t, std::size_t> both{s.at(), s.rank()};
        if (s.pick(8, 2) == 0)
            std::swap(both.first, both.second);
        return both;
    };
    v.run = [pair](const parts& x, const site& s) {
        const auto [first, second] = pair(s);
        if (s.wrong_axis)
            return parts{s.named ? diagonal(x[0], "a nowhere -> y") : diagonal(x[0], 0, 99)};
        if (!s.named)
            return parts{diagonal(x[0], static_cast<int>(first), static_cast<int>(second))};
        const labels names = inserted(s.names(), s.rank(), "z");
        return parts{diagonal(x[0], names[first] + " " + names[second] + " -> y")};
    };
    v.oracle = [pair](const grids& x, const site& s) {
        const auto both = pair(s);
        const std::size_t first = both.first;
        const std::size_t second = both.second;
        return grids{build(
            x[0].type,
            erased(replaced(x[0].names, first, s.label("y")), second),
            erased(x[0].shape, second),
            [&](const extents& c) {
                // Where the axis that stays stands, now that the other one is gone.
                const std::size_t place = first > second ? first - 1 : first;
                return x[0](inserted(c, second, c[place]));
            }
        )};
    };
    return v;
}

verb_case flip_verb() {
    verb_case v = view("flip");
    v.run = [](const parts& x, const site& s) { return parts{flip(x[0], s.axes(s.some(8)))}; };
    v.oracle = [](const grids& x, const site& s) {
        return grids{build(x[0].type, x[0].names, x[0].shape, [&](extents c) {
            for (const std::size_t i : s.some(8))
                c[i] = s.shape[i] - 1 - c[i];
            return x[0](c);
        })};
    };
    return v;
}

verb_case unfold_verb() {
    verb_case v = view("unfold");
    v.applies = has_elements_along;
    const auto window = [](const site& s) { return s.number(8, 1, s.extent()); };
    const auto step = [](const site& s) { return s.number(9, 1, 3); };
    v.run = [=](const parts& x, const site& s) {
        return parts{
            s.named ? unfold(x[0], s.axis(), "z", window(s), step(s))
                    : unfold(x[0], s.axis(), window(s), step(s))};
    };
    v.oracle = [=](const grids& x, const site& s) {
        std::int64_t count = 0;
        while (count * step(s) + window(s) <= s.extent())
            ++count;
        return grids{build(
            x[0].type,
            inserted(x[0].names, s.rank(), s.label("z")),
            inserted(replaced(x[0].shape, s.at(), count), s.rank(), window(s)),
            [&](extents c) {
                const std::int64_t within = c.back();
                c.pop_back();
                c[s.at()] = c[s.at()] * step(s) + within;
                return x[0](c);
            }
        )};
    };
    return v;
}

// A range, and the positions that it stands for.
struct walk {
    std::optional<std::int64_t> from;
    std::optional<std::int64_t> to;
    std::int64_t step = 1;
    std::vector<std::int64_t> positions;
};

walk walk_of(const site& s) {
    const std::int64_t n = s.extent();
    walk w;
    w.step = s.number(8, 1, 3) * (s.pick(9, 2) == 0 ? 1 : -1);
    std::int64_t first = w.step > 0 ? 0 : n - 1;
    std::int64_t last = w.step > 0 ? n : -1;
    if (w.step > 0 && s.pick(10, 3) != 0)
        w.from = first = s.number(11, 0, n);
    if (w.step < 0 && s.pick(10, 3) != 0 && n > 0)
        w.from = first = s.number(11, 0, n - 1);
    if (s.pick(12, 3) != 0 && n > 0) {
        last = w.step > 0 ? s.number(13, first, n) : s.number(13, 0, first);
        w.to = last;
    }
    for (std::int64_t p = first; w.step > 0 ? p < last : p > last; p += w.step)
        w.positions.push_back(p);
    // The same from the end. (What ends at the end cannot be said so.)
    if (w.from && *w.from < n && s.pick(14, 2) == 0)
        w.from = *w.from - n;
    if (w.to && *w.to < n && s.pick(15, 2) == 0)
        w.to = *w.to - n;
    return w;
}

verb_case slice_verb() {
    verb_case v = view("slice");
    v.run = [](const parts& x, const site& s) {
        const walk w = walk_of(s);
        return parts{slice(x[0], {s.axis(), w.from, w.to, w.step})};
    };
    v.oracle = [](const grids& x, const site& s) {
        return grids{selected(x[0], s.at(), walk_of(s).positions)};
    };
    return v;
}

verb_case at_verb() {
    verb_case v = view("at");
    v.applies = has_elements_along;
    v.run = [](const parts& x, const site& s) {
        return parts{at(x[0], s.axis(), s.number(8, -s.extent(), s.extent() - 1))};
    };
    v.oracle = [](const grids& x, const site& s) {
        const std::int64_t p = s.number(8, -s.extent(), s.extent() - 1);
        return grids{entry(x[0], s.at(), p < 0 ? p + s.extent() : p)};
    };
    return v;
}

verb_case along_verb() {
    verb_case v = view("along");
    v.run = [](const parts& x, const site& s) {
        const auto all = along(x[0], s.axis());
        return parts(all.begin(), all.end());
    };
    v.oracle = [](const grids& x, const site& s) {
        grids all;
        for (std::int64_t i = 0; i < s.extent(); ++i)
            all.push_back(entry(x[0], s.at(), i));
        return all;
    };
    return v;
}

// The parts of the axis, as extents: some of them are empty.
std::vector<std::int64_t> cuts(const site& s) {
    std::vector<std::int64_t> all;
    std::int64_t left = s.extent();
    for (std::uint64_t i = 0; left > 0 && i < 3; ++i) {
        all.push_back(s.number(20 + i, 0, left));
        left -= all.back();
    }
    all.push_back(left);
    return all;
}

grids cut(const grid& x, std::size_t at, const std::vector<std::int64_t>& pieces) {
    grids all;
    std::int64_t from = 0;
    for (const std::int64_t extent : pieces) {
        all.push_back(selected(x, at, counted_from(from, extent)));
        from += extent;
    }
    return all;
}

verb_case split_verb() {
    verb_case v = view("split");
    v.run = [](const parts& x, const site& s) { return split(x[0], s.axis(), cuts(s)); };
    v.oracle = [](const grids& x, const site& s) { return cut(x[0], s.at(), cuts(s)); };
    return v;
}

verb_case chunk_verb() {
    verb_case v = view("chunk");
    const auto count = [](const site& s) {
        return s.extent() == 0 ? 3 : s.pick(8, 2) == 0 ? s.extent() : 1;
    };
    v.run = [count](const parts& x, const site& s) { return chunk(x[0], s.axis(), count(s)); };
    v.oracle = [count](const grids& x, const site& s) {
        return cut(
            x[0],
            s.at(),
            std::vector<std::int64_t>(static_cast<std::size_t>(count(s)), s.extent() / count(s))
        );
    };
    return v;
}

verb_case rename_verb() {
    verb_case v = view("rename", false);
    v.applies = [](const site& s) { return s.named && s.rank() > 0; };
    v.run = [](const parts& x, const site& s) {
        return parts{rename(x[0], s.label(s.at()) + " -> z")};
    };
    v.oracle = [](const grids& x, const site& s) {
        grid g = x[0];
        g.names[s.at()] = "z";
        return grids{g};
    };
    return v;
}

verb_case named_verb() {
    verb_case v = view("named", false);
    v.applies = [](const site& s) { return s.rank() > 0; };
    v.run = [](const parts& x, const site& s) { return parts{named(x[0], s.all_letters())}; };
    v.oracle = [](const grids& x, const site& s) {
        grid g = x[0];
        for (std::size_t i = 0; i < s.rank(); ++i)
            g.names[i] = site::letters[i];
        return grids{g};
    };
    return v;
}

verb_case forget_verb() {
    verb_case v = view("forget");
    v.run = [](const parts& x, const site& s) { return parts{forget(x[0], s.axis())}; };
    v.oracle = [](const grids& x, const site&) { return grids{x[0]}; };
    return v;
}

}  // namespace

std::vector<verb_case> view_verbs() {
    return {
        permute_verb(),
        squeeze_verb(),
        unsqueeze_verb(),
        broadcast_verb(),
        diagonal_verb(),
        flip_verb(),
        unfold_verb(),
        slice_verb(),
        at_verb(),
        along_verb(),
        split_verb(),
        chunk_verb(),
        rename_verb(),
        named_verb(),
        forget_verb()};
}

}  // namespace abax::laws
