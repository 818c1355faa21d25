#pragma once

#include <abax/core/callback.hpp>
#include <abax/core/checked.hpp>
#include <abax/core/name.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace abax {

/// A polynomial in axis names with integer coefficients over one common denominator.
///
/// `4*b*h*s*s' - 2*b*h*s`, `(s^2 + s)/2`. Every figure of the ledger is the value of one.
///
/// One canonical form, so that equal polynomials compare and print equal: terms by total degree,
/// highest first; among equals by their factors, as in a dictionary (s^2 before s*t before t^2); the
/// factors of a term by name (`2*k*m*n`); the fraction reduced. All arithmetic is exact. A coefficient
/// that does not fit 128 bits, or a denominator that does not fit 64, throws `overflow`, also where a
/// later step would make it fit again; the operands then stay as they were.
class polynomial {
public:
    /// One variable raised to a power of at least 1.
    struct factor {
        name variable;           ///< an axis
        std::int32_t power = 1;  ///< 1 or more
        /// Equal in every member.
        friend bool operator==(const factor&, const factor&) = default;
    };
    /// coefficient * product of factors (sorted by name, each name once).
    struct term {
        int128 coefficient = 0;            ///< above the common denominator; not 0 in a polynomial
        std::vector<factor> factors = {};  ///< none for the constant term
        /// Equal in every member.
        friend bool operator==(const term&, const term&) = default;
    };
    /// Gives the value of a variable.
    using lookup = callback<std::int64_t(name)>;

    polynomial() = default;  ///< zero
    /// A number.
    polynomial(std::int64_t constant
    );  // NOLINT(google-explicit-constructor): numbers are polynomials
    /// The extent of one axis.
    explicit polynomial(name variable);

    ///@{
    /// Exact. @throws abax::error overflow, and both operands stay as they were
    polynomial& operator+=(const polynomial& other);
    polynomial& operator-=(const polynomial& other);
    polynomial& operator*=(const polynomial& other);
    friend polynomial operator+(polynomial a, const polynomial& b) { return a += b; }
    friend polynomial operator-(polynomial a, const polynomial& b) { return a -= b; }
    friend polynomial operator*(polynomial a, const polynomial& b) { return a *= b; }
    ///@}
    /// The same polynomial, since there is one form for each.
    friend bool operator==(const polynomial&, const polynomial&) = default;

    /// This polynomial divided by a positive number; stays exact ((s^2 + s)/2).
    /// @throws abax::error usage: the divisor is 0 or less; overflow
    [[nodiscard]] polynomial over(std::int64_t divisor) const;

    /// The value under `value_of`. @throws abax::error overflow, or other when it is no whole number
    [[nodiscard]] int128 at(const lookup& value_of) const;

    /// Every occurrence of `variable` replaced by `by`.
    [[nodiscard]] polynomial substitute(name variable, const polynomial& by) const;

    /// Whether it is 0 at all extents.
    [[nodiscard]] bool is_zero() const noexcept { return terms_.empty(); }
    /// In canonical order; none for zero.
    [[nodiscard]] const std::vector<term>& terms() const noexcept { return terms_; }
    /// 1 or more: the 2 of (s^2 + s)/2.
    [[nodiscard]] std::int64_t denominator() const noexcept { return denominator_; }

    /// The variables that occur, sorted.
    [[nodiscard]] std::vector<name> variables() const;

    /// "4*b*h*s*s' - 2*b*h*s", "(s^2 + s)/2", "0".
    [[nodiscard]] std::string str() const;

private:
    void normalize();

    std::vector<term> terms_;       // sorted; no zero coefficients
    std::int64_t denominator_ = 1;  // positive, and coprime to the coefficients taken together
};

}  // namespace abax
