#include <abax/kernels/clip.hpp>
#include <abax/kernels/statistics.hpp>
#include <abax/ops/movement.hpp>
#include <abax/ops/operands.hpp>
#include <abax/ops/statistics.hpp>
#include <abax/plan/price.hpp>

#include <cmath>
#include <limits>
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

/// The axes of x, some of which a verb goes along.
struct chosen_axes {
    const any_tensor& x;
    std::vector<bool> chosen;
    shape rest;  ///< the others

    chosen_axes(std::string_view operation, const any_tensor& of, const axes_argument& over)
        : x(of), chosen(of.rank(), false) {
        for (const std::size_t at : positions_of(operation, x.shape(), over))
            chosen[at] = true;
        for (std::size_t i = 0; i < x.rank(); ++i)
            if (!chosen[i])
                rest.push_back(x.shape()[i]);
    }

    /// One number for each place on the rest.
    void summarize(statistic which, any_tensor& result, std::int64_t correction = 0) const {
        kernels::loops<2> kept;
        kernels::loops<2> along;
        for (std::size_t i = 0; i < x.rank(); ++i) {
            const std::int64_t extent = x.shape()[i].extent;
            const std::int64_t in = x.where().stride[i];
            if (chosen[i])
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
};

any_tensor summarized(
    statistic which, const any_tensor& x, const axes_argument& over, std::int64_t correction = 0
) {
    const std::string_view operation = verb_of(which);
    require_floating(operation, x);
    const chosen_axes axes(operation, x, over);
    const bool dry = any_dry({&x});
    any_tensor result = made(x.type(), axes.rest, dry);
    perform(
        statistic_cost{which},
        dry,
        [&] {
            std::string detail = x.shape().axes_text() + " -> " + axes.rest.axes_text();
            if (which == statistic::norm_one)
                detail += ", order 1";
            if (which == statistic::norm_infinity)
                detail += ", order infinity";
            return std::move(call(x.type())
                                 .reads(x)
                                 .writes(axes.rest, x.type())
                                 .knows(x.shape())
                                 .knows(axes.rest)
                                 .detail(std::move(detail)));
        },
        [&] { axes.summarize(which, result, correction); }
    );
    return result;
}

// Known are x and the rows: the norm, a comparison for each row, a division for each element.
struct normalize_cost {
    [[nodiscard]] std::string_view operation() const { return "normalize"; }
    [[nodiscard]] op_class kind() const { return op_class::normalization; }
    [[nodiscard]] cost price(const call& c) const {
        return c.with_bytes(3 * c.volume(c.known().front()), c.volume(c.known().back()));
    }
};

void require_epsilon(const any_tensor& x, double epsilon) {
    if (epsilon >= 0 && std::isfinite(epsilon))
        return;
    throw error(
        {.kind = category::usage,
         .operation = "normalize",
         .message =
             "epsilon is the shortest length that is divided by, not " + std::to_string(epsilon),
         .input = x.shape().str(),
         .expected = "a finite epsilon of 0 or more",
         .got = std::to_string(epsilon)}
    );
}

// Lengths below epsilon become epsilon; NaN stays.
template <class T>
void raise_to(any_tensor& lengths, double epsilon) {
    const T low = static_cast<T>(epsilon);
    const T high = std::numeric_limits<T>::infinity();
    kernels::clip(
        dtype_of<T>, lengths.writable(), lengths.data(), &low, &high, {{lengths.volume(), {1, 1}}}
    );
}

// result = x / lengths, which has the rest of x's axes.
void divide_by(const any_tensor& lengths, const chosen_axes& axes, any_tensor& result) {
    kernels::loops<3> nest;
    for (std::size_t i = 0, kept = 0; i < result.rank(); ++i)
        nest.push_back(
            {result.shape()[i].extent,
             {result.where().stride[i],
              axes.x.where().stride[i],
              axes.chosen[i] ? 0 : lengths.where().stride[kept++]}}
        );
    kernels::map(
        kernels::binary::divide,
        result.type(),
        result.writable(),
        axes.x.data(),
        lengths.data(),
        nest
    );
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

any_tensor normalize(const any_tensor& x, const axes_argument& over, double epsilon) {
    require_floating("normalize", x);
    const chosen_axes axes("normalize", x, over);
    require_epsilon(x, epsilon);
    const bool dry = any_dry({&x});
    any_tensor result = made(x.type(), x.shape(), dry);
    perform(
        normalize_cost{},
        dry,
        [&] {
            return std::move(call(x.type())
                                 .reads(x)
                                 .writes(x.shape(), x.type())
                                 .knows(x.shape())
                                 .knows(axes.rest)
                                 .detail(x.shape().axes_text() + ", rows " + axes.rest.axes_text())
            );
        },
        [&] {
            any_tensor lengths = made(x.type(), axes.rest, false);
            axes.summarize(statistic::norm_two, lengths);
            if (x.type() == dtype::float32)
                raise_to<float>(lengths, epsilon);
            else
                raise_to<double>(lengths, epsilon);
            divide_by(lengths, axes, result);
        }
    );
    return result;
}

}  // namespace abax
