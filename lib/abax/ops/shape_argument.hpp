#pragma once

#include <abax/shape/shape.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

namespace abax {

/// What a function that makes a tensor takes as its shape: a `shape`, or the extents of unnamed axes, {2, 3}.
///
/// A type of its own, since {2, 3} would find several constructors in `shape`, none of which means extents.
class shape_argument {
public:
    /// A shape, with its names and what its axes remember.
    shape_argument(shape axes)  // NOLINT(google-explicit-constructor): zeros<float>(x.shape())
        : axes_(std::move(axes)) {}
    ///@{
    /// The extents of unnamed axes. @throws abax::error size_mismatch: a negative extent
    shape_argument(std::initializer_list<std::int64_t> extents
    )  // NOLINT(google-explicit-constructor): zeros<float>({2, 3})
        : axes_(shape::of(extents)) {}
    shape_argument(const std::vector<std::int64_t>& extents)  // NOLINT(google-explicit-constructor)
        : axes_(shape::of(extents)) {}
    ///@}

    /// The shape meant.
    [[nodiscard]] const shape& axes() const noexcept { return axes_; }

private:
    shape axes_;
};

/// The names of axes, separated by spaces: "b s m"; "" for none. A type of its own, so that the number 0 is no text.
class axis_names {
public:
    axis_names() = default;  ///< no names
    /// The text is not copied: it must outlive the call it is passed to.
    template <std::convertible_to<std::string_view> Text>
    axis_names(const Text& text
    )  // NOLINT(google-explicit-constructor): zeros<float>("b s", {2, 3})
        : text_(text) {}

    /// As it was given, not yet checked.
    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    /// Whether no names were given: then the axes have none.
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

private:
    std::string_view text_;
};

}  // namespace abax
