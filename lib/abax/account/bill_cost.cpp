#include <abax/account/bill_cost.hpp>
#include <abax/account/operation_index.hpp>
#include <abax/account/what_if.hpp>

#include <ostream>

namespace abax {

namespace {

void require_extents(const bill_cost::group& g) {
    if (g.what != nullptr && g.extents.size() == g.what->variables.size())
        return;
    throw error(
        {.kind = category::usage,
         .operation = "bill_cost",
         .message = "a group needs an operation, and an extent for each of its variables",
         .expected = g.what == nullptr ? "an operation"
                                       : std::to_string(g.what->variables.size()) + " extents",
         .got = g.what == nullptr ? "none" : std::to_string(g.extents.size())}
    );
}

// A decode loop has a group a token, and few distinct operations: each is added once.
cost sum_of(const std::vector<bill_cost::group>& groups) {
    operation_index operations;
    std::vector<std::pair<const priced_operation*, std::int64_t>> calls_of;
    for (const auto& g : groups) {
        const std::size_t number = operations.number(*g.what);
        if (number == calls_of.size())
            calls_of.emplace_back(g.what.get(), 0);
        calls_of[number].second += g.calls;
    }
    cost total;
    for (const auto& [what, calls] : calls_of) {
        cost price = what->price;
        total += price *= calls;
    }
    return total;
}

}  // namespace

bill_cost::bill_cost(std::vector<group> groups) : groups_(std::move(groups)) {
    for (const group& g : groups_)
        require_extents(g);
    total_ = sum_of(groups_);
}

counters bill_cost::value() const {
    return what_if(groups_, {}).answer();
}

counters bill_cost::at(std::initializer_list<std::pair<std::string_view, std::int64_t>> extents
) const {
    return at(std::span(extents.begin(), extents.size()));
}

counters bill_cost::at(std::span<const std::pair<std::string_view, std::int64_t>> extents) const {
    return what_if(groups_, extents).answer();
}

std::string bill_cost::str() const {
    return (total_.flops_mm + total_.flops_vec + total_.specials).str();
}

std::ostream& operator<<(std::ostream& out, const bill_cost& bill) {
    return out << bill.str();
}

}  // namespace abax
