#include <abax/ops/create.hpp>
#include <abax/ops/masks.hpp>
#include <abax/ops/random.hpp>
#include <abax/ops/rope.hpp>

#include "verbs.hpp"

#include <cmath>

namespace abax::laws {

namespace {

verb_case created(const char* label, domain takes) {
    verb_case v;
    v.label = label;
    v.takes = takes;
    v.moves_only = true;
    v.operands = [](const site&) { return std::vector<spec>{}; };
    return v;
}

shape axes_of(const site& s) {
    return shape_of(s.names(), s.shape);
}

verb_case full_verb() {
    verb_case v = created("full", domain::all);
    v.run = [](const parts&, const site& s) { return parts{full(s.type, axes_of(s), 1)}; };
    v.oracle = [](const grids&, const site& s) {
        return grids{build(s.type, s.names(), s.shape, [](const extents&) { return 1; })};
    };
    return v;
}

verb_case iota_verb() {
    verb_case v = created("iota", domain::numbers);
    v.run = [](const parts&, const site& s) { return parts{iota(s.type, axes_of(s), -4)}; };
    v.oracle = [](const grids&, const site& s) {
        double next = -4;
        return grids{build(s.type, s.names(), s.shape, [&](const extents&) { return next++; })};
    };
    return v;
}

verb_case arange_verb() {
    verb_case v = created("arange", domain::numbers);
    const auto step = [](const site& s) {
        return s.number(8, 1, 3) * (s.pick(9, 2) == 0 ? 1 : -1);
    };
    const auto stop = [](const site& s) { return s.number(10, -9, 9); };
    v.run = [=](const parts&, const site& s) {
        return parts{arange(s.type, axis_names(s.label("z")), 2, stop(s), step(s))};
    };
    v.oracle = [=](const grids&, const site& s) {
        grid g{s.type, {s.label("z")}, {0}, {}};
        for (std::int64_t x = 2; step(s) > 0 ? x < stop(s) : x > stop(s); x += step(s))
            g.values.push_back(static_cast<double>(x));
        g.shape[0] = g.volume();
        return grids{g};
    };
    return v;
}

verb_case linspace_verb() {
    verb_case v = created("linspace", domain::floats);
    const auto count = [](const site& s) { return s.number(8, 0, 7); };
    v.run = [=](const parts&, const site& s) {
        return parts{linspace(s.type, axis_names(s.label("z")), -1, 2, count(s))};
    };
    v.oracle = [=](const grids&, const site& s) {
        return grids{build(s.type, {s.label("z")}, {count(s)}, [&](const extents& c) {
            return count(s) == 1
                     ? -1.0
                     : -1 + 3 * static_cast<double>(c[0]) / static_cast<double>(count(s) - 1);
        })};
    };
    return v;
}

verb_case eye_verb() {
    verb_case v = created("eye", domain::all);
    v.run = [](const parts&, const site& s) {
        return parts{eye(s.type, axis_names(s.label("y z")), s.number(8, 0, 5), s.number(9, 0, 5))};
    };
    v.oracle = [](const grids&, const site& s) {
        return grids{build(
            s.type,
            {s.label("y"), s.label("z")},
            {s.number(8, 0, 5), s.number(9, 0, 5)},
            [](const extents& c) { return c[0] == c[1]; }
        )};
    };
    return v;
}

// The queries are the last positions of the keys.
verb_case mask_verb(bool is_windowed) {
    verb_case v = created(is_windowed ? "windowed" : "causal", domain::bools);
    const auto queries = [](const site& s) { return s.number(8, 0, 5); };
    const auto keys = [=](const site& s) { return queries(s) + s.number(9, 0, 3); };
    const auto window = [](const site& s) { return s.number(10, 1, 6); };
    v.run = [=](const parts&, const site& s) {
        return parts{
            is_windowed ? windowed("s", queries(s), "s'", keys(s), window(s)).any()
                        : causal("s", queries(s), "s'", keys(s)).any()};
    };
    v.oracle = [=](const grids&, const site& s) {
        return grids{
            build(dtype::boolean, {"s", "s'"}, {queries(s), keys(s)}, [&](const extents& c) {
                const std::int64_t here = c[0] + keys(s) - queries(s);
                return c[1] <= here && (!is_windowed || c[1] > here - window(s));
            })};
    };
    return v;
}

verb_case rope_angles_verb() {
    verb_case v = created("rope_angles", domain::floats);
    v.moves_only = false;
    const auto count = [](const site& s) { return s.number(8, 0, 5); };
    const auto half = [](const site& s) { return s.number(9, 0, 3); };
    v.run = [=](const parts&, const site& s) {
        const auto made = rope_angles(
            s.type, s.named ? "s" : "", count(s), rope_frequencies(2 * half(s), 100), 3
        );
        return parts{made.cosines, made.sines};
    };
    v.oracle = [=](const grids&, const site& s) {
        const auto table = [&](double (*of)(double)) {
            return build(
                s.type,
                {s.label("s"), s.label("pair")},
                {count(s), half(s)},
                [&](const extents& c) {
                    const double turns =
                        std::pow(100, -static_cast<double>(c[1]) / static_cast<double>(half(s)));
                    return of(static_cast<double>(c[0] + 3) * turns);
                }
            );
        };
        return grids{table(std::cos), table(std::sin)};
    };
    v.costs = [](const grids&, const grids& out, const site&) {
        return work{0, out[0].volume(), 2 * out[0].volume()};
    };
    return v;
}

// What chance gives is tested by itself; here by its first elements, which the seed alone decides.
template <class Make>
verb_case random_verb(const char* label, domain takes, const Make& make) {
    verb_case v = created(label, takes);
    v.run = [=](const parts&, const site& s) { return parts{make(s, axes_of(s))}; };
    v.oracle = [=](const grids&, const site& s) {
        const grid longer = grid_of(make(s, shape_of({""}, {2 * most_elements})));
        std::size_t i = 0;
        return grids{
            build(s.type, s.names(), s.shape, [&](const extents&) { return longer.values[i++]; })};
    };
    return v;
}

}  // namespace

std::vector<verb_case> created_verbs() {
    return {
        full_verb(),
        iota_verb(),
        arange_verb(),
        linspace_verb(),
        eye_verb(),
        mask_verb(false),
        mask_verb(true),
        rope_angles_verb(),
        random_verb(
            "randn",
            domain::floats,
            [](const site& s, const shape& axes) { return randn(s.type, axes, s.seed); }
        ),
        random_verb(
            "uniform",
            domain::floats,
            [](const site& s, const shape& axes) { return uniform(s.type, axes, s.seed, -1, 1); }
        ),
        random_verb("randint", domain::integers, [](const site& s, const shape& axes) {
            return randint(s.type, axes, s.seed, -5, 5);
        })};
}

}  // namespace abax::laws
