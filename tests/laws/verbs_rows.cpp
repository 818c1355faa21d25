#include <abax/ops/losses.hpp>
#include <abax/ops/order.hpp>
#include <abax/ops/rope.hpp>
#include <abax/ops/rows.hpp>
#include <abax/ops/statistics.hpp>

#include "verbs.hpp"

#include <algorithm>
#include <cmath>

namespace abax::laws {

namespace {

using row = std::vector<double>;

// N elements in R rows.
std::int64_t elements(const grids& in) {
    return in[0].volume();
}
std::int64_t rows(const site& s) {
    std::int64_t count = 1;
    for (std::size_t i = 0; i < s.rank(); ++i)
        if (i != s.at())
            count *= s.shape[i];
    return count;
}

verb_case rowwise(const char* label, domain takes) {
    verb_case v;
    v.label = label;
    v.takes = takes;
    v.takes_axis = true;
    v.applies = has_axis;
    return v;
}

// A result with the axes of x; each row is a function of a row.
template <class Of>
grid each_row(dtype type, const grid& x, const site& s, const Of& of) {
    return build(type, x.names, x.shape, [&](const extents& c) {
        return of(row_through(x, c, s.at()), c)[static_cast<std::size_t>(c[s.at()])];
    });
}

// A result without the axis.
template <class Of>
grid each_row_to_one(dtype type, const grid& x, const site& s, const Of& of) {
    return build(type, erased(x.names, s.at()), erased(x.shape, s.at()), [&](const extents& c) {
        return of(row_through(x, inserted(c, s.at(), 0), s.at()), c);
    });
}

row softmax_of(const row& x) {
    row y;
    double sum = 0;
    for (const double v : x)
        sum += std::exp(v);
    for (const double v : x)
        y.push_back(std::exp(v) / sum);
    return y;
}

verb_case softmax_verb(bool logarithm) {
    verb_case v = rowwise(logarithm ? "log_softmax" : "softmax", domain::floats);
    v.same_bits = false;
    v.run = [logarithm](const parts& x, const site& s) {
        return parts{logarithm ? log_softmax(x[0], s.axis()) : softmax(x[0], s.axis())};
    };
    v.oracle = [logarithm](const grids& x, const site& s) {
        return grids{each_row(s.type, x[0], s, [&](const row& r, const extents&) {
            row y = softmax_of(r);
            for (double& p : y)
                p = logarithm ? std::log(p) : p;
            return y;
        })};
    };
    v.costs = [logarithm](const grids& in, const grids&, const site& s) {
        const std::int64_t n = elements(in);
        return work{0, 4 * n - 2 * rows(s), n + (logarithm ? rows(s) : 0)};
    };
    return v;
}

verb_case normalize_verb() {
    verb_case v = rowwise("normalize", domain::floats);
    v.same_bits = false;
    v.run = [](const parts& x, const site& s) {
        const axis_argument over = s.axis();
        return parts{
            over.by_position() ? normalize(x[0], over.position()) : normalize(x[0], over.label())};
    };
    v.oracle = [](const grids& x, const site& s) {
        return grids{each_row(s.type, x[0], s, [](const row& r, const extents&) {
            double squares = 0;
            for (const double e : r)
                squares += e * e;
            row y = r;
            for (double& e : y)
                e /= std::max(std::sqrt(squares), 1e-12);
            return y;
        })};
    };
    v.costs = [](const grids& in, const grids&, const site& s) {
        return work{0, 3 * elements(in), rows(s)};
    };
    return v;
}

// The mask has the axis, and some of the others in any order; unnamed ones have all.
verb_case masked_softmax_verb() {
    verb_case v = softmax_verb(false);
    v.label = "softmax with a mask";
    v.meets = true;
    v.operands = [](const site& s) {
        spec mask{dtype::boolean, {}, {}, 0};
        auto order = s.order(8);
        if (!s.named)
            std::sort(order.begin(), order.end());
        for (const std::size_t i : order)
            if (!s.named || i == s.at() || s.pick(20 + i, 2) == 0) {
                mask.names.push_back(s.label(i));
                mask.shape.push_back(s.shape[i]);
            }
        return std::vector<spec>{s.x(), mask};
    };
    v.run = [](const parts& x, const site& s) { return parts{softmax(x[0], s.axis(), x[1])}; };
    v.oracle = [](const grids& x, const site& s) {
        return grids{each_row(s.type, x[0], s, [&](const row& r, extents c) {
            row y(r.size(), 0);
            double sum = 0;
            for (std::size_t i = 0; i < r.size(); ++i) {
                c[s.at()] = static_cast<std::int64_t>(i);
                y[i] = value_at(x[1], x[0].names, c) != 0 ? std::exp(r[i]) : 0;
                sum += y[i];
            }
            for (double& p : y)
                p = sum > 0 ? p / sum : 0;
            return y;
        })};
    };
    return v;
}

verb_case norm_verb(bool layer) {
    verb_case v = rowwise(layer ? "layer_norm" : "rms_norm", domain::floats);
    v.same_bits = false;
    v.meets = true;
    v.operands = [layer](const site& s) {
        const spec parameter{s.type, {s.label(s.at())}, {s.extent()}, 0};
        return layer ? std::vector<spec>{s.x(), parameter, parameter}
                     : std::vector<spec>{s.x(), parameter};
    };
    v.run = [layer](const parts& x, const site& s) {
        return parts{
            layer ? layer_norm(x[0], s.axis(), x[1], x[2]) : rms_norm(x[0], s.axis(), x[1])};
    };
    v.oracle = [layer](const grids& x, const site& s) {
        return grids{each_row(s.type, x[0], s, [&](row r, const extents&) {
            const auto n = static_cast<double>(r.size());
            double mean = 0;
            for (const double e : r)
                mean += layer ? e / n : 0;
            double square = 0;
            for (const double e : r)
                square += (e - mean) * (e - mean) / n;
            for (std::size_t i = 0; i < r.size(); ++i)
                r[i] = (r[i] - mean) / std::sqrt(square + 1e-5) * x[1].values[i]
                     + (layer ? x[2].values[i] : 0);
            return r;
        })};
    };
    v.costs = [layer](const grids& in, const grids&, const site& s) {
        return work{0, (layer ? 7 : 4) * elements(in) + rows(s), rows(s)};
    };
    return v;
}

verb_case arg_verb(bool largest) {
    verb_case v = rowwise(largest ? "argmax" : "argmin", domain::all);
    v.applies = has_elements_along;
    v.run = [largest](const parts& x, const site& s) {
        return parts{largest ? argmax(x[0], s.axis()) : argmin(x[0], s.axis())};
    };
    v.oracle = [largest](const grids& x, const site& s) {
        return grids{each_row_to_one(dtype::int64, x[0], s, [&](const row& r, const extents&) {
            const auto best = largest ? std::max_element(r.begin(), r.end())
                                      : std::min_element(r.begin(), r.end());
            return static_cast<double>(best - r.begin());
        })};
    };
    v.costs = [](const grids& in, const grids&, const site& s) {
        return work{0, elements(in) - rows(s), 0};
    };
    return v;
}

order direction_of(const site& s) {
    return s.pick(8, 2) == 0 ? order::ascending : order::descending;
}

// The positions of a row in the order of its elements, equal ones as they stand.
row positions_in_order(const row& r, const site& s) {
    row p(r.size());
    std::iota(p.begin(), p.end(), 0.0);
    std::stable_sort(p.begin(), p.end(), [&](double a, double b) {
        const double left = r[static_cast<std::size_t>(a)];
        const double right = r[static_cast<std::size_t>(b)];
        return direction_of(s) == order::ascending ? left < right : left > right;
    });
    return p;
}

row at_positions(const row& r, const row& positions) {
    row y;
    for (const double p : positions)
        y.push_back(r[static_cast<std::size_t>(p)]);
    return y;
}

verb_case sort_verb(bool positions) {
    verb_case v = rowwise(positions ? "argsort" : "sort", domain::all);
    v.run = [positions](const parts& x, const site& s) {
        return parts{
            positions ? argsort(x[0], s.axis(), direction_of(s))
                      : sort(x[0], s.axis(), direction_of(s))};
    };
    v.oracle = [positions](const grids& x, const site& s) {
        return grids{
            each_row(positions ? dtype::int64 : s.type, x[0], s, [&](const row& r, const extents&) {
                const row p = positions_in_order(r, s);
                return positions ? p : at_positions(r, p);
            })};
    };
    v.costs = [](const grids& in, const grids&, const site& s) {
        return work{0, elements(in) - rows(s), 0};
    };
    return v;
}

verb_case topk_verb() {
    verb_case v = rowwise("topk", domain::all);
    const auto count = [](const site& s) { return s.number(9, 0, s.extent()); };
    v.run = [count](const parts& x, const site& s) {
        const auto both = topk(x[0], s.axis(), count(s), direction_of(s));
        return parts{both.values, both.indices};
    };
    v.oracle = [count](const grids& x, const site& s) {
        const auto first = [&](bool positions) {
            return build(
                positions ? dtype::int64 : s.type,
                x[0].names,
                replaced(x[0].shape, s.at(), count(s)),
                [&](const extents& c) {
                    const row r = row_through(x[0], c, s.at());
                    const row p = positions_in_order(r, s);
                    return (
                        positions ? p : at_positions(r, p)
                    )[static_cast<std::size_t>(c[s.at()])];
                }
            );
        };
        return grids{first(false), first(true)};
    };
    v.costs = [count](const grids& in, const grids&, const site& s) {
        return work{0, count(s) * elements(in), 0};
    };
    return v;
}

verb_case cumsum_verb() {
    verb_case v = rowwise("cumsum", domain::all);
    v.run = [](const parts& x, const site& s) { return parts{cumsum(x[0], s.axis())}; };
    v.oracle = [](const grids& x, const site& s) {
        return grids{each_row(
            is_floating(s.type) ? s.type : dtype::int64,
            x[0],
            s,
            [](row r, const extents&) {
                for (std::size_t i = 1; i < r.size(); ++i)
                    r[i] += r[i - 1];
                return r;
            }
        )};
    };
    v.costs = [](const grids& in, const grids&, const site& s) {
        return work{0, elements(in) - rows(s), 0};
    };
    return v;
}

verb_case cross_entropy_verb(bool averages) {
    verb_case v = rowwise(averages ? "cross_entropy" : "cross_entropy_rows", domain::floats);
    v.same_bits = false;
    v.meets = true;
    v.applies = has_elements_along;
    v.operands = [](const site& s) {
        spec targets{s.pick(8, 2) == 0 ? dtype::int32 : dtype::int64, {}, {}, s.extent()};
        auto order = s.order(9);
        if (!s.named)
            std::sort(order.begin(), order.end());
        for (const std::size_t i : order)
            if (i != s.at()) {
                targets.names.push_back(s.label(i));
                targets.shape.push_back(s.shape[i]);
            }
        return std::vector<spec>{s.x(), targets};
    };
    const auto ignored = [](const site& s) {
        return s.pick(10, 2) == 0 ? std::optional<std::int64_t>(0) : std::nullopt;
    };
    v.run = [=](const parts& x, const site& s) {
        return parts{
            averages ? cross_entropy(x[0], s.axis(), x[1], ignored(s))
                     : cross_entropy_rows(x[0], s.axis(), x[1], ignored(s))};
    };
    v.oracle = [=](const grids& x, const site& s) {
        double count = 0;
        const grid losses = each_row_to_one(s.type, x[0], s, [&](const row& r, const extents& c) {
            const double target = value_at(x[1], erased(x[0].names, s.at()), c);
            if (ignored(s) && target == static_cast<double>(*ignored(s)))
                return 0.0;
            ++count;
            return -std::log(softmax_of(r)[static_cast<std::size_t>(target)]);
        });
        if (!averages)
            return grids{losses};
        double sum = 0;
        for (const double loss : losses.values)
            sum += loss;
        return grids{{s.type, {}, {}, {count == 0 ? std::nan("") : sum / count}}};
    };
    v.costs = [=](const grids& in, const grids&, const site& s) {
        const std::int64_t n = elements(in);
        return work{0, 3 * n + (averages ? rows(s) : 0), n + rows(s)};
    };
    return v;
}

// x has one more axis, which is rotated; the axis of the site holds the positions.
verb_case rope_verb(bool halves) {
    verb_case v = rowwise(halves ? "rope_halves" : "rope_pairs", domain::floats);
    v.meets = true;
    const auto head = [](const site& s) { return 2 * s.number(8, 0, 3); };
    // Unnamed tables are told apart by their extents: nothing is the half of nothing only.
    v.operands = [=](const site& s) {
        const spec table{s.type, {s.label(s.at()), s.label("pair")}, {s.extent(), head(s) / 2}, 0};
        return std::vector<spec>{
            {s.type,
             inserted(s.names(), s.rank(), s.label("z")),
             inserted(s.shape, s.rank(), head(s)),
             0},
            table,
            table};
    };
    v.run = [=](const parts& x, const site& s) {
        const any_rope_table table{x[1], x[2]};
        if (s.named) {
            const axis_argument over = s.wrong_axis ? "nowhere" : "z";
            return parts{halves ? rope_halves(x[0], over, table) : rope_pairs(x[0], over, table)};
        }
        const axis_argument positions =
            s.wrong_axis ? axis_argument(99) : axis_argument(static_cast<int>(s.at()));
        return parts{
            halves ? rope_halves(x[0], -1, positions, table)
                   : rope_pairs(x[0], -1, positions, table)};
    };
    v.oracle = [=](const grids& x, const site& s) {
        const std::int64_t half = head(s) / 2;
        return grids{build(s.type, x[0].names, x[0].shape, [&](const extents& c) {
            const std::int64_t i = c.back();
            const bool first = halves ? i < half : i % 2 == 0;
            const std::int64_t pair = halves ? i % half : i / 2;
            const std::int64_t other =
                halves ? (first ? i + half : i - half) : (first ? i + 1 : i - 1);
            const double turned = x[0](replaced(c, c.size() - 1, other));
            const extents angle{c[s.at()], pair};
            return x[0](c) * x[1](angle) + (first ? -turned : turned) * x[2](angle);
        })};
    };
    v.costs = [](const grids& in, const grids&, const site&) {
        return work{0, 3 * elements(in), 0};
    };
    // The price of the tables is stated in the extent of the head: their axis of angles counts in full.
    v.reads = [=](const parts& x, const grids&, const site& s) {
        std::int64_t bytes = bytes_to_read(x[0]);
        for (std::size_t k = 1; k <= 2; ++k)
            bytes += (x[k].where().stride[0] == 0 && s.extent() > 0 ? 1 : s.extent())
                   * (head(s) / 2) * static_cast<std::int64_t>(size_of(s.type));
        return bytes;
    };
    return v;
}

}  // namespace

std::vector<verb_case> row_verbs() {
    return {
        softmax_verb(false),
        softmax_verb(true),
        masked_softmax_verb(),
        normalize_verb(),
        norm_verb(true),
        norm_verb(false),
        arg_verb(true),
        arg_verb(false),
        sort_verb(false),
        sort_verb(true),
        topk_verb(),
        cumsum_verb(),
        cross_entropy_verb(true),
        cross_entropy_verb(false),
        rope_verb(true),
        rope_verb(false)};
}

}  // namespace abax::laws
