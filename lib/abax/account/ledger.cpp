#include <abax/account/bill_cost.hpp>
#include <abax/account/ledger.hpp>
#include <abax/account/operation_index.hpp>
#include <abax/account/scope.hpp>
#include <abax/core/error.hpp>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace abax {

namespace {

std::string_view label_of(const record& r, grouping by) {
    switch (by) {
    case grouping::scope: return r.scope.text();
    case grouping::operation: return r.what->operation;
    case grouping::op_class: return to_string(r.what->kind);
    }
    return {};
}

bool is_part(const record& r) {
    return r.parent != -1;
}

[[noreturn]] void refuse(std::string message, std::string expected, std::string got) {
    throw error(
        {.kind = category::usage,
         .operation = "ledger",
         .message = std::move(message),
         .expected = std::move(expected),
         .got = std::move(got)}
    );
}

}  // namespace

ledger::ledger(const ledger& other) {
    const std::lock_guard lock(other.guard_);
    records_ = other.records_;
    extents_ = other.extents_;
}

ledger& ledger::operator=(const ledger& other) {
    ledger copied(other);  // never both locks at once: a = b and b = a may run at the same time
    const std::lock_guard lock(guard_);
    records_ = std::move(copied.records_);
    extents_ = std::move(copied.extents_);
    return *this;
}

std::size_t ledger::size() const {
    const std::lock_guard lock(guard_);
    return records_.size();
}

record ledger::at(std::size_t i) const {
    const std::lock_guard lock(guard_);
    return checked(i);
}

counters ledger::counted(std::size_t i) const {
    const std::lock_guard lock(guard_);
    const record& r = checked(i);
    return evaluate(*r.what, extents_of(r));
}

std::map<name, std::int64_t> ledger::extents(std::size_t i) const {
    const std::lock_guard lock(guard_);
    const record& r = checked(i);
    const auto values = extents_of(r);
    std::map<name, std::int64_t> result;
    for (std::size_t v = 0; v < values.size(); ++v)
        result.emplace(r.what->variables[v], values[v]);
    return result;
}

void ledger::for_each(const callback<void(const record&, std::span<const std::int64_t>)>& visit
) const {
    const std::lock_guard lock(guard_);
    for (const record& r : records_)
        visit(r, extents_of(r));
}

counters ledger::total() const {
    return total_in({});
}

counters ledger::total_in(std::string_view scope) const {
    counters sum;
    for_each([&](const record& r, std::span<const std::int64_t> extents) {
        if (!is_part(r) && lies_in(r.scope.text(), scope))
            sum += evaluate(*r.what, extents);
    });
    return sum;
}

std::vector<bill_row> ledger::totals(grouping by) const {
    std::vector<bill_row> rows;
    std::unordered_map<std::string_view, std::size_t> row_of;
    for_each([&](const record& r, std::span<const std::int64_t> extents) {
        if (is_part(r))
            return;
        const std::string_view label = label_of(r, by);
        const auto [found, is_new] = row_of.try_emplace(label, rows.size());
        if (is_new)
            rows.push_back({.label = std::string(label)});
        bill_row& row = rows[found->second];
        row.calls += 1;
        row.total += evaluate(*r.what, extents);
        row.seconds += r.seconds;
    });
    return rows;
}

bill_cost ledger::cost() const {
    std::vector<bill_cost::group> groups;
    operation_index operations;
    std::map<std::pair<std::size_t, std::vector<std::int64_t>>, std::size_t> group_of;
    for_each([&](const record& r, std::span<const std::int64_t> extents) {
        if (is_part(r))
            return;
        std::vector<std::int64_t> values(extents.begin(), extents.end());
        const auto [found, is_new] =
            group_of.try_emplace({operations.number(*r.what), values}, groups.size());
        if (is_new)
            groups.push_back({r.what, std::move(values), 0});
        groups[found->second].calls += 1;
    });
    return bill_cost(std::move(groups));
}

void ledger::clear() {
    const std::lock_guard lock(guard_);
    records_.clear();
    extents_.clear();
}

void ledger::reserve(std::size_t records, std::size_t extents) {
    // Doubling, as push_back would: room for one more at a time would copy the ledger for each record.
    const auto with_room_for = [](auto& list, std::size_t more) {
        if (list.capacity() - list.size() < more)
            list.reserve(std::max(list.size() + more, 2 * list.capacity()));
    };
    const std::lock_guard lock(guard_);
    with_room_for(records_, records);
    with_room_for(extents_, extents);
}

std::int64_t ledger::add(
    std::shared_ptr<const priced_operation> what,
    name scope,
    std::span<const std::int64_t> extents,
    double seconds,
    std::int64_t parent
) {
    if (what == nullptr)
        refuse("a record needs an operation", "a priced operation", "none");
    if (extents.size() != what->variables.size())
        refuse(
            "a record of " + what->operation + " needs an extent for each of its variables",
            std::to_string(what->variables.size()) + " extents",
            std::to_string(extents.size())
        );
    const std::lock_guard lock(guard_);
    const auto position = static_cast<std::int64_t>(records_.size());
    if (parent < -1 || parent >= position)
        refuse(
            "a record can be a part of an earlier one only",
            "-1, or a record before " + std::to_string(position),
            std::to_string(parent)
        );
    const std::size_t first = extents_.size();
    extents_.insert(extents_.end(), extents.begin(), extents.end());
    records_.push_back({std::move(what), scope, first, parent, seconds});
    return position;
}

const record& ledger::checked(std::size_t i) const {
    if (i >= records_.size())
        refuse(
            "there is no such record",
            "a number below " + std::to_string(records_.size()),
            std::to_string(i)
        );
    return records_[i];
}

std::span<const std::int64_t> ledger::extents_of(const record& r) const {
    return std::span(extents_).subspan(r.first_extent, r.what->variables.size());
}

}  // namespace abax
