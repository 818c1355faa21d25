#include <abax/core/error.hpp>
#include <abax/report/fold.hpp>
#include <abax/report/scope_tree.hpp>
#include <abax/report/table.hpp>
#include <abax/report/units.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace abax {

namespace {

using cells = std::vector<std::string>;
constexpr std::string_view gap = "  ";
constexpr std::size_t narrowest_label = 12;

void require_rates(const machine& m) {
    if (m.flops_per_second > 0 && m.bytes_per_second > 0)
        return;
    throw error(
        {.kind = category::usage,
         .operation = "table",
         .message = "a machine needs FLOPs and bytes per second to say what binds",
         .expected = "two rates above 0",
         .got = three_digits(m.flops_per_second) + " FLOP/s and " + three_digits(m.bytes_per_second)
              + " B/s"}
    );
}

std::string intensity_text(const counters& total) {
    if (total.bytes() == 0)
        return "-";
    return three_digits(static_cast<double>(total.flops()) / static_cast<double>(total.bytes()));
}

std::string bound_text(const counters& total, const machine& m) {
    if (total.flops() == 0 && total.bytes() == 0)
        return "-";
    const bool reaches_ridge =
        static_cast<double>(total.flops()) >= m.ridge() * static_cast<double>(total.bytes());
    return reaches_ridge ? "compute" : "memory";
}

cells header(std::string_view label, const table_options& options) {
    cells row{
        std::string(label),
        "calls",
        "FLOPs",
        "mm",
        "read",
        "written",
        "FLOP/byte",
        "seconds",
        "GFLOP/s"};
    if (options.on)
        row.emplace_back("bound");
    return row;
}

cells row_of(const bill_row& row, std::size_t depth, const table_options& options) {
    const counters& total = row.total;
    const bool is_timed = row.seconds > 0;
    const double rate = static_cast<double>(total.flops()) / 1e9 / row.seconds;
    cells result{
        std::string(2 * depth, ' ') + row.label,
        std::to_string(row.calls),
        si_count(total.flops()),
        si_count(total.flops_mm),
        si_bytes(total.bytes_read),
        si_bytes(total.bytes_written),
        intensity_text(total),
        is_timed ? si_seconds(row.seconds) : "-",
        is_timed ? three_digits(rate) : "-"};
    if (options.on)
        result.push_back(bound_text(total, *options.on));
    return result;
}

std::vector<std::size_t> widths_of(const std::vector<cells>& rows, std::size_t page) {
    std::vector<std::size_t> widths(rows.front().size());
    for (const cells& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], columns(row[i]));
    std::size_t numbers = 0;
    for (std::size_t i = 1; i < widths.size(); ++i)
        numbers += gap.size() + widths[i];
    const std::size_t room = page > numbers ? page - numbers : 0;
    widths[0] = std::min(widths[0], std::max(room, narrowest_label));
    return widths;
}

// Labels and words start their column, numbers end it.
std::string line(const cells& row, const std::vector<std::size_t>& widths, bool has_bound) {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string cell = elided(row[i], widths[i]);
        const std::string space(widths[i] - columns(cell), ' ');
        const bool is_left = i == 0 || (has_bound && i + 1 == row.size());
        text += i == 0 ? "" : gap;
        text += is_left ? cell + space : space + cell;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text + '\n';
}

std::string legend(const table_options& options) {
    std::string text = "k, M, G, T ... are powers of 1000; bytes count operation by operation";
    if (!options.on)
        return text + '\n';
    const std::string on = options.on->name.empty() ? "" : " on " + options.on->name;
    return text + "\nbound" + on + ": compute from " + three_digits(options.on->ridge())
         + " FLOP/byte\n";
}

std::string print(
    std::string_view label, const std::vector<tree_row>& rows, const table_options& options
) {
    if (options.on)
        require_rates(*options.on);
    bill_row total{.label = "total"};
    std::vector<cells> lines{header(label, options)};
    for (const auto& [depth, row] : rows) {
        lines.push_back(row_of(row, depth, options));
        if (depth > 0)
            continue;  // a part of the row above
        total.calls += row.calls;
        total.total += row.total;
        total.seconds += row.seconds;
    }
    lines.push_back(row_of(total, 0, options));
    const auto widths = widths_of(lines, options.width);
    std::string text;
    for (const cells& row : lines)
        text += line(row, widths, options.on.has_value());
    return text + legend(options);
}

std::string_view heading(grouping by) {
    switch (by) {
    case grouping::scope: return "scope";
    case grouping::operation: return "operation";
    case grouping::op_class: return "class";
    }
    return "";
}

std::string record_label(const folded_row& row) {
    std::string text = row.what->operation;
    if (!row.what->detail.empty())
        text += ' ' + row.what->detail;
    if (!row.extents.empty())
        text += "  " + row.extents_text();
    return text;
}

// Parts follow what they are parts of, wherever they first appeared.
void list_parts(
    const std::vector<folded_row>& rows,
    std::int64_t parent,
    std::size_t depth,
    std::vector<tree_row>& listed
) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].parent != parent)
            continue;
        const folded_row& row = rows[i];
        listed.push_back({depth, {record_label(row), row.calls, row.total, row.seconds}});
        list_parts(rows, static_cast<std::int64_t>(i), depth + 1, listed);
    }
}

}  // namespace

std::string table(const ledger& bill, const table_options& options) {
    const auto totals = bill.totals(options.by);
    std::vector<tree_row> rows;
    if (options.by == grouping::scope)
        rows = scope_tree(totals, options.fold_layers);
    else
        for (const bill_row& row : totals)
            rows.push_back({0, row});
    return print(heading(options.by), rows, options);
}

std::string record_table(const ledger& bill, const table_options& options) {
    std::vector<tree_row> rows;
    list_parts(folded(bill), -1, 0, rows);
    return print("operation", rows, options);
}

std::string ledger::table(grouping by) const {
    return abax::table(*this, {.by = by});
}

}  // namespace abax
