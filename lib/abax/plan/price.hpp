#pragma once

#include <abax/account/cost.hpp>
#include <abax/account/ledger.hpp>
#include <abax/shape/any_tensor.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
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
        std::int64_t element_bytes = 0;
        bool written = false;
        bool counted = true;  ///< false for a buffer that another operand reads already
    };

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

    [[nodiscard]] const std::vector<operand>& operands() const noexcept { return operands_; }
    [[nodiscard]] const std::vector<shape>& known() const noexcept { return known_; }
    [[nodiscard]] dtype arithmetic() const noexcept { return arithmetic_; }
    [[nodiscard]] const std::string& detail() const noexcept { return detail_; }
    [[nodiscard]] const std::vector<equation>& equations() const noexcept { return equations_; }

    /// The number of elements of `axes`, in names.
    [[nodiscard]] polynomial volume(const shape& axes) const;
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
    std::string_view operation, op_class kind, const call& c, const std::function<cost()>& make
);

/// Adds one record to every open recording; returns its position in each, innermost first.
std::vector<std::int64_t> enter(
    const std::shared_ptr<const priced_operation>& what,
    const call& c,
    double seconds,
    const std::vector<std::int64_t>& parents = {}
);

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
    double seconds = 0;
    if (!dry) {
        const auto start = std::chrono::steady_clock::now();
        kernel();
        seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }
    detail::enter(what, c, seconds);
}

}  // namespace abax
