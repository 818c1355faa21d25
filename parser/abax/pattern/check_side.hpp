#pragma once

#include <abax/pattern/failure.hpp>
#include <abax/pattern/fault.hpp>
#include <abax/pattern/token.hpp>
#include <abax/pattern/verb.hpp>
#include <abax/pattern/word.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace abax {

/// The most axes in one list: no tensor has more. It also bounds every search below.
inline constexpr std::size_t max_axes = 32;
/// The most operands of an einsum.
inline constexpr std::size_t max_operands = 32;

namespace detail {

/// A list of axes within the text: a side, or a term of an einsum.
struct region {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool is_term = false;  ///< left of an einsum's arrow, where `i i` is a diagonal
};

/// Finds the first fault within each list of axes; the lists are given one after the other.
class side_checker {
public:
    constexpr side_checker(std::string_view text, verb operation, token_view found) noexcept
        : text_(text), operation_(operation), tokens_(found.tokens), failure_(found.failure) {}

    /// The first fault in `where`: dots first, then from left to right.
    [[nodiscard]] constexpr std::optional<fault> check(region where) {
        if (const auto wrong = wrong_dots(where))
            return wrong;
        begin_list(where);
        for (; next_ < tokens_.size() && tokens_[next_].offset < where.end; ++next_)
            if (const auto wrong = wrong_token(tokens_[next_]))
                return wrong;
        ++next_;  // the comma or arrow that ends this list
        if (failure_ != no_failure && failure_ <= where.end)
            return failed();
        return std::nullopt;
    }

private:
    static constexpr std::size_t no_group = static_cast<std::size_t>(-1);

    constexpr void begin_list(region where) noexcept {
        where_ = where;
        first_ = next_;
        group_ = no_group;
        items_ = axes_ = 0;
    }

    // Runs of dots that are not three long come before a second ellipsis: `......` is syntax.
    [[nodiscard]] constexpr std::optional<fault> wrong_dots(region where) const noexcept {
        text_range first{};
        text_range second{};
        for (std::uint32_t at = where.begin; at < where.end; ++at) {
            if (text_[at] != '.')
                continue;
            text_range dots{at, 0};
            for (; at < where.end && text_[at] == '.'; ++at)
                ++dots.length;
            if (dots.length != 3)
                return fault{fault_kind::broken_dots, dots, {}};
            if (first.length == 0)
                first = dots;
            else if (second.length == 0)
                second = dots;
        }
        if (second.length != 0)
            return fault{fault_kind::second_ellipsis, second, first};
        return std::nullopt;
    }

    [[nodiscard]] constexpr std::optional<fault> wrong_token(token t) {
        switch (t.kind) {
        case token_kind::open:
            group_ = next_;
            axes_before_group_ = axes_;
            return too_many(items_, t);
        case token_kind::close: return close_group(t);
        case token_kind::word:
        case token_kind::dots: return wrong_factor(t);
        default: return std::nullopt;  // label and extent are judged with the word before them
        }
    }

    [[nodiscard]] constexpr std::optional<fault> close_group(token t) {
        const token label = tokens_[group_ + 1];
        const bool named = has_label(group_ + 1);
        const bool empty = axes_ == axes_before_group_;
        const token opened = tokens_[group_];
        group_ = no_group;
        if (!named || !empty)
            return std::nullopt;
        return fault{
            fault_kind::empty_label,
            {opened.offset, t.end() - opened.offset},
            {label.offset, label.length}};
    }

    // A word, or dots, with whatever touches it.
    [[nodiscard]] constexpr std::optional<fault> wrong_factor(token t) {
        const std::uint32_t end = end_of_run(next_);
        if (fails_at_end_of_run(end))
            return failed();
        if (end != end_of_factor(next_))
            return fault{fault_kind::glued_ellipsis, {t.offset, end - t.offset}, {}};
        if (group_ == no_group)
            if (const auto wrong = too_many(items_, t))
                return wrong;
        if (t.kind == token_kind::dots) {
            // An ellipsis fills a named group, though it may stand for no axis at all.
            axes_before_group_ = no_group;
            return std::nullopt;
        }
        if (const auto wrong = wrong_word(t, judge(t.in(text_))))
            return wrong;
        return has_extent(next_) ? wrong_extent(t) : std::nullopt;
    }

    [[nodiscard]] constexpr std::optional<fault> wrong_word(token t, word_kind kind) {
        const text_range at{t.offset, t.length};
        switch (kind) {
        case word_kind::name:
            if (const auto earlier = same_name_before(t))
                return fault{fault_kind::duplicate, at, {earlier->offset, earlier->length}};
            return has_label(next_) ? std::nullopt : too_many(axes_, t);
        case word_kind::unit:
        case word_kind::number:
            if (has_label(next_))
                return fault{fault_kind::bad_label, at, {}};
            return kind == word_kind::unit ? std::nullopt : too_many(axes_, t);
        case word_kind::starts_with_underscore:
            // The '_' of parse_shape skips an axis, any number of times.
            if (operation_ == verb::parse_shape && t.length == 1 && !has_label(next_))
                return too_many(axes_, t);
            return fault{fault_kind::bad_name, at, {}};
        case word_kind::zero: return fault{fault_kind::zero, at, {}};
        default: return fault{fault_kind::bad_name, at, {}};
        }
    }

    [[nodiscard]] constexpr std::optional<fault> wrong_extent(token t) const {
        const token extent = tokens_[next_ + 1];
        if (judge(t.in(text_)) != word_kind::name)
            return fault{fault_kind::extent_of_number, {t.offset, extent.end() - t.offset}, {}};
        if (!is_number(extent.in(text_)))
            return fault{fault_kind::bad_extent, {extent.offset, extent.length}, {}};
        return std::nullopt;
    }

    // In a term of einsum a name may return (a diagonal), but not within one group or as a label.
    [[nodiscard]] constexpr std::optional<token> same_name_before(token t) const {
        for (std::size_t i = first_; i < next_; ++i) {
            const bool same =
                tokens_[i].kind == token_kind::word && same_text(text_, tokens_[i], t);
            const bool same_group = group_ != no_group && i > group_;
            if (same && (!where_.is_term || same_group || has_label(i) || has_label(next_)))
                return tokens_[i];
        }
        return std::nullopt;
    }

    [[nodiscard]] static constexpr std::optional<fault> too_many(std::size_t& count, token t) {
        if (++count <= max_axes)
            return std::nullopt;
        return fault{fault_kind::too_many_axes, {t.offset, t.length}, {}};
    }

    [[nodiscard]] constexpr bool follows(std::size_t i, token_kind kind) const noexcept {
        return i + 1 < tokens_.size() && tokens_[i + 1].kind == kind;
    }
    [[nodiscard]] constexpr bool has_label(std::size_t i) const noexcept {
        return follows(i, token_kind::label);
    }
    [[nodiscard]] constexpr bool has_extent(std::size_t i) const noexcept {
        return follows(i, token_kind::extent);
    }

    // `h`, `h=12`, `...`
    [[nodiscard]] constexpr std::uint32_t end_of_factor(std::size_t i) const noexcept {
        return has_extent(i) ? tokens_[i + 1].end() : tokens_[i].end();
    }

    // `a...b` is one run of three tokens: einops takes it for one, wrong, name.
    [[nodiscard]] constexpr std::uint32_t end_of_run(std::size_t i) const noexcept {
        for (;;) {
            const std::uint32_t end = end_of_factor(i);
            i += has_extent(i) ? 2 : 1;
            const bool touches =
                i < tokens_.size() && tokens_[i].offset == end
                && (tokens_[i].kind == token_kind::word || tokens_[i].kind == token_kind::dots);
            if (!touches)
                return end;
        }
    }

    // einops judges a word when a space or parenthesis ends it. If another character does, or the
    // list ends with a group open, that fault comes before whatever is wrong with the word.
    [[nodiscard]] constexpr bool fails_at_end_of_run(std::uint32_t end) const noexcept {
        return end == failure_ && (end >= where_.end || (text_[end] != '(' && text_[end] != ')'));
    }

    [[nodiscard]] constexpr fault failed() const {
        const text_range opened =
            group_ == no_group ? text_range{} : text_range{tokens_[group_].offset, 1};
        return cause_of_failure(text_, operation_, {tokens_, failure_}, where_.end, opened);
    }

    std::string_view text_;
    verb operation_;
    std::span<const token> tokens_;
    std::uint32_t failure_;

    region where_{};
    std::size_t next_ = 0;          // the token under judgement
    std::size_t first_ = 0;         // the first token of this list
    std::size_t group_ = no_group;  // the '(' that is open
    std::size_t items_ = 0;         // so far in this list
    std::size_t axes_ = 0;          // names and numbers so far in this list
    std::size_t axes_before_group_ = 0;
};

}  // namespace detail

}  // namespace abax
