#pragma once

#include <abax/account/cost.hpp>
#include <abax/account/ledger.hpp>
#include <abax/core/callback.hpp>
#include <abax/shape/any_tensor.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace abax {

/// What one call touches, as far as its price depends on it: labelled shapes, element sizes, shared buffers.
///
/// Axes enter prices by name, unnamed ones as numbers, a remembering one as the product of its factors. A
/// name that has two extents in one call (the axis of a concat) enters as numbers too.
class call {
public:
    /// One operand or result.
    struct operand {
        shape axes = {};  ///< without axes that only repeat (stride 0): those are not read again
        std::int64_t element_bytes = 0;  ///< 1, 4 or 8
        bool written = false;            ///< a result; else it is read
        bool counted = true;             ///< false for a buffer that another operand reads already
    };

    /// A call that computes with elements of this type, which decides between FLOPs and `int_ops`.
    explicit call(dtype arithmetic) : arithmetic_(arithmetic) {}

    /// Adds an operand that is read. Equal ranges of one buffer are read once.
    call& reads(const any_tensor& x);
    /// Adds an operand that is read, by shape alone.
    call& reads(shape axes, dtype type);
    /// The operands so far are one buffer: only the first is read.
    call& reads_once();
    /// Adds a result that is written.
    call& writes(shape axes, dtype type);
    /// Adds a shape that only the price needs.
    call& knows(shape axes);
    /// What tells calls apart for a reader.
    call& detail(std::string text);
    /// The whole axis and the factors it was split into or merged from.
    call& states(equation whole_and_factors);

    /// In the order in which they were added: reads and writes as the verb states them.
    [[nodiscard]] const std::vector<operand>& operands() const noexcept { return operands_; }
    /// What `knows` added, in order.
    [[nodiscard]] const std::vector<shape>& known() const noexcept { return known_; }
    /// The element type that is computed with.
    [[nodiscard]] dtype arithmetic() const noexcept { return arithmetic_; }
    /// What a record shows beside the verb: "b s m, m o -> b s o".
    [[nodiscard]] const std::string& detail() const noexcept { return detail_; }
    /// What `states` added: splits and merges.
    [[nodiscard]] const std::vector<equation>& equations() const noexcept { return equations_; }

    /// The number of elements of `axes`, in names.
    [[nodiscard]] polynomial volume(const shape& axes) const;
    /// The same of the i-th operand.
    [[nodiscard]] polynomial volume(std::size_t i) const { return volume(operands_[i].axes); }

    /// The product of all distinct axes of these shapes.
    [[nodiscard]] polynomial distinct_volume(const std::vector<const shape*>& all) const;

    /// The names that occur with one extent, sorted, and that extent.
    [[nodiscard]] const std::vector<factor>& bindings() const;

    /// The extent of one axis, in names.
    [[nodiscard]] polynomial extent_of(const axis& a) const;

    /// A price with the bytes filled in (operands read, results written) and this arithmetic, which counts as
    /// FLOPs for floating elements and as `int_ops` for others.
    [[nodiscard]] cost with_bytes(polynomial vec, polynomial specials = {}) const;

    /// Whether an operand that is read has no elements: then nothing is computed.
    [[nodiscard]] bool is_empty() const;

    /// Appends what the price depends on: equal keys, equal prices.
    void append_key(std::string& key) const;

private:
    [[nodiscard]] bool has_one_extent(const factor& f) const;
    void bind(const shape& axes);

    std::vector<operand> operands_;
    std::vector<shape> known_;
    std::vector<equation> equations_;
    std::vector<std::pair<layout, buffer>> seen_;
    mutable std::vector<factor> bindings_;
    std::string detail_;
    dtype arithmetic_;
};

/// An operation: its name, its class, and its price. No operation runs without one.
template <class Op>
concept priced = requires(const Op& op, const call& c) {
    { op.operation() } -> std::convertible_to<std::string_view>;
    { op.kind() } -> std::same_as<op_class>;
    { op.price(c) } -> std::same_as<cost>;
};

namespace detail {

/// The price of a call, from the thread's cache or made by `make`.
std::shared_ptr<const priced_operation> price_of(
    std::string_view operation, op_class kind, const call& c, const callback<cost()>& make
);

/// Makes room for records to come in every open recording: what may fail fails before an element is touched.
/// @return  the number of open recordings
std::size_t reserve_records(std::size_t records, std::size_t extents);

/// Adds one record to every open recording. Allocates nothing if there is room for it.
/// @param parents    its parent's position in each, innermost first; none for a record that is no part
/// @param positions  if given, its own positions are added, innermost first
void enter(
    const std::shared_ptr<const priced_operation>& what,
    const call& c,
    double seconds,
    std::span<const std::int64_t> parents = {},
    std::vector<std::int64_t>* positions = nullptr
);

/// Now, by a clock that never goes back. Behind functions: <chrono> is long.
[[nodiscard]] std::int64_t clock_ticks() noexcept;
/// The time since then.
[[nodiscard]] double seconds_since(std::int64_t ticks) noexcept;

}  // namespace detail

/// Runs an operation and puts it on the bill: `describe` says what it touches (only asked when a recording is
/// open), `kernel` touches the elements (not called when dry). A kernel that throws leaves no record.
template <priced Op, class Describe, class Kernel>
void perform(const Op& op, bool dry, Describe&& describe, Kernel&& kernel) {
    if (recording::innermost() == nullptr) {
        if (!dry)
            kernel();
        return;
    }
    const call c = describe();
    const auto what = detail::price_of(op.operation(), op.kind(), c, [&] { return op.price(c); });
    detail::reserve_records(1, what->variables.size());
    double seconds = 0;
    if (!dry) {
        const std::int64_t start = detail::clock_ticks();
        kernel();
        seconds = detail::seconds_since(start);
    }
    detail::enter(what, c, seconds);
}

}  // namespace abax
