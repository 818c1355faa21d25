#pragma once

#include <abax/plan/plan.hpp>

#include <span>

namespace abax {

/// What a step touches, with its detail and equations.
[[nodiscard]] call call_of(const plan& p, const step& s);

/// The same, where the operands' buffers are known: one that is both operands is read once.
[[nodiscard]] call call_of(
    const plan& p, const step& s, std::span<const any_tensor* const> operands
);

/// The price of a step.
struct step_cost {
    const step* what = nullptr;

    [[nodiscard]] cost price(const call& c) const;
    [[nodiscard]] op_class kind_of() const;

private:
    [[nodiscard]] cost contraction(const call& c, const polynomial& all) const;
};

}  // namespace abax
