#include <abax/kernels/statistics.hpp>
#include <abax/ops/movement.hpp>
#include <abax/ops/operands.hpp>
#include <abax/ops/statistics.hpp>
#include <abax/plan/price.hpp>

#include <string>
#include <vector>

namespace abax {

using namespace detail;  // what verbs ask of their operands

namespace {

using kernels::statistic;

std::string_view verb_of(statistic which) {
    switch (which) {
    case statistic::variance: return "variance";
    case statistic::standard_deviation: return "standard_deviation";
    case statistic::logsumexp: return "logsumexp";
    default: return "norm";
    }
}

// Known are x and the rows.
struct statistic_cost {
    statistic which;
    [[nodiscard]] std::string_view operation() const { return verb_of(which); }
    [[nodiscard]] op_class kind() const { return op_class::reduction; }
    [[nodiscard]] cost price(const call& c) const {
        const polynomial n = c.volume(c.known().front());
        const polynomial r = c.volume(c.known().back());
        switch (which) {
        case statistic::variance: return c.with_bytes(4 * n);
        case statistic::standard_deviation: return c.with_bytes(4 * n, r);
        case statistic::norm_two: return c.with_bytes(2 * n - r, r);
        case statistic::logsumexp: return c.with_bytes(3 * n - r, n + r);
        default: return c.with_bytes(2 * n - r);
        }
    }
};

any_tensor summarized(
    statistic which, const any_tensor& x, const axes_argument& over, std::int64_t correction = 0
) {
    const std::string_view operation = verb_of(which);
    require_floating(operation, x);
    std::vector<bool> reduced(x.rank(), false);
    for (const std::size_t at : positions_of(operation, x.shape(), over))
        reduced[at] = true;
    shape rest;
    for (std::size_t i = 0; i < x.rank(); ++i)
        if (!reduced[i])
            rest.push_back(x.shape()[i]);
    const bool dry = any_dry({&x});
    any_tensor result = made(x.type(), rest, dry);
    perform(
        statistic_cost{which},
        dry,
        [&] {
            std::string detail = x.shape().axes_text() + " -> " + rest.axes_text();
            if (which == statistic::norm_one)
                detail += ", order 1";
            if (which == statistic::norm_infinity)
                detail += ", order infinity";
            return std::move(call(x.type())
                                 .reads(x)
                                 .writes(rest, x.type())
                                 .knows(x.shape())
                                 .knows(rest)
                                 .detail(std::move(detail)));
        },
        [&] {
            kernels::loops<2> kept;
            kernels::loops<2> along;
            for (std::size_t i = 0; i < x.rank(); ++i) {
                const std::int64_t extent = x.shape()[i].extent;
                const std::int64_t in = x.where().stride[i];
                if (reduced[i])
                    along.push_back({extent, {0, in}});
                else
                    kept.push_back({extent, {result.where().stride[kept.size()], in}});
            }
            kernels::summarize(
                which,
                x.type(),
                result.writable(),
                x.data(),
                kept,
                along,
                static_cast<double>(correction)
            );
        }
    );
    return result;
}

}  // namespace

any_tensor variance(const any_tensor& x, const axes_argument& over, std::int64_t correction) {
    return summarized(statistic::variance, x, over, correction);
}

any_tensor standard_deviation(
    const any_tensor& x, const axes_argument& over, std::int64_t correction
) {
    return summarized(statistic::standard_deviation, x, over, correction);
}

any_tensor norm(const any_tensor& x, const axes_argument& over, norm_order which) {
    switch (which) {
    case norm_order::one: return summarized(statistic::norm_one, x, over);
    case norm_order::two: return summarized(statistic::norm_two, x, over);
    case norm_order::infinity: break;
    }
    return summarized(statistic::norm_infinity, x, over);
}

any_tensor logsumexp(const any_tensor& x, const axes_argument& over) {
    return summarized(statistic::logsumexp, x, over);
}

}  // namespace abax
