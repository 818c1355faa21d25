#pragma once

#include <abax/core/error.hpp>
#include <abax/pattern/text_range.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace abax {

/// Everything that can be wrong with a pattern before any extent is known.
enum class fault_kind : std::uint8_t {
    missing_arrow,
    second_arrow,
    arrow_in_axes,
    broken_dots,
    second_ellipsis,
    glued_ellipsis,
    unclosed_group,
    nested_group,
    unopened_group,
    stray_character,
    stray_comma,
    stray_equals,
    stray_colon,
    colon_without_space,
    bad_extent,
    extent_of_number,
    bad_name,
    bad_label,
    empty_label,
    zero,
    duplicate,
    too_many_axes,
    too_many_operands,
    ellipsis_only_right,
    ellipsis_only_left,
    ellipsis_in_group,
    number_refused,
    one_sided_name,
    number_too_large,
    extents_differ,
    too_many_tokens,
    literal_too_long,
    missing_star,
    glued_star,
    not_packable,
    group_in_shape,
};

/// How many kinds of fault there are.
inline constexpr std::size_t fault_kinds = static_cast<std::size_t>(fault_kind::group_in_shape) + 1;

/// The first thing wrong with a pattern: small, and usable in a constant expression.
struct fault {
    fault_kind kind{};  ///< which rule was broken
    text_range at{};    ///< where the caret stands
    text_range
        other{};  ///< what it collides with: the first of two names, the group that stays open
    /// The same fault at the same place.
    friend constexpr bool operator==(const fault&, const fault&) = default;
};

/// The category under which a fault is reported.
[[nodiscard]] constexpr category category_of(fault_kind kind) noexcept {
    using enum fault_kind;
    switch (kind) {
    case duplicate: return category::duplicate_axis;
    case one_sided_name: return category::unknown_axis;
    case second_ellipsis:
    case ellipsis_only_right:
    case ellipsis_only_left:
    case ellipsis_in_group: return category::ellipsis;
    case zero:
    case number_refused: return category::anonymous_axis;
    case too_many_axes: return category::rank_mismatch;
    case too_many_operands:
    case group_in_shape: return category::other;
    case number_too_large: return category::overflow;
    case extents_differ: return category::size_mismatch;
    default: return category::syntax;
    }
}

/// One line for a compiler's output, where nothing can be formatted; `diagnose` says more.
[[nodiscard]] constexpr std::string_view summary(fault_kind kind) noexcept {
    using enum fault_kind;
    switch (kind) {
    case missing_arrow: return "expected '->' between the input and output axes";
    case second_arrow: return "a pattern has one '->', here is another";
    case arrow_in_axes: return "a list of axes has no '->'";
    case broken_dots: return "dots stand only in an ellipsis, exactly three of them";
    case second_ellipsis: return "'...' may stand once in each list of axes";
    case glued_ellipsis: return "a space must part '...' from a name or number";
    case unclosed_group: return "expected ')' to close a group";
    case nested_group: return "groups do not nest";
    case unopened_group: return "')' without '('";
    case stray_character: return "this character has no place in a pattern";
    case stray_comma: return "a comma stands only between the operands of einsum";
    case stray_equals: return "'=' gives an extent to the name right before it";
    case stray_colon: return "':' follows only the first name of a group";
    case colon_without_space: return "expected a space after ':'";
    case bad_extent: return "expected a number after '='";
    case extent_of_number: return "only a name can be given an extent";
    case bad_name: return "not a legal axis name";
    case bad_label: return "a merged axis is called by a name, not a number";
    case empty_label: return "a named group needs at least one axis";
    case zero: return "an axis written as a number has a positive extent";
    case duplicate: return "this name already stands here";
    case too_many_axes: return "at most 32 axes";
    case too_many_operands: return "einsum takes at most 32 operands";
    case ellipsis_only_right: return "'...' on the right needs one on the left";
    case ellipsis_only_left: return "'...' on the left must also stand on the right";
    case ellipsis_in_group: return "'...' may not stand in parentheses here";
    case number_refused: return "a number may not stand here";
    case one_sided_name: return "this name is missing on the other side";
    case number_too_large: return "this number does not fit 64 bits";
    case extents_differ: return "one name with two extents";
    case too_many_tokens: return "a pattern literal has at most 64 words and signs";
    case literal_too_long: return "a pattern literal has at most 65535 characters, 255 in a word";
    case missing_star: return "expected a '*' among the axes";
    case glued_star: return "spaces must part '*' from what is beside it";
    case not_packable: return "only names and one '*' stand here";
    case group_in_shape: return "parse_shape takes no merged axis apart";
    }
    return "?";
}

}  // namespace abax
