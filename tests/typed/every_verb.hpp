#pragma once

#include <abax/account/bill_cost.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/order.hpp>
#include <abax/ops/pack.hpp>
#include <abax/ops/rope.hpp>
#include <abax/ops/typed_create.hpp>
#include <abax/shape/axis_table.hpp>

#include "../laws/grid.hpp"
#include "../ops/support.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// One table of all verbs in two forms: with names in angle brackets, on operands with names in their types, and without, on the same
/// operands as `any_tensor`.
namespace abax::testing {

/// The operands of the table, with elements or dry. No two axes that differ have one extent, but s and s', i and i'.
struct operands {
    bool is_dry = false;

    template <element T, static_axes Axes>
    [[nodiscard]] tensor<T, Axes> make(const extents& shape, axis_sizes sizes = {}) const {
        if (is_dry)
            return dry<T, Axes>(shape, sizes);
        return as<Axes>(counted<T>(axes(Axes.view(), shape, sizes)));
    }
    // Numbers from 0 up to, and never equal to, `below`.
    template <element T, static_axes Axes>
    [[nodiscard]] tensor<T, Axes> below(std::int64_t end, const extents& shape) const {
        if (is_dry)
            return dry<T, Axes>(shape);
        const auto value = [&](std::int64_t i) { return (i * 3 + 1) % end; };
        return as<Axes>(laid<T>(axes(Axes.view(), shape), lie::packed, value));
    }

    tensor<float, "b s m"> x = make<float, "b s m">({2, 3, 8});
    tensor<float, "s m"> y = make<float, "s m">({3, 8});
    tensor<float, "m s"> turned = make<float, "m s">({8, 3});
    tensor<float, "m"> bias = make<float, "m">({8});
    tensor<float, "m"> gain = make<float, "m">({8});
    tensor<float, "b h s d"> q = make<float, "b h s d">({2, 2, 3, 4});
    tensor<float, "b h s' d"> k = make<float, "b h s' d">({2, 2, 3, 4});
    tensor<float, "b h s' d"> v = make<float, "b h s' d">({2, 2, 3, 4});
    tensor<float, "b h s s'"> scores = make<float, "b h s s'">({2, 2, 3, 3});
    tensor<bool, "s s'"> mask = make<bool, "s s'">({3, 3});
    tensor<float, "v m"> table = make<float, "v m">({5, 8});
    tensor<float, "m f"> w = make<float, "m f">({8, 7});
    tensor<std::int64_t, "b s"> ids = below<std::int64_t, "b s">(5, {2, 3});
    tensor<std::int32_t, "b s m"> places = below<std::int32_t, "b s m">(3, {2, 4, 8});
    tensor<float, "b s v"> logits = make<float, "b s v">({2, 3, 5});
    tensor<float, "b s (m: h d)"> merged = make<float, "b s (m: h d)">({2, 3, 8}, {{"h", 2}});
    tensor<float, "s (h d)"> anonymous = make<float, "s (h d)">({3, 8}, {{"h", 2}});
    tensor<float, "b 1 m"> unit = make<float, "b 1 m">({2, 1, 8});
    tensor<float, "i i'"> square = make<float, "i i'">({3, 3});
    tensor<float, "n b"> lone = make<float, "n b">({1, 2});
    tensor<bool, "b s"> flags = make<bool, "b s">({2, 3});
    tensor<bool, "s"> few_flags = make<bool, "s">({3});
    tensor<std::int32_t, "b s"> counts = below<std::int32_t, "b s">(7, {2, 3});
    tensor<float, ""> number = make<float, "">({});
};

/// What a call gives, taken apart.
struct outcome {
    std::vector<any_tensor> values = {};
    std::vector<std::optional<std::string>> axes = {};  ///< those of the type, where it has any
    std::vector<std::int64_t> numbers = {};

    void add(const any_tensor& x) {
        values.push_back(x);
        axes.emplace_back();
    }
    template <element T, static_axes Axes>
    void add(const tensor<T, Axes>& x) {
        static_assert(
            Axes.is != static_axes::state::refused && Axes.is != static_axes::state::faulty
        );
        values.push_back(x.any());
        axes.emplace_back();
        if constexpr (Axes != names_in_value)
            axes.back() = std::string(tensor<T, Axes>::static_names.view());
    }
    template <class X>
    void add(const std::vector<X>& parts) {
        numbers.push_back(static_cast<std::int64_t>(parts.size()));
        for (const X& part : parts)
            add(part);
    }
    template <class X, std::size_t N>
    void add(const std::array<X, N>& parts) {
        add(std::vector<X>(parts.begin(), parts.end()));
    }
    template <class X>
    void add(const packed<X>& all) {
        add(all.values);
        add(all.shapes);
    }
    template <class X>
    void add(const topk_result<X>& both) {
        add(both.values);
        add(both.indices);
    }
    template <class Values, class Indices>
    requires requires(const Values& v) { v.values; }
    void add(const std::pair<Values, Indices>& both) {
        add(both.first);
        add(both.second);
    }
    void add(const any_rope_table& both) {
        add(both.cosines);
        add(both.sines);
    }
    template <std::floating_point T, static_axes Axes>
    void add(const rope_table<T, Axes>& both) {
        add(both.cosines);
        add(both.sines);
    }
    void add(const axis_size& size) { numbers.push_back(size.extent); }
    void add(std::int64_t number) { numbers.push_back(number); }
    void add(double number) { numbers.push_back(static_cast<std::int64_t>(number * 1e9)); }
};

/// Whether the names of a type are those of the value: "1" and "_" for an axis without one.
[[nodiscard]] inline bool has_axes(const any_tensor& x, std::string_view promised) {
    const axis_table axes(promised);
    if (axes.rank() != x.rank())
        return false;
    for (std::size_t i = 0; i < x.rank(); ++i)
        if (axes[i].is_named()
                ? axis_text(x.shape()[i]) != axes[i].text
                : x.shape()[i].label || (axes[i].text == "1" && x.shape()[i].extent != 1))
            return false;
    return true;
}

/// Where the typed form gives, or bills, something else than the dynamic one; "" if it does not.
[[nodiscard]] inline std::string difference_of(
    const std::function<outcome()>& typed, const std::function<outcome()>& dynamic
) {
    ledger typed_bill;
    ledger dynamic_bill;
    const auto under = [](ledger& bill, const std::function<outcome()>& body) {
        const recording on(bill);
        return body();
    };
    const outcome a = under(typed_bill, typed);
    const outcome b = under(dynamic_bill, dynamic);
    if (a.numbers != b.numbers || a.values.size() != b.values.size())
        return "other numbers, or another number of results";
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        const any_tensor& x = a.values[i];
        const any_tensor& y = b.values[i];
        const std::string got = "(" + x.shape().str() + ")";
        if (x.type() != y.type() || x.shape() != y.shape() || x.is_dry() != y.is_dry())
            return got + " for (" + y.shape().str() + ")";
        if (a.axes[i] && !has_axes(x, *a.axes[i]))
            return "the type says (" + *a.axes[i] + "), the value " + got;
        if (!x.is_dry() && laws::bits_of(x) != laws::bits_of(y))
            return "other elements in " + got;
    }
    if (records_of(typed_bill) != records_of(dynamic_bill))
        return "another bill";
    return typed_bill.cost().str() == dynamic_bill.cost().str() ? "" : "another price";
}

/// One call in both forms.
struct verb_row {
    std::string verb;  ///< as docs/verbs.md writes it
    std::string call;  ///< what else tells it from other rows
    std::function<std::string(const operands&)> difference;
};
using verb_rows = std::vector<verb_row>;

/// A row from two functions of the operands; either gets copies of its own.
template <class Typed, class Dynamic>
[[nodiscard]] verb_row row(
    std::string verb, std::string call, const Typed& typed, const Dynamic& dynamic
) {
    return {std::move(verb), std::move(call), [typed, dynamic](const operands& given) {
                const auto in = [&given](const auto& form) {
                    return [&given, &form] {
                        operands own = given;
                        outcome result;
                        result.add(form(own));
                        return result;
                    };
                };
                return difference_of(in(typed), in(dynamic));
            }};
}

[[nodiscard]] verb_rows elementwise_rows();
[[nodiscard]] verb_rows pattern_rows();
[[nodiscard]] verb_rows axis_rows();
[[nodiscard]] verb_rows view_rows();
[[nodiscard]] verb_rows created_rows();

}  // namespace abax::testing

/// A row whose typed and dynamic calls are expressions of `o`, the operands.
#define ABAX_ROW(verb, typed, dynamic)                                                             \
    testing::row(                                                                                  \
        verb,                                                                                      \
        #typed,                                                                                    \
        [](testing::operands& o) {                                                                 \
            (void)o;                                                                               \
            return typed;                                                                          \
        },                                                                                         \
        [](testing::operands& o) {                                                                 \
            (void)o;                                                                               \
            return dynamic;                                                                        \
        }                                                                                          \
    )
