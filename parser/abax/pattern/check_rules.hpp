#pragma once

#include <abax/pattern/fault.hpp>
#include <abax/pattern/token.hpp>
#include <abax/pattern/verb.hpp>
#include <abax/pattern/word.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace abax::detail {

/// The rules that look at both sides, for a pattern whose sides are each well-formed.
class rule_checker {
public:
    constexpr rule_checker(
        std::string_view text, verb operation, std::span<const token> tokens
    ) noexcept
        : text_(text), operation_(operation), tokens_(tokens), left_(tokens), right_(tokens) {
        std::size_t arrow = 0;
        while (arrow < tokens.size() && tokens[arrow].kind != token_kind::arrow)
            ++arrow;
        left_ = tokens.subspan(0, arrow);
        right_ = tokens.subspan(arrow < tokens.size() ? arrow + 1 : arrow);
    }

    [[nodiscard]] constexpr std::optional<fault> check() const {
        if (operation_ == verb::parse_shape)
            if (const auto merged = merged_axis())
                return merged;
        if (const auto wrong = wrong_ellipsis())
            return wrong;
        if (const auto wrong = wrong_for_verb())
            return wrong;
        return wrong_value();
    }

private:
    using side_tokens = std::span<const token>;

    [[nodiscard]] static constexpr fault at(fault_kind kind, token t, text_range other = {}) {
        return {kind, {t.offset, t.length}, other};
    }

    [[nodiscard]] constexpr std::optional<fault> wrong_ellipsis() const {
        const auto right = find_dots(right_);
        if (right && !find_dots(left_))
            return at(fault_kind::ellipsis_only_right, *right);
        if (const auto grouped = dots_in_group(left_))
            return at(fault_kind::ellipsis_in_group, *grouped);
        // einops takes `(...)` in einsum for one axis, by accident.
        if (operation_ == verb::einsum)
            if (const auto grouped = dots_in_group(right_))
                return at(fault_kind::ellipsis_in_group, *grouped);
        return std::nullopt;
    }

    [[nodiscard]] constexpr std::optional<fault> wrong_for_verb() const {
        switch (operation_) {
        case verb::rearrange:
            if (const auto wrong = refused_number(left_))
                return wrong;
            if (const auto wrong = refused_number(right_))
                return wrong;
            if (const auto wrong = one_sided(left_, right_))
                return wrong;
            return one_sided(right_, left_);
        case verb::repeat:
            if (const auto wrong = refused_number(left_))
                return wrong;
            return one_sided(left_, right_);
        case verb::reduce:
            if (const auto wrong = refused_number(right_))
                return wrong;
            return one_sided(right_, left_);
        case verb::einsum:
            if (const auto wrong = refused_number(left_))
                return wrong;
            return wrong_in_output();
        default: return std::nullopt;
        }
    }

    // parse_shape takes `(a)` and `(a 1)` for a, and no other group: one extent cannot tell two.
    [[nodiscard]] constexpr std::optional<fault> merged_axis() const {
        token opened{};
        std::size_t factors = 0;
        for (const token& t : tokens_) {
            if (t.kind == token_kind::open) {
                opened = t;
                factors = 0;
            } else if (t.kind == token_kind::label) {
                ++factors;  // with the name before it two: it would rename what it holds
            } else if (t.kind == token_kind::close && factors > 1) {
                return fault{
                    fault_kind::group_in_shape, {opened.offset, t.end() - opened.offset}, {}};
            } else if (t.kind == token_kind::dots || t.kind == token_kind::word) {
                factors += is_unit_token(t) ? 0 : 1;
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] constexpr std::optional<fault> refused_number(side_tokens side) const {
        for (const token& t : side)
            if (is_number_token(t))
                return at(fault_kind::number_refused, t);
        return std::nullopt;
    }

    // The first name or `...` of `from` that `to` lacks.
    [[nodiscard]] constexpr std::optional<fault> one_sided(side_tokens from, side_tokens to) const {
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (from[i].kind == token_kind::dots && !find_dots(to))
                return at(fault_kind::ellipsis_only_left, from[i]);
            if (is_axis(from, i) && !has_axis(to, from[i]))
                return at(fault_kind::one_sided_name, from[i]);
        }
        return std::nullopt;
    }

    // In einsum numbers and unknown names of the output are found in the order in which they stand.
    [[nodiscard]] constexpr std::optional<fault> wrong_in_output() const {
        for (std::size_t i = 0; i < right_.size(); ++i) {
            if (is_number_token(right_[i]))
                return at(fault_kind::number_refused, right_[i]);
            if (is_axis(right_, i) && !has_axis(left_, right_[i]))
                return at(fault_kind::one_sided_name, right_[i]);
        }
        return std::nullopt;
    }

    [[nodiscard]] constexpr std::optional<fault> wrong_value() const {
        for (const token& t : tokens_)
            // A number that is an axis may be of any length: it fits no tensor, which the planner says.
            if (t.kind == token_kind::extent && !number_value(t.in(text_)))
                return at(fault_kind::number_too_large, t);
        for (std::size_t i = 1; i < tokens_.size(); ++i)
            if (tokens_[i].kind == token_kind::extent)
                if (const auto earlier = other_extent_before(i))
                    return at(
                        fault_kind::extents_differ, tokens_[i], {earlier->offset, earlier->length}
                    );
        return std::nullopt;
    }

    // The first extent of the same name, if it has another value.
    [[nodiscard]] constexpr std::optional<token> other_extent_before(std::size_t i) const {
        for (std::size_t k = 1; k < i; ++k) {
            const bool same_name = tokens_[k].kind == token_kind::extent
                                && same_text(text_, tokens_[k - 1], tokens_[i - 1]);
            if (!same_name)
                continue;
            const bool agree =
                number_value(tokens_[k].in(text_)) == number_value(tokens_[i].in(text_));
            return agree ? std::nullopt : std::optional(tokens_[k]);
        }
        return std::nullopt;
    }

    // Every word has been judged before: one that starts with a digit is a number, others are names.
    [[nodiscard]] constexpr bool starts_with_digit(const token& t) const noexcept {
        return is_digit(text_[t.offset]);
    }
    [[nodiscard]] constexpr bool is_number_token(const token& t) const noexcept {
        return t.kind == token_kind::word && starts_with_digit(t)
            && judge(t.in(text_)) == word_kind::number;
    }

    [[nodiscard]] constexpr bool is_unit_token(const token& t) const noexcept {
        return t.kind == token_kind::word && judge(t.in(text_)) == word_kind::unit;
    }

    // A label names the merged axis, on its own side only: it is none of the axes that must match.
    [[nodiscard]] constexpr bool is_axis(side_tokens side, std::size_t i) const noexcept {
        const bool label = i + 1 < side.size() && side[i + 1].kind == token_kind::label;
        return side[i].kind == token_kind::word && !label && !starts_with_digit(side[i]);
    }
    [[nodiscard]] constexpr bool has_axis(side_tokens side, const token& wanted) const noexcept {
        for (std::size_t i = 0; i < side.size(); ++i)
            if (same_text(text_, side[i], wanted) && is_axis(side, i))
                return true;
        return false;
    }

    [[nodiscard]] static constexpr std::optional<token> find_dots(side_tokens side) noexcept {
        for (const token& t : side)
            if (t.kind == token_kind::dots)
                return t;
        return std::nullopt;
    }
    [[nodiscard]] static constexpr std::optional<token> dots_in_group(side_tokens side) noexcept {
        bool inside = false;
        for (const token& t : side) {
            inside = t.kind == token_kind::open || (inside && t.kind != token_kind::close);
            if (inside && t.kind == token_kind::dots)
                return t;
        }
        return std::nullopt;
    }

    std::string_view text_;
    verb operation_;
    side_tokens tokens_;
    side_tokens left_;
    side_tokens right_;
};

[[nodiscard]] constexpr std::optional<fault> broken_rule(
    std::string_view text, verb operation, std::span<const token> tokens
) {
    return rule_checker(text, operation, tokens).check();
}

}  // namespace abax::detail
