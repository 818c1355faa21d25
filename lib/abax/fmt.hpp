#pragma once

/// Opt-in: fmt formats tensors, shapes, names, element types, polynomials and prices as text, with the width, fill and
/// alignment of a string: `fmt::print("{}\n", x)`, `fmt::format("{:>20}", x.shape())`.
///
/// Not part of <abax/abax.hpp>, which knows no fmt: who includes this brings fmt 9 or newer.

#include <abax/account/bill_cost.hpp>
#include <abax/account/cost.hpp>
#include <abax/core/dtype.hpp>
#include <abax/core/error.hpp>
#include <abax/core/name.hpp>
#include <abax/core/polynomial.hpp>
#include <abax/ops/print.hpp>
#include <abax/shape/any_tensor.hpp>
#include <abax/shape/shape.hpp>
#include <abax/shape/tensor.hpp>

#include <fmt/format.h>

#include <concepts>
#include <string>
#include <string_view>

namespace abax::detail {

/// What has a text by `str()`.
template <class X>
concept has_str =
    std::same_as<X, shape> || std::same_as<X, polynomial> || std::same_as<X, bill_cost>;

/// What has a text by `to_string`.
template <class X>
concept has_to_string =
    tensor_like<X> || std::same_as<X, cost> || std::same_as<X, dtype> || std::same_as<X, category>;

/// The text as fmt's strings: every option of theirs is one of ours.
template <class X>
struct text_formatter : fmt::formatter<std::string_view> {
    template <class Context>
    auto format(const X& x, Context& context) const {
        if constexpr (has_str<X>)
            return write(x.str(), context);
        else if constexpr (has_to_string<X>)
            return write(std::string(to_string(x)), context);
        else
            return write(x.text(), context);
    }

private:
    template <class Context>
    auto write(std::string_view text, Context& context) const {
        return fmt::formatter<std::string_view>::format(text, context);
    }
};

}  // namespace abax::detail

// The top of this file describes them; Doxygen 1.9 finds no scope for specializations of what others declare.
/// @cond
template <>
struct fmt::formatter<abax::any_tensor> : abax::detail::text_formatter<abax::any_tensor> {};
template <abax::element T>
struct fmt::formatter<abax::tensor<T>> : abax::detail::text_formatter<abax::tensor<T>> {};
template <>
struct fmt::formatter<abax::shape> : abax::detail::text_formatter<abax::shape> {};
template <>
struct fmt::formatter<abax::name> : abax::detail::text_formatter<abax::name> {};
template <>
struct fmt::formatter<abax::dtype> : abax::detail::text_formatter<abax::dtype> {};
template <>
struct fmt::formatter<abax::category> : abax::detail::text_formatter<abax::category> {};
template <>
struct fmt::formatter<abax::polynomial> : abax::detail::text_formatter<abax::polynomial> {};
template <>
struct fmt::formatter<abax::cost> : abax::detail::text_formatter<abax::cost> {};
template <>
struct fmt::formatter<abax::bill_cost> : abax::detail::text_formatter<abax::bill_cost> {};
/// @endcond
