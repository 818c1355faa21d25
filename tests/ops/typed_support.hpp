#pragma once

#include <abax/ops/compare.hpp>
#include <abax/ops/names.hpp>
#include <abax/shape/axis_table.hpp>

#include "support.hpp"

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// Whether verbs with names in angle brackets give, bill and refuse what those without give, bill and refuse.
namespace abax::testing {

/// Whether X is tensor<T, Axes>.
template <class X, class T, static_axes Axes>
inline constexpr bool is = std::is_same_v<std::remove_cvref_t<X>, tensor<T, Axes>>;

/// Whether the names that a tensor has in its type are those in its value, memory included. `_` and `1` in a type stand for
/// axes without a name.
template <element T, static_axes Axes>
[[nodiscard]] bool names_agree(const tensor<T, Axes>& x) {
    static_assert(Axes.is == static_axes::state::legal);
    const axis_table promised(tensor<T, Axes>::static_names.view());
    if (promised.rank() != x.rank())
        return false;
    std::string text;
    for (std::size_t i = 0; i < x.rank(); ++i) {
        if (!promised[i].is_named() && x.shape()[i].label)
            return false;
        text += text.empty() ? "" : " ";
        text += promised[i].is_named() ? std::string(promised[i].text)
                                       : std::to_string(x.shape()[i].extent);
    }
    return text == x.shape().axes_text();
}

/// What a typed result lacks to be the dynamic one: "" if nothing does.
template <element T, static_axes Axes, tensor_like Dynamic>
[[nodiscard]] std::string difference_between(const tensor<T, Axes>& typed, const Dynamic& dynamic) {
    static_assert(!axes_in_type<Dynamic>);
    if constexpr (Axes != names_in_value)
        if (!names_agree(typed))
            return "the type says " + std::string(Axes.view()) + ", the value "
                 + typed.shape().axes_text();
    const any_tensor& expected = dynamic;
    return equal(typed.any(), expected)
             ? ""
             : "(" + typed.shape().str() + ") is not what the dynamic verb gives, ("
                   + expected.shape().str() + ')';
}
template <class Typed, class Dynamic>
[[nodiscard]] std::string difference_between(
    const std::vector<Typed>& typed, const std::vector<Dynamic>& dynamic
) {
    if (typed.size() != dynamic.size())
        return "another number of parts";
    for (std::size_t i = 0; i < typed.size(); ++i)
        if (const std::string what = difference_between(typed[i], dynamic[i]); !what.empty())
            return what;
    return "";
}

/// What `typed()` lacks to be `dynamic()`, its bill included: "" if nothing does.
template <class Typed, class Dynamic>
[[nodiscard]] std::string difference(const Typed& typed, const Dynamic& dynamic) {
    ledger typed_bill;
    ledger dynamic_bill;
    const auto of = [](ledger& bill, const auto& body) {
        const recording on(bill);
        return body();
    };
    const auto a = of(typed_bill, typed);
    const auto b = of(dynamic_bill, dynamic);
    if (records_of(typed_bill) != records_of(dynamic_bill))
        return "another bill";
    return difference_between(a, b);
}

/// b=2 s=3 (m: h d)=4, each element another number.
[[nodiscard]] inline tensor<float, "b s (m: h d)"> merged(lie how = lie::packed) {
    return as<"b s (m: h d)">(counted<float>(axes("b s (m: h d)", {2, 3, 4}, {{"h", 2}}), how));
}
/// s=3 (h d)=4: an axis that is called by its factors.
[[nodiscard]] inline tensor<float, "s (h d)"> anonymous() {
    return as<"s (h d)">(counted<float>(axes("s (h d)", {3, 4}, {{"h", 2}})));
}
/// The same tensor with its names in its value.
template <element T>
[[nodiscard]] tensor<T> dynamic(const tensor<T>& x) {
    return x;
}

/// The category under which the compiler refuses a call, as text, or "nothing".
template <class Check>
[[nodiscard]] std::string refusal_of() {
    return Check::says.ok() ? "nothing" : std::string(to_string(Check::says.kind));
}

}  // namespace abax::testing
