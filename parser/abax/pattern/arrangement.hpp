#pragma once

#include <abax/pattern/arrangement_compose.hpp>
#include <abax/pattern/arrangement_draft.hpp>
#include <abax/pattern/arrangement_parts.hpp>
#include <abax/pattern/check.hpp>
#include <abax/pattern/verb.hpp>
#include <abax/pattern/walker.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace abax {

class pattern;

/// What every arrangement that moves nothing is equal to: `compose(inverse(p), p) == identity`.
struct identity_arrangement {};
/// The one to compare with.
inline constexpr identity_arrangement identity;

/// A pattern of rearrange as a value that can be inverted and composed, while compiling too.
///
///     constexpr auto p = arrangement("b s (h d) -> b h s d");
///     static_assert(inverse(p) == arrangement("b h s d -> b s (h d)"));
///     static_assert(compose(inverse(p), p) == identity);
///     const auto y = rearrange(x, pattern_text(compose(p, q).str()));
///
/// It holds its text in place, in the canonical spelling of `pattern::str`, with each given extent (`h=12`) where the
/// axis stands on the left, and no parentheses around a single axis.
class arrangement {
public:
    ///@{
    /// Reads a literal of at most 64 words and signs while compiling. A malformed one stops the build: the error names
    /// a function that is called by what is wrong.
    template <std::size_t N>
    consteval arrangement(const char (&text)[N]
    )  // NOLINT(google-explicit-constructor): as patterns are written elsewhere
        : parts_(read_literal(std::string_view(text, N - 1))) {}
    /// The same of text that a constant expression has made.
    [[nodiscard]] static consteval arrangement literal(std::string_view text) {
        return arrangement(read_literal(text));
    }
    ///@}

    ///@{
    /// Reads text at run time. @throws abax::error what `parse` throws for rearrange; overflow: the canonical text has
    /// more than 512 characters; usage: a pattern of another verb
    explicit arrangement(std::string_view text);
    explicit arrangement(const pattern& from);
    ///@}

    /// The text, inside this object. @post parse(text(), verb::rearrange).str() == text()
    [[nodiscard]] constexpr std::string_view text() const noexcept { return parts_.text(); }
    /// The text, for `pattern_text`.
    [[nodiscard]] std::string str() const { return std::string(text()); }

    /// Whether the same elementary axes, groups and units stand on both sides in the same order, whatever merged axes are
    /// called: on every tensor that it accepts, rearrange returns the same elements in the same shape.
    [[nodiscard]] constexpr bool moves_nothing() const noexcept {
        return detail::same_structure(parts_.left, parts_.right);
    }

    /// The same arrangement up to the names of axes and of merged axes; an extent given in one only is a difference.
    [[nodiscard]] friend constexpr bool operator==(
        const arrangement& a, const arrangement& b
    ) noexcept {
        if (!detail::same_structure(a.parts_.left, b.parts_.left)
            || !detail::same_structure(a.parts_.right, b.parts_.right))
            return false;
        for (std::size_t i = 0; i < a.parts_.axis_count; ++i)
            if (a.parts_.extents[i] != b.parts_.extents[i])
                return false;
        return true;
    }
    /// Whether it moves nothing.
    [[nodiscard]] friend constexpr bool operator==(
        const arrangement& a, identity_arrangement
    ) noexcept {
        return a.moves_nothing();
    }

private:
    friend constexpr arrangement inverse(const arrangement& p);
    friend constexpr arrangement compose(const arrangement& p, const arrangement& q);

    explicit constexpr arrangement(const detail::arranged& parts) : parts_(parts) {}

    static consteval detail::arranged read_literal(std::string_view text) {
        const token_array found = walk(text, verb::rearrange);
        if (found.overflowed)
            detail::refuse_literal(fault_kind::too_many_tokens);
        if (const auto wrong = first_fault(text, verb::rearrange, found.view()))
            detail::refuse_literal(wrong->kind);
        return detail::arrange(text, found.view().tokens);
    }

    detail::arranged parts_;
};

/// The arrangement that takes back what this one does: the sides, swapped.
///
/// Extents stay with their axes: of `b s (h=12 d) -> b h s d` it is `b h=12 s d -> b s (h d)`. Labels of merged axes and
/// units stay on their side.
///
/// @throws abax::error  other: an ellipsis in parentheses, `a ... -> (a ...)`, is one axis, which no pattern splits
///                      without knowing how many axes there were. In a constant expression it stops the build.
/// @post  inverse(inverse(p)) == p; compose(inverse(p), p) == identity
[[nodiscard]] constexpr arrangement inverse(const arrangement& p) {
    for (const detail::arranged_item& i : p.parts_.right.list())
        for (const detail::axis_id id : p.parts_.right.of(i))
            if (id == detail::the_ellipsis && !i.spread)
                detail::inverse_cannot_take_an_ellipsis_in_parentheses_apart(p.parts_);
    return arrangement(detail::swapped(p.parts_));
}

/// First q, then p: `rearrange(x, compose(p, q))` is `rearrange(rearrange(x, q), p)`, elements and extents.
///
/// The items of q's right side are matched with those of p's left side by position, as tensors without names are:
///
/// | q makes | p reads | then |
/// | --- | --- | --- |
/// | `(h d)`, `a`, `1` | `m` | m is whatever q made, wherever p puts it |
/// | `m` | `(h d)`, `1` | m is what p reads, on q's left side too |
/// | `1` | `(x y)`, and reversed | every factor is 1 |
/// | `(a b)` | `(x y)` | x is a and y is b, see below |
/// | axes | `...` | the ellipsis is these axes; so is one of q for axes that p reads |
///
/// This is exact: the composition accepts the same extents as the two in turn, and needs no size that cancels out. Only
/// two groups of several axes are a reading, since `(x y)` may split 12 in another way than `(a b)` merged it. They are
/// read as the same factors if they are as many and each pair has one name, or p gives no size for it, or both give the
/// same size; a name that both groups have must stand at the same place in both. All else is refused, not guessed.
/// Where this is not what is meant, give p's factors sizes, or run the two in turn.
///
/// Names are q's; p's stand where p splits an axis or has more axes than q's ellipsis shows. If such a name is taken it
/// gets primes, and a size is then passed under that name. A label `(m: h d)` stays with the axes that it names until
/// they are merged with others. On a named tensor the axis that p splits is no longer demanded by its name, and
/// a merged axis that the two build up in turn is called by, and remembers, all its factors at once.
///
/// @throws abax::error  rank_mismatch: p reads more or fewer axes than q makes, groups have different numbers of factors,
///                      or the composition more than 32 axes on a side; name_mismatch: groups of other factors;
///                      size_mismatch: two extents for one axis; ambiguous_size: an extent given for a merged axis
///                      of several factors without; ellipsis: p splits `(a ...)`, or which axes both ellipses share
///                      depends on the rank; overflow: a text of more than 512 characters. In a constant expression all of them
///                      stop the build.
/// @post  compose(p, compose(q, r)) == compose(compose(p, q), r) where groups meet groups of the same names only
[[nodiscard]] constexpr arrangement compose(const arrangement& p, const arrangement& q) {
    return arrangement(detail::composer(p.parts_, q.parts_).run());
}

}  // namespace abax
