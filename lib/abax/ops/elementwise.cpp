#include <abax/ops/elementwise.hpp>
#include <abax/plan/align.hpp>
#include <abax/plan/price.hpp>

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <optional>

namespace abax {

namespace {

// What one element costs, beside its bytes.
struct element_price {
    std::string_view label;
    int vec = 0;
    int specials = 0;
};

constexpr auto unary_prices = std::to_array<element_price>({
    {"negate", 1, 0},
    {"abs", 1, 0},
    {"exp", 0, 1},
    {"log", 0, 1},
    {"sqrt", 0, 1},
    {"rsqrt", 0, 1},
    {"tanh", 0, 1},
    {"erf", 0, 1},
    {"sin", 0, 1},
    {"cos", 0, 1},
    {"sigmoid", 3, 1},
    {"silu", 3, 1},
    {"relu", 1, 0},
    {"gelu_erf", 4, 1},
    {"gelu_tanh", 8, 1},
    {"logical_not", 1, 0},
});

constexpr auto binary_prices = std::to_array<element_price>({
    {"add", 1, 0},
    {"subtract", 1, 0},
    {"multiply", 1, 0},
    {"divide", 1, 0},
    {"minimum", 1, 0},
    {"maximum", 1, 0},
    {"pow", 0, 1},
    {"equal_to", 1, 0},
    {"not_equal_to", 1, 0},
    {"less", 1, 0},
    {"less_equal", 1, 0},
    {"greater", 1, 0},
    {"greater_equal", 1, 0},
    {"logical_and", 1, 0},
    {"logical_or", 1, 0},
});

constexpr element_price select_price{"where", 0, 0};
constexpr element_price cast_price{"cast", 0, 0};

struct elementwise_cost {
    element_price each;

    [[nodiscard]] std::string_view operation() const { return each.label; }
    [[nodiscard]] op_class kind() const {
        return each.vec + each.specials == 0 ? op_class::movement : op_class::elementwise;
    }
    [[nodiscard]] cost price(const call& c) const {
        const polynomial all = c.volume(c.operands().back().axes);
        return c.with_bytes(polynomial(each.vec) * all, polynomial(each.specials) * all);
    }
};

[[noreturn]] void wrong_dtype(
    std::string_view operation, const std::string& message, const std::string& input
) {
    throw error(
        {.kind = category::dtype_mismatch,
         .operation = std::string(operation),
         .message = message,
         .input = input,
         .help = "convert with cast"}
    );
}

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
    const alignment aligned = align(each.label, layouts);
    any_tensor result = dry ? any_tensor::dry(result_type, aligned.axes)
                            : any_tensor::empty(result_type, aligned.axes);
    perform(
        elementwise_cost{each},
        dry,
        [&] {
            call c(arithmetic);
            for (std::size_t i = 0; i < Inputs; ++i)
                if (!is_number[i])
                    c.reads(*operands[i]);
            c.writes(aligned.axes, result_type).detail(aligned.axes.axes_text());
            return c;
        },
        [&] { kernel(result, nest_of<Inputs + 1>(aligned)); }
    );
    return result;
}

// A number stands for a tensor of rank 0 as long as the call lasts.
struct held_operand {
    std::optional<any_tensor> number;
    const any_tensor* tensor = nullptr;

    held_operand(
        std::string_view operation,
        const elementwise_operand& from,
        dtype type,
        const elementwise_operand& other
    ) {
        if (const auto* given = std::get_if<const any_tensor*>(&from)) {
            tensor = *given;
        } else {
            const auto* beside = std::get_if<const any_tensor*>(&other);
            const bool dry = dry_run::is_on() || (beside != nullptr && (*beside)->is_dry());
            number = std::get<scalar>(from).as(operation, type, dry);
            tensor = &*number;
        }
    }
    /// Whether it is the number 0.
    [[nodiscard]] bool is_zero() const {
        return number && !number->is_dry() && with_element(number->type(), [&](auto zero) {
                   return *reinterpret_cast<const decltype(zero)*>(number->data()) == zero;
               });
    }
    held_operand(const held_operand&) = delete;
    held_operand& operator=(const held_operand&) = delete;
    ~held_operand() = default;
};

dtype common_type(
    std::string_view operation, const elementwise_operand& a, const elementwise_operand& b
) {
    const auto* left = std::get_if<const any_tensor*>(&a);
    const auto* right = std::get_if<const any_tensor*>(&b);
    if (left == nullptr && right == nullptr)
        wrong_dtype(operation, "two numbers, and no tensor to tell the element type", {});
    if (left != nullptr && right != nullptr && (*left)->type() != (*right)->type())
        wrong_dtype(
            operation,
            "element types " + std::string(to_string((*left)->type())) + " and "
                + std::string(to_string((*right)->type())) + " do not mix",
            "(" + (*left)->shape().str() + "), (" + (*right)->shape().str() + ")"
        );
    return left != nullptr ? (*left)->type() : (*right)->type();
}

bool is_comparison(kernels::binary op) {
    return op >= kernels::binary::equal;
}

bool is_logical(kernels::binary op) {
    return op >= kernels::binary::logical_and;
}

}  // namespace

any_tensor scalar::as(std::string_view operation, dtype type, bool dry) const {
    // An unsigned number may be beyond int64: only its rounded value is known then.
    // A whole number is one however it is written: 2.0 fits an integer.
    const bool is_whole = !is_integer_ && real_ == std::trunc(real_) && std::abs(real_) < 0x1p63;
    const std::int64_t whole = is_whole ? static_cast<std::int64_t>(real_) : integer_;
    const bool is_exact = is_whole || (is_integer_ && !(real_ > 0 && integer_ < 0));
    const std::string text =
        is_integer_ && is_exact ? std::to_string(integer_) : fmt::format("{:g}", real_);
    bool fits = true;
    if (type == dtype::boolean)
        fits = is_exact && (whole == 0 || whole == 1);
    else if (type == dtype::int32)
        fits = is_exact && whole >= INT32_MIN && whole <= INT32_MAX;
    else if (type == dtype::int64)
        fits = is_exact;
    else if (type == dtype::float32)
        fits = !std::isfinite(real_) || std::isfinite(static_cast<float>(real_));
    if (!fits)
        wrong_dtype(operation, text + " does not fit " + std::string(to_string(type)), {});
    if (dry)
        return any_tensor::dry(type, {});
    any_tensor result(type, layout{}, buffer::allocate(size_of(type)));
    with_element(type, [&](auto zero) {
        using T = decltype(zero);
        *reinterpret_cast<T*>(result.writable()) =
            is_integer_ && is_exact ? static_cast<T>(integer_) : static_cast<T>(real_);
    });
    return result;
}

any_tensor map(kernels::binary op, const elementwise_operand& a, const elementwise_operand& b) {
    const element_price each = binary_prices[static_cast<std::size_t>(op)];
    const dtype type = common_type(each.label, a, b);
    if (is_logical(op) != (type == dtype::boolean) && op != kernels::binary::equal
        && op != kernels::binary::not_equal)
        wrong_dtype(
            each.label,
            std::string(each.label) + " is not defined for " + std::string(to_string(type)),
            {}
        );
    if (op == kernels::binary::power && !is_floating(type))
        wrong_dtype(each.label, "pow is defined for floating element types", {});
    const held_operand left(each.label, a, type, b);
    const held_operand right(each.label, b, type, a);
    if (op == kernels::binary::divide && !is_floating(type) && right.is_zero())
        throw error(
            {.kind = category::usage,
             .operation = std::string(each.label),
             .message = "an integer tensor is divided by 0",
             .input = left.tensor->shape().str()}
        );
    return run<2>(
        each,
        type,
        is_comparison(op) ? dtype::boolean : type,
        {left.tensor, right.tensor},
        {left.number.has_value(), right.number.has_value()},
        [&](any_tensor& out, const kernels::loops<3>& nest) {
            kernels::map(op, type, out.writable(), left.tensor->data(), right.tensor->data(), nest);
        }
    );
}

any_tensor map(kernels::unary op, const any_tensor& x) {
    const element_price each = unary_prices[static_cast<std::size_t>(op)];
    const bool for_integers = op == kernels::unary::negate || op == kernels::unary::absolute
                           || op == kernels::unary::relu;
    const bool allowed = op == kernels::unary::logical_not ? x.type() == dtype::boolean
                       : for_integers                      ? x.type() != dtype::boolean
                                                           : is_floating(x.type());
    if (!allowed)
        wrong_dtype(
            each.label,
            std::string(each.label) + " is not defined for " + std::string(to_string(x.type())),
            x.shape().str()
        );
    return run<1>(
        each,
        x.type(),
        x.type(),
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
        {false, left.number.has_value(), right.number.has_value()},
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
