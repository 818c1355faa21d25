#include <abax/account/bill_cost.hpp>
#include <abax/account/counter_fields.hpp>
#include <abax/account/ledger.hpp>
#include <abax/report/fold.hpp>

#include <nlohmann/json.hpp>

#include <set>
#include <string>

namespace abax {

namespace {

using json = nlohmann::ordered_json;

constexpr int schema_version = 1;

// Most readers hold numbers as doubles, which are exact below 2^53 only.
json exact(int128 value) {
    constexpr int128 limit = int128{1} << 53;
    if (value > -limit && value < limit)
        return static_cast<std::int64_t>(value);
    return to_string(value);
}

void put_sums(json& object, std::int64_t calls, const counters& total, double seconds) {
    object["calls"] = calls;
    object["flops"] = exact(total.flops());
    for (const auto& field : counter_fields)
        object[std::string(field.name)] = exact(total.*field.value);
    object["bytes"] = exact(total.bytes());
    object["seconds"] = seconds;
}

json totals_of(const std::vector<bill_row>& rows) {
    bill_row sum;
    for (const bill_row& row : rows) {
        sum.calls += row.calls;
        sum.total += row.total;
        sum.seconds += row.seconds;
    }
    json object;
    put_sums(object, sum.calls, sum.total, sum.seconds);
    return object;
}

json rows_of(const std::vector<bill_row>& rows, const char* key) {
    json array = json::array();
    for (const bill_row& row : rows) {
        json object;
        object[key] = row.label;
        put_sums(object, row.calls, row.total, row.seconds);
        array.push_back(std::move(object));
    }
    return array;
}

json polynomials_of(const cost& price) {
    json object;
    for (const auto& field : counter_fields)
        object[std::string(field.name)] = (price.*field.price).str();
    return object;
}

json equations_of(const bill_cost& bill) {
    std::set<std::string> texts;  // sorted: the same file for the same bill
    for (const auto& group : bill.groups())
        for (const equation& e : group.what->equations)
            texts.insert(e.str());
    return json(texts);
}

json record_of(const folded_row& row) {
    json extents = json::object();
    for (const auto& [axis, range] : row.extents)
        extents[std::string(axis.text())] = {range.min, range.max};
    json object{
        {"operation", row.what->operation},
        {"class", to_string(row.what->kind)},
        {"detail", row.what->detail},
        {"scope", row.scope.text()},
        {"extents", std::move(extents)}};
    put_sums(object, row.calls, row.total, row.seconds);
    object["parent"] = row.parent;
    return object;
}

}  // namespace

std::string ledger::json() const {
    const ledger bill(*this);  // all parts of one moment, also while other threads record
    const bill_cost symbolic = bill.cost();
    const auto scopes = bill.totals(grouping::scope);
    abax::json document{{"schema", "abax.bill"}, {"version", schema_version}};
    document["totals"] = totals_of(scopes);
    document["by_scope"] = rows_of(scopes, "scope");
    document["by_operation"] = rows_of(bill.totals(grouping::operation), "operation");
    document["by_class"] = rows_of(bill.totals(grouping::op_class), "class");
    document["cost"] = polynomials_of(symbolic.total());
    document["equations"] = equations_of(symbolic);
    document["records"] = abax::json::array();
    for (const folded_row& row : folded(bill))
        document["records"].push_back(record_of(row));
    // A label that is no UTF-8 must not cost the reader the whole bill.
    return document.dump(2, ' ', false, abax::json::error_handler_t::replace);
}

}  // namespace abax
