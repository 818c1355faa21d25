#pragma once

#include <abax/account/cost.hpp>
#include <abax/core/callback.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace abax {

class bill_cost;

/// One operation that ran: what it was, where, at which extents.
struct record {
    std::shared_ptr<const priced_operation> what;  ///< never null; shared by equal calls
    name scope = {};                               ///< path; "no name" at top level
    std::size_t first_extent = 0;  ///< of `what->variables`, in the ledger's extents
    std::int64_t parent = -1;      ///< the record this one is a part of, or -1
    double seconds = 0;            ///< wall time of the kernel; 0 when dry
};

/// How totals are grouped.
enum class grouping : std::uint8_t {
    scope,      ///< a row a path, "h.0/attention"
    operation,  ///< a row a verb, "dot"
    op_class    ///< a row a class, "contraction"
};

/// One row of a bill's totals.
struct bill_row {
    std::string label = {};  ///< the scope's path, the verb, or the class
    std::int64_t calls = 0;  ///< records, parts left out
    counters total = {};     ///< over these calls
    double seconds = 0;      ///< measured in kernels; 0 when dry
};

/// The account of what ran: exact counts by operation, scope and class, and symbolically.
///
/// Filled by a `recording` on it; a call that throws leaves no record. Parts of a record (its children)
/// are kept, and stay out of totals. Thread-safe.
class ledger {
public:
    ledger() = default;
    ///@{
    /// A copy of all records, consistent also while other threads add to `other`.
    ledger(const ledger& other);
    ledger& operator=(const ledger& other);
    ///@}
    ~ledger() = default;

    /// Number of records, children included.
    [[nodiscard]] std::size_t size() const;
    /// Whether nothing was recorded.
    [[nodiscard]] bool empty() const { return size() == 0; }

    /// A copy of the i-th record, in the order in which operations finished (a parent before its children).
    /// @throws abax::error  usage: there is no such record (so for `counted` and `extents`)
    [[nodiscard]] record at(std::size_t i) const;

    /// The counters of the i-th record: the value of its polynomials at its extents. @throws abax::error overflow
    [[nodiscard]] counters counted(std::size_t i) const;

    /// The extents of the i-th record's variables.
    [[nodiscard]] std::map<name, std::int64_t> extents(std::size_t i) const;

    /// Visits all records in order, children included, with the extents of their variables.
    /// `visit` must not use this ledger: it is locked meanwhile.
    void for_each(const callback<void(const record&, std::span<const std::int64_t>)>& visit) const;

    /// The sum over all records that are not part of another. @throws abax::error overflow
    [[nodiscard]] counters total() const;

    /// The sum over the records whose path is `scope` or lies in it: "h.0" holds "h.0/attention", not "h.01".
    /// Zero where nothing was recorded, and `total()` for "".
    [[nodiscard]] counters total_in(std::string_view scope) const;

    /// Totals by scope, operation or class, in order of first appearance; they sum to `total()`.
    /// A row has what was recorded in its own scope, without the scopes in it; outside of all scopes the label is "".
    [[nodiscard]] std::vector<bill_row> totals(grouping by) const;

    /// The whole bill as polynomials: print it, or ask what it would be at other extents.
    [[nodiscard]] bill_cost cost() const;

    /// A table for the terminal: a row a scope (or operation, class), and the total. `abax/report/table.hpp` has options.
    [[nodiscard]] std::string table(grouping by = grouping::scope) const;

    /// The whole bill as JSON; the schema is described in docs/ledger.md.
    [[nodiscard]] std::string json() const;

    /// Forgets all records and their extents.
    void clear();

    /// Makes room, so that as many records with as many extents in all are added without allocating (by this thread:
    /// others may fill the room meanwhile). @throws std::bad_alloc, and then nothing has changed
    void reserve(std::size_t records, std::size_t extents);

    /// Adds a record. Called once per operation, by the thread that ran it. `extents` in the order of `what->variables`.
    /// Allocates only when the ledger outgrows its room, which then doubles.
    /// @return its position in this ledger, for children to name as `parent`
    /// @throws abax::error  usage: no operation, a parent that is not here, or not one extent for each variable
    std::int64_t add(
        std::shared_ptr<const priced_operation> what,
        name scope,
        std::span<const std::int64_t> extents,
        double seconds,
        std::int64_t parent = -1
    );

private:
    [[nodiscard]] const record& checked(std::size_t i) const;
    [[nodiscard]] std::span<const std::int64_t> extents_of(const record& r) const;

    mutable std::mutex guard_;
    std::vector<record> records_;
    std::vector<std::int64_t> extents_;
};

/// While one lives, each operation of this thread enters the bill. Recordings nest: all open ones get each record.
///
/// A bill gets each record once: opening one within another on the same bill changes nothing.
class recording {
public:
    /// Opens it on this thread. The bill must outlive the recording.
    [[nodiscard("a recording without a name ends at once")]] explicit recording(ledger& bill
    ) noexcept;
    ~recording();
    recording(const recording&) = delete;
    recording& operator=(const recording&) = delete;

    /// The innermost open recording of this thread, or null: the one predictable branch of an operation that is not billed.
    [[nodiscard]] static const recording* innermost() noexcept;

    /// The bill that it fills.
    [[nodiscard]] ledger& bill() const noexcept { return *bill_; }
    /// The recording that this one is nested in, or null.
    [[nodiscard]] const recording* outer() const noexcept { return outer_; }

private:
    ledger* bill_;
    const recording* outer_;
};

/// While one lives, products over both axes count as useful only what a causal mask leaves:
/// query i sees keys 0 .. i + (keys - queries), which is q*k - (q^2 - q)/2 pairs.
class causal_mask {
public:
    /// @throws abax::error  usage: a name is missing, or both are one
    [[nodiscard("a causal_mask without a name ends at once"
    )]] causal_mask(std::string_view queries, std::string_view keys);
    ~causal_mask();
    causal_mask(const causal_mask&) = delete;
    causal_mask& operator=(const causal_mask&) = delete;

    /// The mask opened last on this thread, or null.
    [[nodiscard]] static const causal_mask* innermost() noexcept;
    /// The axis of the queries, s.
    [[nodiscard]] name queries() const noexcept { return queries_; }
    /// The axis of the keys, s'.
    [[nodiscard]] name keys() const noexcept { return keys_; }
    /// The mask that this one is nested in, or null: for products over other axes.
    [[nodiscard]] const causal_mask* outer() const noexcept { return outer_; }

private:
    name queries_;
    name keys_;
    const causal_mask* outer_;
};

}  // namespace abax
