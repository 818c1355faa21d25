#include <abax/ops/elementwise.hpp>
#include <abax/ops/elementwise_operands.hpp>
#include <abax/plan/align.hpp>

#include <array>
#include <optional>

namespace abax {

using namespace detail;  // what the element-wise operations share

namespace {

constexpr element_price select_price{"where"};
constexpr element_price cast_price{"cast"};

template <std::size_t Operands>
kernels::loops<Operands> nest_of(const alignment& aligned) {
    kernels::loops<Operands> nest;
    const strides dense = layout::row_major(aligned.axes).stride;
    for (std::size_t i = 0; i < aligned.axes.rank(); ++i) {
        kernels::loop<Operands> l{aligned.axes[i].extent, {dense[i]}};
        for (std::size_t k = 1; k < Operands; ++k)
            l.stride[k] = aligned.stride[k - 1][i];
        nest.push_back(l);
    }
    return nest;
}

// The whole of dense operands as one row; those of rank 0 stand still.
template <std::size_t Inputs>
kernels::loops<Inputs + 1> row_of(
    const shape& axes, const std::array<const layout*, Inputs>& operands
) {
    kernels::loop<Inputs + 1> row{axes.volume(), {1}};
    for (std::size_t i = 0; i < Inputs; ++i)
        row.stride[i + 1] = operands[i]->rank() == 0 ? 0 : 1;
    return {row};
}

// Runs an element-wise operation over aligned operands; numbers among them are on no bill.
template <std::size_t Inputs, class Kernel>
any_tensor run(
    element_price each,
    dtype arithmetic,
    dtype result_type,
    const std::array<const any_tensor*, Inputs>& operands,
    const std::array<bool, Inputs>& is_number,
    Kernel&& kernel
) {
    std::array<const layout*, Inputs> layouts{};
    bool dry = dry_run::is_on();
    for (std::size_t i = 0; i < Inputs; ++i) {
        layouts[i] = &operands[i]->where();
        dry = dry || operands[i]->is_dry();
    }
    // The usual case, operands of one layout, is told at a glance.
    const shape* const alike = dense_alike(layouts);
    const std::optional<alignment> aligned =
        alike != nullptr ? std::nullopt : std::optional(align(each.label, layouts));
    const shape& axes = alike != nullptr ? *alike : aligned->axes;
    any_tensor result =
        dry ? any_tensor::dry(result_type, axes) : any_tensor::empty(result_type, axes);
    perform(
        elementwise_cost{each},
        dry,
        [&] {
            call c(arithmetic);
            for (std::size_t i = 0; i < Inputs; ++i)
                if (!is_number[i])
                    c.reads(*operands[i]);
            c.writes(axes, result_type).detail(axes.axes_text());
            return c;
        },
        [&] { kernel(result, aligned ? nest_of<Inputs + 1>(*aligned) : row_of(axes, layouts)); }
    );
    return result;
}

bool is_comparison(kernels::binary op) {
    return op >= kernels::binary::equal;
}

}  // namespace

any_tensor map(kernels::binary op, const elementwise_operand& a, const elementwise_operand& b) {
    const element_price& each = price_of(op);
    const dtype type = common_type(each.label, a, b);
    require_domain(each, type);
    const held_operand left(each.label, a, type, b);
    const held_operand right(each.label, b, type, a);
    require_divisor(each, op, *left.tensor, right);
    return run<2>(
        each,
        type,
        is_comparison(op) ? dtype::boolean : type,
        {left.tensor, right.tensor},
        {left.is_number(), right.is_number()},
        [&](any_tensor& out, const kernels::loops<3>& nest) {
            kernels::map(op, type, out.writable(), left.tensor->data(), right.tensor->data(), nest);
        }
    );
}

any_tensor map(kernels::unary op, const any_tensor& x) {
    const element_price& each = price_of(op);
    require_domain(each, x.type(), &x.shape());
    return run<1>(
        each,
        x.type(),
        op >= kernels::unary::is_nan ? dtype::boolean : x.type(),
        {&x},
        {false},
        [&](any_tensor& out, const kernels::loops<2>& nest) {
            kernels::map(op, x.type(), out.writable(), x.data(), nest);
        }
    );
}

any_tensor where(
    const any_tensor& condition, const elementwise_operand& a, const elementwise_operand& b
) {
    if (condition.type() != dtype::boolean)
        wrong_dtype(
            "where",
            "the condition holds " + std::string(to_string(condition.type())) + ", not bool",
            condition.shape().str()
        );
    const dtype type = common_type("where", a, b);
    const held_operand left("where", a, type, b);
    const held_operand right("where", b, type, a);
    return run<3>(
        select_price,
        type,
        type,
        {&condition, left.tensor, right.tensor},
        {false, left.is_number(), right.is_number()},
        [&](any_tensor& out, const kernels::loops<4>& nest) {
            kernels::select(
                type,
                out.writable(),
                condition.data(),
                left.tensor->data(),
                right.tensor->data(),
                nest
            );
        }
    );
}

any_tensor cast(const any_tensor& x, dtype to) {
    if (x.type() == to)
        return x;
    return run<1>(
        cast_price,
        x.type(),
        to,
        {&x},
        {false},
        [&](any_tensor& out, const kernels::loops<2>& nest) {
            kernels::cast(to, out.writable(), x.type(), x.data(), nest);
        }
    );
}

}  // namespace abax
