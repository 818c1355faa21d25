#pragma once

#include <abax/abax.hpp>
#include <abax/ops/typed_create.hpp>
#include <abax/ops/typed_names.hpp>
#include <abax/ops/typed_outer.hpp>
#include <abax/ops/typed_select.hpp>
#include <abax/ops/typed_statistics.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <utility>

/// What each exhibit asks: is the mistake refused and harmless, and are the numbers of the right way those of plain loops?
///
/// An exhibit is a mistake that was reported elsewhere and ran there without complaint. Its file is compiled twice: with WRONG, to
/// look at the compiler's error, and without, when it is part of the program that runs.
namespace abax::museum {

namespace detail {

template <element T>
[[nodiscard]] std::string written(const tensor<T>& x) {
    std::ostringstream out;
    out << x.shape().str() << ':';
    if (!x.is_dry())
        for (const T value : x.to_vector())
            out << ' ' << value;
    return out.str();
}

}  // namespace detail

/// What comes of a mistake: the category of the error that it throws, or "nothing was thrown", "an operand changed", "it is on
/// the bill".
template <class Mistake, class... Operands>
[[nodiscard]] std::string outcome_of(Mistake&& mistake, const Operands&... operands) {
    const std::array<std::string, sizeof...(operands)> before{detail::written(operands)...};
    ledger bill;
    std::string outcome = "nothing was thrown";
    try {
        const recording on(bill);
        std::forward<Mistake>(mistake)();
    } catch (const error& thrown) {
        outcome = std::string(to_string(thrown.kind()));
    }
    if (before != std::array<std::string, sizeof...(operands)>{detail::written(operands)...})
        return "an operand changed";
    return bill.size() == 0 ? outcome : "it is on the bill";
}

/// The message of the error that a mistake throws.
template <class Mistake>
[[nodiscard]] std::string message_of(Mistake&& mistake) {
    try {
        std::forward<Mistake>(mistake)();
    } catch (const error& thrown) {
        return thrown.what();
    }
    return "nothing was thrown";
}

/// The first element of x that is not what `loops` gives for its coordinate, or "" if there is none. Sums may be rounded in
/// another order.
template <element T, static_axes Axes, class Loops>
[[nodiscard]] std::string difference(const tensor<T, Axes>& x, const Loops& loops) {
    constexpr std::size_t rank = axis_table(Axes.view()).rank();
    return [&]<std::size_t... Axis>(std::index_sequence<Axis...>)->std::string {
        const std::array<std::int64_t, rank> extent{x.shape()[Axis].extent...};
        std::array<std::int64_t, rank> at{};
        for (std::int64_t i = 0; i < x.volume(); ++i) {
            std::int64_t rest = i;
            for (std::size_t k = rank; k-- > 0; rest /= extent[k])
                at[k] = rest % extent[k];
            const auto got = static_cast<double>(x(at[Axis]...));
            const auto wanted = static_cast<double>(loops(at[Axis]...));
            if (got == wanted || std::abs(got - wanted) <= 1e-5 * std::abs(wanted))
                continue;
            std::ostringstream out;
            out << got << " instead of " << wanted << " at (";
            ((out << ' ' << at[Axis]), ...);
            out << " )";
            return out.str();
        }
        return "";
    }
    (std::make_index_sequence<rank>{});
}

}  // namespace abax::museum
