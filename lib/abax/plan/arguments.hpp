#pragma once

#include <abax/core/name.hpp>
#include <abax/plan/pattern_literal.hpp>
#include <abax/shape/axis_size.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace abax {

/// The extents passed to a verb, in the order in which they were passed.
class axis_sizes {
public:
    axis_sizes() = default;  ///< no sizes: the shapes tell all
    ///@{
    /// Refers to the list, which outlives the call it is passed to; the verb checks it.
    axis_sizes(std::initializer_list<axis_size> sizes)  // NOLINT(google-explicit-constructor)
        : view_(sizes.begin(), sizes.size()) {}
    axis_sizes(std::span<const axis_size> sizes)
        : view_(sizes) {}  // NOLINT(google-explicit-constructor)
    axis_sizes(const std::vector<axis_size>& sizes)
        : view_(sizes) {}  // NOLINT(google-explicit-constructor)
    ///@}

    ///@{
    /// The sizes in the order in which they were passed; a name may occur twice.
    [[nodiscard]] auto begin() const noexcept { return view_.begin(); }
    [[nodiscard]] auto end() const noexcept { return view_.end(); }
    [[nodiscard]] bool empty() const noexcept { return view_.empty(); }
    ///@}

private:
    std::span<const axis_size> view_;
};

/// One axis of a tensor, by name ("s'") or, for unnamed tensors, by position (-1 is the last).
class axis_argument {
public:
    ///@{
    /// By name. The text is not copied: it outlives the call.
    axis_argument(const char* label) : label_(label) {}       // NOLINT(google-explicit-constructor)
    axis_argument(std::string_view label) : label_(label) {}  // NOLINT(google-explicit-constructor)
    axis_argument(const std::string& label)
        : label_(label) {}  // NOLINT(google-explicit-constructor)
    ///@}
    /// By position; negative ones count from the end. Named tensors refuse it (`usage`).
    axis_argument(int position)
        : position_(position), by_position_(true) {}  // NOLINT(google-explicit-constructor)

    /// Whether `position()` counts, and not `label()`.
    [[nodiscard]] bool by_position() const noexcept { return by_position_; }
    /// The name; "" if by position.
    [[nodiscard]] std::string_view label() const noexcept { return label_; }
    /// The position as it was given, perhaps negative; 0 if by name.
    [[nodiscard]] int position() const noexcept { return position_; }

private:
    std::string_view label_;
    int position_ = 0;
    bool by_position_ = false;
};

/// Several axes: "b s" by name, or {0, 2} by position.
class axes_argument {
public:
    ///@{
    /// By name, separated by spaces; `(h d)` is one. The text is not copied: it outlives the call.
    axes_argument(const std::string& labels)
        : axes_argument(std::string_view(labels)) {}  // NOLINT(google-explicit-constructor)
    axes_argument(const char* labels)
        : axes_argument(std::string_view(labels)) {}  // NOLINT(google-explicit-constructor)
    axes_argument(std::string_view labels
    );  // NOLINT(google-explicit-constructor): names, separated by spaces
    ///@}
    ///@{
    /// By position; negative ones count from the end. Named tensors refuse them (`usage`).
    axes_argument(int position)
        : axes_{axis_argument(position)} {}  // NOLINT(google-explicit-constructor)
    axes_argument(std::initializer_list<int> positions)
        : axes_(positions.begin(), positions.end()) {}
    ///@}

    /// One by one, in the order given.
    [[nodiscard]] const std::vector<axis_argument>& axes() const noexcept { return axes_; }

private:
    std::vector<axis_argument> axes_;
};

}  // namespace abax
