#include <abax/account/cost.hpp>
#include <abax/account/counter_fields.hpp>

#include <utility>

namespace abax {

namespace {

constexpr const char* total_text = "a total of the ledger (128 bits)";

}  // namespace

std::string_view to_string(op_class kind) noexcept {
    switch (kind) {
    case op_class::contraction: return "contraction";
    case op_class::elementwise: return "elementwise";
    case op_class::reduction: return "reduction";
    case op_class::normalization: return "normalization";
    case op_class::movement: return "movement";
    case op_class::view: return "view";
    }
    return "?";
}

cost& cost::operator+=(const cost& other) {
    cost sum = *this;  // an overflow on the way leaves this price as it was
    for (const auto& field : counter_fields)
        sum.*field.price += other.*field.price;
    return *this = std::move(sum);
}

cost& cost::operator*=(std::int64_t times) {
    cost product = *this;
    for (const auto& field : counter_fields)
        product.*field.price *= polynomial(times);
    return *this = std::move(product);
}

int128 counters::flops() const {
    return checked_add(checked_add(flops_mm, flops_vec, total_text), specials, total_text);
}

int128 counters::bytes() const {
    return checked_add(bytes_read, bytes_written, total_text);
}

counters& counters::operator+=(const counters& other) {
    counters sum = *this;
    for (const auto& field : counter_fields)
        sum.*field.value = checked_add(sum.*field.value, other.*field.value, total_text);
    return *this = sum;
}

counters& counters::operator*=(std::int64_t times) {
    counters product = *this;
    for (const auto& field : counter_fields)
        product.*field.value = checked_mul<int128>(product.*field.value, times, total_text);
    return *this = product;
}

std::string equation::str() const {
    std::string text(whole.text());
    text += " = ";
    for (std::size_t i = 0; i < factors.size(); ++i) {
        text += i == 0 ? "" : "*";
        text += factors[i].text();
    }
    return factors.empty() ? text + '1' : text;
}

counters evaluate(const cost& price, const polynomial::lookup& value_of) {
    counters result;
    for (const auto& field : counter_fields)
        result.*field.value = (price.*field.price).at(value_of);
    return result;
}

counters evaluate(const priced_operation& what, std::span<const std::int64_t> extents) {
    return evaluate(what.price, [&](name variable) {
        for (std::size_t i = 0; i < what.variables.size(); ++i)
            if (what.variables[i] == variable)
                return extents[i];
        throw error(
            {.kind = category::other,
             .operation = what.operation,
             .message = "the price mentions an axis whose extent the record does not keep",
             .axis = std::string(variable.text()),
             .expected = "every name of the price among the variables",
             .got = std::string(variable.text())}
        );
    });
}

}  // namespace abax
