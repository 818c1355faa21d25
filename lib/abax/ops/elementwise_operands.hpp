#pragma once

#include <abax/ops/elementwise.hpp>
#include <abax/plan/price.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What the element-wise operations share: their prices, which elements they take, and numbers as operands. Private to
/// this floor.
namespace abax::detail {

/// The element types that an operation is defined on.
enum class domain : std::uint8_t { floats, numbers, bools, all };

/// What one element costs, beside its bytes.
struct element_price {
    std::string_view label;
    int vec = 0;
    int specials = 0;
    domain takes = domain::all;
};

[[nodiscard]] const element_price& price_of(kernels::unary op);
[[nodiscard]] const element_price& price_of(kernels::binary op);

/// The price of a call whose result is the last operand.
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
);

/// @throws abax::error dtype_mismatch: the operation is not defined on these elements, of `input` if there is one operand
void require_domain(const element_price& each, dtype type, const shape* input = nullptr);

/// The element type of two operands. @throws abax::error dtype_mismatch: they differ, or both are numbers
[[nodiscard]] dtype common_type(
    std::string_view operation, const elementwise_operand& a, const elementwise_operand& b
);

/// A tensor, or a number that stands for a tensor of rank 0 as long as the call lasts.
struct held_operand {
    std::optional<any_tensor> number;
    const any_tensor* tensor = nullptr;
    bool is_zero = false;  ///< whether it is the number 0, which also a dry run knows

    held_operand(
        std::string_view operation,
        const elementwise_operand& from,
        dtype type,
        const elementwise_operand& other
    );
    held_operand(const held_operand&) = delete;
    held_operand& operator=(const held_operand&) = delete;
    ~held_operand() = default;

    [[nodiscard]] bool is_number() const noexcept { return number.has_value(); }
};

/// Integers have no quotient by the number 0. @throws abax::error usage
void require_divisor(
    const element_price& each, kernels::binary op, const any_tensor& of, const held_operand& by
);

}  // namespace abax::detail
