#include <abax/ops/rearrange.hpp>
#include <abax/ops/statistics.hpp>

#include "verbs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace abax::laws {

namespace {

using kernels::reduction;
using row = std::vector<double>;

std::vector<bool> reduced_axes(const site& s) {
    std::vector<bool> reduced(s.rank(), false);
    for (const std::size_t i : s.some(8))
        reduced[i] = true;
    return reduced;
}

std::int64_t reduced_count(const site& s) {
    std::int64_t count = 1;
    for (const std::size_t i : s.some(8))
        count *= s.shape[i];
    return count;
}

// of(all elements that become one) for each element of the rest.
template <class Of>
grid folded(dtype type, const grid& x, const site& s, const Of& of) {
    const std::vector<bool> reduced = reduced_axes(s);
    labels names;
    extents kept;
    extents within;
    for (std::size_t i = 0; i < x.rank(); ++i) {
        (reduced[i] ? within : kept).push_back(x.shape[i]);
        if (!reduced[i])
            names.push_back(x.names[i]);
    }
    return build(type, names, kept, [&](const extents& outer) {
        row all;
        testing::for_each_position(within, [&](const extents& inner) {
            extents c;
            std::size_t out = 0;
            std::size_t in = 0;
            for (std::size_t i = 0; i < x.rank(); ++i)
                c.push_back(reduced[i] ? inner[in++] : outer[out++]);
            all.push_back(x(c));
        });
        return of(all);
    });
}

double sum_of(const row& all) {
    double sum = 0;
    for (const double x : all)
        sum += x;
    return sum;
}

double product_of(const row& all, dtype type) {
    if (is_floating(type)) {
        double product = 1;
        for (const double x : all)
            product *= x;
        return product;
    }
    std::uint64_t product = 1;  // wraps around
    for (const double x : all)
        product *= static_cast<std::uint64_t>(static_cast<std::int64_t>(x));
    return static_cast<double>(static_cast<std::int64_t>(product));
}

double reduced_value(reduction how, const row& all, dtype type) {
    switch (how) {
    case reduction::min: return *std::min_element(all.begin(), all.end());
    case reduction::max: return *std::max_element(all.begin(), all.end());
    case reduction::sum: return sum_of(all);
    case reduction::mean: return sum_of(all) / static_cast<double>(all.size());
    case reduction::prod: return product_of(all, type);
    case reduction::any:
        return std::any_of(all.begin(), all.end(), [](double x) { return x != 0; });
    default: return std::all_of(all.begin(), all.end(), [](double x) { return x != 0; });
    }
}

dtype reduced_type(reduction how, dtype type) {
    if (how == reduction::any || how == reduction::all)
        return dtype::boolean;
    if ((how == reduction::sum || how == reduction::prod) && !is_floating(type))
        return dtype::int64;
    return type;
}

verb_case reduction_verb(reduction how, const char* label) {
    verb_case v;
    v.label = label;
    v.takes = how == reduction::mean ? domain::floats : domain::all;
    v.takes_axis = true;
    v.same_bits = how != reduction::sum && how != reduction::mean && how != reduction::prod;
    v.applies = [how](const site& s) {
        return s.rank() > 0
            && ((how != reduction::min && how != reduction::max) || reduced_count(s) > 0);
    };
    v.run = [how](const parts& x, const site& s) {
        return parts{reduce_axes(x[0], s.axes(s.some(8)), how)};
    };
    v.oracle = [how](const grids& x, const site& s) {
        return grids{folded(reduced_type(how, s.type), x[0], s, [&](const row& all) {
            return reduced_value(how, all, s.type);
        })};
    };
    v.costs = [how](const grids& in, const grids& out, const site&) {
        return work{0, in[0].volume() - (how == reduction::mean ? 0 : out[0].volume()), 0};
    };
    return v;
}

// The rest in another order, as the pattern says.
verb_case pattern_reduction(reduction how, const char* label) {
    verb_case v = reduction_verb(how, label);
    v.takes_axis = false;
    const auto kept = [](const site& s) {
        std::vector<std::size_t> order;
        const std::vector<bool> reduced = reduced_axes(s);
        for (const std::size_t i : s.order(9))
            if (!reduced[i])
                order.push_back(i);
        return order;
    };
    v.run = [=](const parts& x, const site& s) {
        const pattern_text pattern(s.all_letters() + " -> " + site::text(kept(s)));
        return parts{reduce(x[0], pattern, how)};
    };
    v.oracle = [=](const grids& x, const site& s) {
        const grid in_order = folded(reduced_type(how, s.type), x[0], s, [&](const row& all) {
            return reduced_value(how, all, s.type);
        });
        const std::vector<std::size_t> order = kept(s);
        std::vector<std::size_t> sorted = order;
        std::sort(sorted.begin(), sorted.end());
        labels names;
        extents shape;
        for (const std::size_t i : order) {
            names.push_back(x[0].names[i]);
            shape.push_back(x[0].shape[i]);
        }
        return grids{build(in_order.type, names, shape, [&](const extents& c) {
            extents from(c.size());
            for (std::size_t k = 0; k < order.size(); ++k)
                from[static_cast<std::size_t>(
                    std::find(sorted.begin(), sorted.end(), order[k]) - sorted.begin()
                )] = c[k];
            return in_order(from);
        })};
    };
    return v;
}

struct statistic_row {
    const char* label;
    any_tensor (*run)(const any_tensor&, const axes_argument&, const site&);
    double (*value)(const row&, const site&);
    work (*costs)(std::int64_t n, std::int64_t r);
};

std::int64_t correction(const site& s) {
    return s.number(20, 0, 1);
}

double variance_of(const row& all, const site& s) {
    const auto n = static_cast<double>(all.size());
    const double mean = sum_of(all) / n;
    double squares = 0;
    for (const double x : all)
        squares += (x - mean) * (x - mean);
    const double left = n - static_cast<double>(correction(s));
    return left > 0 ? squares / left : std::nan("");
}

const statistic_row statistic_rows[] = {
    {"variance",
     [](const any_tensor& x, const axes_argument& over, const site& s) {
         return variance(x, over, correction(s));
     },
     variance_of,
     [](std::int64_t n, std::int64_t) {
         return work{0, 4 * n, 0};
     }},
    {"standard_deviation",
     [](const any_tensor& x, const axes_argument& over, const site& s) {
         return standard_deviation(x, over, correction(s));
     },
     [](const row& all, const site& s) { return std::sqrt(variance_of(all, s)); },
     [](std::int64_t n, std::int64_t r) {
         return work{0, 4 * n, r};
     }},
    {"norm one",
     [](const any_tensor& x, const axes_argument& over, const site&) {
         return norm(x, over, norm_order::one);
     },
     [](const row& all, const site&) {
         double sum = 0;
         for (const double x : all)
             sum += std::abs(x);
         return sum;
     },
     [](std::int64_t n, std::int64_t r) {
         return work{0, 2 * n - r, 0};
     }},
    {"norm two",
     [](const any_tensor& x, const axes_argument& over, const site&) { return norm(x, over); },
     [](const row& all, const site&) {
         double sum = 0;
         for (const double x : all)
             sum += x * x;
         return std::sqrt(sum);
     },
     [](std::int64_t n, std::int64_t r) {
         return work{0, 2 * n - r, r};
     }},
    {"norm infinity",
     [](const any_tensor& x, const axes_argument& over, const site&) {
         return norm(x, over, norm_order::infinity);
     },
     [](const row& all, const site&) {
         double most = 0;
         for (const double x : all)
             most = std::max(most, std::abs(x));
         return most;
     },
     [](std::int64_t n, std::int64_t r) {
         return work{0, 2 * n - r, 0};
     }},
    {"logsumexp",
     [](const any_tensor& x, const axes_argument& over, const site&) { return logsumexp(x, over); },
     [](const row& all, const site&) {
         double sum = 0;
         for (const double x : all)
             sum += std::exp(x);
         return std::log(sum);
     },
     [](std::int64_t n, std::int64_t r) {
         return work{0, 3 * n - r, n + r};
     }},
};

verb_case statistic_verb(const statistic_row& of) {
    verb_case v;
    v.label = of.label;
    v.takes = domain::floats;
    v.takes_axis = true;
    v.same_bits = false;
    v.applies = has_axis;
    v.run = [of](const parts& x, const site& s) {
        return parts{of.run(x[0], s.axes(s.some(8)), s)};
    };
    v.oracle = [of](const grids& x, const site& s) {
        return grids{folded(s.type, x[0], s, [&](const row& all) { return of.value(all, s); })};
    };
    v.costs = [of](const grids& in, const grids& out, const site&) {
        return of.costs(in[0].volume(), out[0].volume());
    };
    return v;
}

}  // namespace

std::vector<verb_case> reduction_verbs() {
    std::vector<verb_case> all;
    constexpr std::array<std::pair<reduction, const char*>, 7> reductions{
        {{reduction::min, "min"},
         {reduction::max, "max"},
         {reduction::sum, "sum"},
         {reduction::mean, "mean"},
         {reduction::prod, "prod"},
         {reduction::any, "any"},
         {reduction::all, "all"}}};
    for (const auto& each : reductions) {
        all.push_back(reduction_verb(each.first, each.second));
        const std::string label = std::string("reduce by ") + each.second;
        all.push_back(pattern_reduction(each.first, label.c_str()));
    }
    for (const statistic_row& each : statistic_rows)
        all.push_back(statistic_verb(each));
    return all;
}

}  // namespace abax::laws
