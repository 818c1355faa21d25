#pragma once

#include <abax/core/static_vector.hpp>
#include <abax/shape/axis.hpp>

#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace abax {

/// The ordered axes of a tensor, outermost first; at most 32.
class shape : public static_vector<axis, max_rank> {
public:
    using static_vector::static_vector;

    ///@{
    /// Unnamed axes with these extents. @throws abax::error size_mismatch for a negative extent
    [[nodiscard]] static shape of(std::initializer_list<std::int64_t> extents);
    [[nodiscard]] static shape of(const std::vector<std::int64_t>& extents);
    ///@}

    /// Number of axes, 0 to 32.
    [[nodiscard]] std::size_t rank() const noexcept { return size(); }

    /// Whether any axis has a name.
    [[nodiscard]] bool is_named() const noexcept;

    /// Number of elements. @throws abax::error overflow
    [[nodiscard]] std::int64_t volume() const;

    ///@{
    /// Position of the axis called `label`, if there is one; a merged axis without another name is called "(h d)".
    [[nodiscard]] std::optional<std::size_t> find(name label) const noexcept;
    [[nodiscard]] std::optional<std::size_t> find(std::string_view label) const noexcept;
    ///@}

    /// The extents alone.
    [[nodiscard]] std::vector<std::int64_t> extents() const;

    /// The axes' own names, one for each axis: "m" and not "(m: h d)", "(h d)" for a merged axis without another name,
    /// "" for an axis without any.
    [[nodiscard]] std::vector<std::string> names() const;

    /// "b=8 s=128 (h d)=768", or "8 128 768" for unnamed axes, "()" for rank 0.
    [[nodiscard]] std::string str() const;

    /// The names alone, as they are written in a pattern: "b s (m: h d)".
    [[nodiscard]] std::string axes_text() const;
};

/// How one axis is written in a pattern: "b", "(m: h d)", "(h d)", or its extent if it has no name.
[[nodiscard]] std::string axis_text(const axis& a);

/// What to write for a name that no axis of a tensor has: a similar one, and all that it has.
[[nodiscard]] std::string help_for_axis(const shape& axes, std::string_view label);

/// The error of asking for an axis that is not there (`unknown_axis`), with what may have been meant.
[[nodiscard]] error no_such_axis(
    std::string_view operation, const shape& axes, std::string_view label
);

/// The text of `shape::str`.
std::ostream& operator<<(std::ostream& out, const shape& axes);

}  // namespace abax
