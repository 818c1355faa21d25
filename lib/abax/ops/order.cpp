#include <abax/kernels/order.hpp>
#include <abax/ops/movement.hpp>
#include <abax/ops/operands.hpp>
#include <abax/ops/order.hpp>
#include <abax/plan/align.hpp>
#include <abax/plan/price.hpp>

#include <string>

namespace abax {

using namespace detail;  // what verbs ask of their operands

namespace {

// One comparison or addition for each element of a row but one. Known are x and the rows.
struct order_cost {
    std::string_view label;
    [[nodiscard]] std::string_view operation() const { return label; }
    [[nodiscard]] op_class kind() const { return op_class::reduction; }
    [[nodiscard]] cost price(const call& c) const {
        return c.with_bytes(c.volume(c.known().front()) - c.volume(c.known().back()));
    }
};

// Known is x. k is a number that the key of the price has as the extent of what is written.
struct topk_cost {
    std::int64_t k;
    [[nodiscard]] std::string_view operation() const { return "topk"; }
    [[nodiscard]] op_class kind() const { return op_class::reduction; }
    [[nodiscard]] cost price(const call& c) const {
        return c.with_bytes(polynomial(k) * c.volume(c.known().front()));
    }
};

call call_on(const any_tensor& x, std::size_t at, const any_tensor& result) {
    return std::move(call(x.type())
                         .reads(x)
                         .writes(result.shape(), result.type())
                         .knows(x.shape())
                         .knows(without(x.shape(), at))
                         .detail(x.shape().axes_text()));
}

// The axes of x after the elements along one of them were moved: its positions are no places within factors any more.
shape reordered(std::string_view operation, const shape& axes, std::size_t at) {
    require_divisible_name(operation, axes, at, "the order");
    shape result = axes;
    result[at] = result[at].forgotten();
    return result;
}

kernels::row row_of(const any_tensor& x, const any_tensor& result, std::size_t at) {
    return {x.shape()[at].extent, result.where().stride[at], x.where().stride[at]};
}

std::int64_t* positions(any_tensor& result) {
    return reinterpret_cast<std::int64_t*>(result.writable());
}

void require_within(const shape& axes, std::size_t at, std::int64_t k) {
    const std::int64_t extent = axes[at].extent;
    if (k < 0 || k > extent)
        throw error(
            {.kind = category::usage,
             .operation = "topk",
             .message = "k = " + std::to_string(k) + ", but " + label_or_position(axes, at)
                      + " has " + std::to_string(extent) + " elements",
             .axis = std::string(axes[at].label.text()),
             .expected_extent = extent,
             .got_extent = k,
             .input = axes.str(),
             .expected = "k from 0 to " + std::to_string(extent),
             .got = std::to_string(k),
             .help = k > extent ? "for a row of unknown length pass std::min(k, extent)" : ""}
        );
}

}  // namespace

any_tensor sort(const any_tensor& x, axis_argument along, order direction) {
    const std::size_t at = position_of("sort", x.shape(), along);
    const shape axes = reordered("sort", x.shape(), at);
    const bool dry = any_dry({&x});
    any_tensor result = made(x.type(), axes, dry);
    perform(
        order_cost{"sort"},
        dry,
        [&] { return call_on(x, at, result); },
        [&] {
            kernels::sort(
                x.type(),
                result.writable(),
                x.data(),
                rows_of(x, result.where().stride, at),
                row_of(x, result, at),
                direction == order::descending
            );
        }
    );
    return result;
}

any_tensor argsort(const any_tensor& x, axis_argument along, order direction) {
    const std::size_t at = position_of("argsort", x.shape(), along);
    const shape axes = reordered("argsort", x.shape(), at);
    const bool dry = any_dry({&x});
    any_tensor result = made(dtype::int64, axes, dry);
    perform(
        order_cost{"argsort"},
        dry,
        [&] { return call_on(x, at, result); },
        [&] {
            kernels::argsort(
                x.type(),
                positions(result),
                x.data(),
                rows_of(x, result.where().stride, at),
                row_of(x, result, at),
                direction == order::descending
            );
        }
    );
    return result;
}

topk_result<any_tensor> topk(
    const any_tensor& x, axis_argument along, std::int64_t k, order direction
) {
    const std::size_t at = position_of("topk", x.shape(), along);
    shape axes = reordered("topk", x.shape(), at);
    require_within(x.shape(), at, k);
    axes[at].extent = k;
    const bool dry = any_dry({&x});
    topk_result<any_tensor> result{made(x.type(), axes, dry), made(dtype::int64, axes, dry)};
    perform(
        topk_cost{k},
        dry,
        [&] {
            // Under its name k would be a second extent of the axis, and neither would stand in the price.
            shape written = axes;
            written[at].label = {};
            return std::move(call(x.type())
                                 .reads(x)
                                 .writes(written, x.type())
                                 .writes(written, dtype::int64)
                                 .knows(x.shape())
                                 .detail(x.shape().axes_text() + ", k " + std::to_string(k)));
        },
        [&] {
            kernels::topk(
                x.type(),
                result.values.writable(),
                positions(result.indices),
                x.data(),
                rows_of(x, result.values.where().stride, at),
                row_of(x, result.values, at),
                k,
                direction == order::descending
            );
        }
    );
    return result;
}

any_tensor cumsum(const any_tensor& x, axis_argument along) {
    const std::size_t at = position_of("cumsum", x.shape(), along);
    const bool dry = any_dry({&x});
    any_tensor result = made(kernels::cumulative_sum_type(x.type()), x.shape(), dry);
    perform(
        order_cost{"cumsum"},
        dry,
        [&] { return call_on(x, at, result); },
        [&] {
            kernels::cumulative_sum(
                x.type(),
                result.writable(),
                x.data(),
                rows_of(x, result.where().stride, at),
                row_of(x, result, at)
            );
        }
    );
    return result;
}

any_tensor argmin(const any_tensor& x, axis_argument over) {
    const std::size_t at = position_of("argmin", x.shape(), over);
    const shape rest = without(x.shape(), at);
    if (x.shape()[at].extent == 0 && rest.volume() != 0)
        throw error(
            {.kind = category::other,
             .operation = "argmin",
             .message = "there is no smallest of no elements",
             .axis = std::string(x.shape()[at].label.text()),
             .input = x.shape().str()}
        );
    const bool dry = any_dry({&x});
    any_tensor result = made(dtype::int64, rest, dry);
    perform(
        order_cost{"argmin"},
        dry,
        [&] { return call_on(x, at, result); },
        [&] {
            strides out = result.where().stride;
            out.insert(at, 0);
            kernels::argmin(
                x.type(),
                positions(result),
                x.data(),
                rows_of(x, out, at),
                x.shape()[at].extent,
                x.where().stride[at]
            );
        }
    );
    return result;
}

}  // namespace abax
