#pragma once

#include <abax/core/polynomial.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace abax {

/// What kind of work an operation is; totals can be taken by class.
enum class op_class : std::uint8_t {
    contraction,    ///< products that are summed: `dot`, `einsum`
    elementwise,    ///< arithmetic on each element
    reduction,      ///< fewer elements than before
    normalization,  ///< softmax and norms: rows in, rows out
    movement,       ///< elements copied, none computed
    view            ///< nothing touched
};

/// As in `enum op_class`: "contraction", as tables and JSON write it.
[[nodiscard]] std::string_view to_string(op_class kind) noexcept;

/// The price of one operation, each counter a polynomial in axis names. Conventions: docs/ledger.md.
struct cost {
    polynomial flops_mm = {};  ///< contractions: 2 * product of all distinct extents
    polynomial flops_mm_useful =
        {};  ///< of these, what a mask leaves (equal where nothing is masked)
    polynomial flops_vec =
        {};  ///< every other floating add, sub, mul, div, compare, min, max, negate
    polynomial specials = {};       ///< exp, log, tanh, erf, sin, cos, pow, sqrt, rsqrt
    polynomial int_ops = {};        ///< arithmetic on integers and bools
    polynomial bytes_read = {};     ///< each distinct operand buffer once, at its own size
    polynomial bytes_written = {};  ///< each result, at its own size

    ///@{
    /// Counter by counter. @throws abax::error overflow, and the price stays as it was
    cost& operator+=(const cost& other);
    cost& operator*=(std::int64_t times);
    ///@}
    /// The same polynomials: the same price at all extents.
    friend bool operator==(const cost&, const cost&) = default;
};

/// The value of a `cost`: exact integers.
struct counters {
    int128 flops_mm = 0;         ///< contractions: 2 for each multiply-add
    int128 flops_mm_useful = 0;  ///< of these, what a mask leaves
    int128 flops_vec = 0;        ///< every other floating add, multiply, compare ...
    int128 specials = 0;         ///< exp, log, tanh, sqrt ...: 1 each
    int128 int_ops = 0;          ///< arithmetic on integers and bools; no FLOPs
    int128 bytes_read = 0;       ///< each distinct operand once
    int128 bytes_written = 0;    ///< results, and what is changed in place

    /// flops_mm + flops_vec + specials. @throws abax::error overflow
    [[nodiscard]] int128 flops() const;
    /// bytes_read + bytes_written. @throws abax::error overflow
    [[nodiscard]] int128 bytes() const;
    ///@{
    /// Counter by counter. @throws abax::error overflow, and the counters stay as they were
    counters& operator+=(const counters& other);
    counters& operator*=(std::int64_t times);
    ///@}
    /// Equal in every member.
    friend bool operator==(const counters&, const counters&) = default;
};

/// m = h*d: what a split or merge says about extents. `at()` refuses values that break one.
struct equation {
    name whole = {};                 ///< m
    std::vector<name> factors = {};  ///< h, d: outermost first

    /// "m = h*d".
    [[nodiscard]] std::string str() const;
    /// Equal in every member.
    friend bool operator==(const equation&, const equation&) = default;
};

/// What all records of equal calls share: made once, then referred to.
struct priced_operation {
    std::string operation = {};      ///< the verb: "dot"
    op_class kind = op_class::view;  ///< for totals by class
    std::string detail = {};         ///< what tells calls apart for a reader: "b s m, m o -> b s o"
    cost price = {};                 ///< in the names of axes
    /// The names whose extents a record keeps, sorted: those of the price, and of the equations.
    std::vector<name> variables = {};
    std::vector<equation> equations = {};  ///< what the call says about extents
    /// Equal in every member.
    friend bool operator==(const priced_operation&, const priced_operation&) = default;
};

/// The counters of `price` where every variable has the extent that `value_of` gives.
/// @throws abax::error overflow, or other where a polynomial is no whole number
[[nodiscard]] counters evaluate(const cost& price, const polynomial::lookup& value_of);

/// The counters of one call; `extents` in the order of `what.variables`.
[[nodiscard]] counters evaluate(
    const priced_operation& what, std::span<const std::int64_t> extents
);

}  // namespace abax
