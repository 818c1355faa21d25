#pragma once

#include <abax/core/name.hpp>
#include <abax/pattern/literal.hpp>
#include <abax/pattern/text_range.hpp>
#include <abax/pattern/verb.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace abax {

/// What an atom is.
enum class atom_kind : std::uint8_t {
    name,      ///< h, perhaps with its extent, h=12
    number,    ///< 2 or more: an axis without a name
    ellipsis,  ///< `...`
    skip,      ///< the `_` of parse_shape
    star,      ///< the `*` of pack and unpack
};

/// An elementary axis: one name, one number of at least 2, the ellipsis, `_` or `*`. Units leave no
/// atom.
struct atom {
    atom_kind kind = atom_kind::name;         ///< which members below count
    text_range at = {};                       ///< where it stands in the text
    std::int64_t number = 0;                  ///< of a number; the largest int64 if it fits none
    name label = {};                          ///< of a name
    std::optional<std::int64_t> extent = {};  ///< the 12 of `h=12`

    /// "h", "h=12", "3", "...", "_", "*".
    [[nodiscard]] std::string str() const;
    /// Positions are ignored.
    friend bool operator==(const atom& a, const atom& b) {
        return a.kind == b.kind && a.number == b.number && a.label == b.label
            && a.extent == b.extent;
    }
};

/// What stands for one axis of a tensor: an atom, a unit, or a group in parentheses.
struct item {
    bool group = false;            ///< written with parentheses
    text_range at = {};            ///< where it stands, parentheses included
    name label = {};               ///< m of `(m: h d)`
    std::vector<atom> atoms = {};  ///< row-major: the last varies fastest; units are dropped

    /// `1`, `()`, `(1 1)`: an axis of extent 1 without a name.
    [[nodiscard]] bool is_unit() const noexcept { return atoms.empty(); }
    /// `a`, `(a)`, `(a 1)`: means exactly the axis a. False for `(m: a)`, which renames.
    [[nodiscard]] bool is_simple_name() const noexcept {
        return atoms.size() == 1 && atoms.front().kind == atom_kind::name && !label;
    }
    /// A bare `...`, which stands for any number of axes; `(...)` is one axis.
    [[nodiscard]] bool is_ellipsis() const noexcept {
        return !group && !atoms.empty() && atoms.front().kind == atom_kind::ellipsis;
    }
    /// `_` or `(_)`: any one axis, whatever its name.
    [[nodiscard]] bool is_skip() const noexcept {
        return atoms.size() == 1 && atoms.front().kind == atom_kind::skip;
    }
    /// The `*` of pack and unpack.
    [[nodiscard]] bool is_star() const noexcept {
        return !atoms.empty() && atoms.front().kind == atom_kind::star;
    }
    /// "h", "(h d)", "(m: h d)", "()", "1", "...", "_", "*".
    [[nodiscard]] std::string str() const;
    /// Positions are ignored.
    friend bool operator==(const item& a, const item& b) {
        return a.group == b.group && a.label == b.label && a.atoms == b.atoms;
    }
};

/// The items of one tensor: a side of the arrow, or a term of an einsum.
struct side {
    text_range at = {};            ///< from the first item to the last
    std::vector<item> items = {};  ///< in the order written; none for rank 0

    /// Whether `...` occurs, bare or inside a group.
    [[nodiscard]] bool has_ellipsis() const noexcept;
    /// "b s (h d)"; empty without items.
    [[nodiscard]] std::string str() const;
    /// Positions are ignored.
    friend bool operator==(const side& a, const side& b) { return a.items == b.items; }
};

/// A parsed pattern: the syntax tree of a text that obeys every rule which needs no extents.
///
/// Immutable. What remains for the planner: ranks, extents, a new axis without an extent, how many
/// operands an einsum gets, and whether an ellipsis dropped on the right stood for an axis.
class pattern {
public:
    /// As it was written; `str()` is the canonical spelling.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    /// The verb whose rules it obeys.
    [[nodiscard]] verb operation() const noexcept { return operation_; }

    /// One side, or in einsum one for each operand.
    [[nodiscard]] const std::vector<side>& inputs() const noexcept { return inputs_; }
    /// The first input: the left side, or the list of a verb whose pattern has no arrow.
    [[nodiscard]] const side& input() const noexcept { return inputs_.front(); }
    /// The right side; without items where there is no arrow.
    [[nodiscard]] const side& output() const noexcept { return output_; }

    /// Whether einops knows all that the pattern uses; false for `h=12`, `(m: h d)`, `s'`, and in
    /// einsum units and merged axes.
    [[nodiscard]] bool is_einops() const noexcept;

    /// The canonical spelling: single spaces, numbers without leading zeros, no units in groups.
    /// @post  parse(str(), operation()) == *this
    [[nodiscard]] std::string str() const;

    /// A drawing of the syntax tree, several lines, for people.
    [[nodiscard]] std::string tree() const;

    /// The same verb and the same tree, however spelled.
    friend bool operator==(const pattern& a, const pattern& b) {
        return a.operation_ == b.operation_ && a.inputs_ == b.inputs_ && a.output_ == b.output_;
    }

private:
    friend pattern parse(std::string_view text, verb operation);
    friend pattern parse_packed(
        std::string_view text, verb operation, std::span<const packed_token> tokens
    );
    pattern() = default;
    void build(std::string_view text, verb operation, std::span<const token> tokens);

    std::string text_;
    verb operation_ = verb::rearrange;
    std::vector<side> inputs_;
    side output_;
};

/// Reads a pattern.
///
/// @param text       of any length; ASCII, and only U+0020 separates
/// @param operation  the verb whose rules it has to obey
/// @throws  abax::error  the first fault in the order of einops (see `check.hpp`), with its place:
///                       syntax, duplicate_axis, unknown_axis, ellipsis, anonymous_axis;
///                       rank_mismatch for more than 32 axes in one list, other for more than 32
///                       operands, size_mismatch for two extents of one name, overflow for a
///                       number that does not fit; other for a merged axis in parse_shape
/// @cost    linear in the length of the text
[[nodiscard]] pattern parse(std::string_view text, verb operation);

/// The pattern of a literal, which was read while compiling: neither grammar nor rules run again.
///
/// @param tokens  what `read_literal` (static_check.hpp) made of this text under this verb
/// @post  equal to parse(text, operation), text and places included
/// @cost  linear in the number of tokens
[[nodiscard]] pattern parse_packed(
    std::string_view text, verb operation, std::span<const packed_token> tokens
);

}  // namespace abax
