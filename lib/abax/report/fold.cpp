#include <abax/account/operation_index.hpp>
#include <abax/report/fold.hpp>

#include <tuple>

namespace abax {

namespace {

// One pass over a bill's records; knows to which row each earlier record went.
class folding {
public:
    void add(const record& r, std::span<const std::int64_t> extents) {
        const std::int64_t parent =
            r.parent == -1 ? -1 : row_of_record_[static_cast<std::size_t>(r.parent)];
        const key same{operations_.number(*r.what), r.scope, parent};
        const auto [found, is_new] = row_of_.try_emplace(same, rows_.size());
        if (is_new)
            rows_.push_back({.what = r.what, .scope = r.scope, .parent = parent});
        row_of_record_.push_back(static_cast<std::int64_t>(found->second));
        add_to(rows_[found->second], r, extents);
    }

    std::vector<folded_row> take_rows() && { return std::move(rows_); }

private:
    using key = std::tuple<std::size_t, name, std::int64_t>;

    static void add_to(folded_row& row, const record& r, std::span<const std::int64_t> extents) {
        row.calls += 1;
        row.total += evaluate(*r.what, extents);
        row.seconds += r.seconds;
        for (std::size_t i = 0; i < extents.size(); ++i)
            row.extents.try_emplace(r.what->variables[i], extent_range{extents[i], extents[i]})
                .first->second.include(extents[i]);
    }

    std::vector<folded_row> rows_;
    std::map<key, std::size_t> row_of_;
    std::vector<std::int64_t> row_of_record_;
    operation_index operations_;
};

}  // namespace

std::string folded_row::extents_text() const {
    std::string text;
    for (const auto& [axis, range] : extents) {
        text += text.empty() ? "" : " ";
        text += axis.text();
        text += '=' + range.str();
    }
    return text;
}

std::vector<folded_row> folded(const ledger& bill) {
    folding rows;
    bill.for_each([&](const record& r, std::span<const std::int64_t> extents) {
        rows.add(r, extents);
    });
    return std::move(rows).take_rows();
}

}  // namespace abax
