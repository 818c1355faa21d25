#pragma once

#include <abax/account/bill_cost.hpp>
#include <abax/account/ledger.hpp>
#include <abax/account/scope.hpp>
#include <abax/core/error.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Operations priced by hand, so that these tests need no floor above the ledger.
namespace bills {

using abax::bill_cost;
using abax::category;
using abax::counters;
using abax::grouping;
using abax::int128;
using abax::ledger;
using abax::name;
using abax::op_class;
using abax::polynomial;
using abax::priced_operation;
using operation = std::shared_ptr<const priced_operation>;
using extents = std::map<std::string, std::int64_t>;

inline polynomial var(std::string_view text) {
    return polynomial(name(text));
}

inline std::vector<name> names(std::initializer_list<std::string_view> texts) {
    std::vector<name> result;
    for (const auto text : texts)
        result.emplace_back(text);
    return result;
}

/// scores = q k^T: b h s d, b h s' d -> b h s s'; float32. The mask, if any, is causal.
inline operation scores(bool masked = false) {
    const polynomial bhd = var("b") * var("h") * var("d");
    const polynomial pairs = var("s") * var("s'");
    const polynomial seen = pairs - (var("s") * var("s") - var("s")).over(2);
    priced_operation what{.operation = "dot", .kind = op_class::contraction};
    what.detail = "b h s d, b h s' d -> b h s s'";
    what.price.flops_mm = 2 * bhd * pairs;
    what.price.flops_mm_useful = 2 * bhd * (masked ? seen : pairs);
    what.price.bytes_read = 4 * bhd * (var("s") + var("s'"));
    what.price.bytes_written = 4 * var("b") * var("h") * pairs;
    what.variables = names({"b", "d", "h", "s", "s'"});
    return std::make_shared<const priced_operation>(std::move(what));
}

/// softmax over s' of b h s s'.
inline operation softmax() {
    const polynomial rows = var("b") * var("h") * var("s");
    priced_operation what{.operation = "softmax", .kind = op_class::normalization};
    what.price.flops_vec = 4 * rows * var("s'") - 2 * rows;
    what.price.specials = rows * var("s'");
    what.price.bytes_read = 4 * rows * var("s'");
    what.price.bytes_written = 4 * rows * var("s'");
    what.variables = names({"b", "h", "s", "s'"});
    return std::make_shared<const priced_operation>(std::move(what));
}

/// b s m -> b s (h d): a view that adds m = h*d to the bill.
inline operation split() {
    priced_operation what{.operation = "rearrange", .detail = "b s (h d) -> b h s d"};
    what.variables = names({"b", "d", "h", "m", "s"});
    what.equations = {{name("m"), names({"h", "d"})}};
    return std::make_shared<const priced_operation>(std::move(what));
}

/// An element-wise operation on `axes`: as many FLOPs as elements, float32.
inline operation relu(std::initializer_list<std::string_view> axes) {
    polynomial elements(1);
    for (const auto axis : axes)
        elements *= var(axis);
    priced_operation what{.operation = "relu", .kind = op_class::elementwise};
    what.price.flops_vec = elements;
    what.price.bytes_read = 4 * elements;
    what.price.bytes_written = 4 * elements;
    what.variables = elements.variables();
    return std::make_shared<const priced_operation>(std::move(what));
}

/// As the ops floor does it: to `bill`, in the scope of this thread.
inline std::int64_t add(
    ledger& bill,
    const operation& what,
    const extents& at,
    double seconds = 0,
    std::int64_t parent = -1
) {
    std::vector<std::int64_t> values;
    for (const name n : what->variables)
        values.push_back(at.at(std::string(n.text())));
    return bill.add(what, abax::scope::current(), values, seconds, parent);
}

/// As the ops floor does it: to every open recording of this thread.
inline void record(const operation& what, const extents& at) {
    for (auto* open = abax::recording::innermost(); open != nullptr; open = open->outer())
        add(open->bill(), what, at);
}

/// The error that `body` throws, or nothing.
template <class Body>
[[nodiscard]] std::optional<abax::diagnosis> error_of(Body&& body) {
    try {
        body();
    } catch (const abax::error& e) {
        return e.details();
    }
    return std::nullopt;
}

}  // namespace bills
