#include <abax/ops/elementwise_operands.hpp>

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace abax::detail {

namespace {

// In the order of the kernels' enumerations. Rounding, the sign and the questions whether an element is finite are one
// operation, as abs is; what division leaves is one, as division is.
constexpr auto unary_prices = std::to_array<element_price>({
    {"negate", 1, 0, domain::numbers},   {"abs", 1, 0, domain::numbers},
    {"exp", 0, 1, domain::floats},       {"log", 0, 1, domain::floats},
    {"sqrt", 0, 1, domain::floats},      {"rsqrt", 0, 1, domain::floats},
    {"tanh", 0, 1, domain::floats},      {"erf", 0, 1, domain::floats},
    {"sin", 0, 1, domain::floats},       {"cos", 0, 1, domain::floats},
    {"sigmoid", 3, 1, domain::floats},   {"silu", 3, 1, domain::floats},
    {"relu", 1, 0, domain::numbers},     {"gelu_erf", 4, 1, domain::floats},
    {"gelu_tanh", 8, 1, domain::floats}, {"floor", 1, 0, domain::floats},
    {"ceil", 1, 0, domain::floats},      {"round", 1, 0, domain::floats},
    {"trunc", 1, 0, domain::floats},     {"sign", 1, 0, domain::numbers},
    {"square", 1, 0, domain::numbers},   {"reciprocal", 1, 0, domain::floats},
    {"exp2", 0, 1, domain::floats},      {"expm1", 0, 1, domain::floats},
    {"log2", 0, 1, domain::floats},      {"log10", 0, 1, domain::floats},
    {"log1p", 0, 1, domain::floats},     {"tan", 0, 1, domain::floats},
    {"asin", 0, 1, domain::floats},      {"acos", 0, 1, domain::floats},
    {"atan", 0, 1, domain::floats},      {"sinh", 0, 1, domain::floats},
    {"cosh", 0, 1, domain::floats},      {"logical_not", 1, 0, domain::bools},
    {"isnan", 1, 0, domain::floats},     {"isinf", 1, 0, domain::floats},
    {"isfinite", 1, 0, domain::floats},
});
static_assert(unary_prices.size() == static_cast<std::size_t>(kernels::unary::is_finite) + 1);

constexpr auto binary_prices = std::to_array<element_price>({
    {"add", 1, 0, domain::numbers},       {"subtract", 1, 0, domain::numbers},
    {"multiply", 1, 0, domain::numbers},  {"divide", 1, 0, domain::numbers},
    {"minimum", 1, 0, domain::numbers},   {"maximum", 1, 0, domain::numbers},
    {"pow", 0, 1, domain::floats},        {"remainder", 1, 0, domain::numbers},
    {"fmod", 1, 0, domain::numbers},      {"atan2", 0, 1, domain::floats},
    {"equal_to", 1, 0, domain::all},      {"not_equal_to", 1, 0, domain::all},
    {"less", 1, 0, domain::numbers},      {"less_equal", 1, 0, domain::numbers},
    {"greater", 1, 0, domain::numbers},   {"greater_equal", 1, 0, domain::numbers},
    {"logical_and", 1, 0, domain::bools}, {"logical_or", 1, 0, domain::bools},
    {"logical_xor", 1, 0, domain::bools},
});
static_assert(binary_prices.size() == static_cast<std::size_t>(kernels::binary::logical_xor) + 1);

bool contains(domain takes, dtype type) {
    switch (takes) {
    case domain::floats: return is_floating(type);
    case domain::numbers: return type != dtype::boolean;
    case domain::bools: return type == dtype::boolean;
    case domain::all: break;
    }
    return true;
}

}  // namespace

const element_price& price_of(kernels::unary op) {
    return unary_prices[static_cast<std::size_t>(op)];
}

const element_price& price_of(kernels::binary op) {
    return binary_prices[static_cast<std::size_t>(op)];
}

void wrong_dtype(std::string_view operation, const std::string& message, const std::string& input) {
    throw error(
        {.kind = category::dtype_mismatch,
         .operation = std::string(operation),
         .message = message,
         .input = input,
         .help = "convert with cast"}
    );
}

void require_domain(const element_price& each, dtype type, const shape* input) {
    if (!contains(each.takes, type))
        wrong_dtype(
            each.label,
            std::string(each.label) + " is not defined for " + std::string(to_string(type)),
            input == nullptr ? std::string() : input->str()
        );
}

dtype common_type(
    std::string_view operation, const elementwise_operand& a, const elementwise_operand& b
) {
    const auto* left = std::get_if<const any_tensor*>(&a);
    const auto* right = std::get_if<const any_tensor*>(&b);
    if (left == nullptr && right == nullptr)
        throw error(
            {.kind = category::dtype_mismatch,
             .operation = std::string(operation),
             .message = "two numbers, and no tensor to tell the element type",
             .help = "make one a tensor: full_like(x, 1), or cast<float>(condition)"}
        );
    if (left != nullptr && right != nullptr && (*left)->type() != (*right)->type())
        wrong_dtype(
            operation,
            "element types " + std::string(to_string((*left)->type())) + " and "
                + std::string(to_string((*right)->type())) + " do not mix",
            "(" + (*left)->shape().str() + "), (" + (*right)->shape().str() + ")"
        );
    return left != nullptr ? (*left)->type() : (*right)->type();
}

held_operand::held_operand(
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
        is_zero = std::get<scalar>(from).is_zero();
        tensor = &*number;
    }
}

void require_divisor(
    const element_price& each, kernels::binary op, const any_tensor& of, const held_operand& by
) {
    const bool divides = op == kernels::binary::divide || op == kernels::binary::remainder
                      || op == kernels::binary::fmod;
    if (divides && !is_floating(of.type()) && by.is_zero)
        throw error(
            {.kind = category::usage,
             .operation = std::string(each.label),
             .message = "an integer tensor is divided by 0",
             .input = of.shape().str()}
        );
}

}  // namespace abax::detail

namespace abax {

std::string scalar::str() const {
    return is_exact_integer() ? std::to_string(integer_) : fmt::format("{:g}", real_);
}

any_tensor scalar::as(std::string_view operation, dtype type, bool dry) const {
    // Of an unsigned number beyond int64 only the rounded value is known.
    // A whole number is one however it is written: 2.0 fits an integer.
    const bool is_whole = !is_integer_ && real_ == std::trunc(real_) && std::abs(real_) < 0x1p63;
    const std::int64_t whole = is_whole ? static_cast<std::int64_t>(real_) : integer_;
    const bool is_exact = is_whole || is_exact_integer();
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
        detail::wrong_dtype(operation, str() + " does not fit " + std::string(to_string(type)), {});
    if (dry)
        return any_tensor::dry(type, {});
    any_tensor result(type, layout{}, buffer::allocate(size_of(type)));
    with_element(type, [&](auto zero) {
        using T = decltype(zero);
        *reinterpret_cast<T*>(result.writable()) =
            is_exact_integer() ? static_cast<T>(integer_) : static_cast<T>(real_);
    });
    return result;
}

}  // namespace abax
