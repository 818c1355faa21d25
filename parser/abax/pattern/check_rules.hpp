#pragma once

#include <abax/pattern/check_side.hpp>
#include <abax/pattern/fault.hpp>
#include <abax/pattern/token.hpp>
#include <abax/pattern/verb.hpp>
#include <abax/pattern/word.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace abax::detail {

/// The rules that look at both sides, for a pattern whose sides are each well-formed.
///
/// As in `side_checker` a check answers whether something is wrong, and `found` says what.
class rule_checker {
public:
    /// @param left   what the lists left of the arrow hold
    /// @param all    what all lists hold
    /// @param arrow  which token is the arrow; their number if none is
    constexpr rule_checker(
        std::string_view text,
        verb operation,
        std::span<const token> tokens,
        std::size_t arrow,
        const contents& left,
        const contents& all
    ) noexcept
        : text_(text),
          at_(text.data()),
          operation_(operation),
          left_{tokens.data(), tokens.data() + arrow},
          right_{left_.end, tokens.data() + tokens.size()},
          left_names_(left.names),
          all_(all) {
        if (right_.begin != right_.end)
            ++right_.begin;
    }

    [[nodiscard]] constexpr bool is_wrong() {
        if (operation_ == verb::parse_shape && merged_axis())
            return true;
        if (all_.dots > 0 && wrong_ellipsis())
            return true;
        return wrong_for_verb() || (all_.extents > 0 && wrong_value());
    }
    /// The fault that `is_wrong` told of.
    [[nodiscard]] constexpr const fault& found() const noexcept { return found_; }

private:
    struct side_tokens {
        const token* begin;
        const token* end;
    };

    constexpr bool wrong(fault_kind kind, const token& t, text_range other = {}) noexcept {
        found_ = {kind, {t.offset, t.length}, other};
        return true;
    }

    [[nodiscard]] constexpr bool wrong_ellipsis() {
        const token* const right = find_dots(right_);
        if (right != nullptr && find_dots(left_) == nullptr)
            return wrong(fault_kind::ellipsis_only_right, *right);
        // einops takes `(...)` in einsum for one axis, by accident.
        return dots_in_group(left_) || (operation_ == verb::einsum && dots_in_group(right_));
    }

    [[nodiscard]] constexpr bool wrong_for_verb() {
        switch (operation_) {
        case verb::rearrange:
            if (refused_number(left_) || refused_number(right_) || one_sided(left_, right_))
                return true;
            // Names stand once on a side: as many on the right as on the left are the same ones.
            return all_.names != 2 * left_names_ && one_sided(right_, left_);
        case verb::repeat: return refused_number(left_) || one_sided(left_, right_);
        case verb::reduce: return refused_number(right_) || one_sided(right_, left_);
        case verb::einsum: return refused_number(left_) || wrong_in_output();
        default: return false;
        }
    }

    // parse_shape takes `(a)` and `(a 1)` for a, and no other group: one extent cannot tell two.
    [[nodiscard]] constexpr bool merged_axis() {
        const token* opened = nullptr;
        std::size_t factors = 0;
        for (const token* t = left_.begin; t != left_.end; ++t) {
            if (t->kind == token_kind::open) {
                opened = t;
                factors = 0;
            } else if (t->kind == token_kind::label) {
                ++factors;  // with the name before it two: it would rename what it holds
            } else if (t->kind == token_kind::close && factors > 1) {
                found_ = {
                    fault_kind::group_in_shape, {opened->offset, t->end() - opened->offset}, {}};
                return true;
            } else if (t->kind == token_kind::dots || t->kind == token_kind::word) {
                factors += is_unit_token(*t) ? 0 : 1;
            }
        }
        return false;
    }

    [[nodiscard]] constexpr bool refused_number(side_tokens side) {
        if (all_.numbers == 0)
            return false;
        for (const token* t = side.begin; t != side.end; ++t)
            if (is_number_token(*t))
                return wrong(fault_kind::number_refused, *t);
        return false;
    }

    // The first name or `...` of `from` that `to` lacks.
    [[nodiscard]] constexpr bool one_sided(side_tokens from, side_tokens to) {
        for (const token* t = from.begin; t != from.end; ++t) {
            if (t->kind == token_kind::dots && find_dots(to) == nullptr)
                return wrong(fault_kind::ellipsis_only_left, *t);
            if (is_name(t, from.end) && !has_name(to, *t))
                return wrong(fault_kind::one_sided_name, *t);
        }
        return false;
    }

    // In einsum numbers and unknown names of the output are found in the order in which they stand.
    [[nodiscard]] constexpr bool wrong_in_output() {
        for (const token* t = right_.begin; t != right_.end; ++t) {
            if (is_number_token(*t))
                return wrong(fault_kind::number_refused, *t);
            if (is_name(t, right_.end) && !has_name(left_, *t))
                return wrong(fault_kind::one_sided_name, *t);
        }
        return false;
    }

    [[nodiscard]] constexpr bool wrong_value() {
        for (const token* t = left_.begin; t != right_.end; ++t)
            // A number that is an axis may be of any length: it fits no tensor, which the planner says.
            if (t->kind == token_kind::extent && !number_value(t->in(text_)))
                return wrong(fault_kind::number_too_large, *t);
        for (const token* t = left_.begin; t != right_.end; ++t)
            if (t->kind == token_kind::extent && other_extent_before(t))
                return true;
        return false;
    }

    // The first extent of the same name, if it has another value.
    [[nodiscard]] constexpr bool other_extent_before(const token* t) {
        for (const token* k = left_.begin; k != t; ++k) {
            if (k->kind != token_kind::extent || !same_text(at_, k[-1], t[-1]))
                continue;
            const bool agree = number_value(k->in(text_)) == number_value(t->in(text_));
            return !agree && wrong(fault_kind::extents_differ, *t, {k->offset, k->length});
        }
        return false;
    }

    // Every word has been judged before: one that starts with a digit is a number, others are names.
    [[nodiscard]] constexpr bool is_number_token(const token& t) const noexcept {
        return t.kind == token_kind::word && is_digit(at_[t.offset])
            && judge(at_ + t.offset, t.length) == word_kind::number;
    }
    [[nodiscard]] constexpr bool is_unit_token(const token& t) const noexcept {
        return t.kind == token_kind::word && judge(at_ + t.offset, t.length) == word_kind::unit;
    }

    // A label names the merged axis, on its own side only: it is none of the axes that must match.
    [[nodiscard]] constexpr bool is_name(const token* t, const token* end) const noexcept {
        return t->kind == token_kind::word && !is_digit(at_[t->offset])
            && (t + 1 == end || t[1].kind != token_kind::label);
    }
    [[nodiscard]] constexpr bool has_name(side_tokens side, const token& wanted) const noexcept {
        const char* const text = at_;
        const char lead = text[wanted.offset];
        for (const token* t = side.begin; t != side.end; ++t)
            if (text[t->offset] == lead && same_text(text, *t, wanted) && is_name(t, side.end))
                return true;
        return false;
    }

    [[nodiscard]] static constexpr const token* find_dots(side_tokens side) noexcept {
        for (const token* t = side.begin; t != side.end; ++t)
            if (t->kind == token_kind::dots)
                return t;
        return nullptr;
    }
    [[nodiscard]] constexpr bool dots_in_group(side_tokens side) noexcept {
        bool inside = false;
        for (const token* t = side.begin; t != side.end; ++t) {
            inside = t->kind == token_kind::open || (inside && t->kind != token_kind::close);
            if (inside && t->kind == token_kind::dots)
                return wrong(fault_kind::ellipsis_in_group, *t);
        }
        return false;
    }

    std::string_view text_;
    const char* at_;  // the text by bytes
    verb operation_;
    side_tokens left_;
    side_tokens right_;
    std::size_t left_names_;
    const contents& all_;
    fault found_{};
};

}  // namespace abax::detail
