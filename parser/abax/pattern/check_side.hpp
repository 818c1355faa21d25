#pragma once

#include <abax/pattern/failure.hpp>
#include <abax/pattern/fault.hpp>
#include <abax/pattern/token.hpp>
#include <abax/pattern/verb.hpp>
#include <abax/pattern/word.hpp>

#include <cstddef>
#include <cstdint>
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

/// What the lists of a pattern hold, counted while they are checked, so that a rule about what a
/// pattern does not have costs nothing.
struct contents {
    std::size_t dots = 0;
    std::size_t numbers = 0;  ///< of at least 2, as axes
    std::size_t extents = 0;
    std::size_t names = 0;  ///< labels are none of them
};

/// Finds the first fault within each list of axes; the lists are given one after the other.
///
/// Runs while compiling too, where every call is paid for and an `optional` costs ten of them: so
/// the text is a pointer, a check answers whether something is wrong, and `found` says what.
class side_checker {
public:
    constexpr side_checker(std::string_view text, verb operation, token_view found) noexcept
        : text_(text),
          at_(text.data()),
          operation_(operation),
          tokens_(found.tokens.data()),
          count_(found.tokens.size()),
          failure_(found.failure) {}

    /// Whether there is a fault in `where`: dots first, then from left to right.
    [[nodiscard]] constexpr bool is_wrong(region where) {
        begin_list(where);
        if (!wrong_list())
            return false;
        // Whatever is wrong with dots has stopped the list above, perhaps behind another fault.
        (void)wrong_dots();
        return true;
    }
    /// The fault that `is_wrong` told of.
    [[nodiscard]] constexpr const fault& found() const noexcept { return found_; }
    /// All lists so far.
    [[nodiscard]] constexpr const contents& seen() const noexcept { return seen_; }
    /// The token that begins the next list.
    [[nodiscard]] constexpr std::size_t next() const noexcept { return next_; }

private:
    static constexpr std::size_t no_group = static_cast<std::size_t>(-1);

    constexpr bool wrong(fault_kind kind, text_range at, text_range other = {}) noexcept {
        found_ = {kind, at, other};
        return true;
    }
    constexpr bool wrong(fault_kind kind, const token& t) noexcept {
        return wrong(kind, {t.offset, t.length});
    }

    constexpr void begin_list(region where) noexcept {
        where_ = where;
        first_ = next_;
        group_ = no_group;
        items_ = axes_ = 0;
        dots_before_ = seen_.dots;
    }

    [[nodiscard]] constexpr bool wrong_list() {
        for (; next_ < count_ && tokens_[next_].offset < where_.end; ++next_) {
            const token& t = tokens_[next_];
            switch (t.kind) {
            case token_kind::open:
                group_ = next_;
                axes_before_group_ = axes_;
                if (++items_ > max_axes)
                    return wrong(fault_kind::too_many_axes, t);
                break;
            case token_kind::close:
                if (close_group(t))
                    return true;
                break;
            case token_kind::word:
            case token_kind::dots:
                if (wrong_factor(t))
                    return true;
                break;
            default: break;  // label and extent are judged with the word before them
            }
        }
        ++next_;  // the comma or arrow that ends this list
        return failure_ != no_failure && failure_ <= where_.end && failed();
    }

    // Runs of dots that are not three long come before a second ellipsis: `......` is syntax.
    constexpr bool wrong_dots() noexcept {
        text_range first{};
        text_range second{};
        for (std::uint32_t at = where_.begin; at < where_.end; ++at) {
            if (at_[at] != '.')
                continue;
            text_range dots{at, 0};
            for (; at < where_.end && at_[at] == '.'; ++at)
                ++dots.length;
            if (dots.length != 3)
                return wrong(fault_kind::broken_dots, dots);
            if (first.length == 0)
                first = dots;
            else if (second.length == 0)
                second = dots;
        }
        return second.length != 0 && wrong(fault_kind::second_ellipsis, second, first);
    }

    [[nodiscard]] constexpr bool close_group(const token& t) {
        const token& opened = tokens_[group_];
        const token& label = tokens_[group_ + 1];
        const bool sound = axes_ != axes_before_group_ || !has_label(group_ + 1);
        group_ = no_group;
        if (sound)
            return false;
        return wrong(
            fault_kind::empty_label,
            {opened.offset, t.end() - opened.offset},
            {label.offset, label.length}
        );
    }

    // A word, or dots, with whatever touches it.
    [[nodiscard]] constexpr bool wrong_factor(const token& t) {
        const token_kind behind = next_ + 1 < count_ ? tokens_[next_ + 1].kind : token_kind::word;
        const bool extended = behind == token_kind::extent;
        const std::size_t after = extended ? next_ + 2 : next_ + 1;
        const std::uint32_t factor = tokens_[after - 1].offset + tokens_[after - 1].length;
        const bool touched = after < count_ && tokens_[after].offset == factor;
        const std::uint32_t end = touched ? end_of_run(next_) : factor;
        if (end == failure_ && fails_at_end_of_run(end))
            return failed();
        if (end != factor)
            return wrong(fault_kind::glued_ellipsis, {t.offset, end - t.offset});
        if (group_ == no_group && ++items_ > max_axes)
            return wrong(fault_kind::too_many_axes, t);
        if (t.kind == token_kind::dots) {
            // An ellipsis fills a named group, though it may stand for no axis at all.
            axes_before_group_ = no_group;
            // A second one is a fault of the list: `wrong_dots` will say which.
            return ++seen_.dots > dots_before_ + 1;
        }
        if (wrong_word(t, behind == token_kind::label))
            return true;
        return extended && wrong_extent(t);
    }

    [[nodiscard]] constexpr bool wrong_word(const token& t, bool label) {
        switch (judge(at_ + t.offset, t.length)) {
        case word_kind::name:
            if (same_name_before(t, label))
                return true;
            if (label)
                return false;
            ++seen_.names;
            break;
        case word_kind::unit: return label && wrong(fault_kind::bad_label, t);
        case word_kind::number:
            if (label)
                return wrong(fault_kind::bad_label, t);
            ++seen_.numbers;
            break;
        case word_kind::starts_with_underscore:
            // The '_' of parse_shape skips an axis, any number of times.
            if (operation_ != verb::parse_shape || t.length != 1 || label)
                return wrong(fault_kind::bad_name, t);
            break;
        case word_kind::zero: return wrong(fault_kind::zero, t);
        default: return wrong(fault_kind::bad_name, t);
        }
        return ++axes_ > max_axes && wrong(fault_kind::too_many_axes, t);
    }

    [[nodiscard]] constexpr bool wrong_extent(const token& t) {
        const token& extent = tokens_[next_ + 1];
        ++seen_.extents;
        if (judge(at_ + t.offset, t.length) != word_kind::name)
            return wrong(fault_kind::extent_of_number, {t.offset, extent.end() - t.offset});
        return !is_number(extent.in(text_)) && wrong(fault_kind::bad_extent, extent);
    }

    // In a term of einsum a name may return (a diagonal), but not within one group or as a label.
    [[nodiscard]] constexpr bool same_name_before(const token& t, bool label) {
        const char* const text = at_;
        const char lead = text[t.offset];
        const std::size_t end = next_;
        for (std::size_t i = first_; i < end; ++i) {
            const token& earlier = tokens_[i];
            if (text[earlier.offset] != lead || earlier.kind != token_kind::word
                || !same_text(text, earlier, t))
                continue;
            const bool same_group = group_ != no_group && i > group_;
            if (!where_.is_term || same_group || has_label(i) || label)
                return wrong(
                    fault_kind::duplicate, {t.offset, t.length}, {earlier.offset, earlier.length}
                );
        }
        return false;
    }

    [[nodiscard]] constexpr bool has_label(std::size_t i) const noexcept {
        return i + 1 < count_ && tokens_[i + 1].kind == token_kind::label;
    }
    [[nodiscard]] constexpr bool has_extent(std::size_t i) const noexcept {
        return i + 1 < count_ && tokens_[i + 1].kind == token_kind::extent;
    }

    // `h`, `h=12`, `...`
    [[nodiscard]] constexpr std::uint32_t end_of_factor(std::size_t i) const noexcept {
        const token& last = tokens_[has_extent(i) ? i + 1 : i];
        return last.offset + last.length;
    }

    // `a...b` is one run of three tokens: einops takes it for one, wrong, name.
    [[nodiscard]] constexpr std::uint32_t end_of_run(std::size_t i) const noexcept {
        for (;;) {
            const std::uint32_t end = end_of_factor(i);
            i += has_extent(i) ? 2 : 1;
            const bool touches =
                i < count_ && tokens_[i].offset == end
                && (tokens_[i].kind == token_kind::word || tokens_[i].kind == token_kind::dots);
            if (!touches)
                return end;
        }
    }

    // einops judges a word when a space or parenthesis ends it. If another character does, or the
    // list ends with a group open, that fault comes before whatever is wrong with the word.
    [[nodiscard]] constexpr bool fails_at_end_of_run(std::uint32_t end) const noexcept {
        return end >= where_.end || (at_[end] != '(' && at_[end] != ')');
    }

    constexpr bool failed() {
        const text_range opened =
            group_ == no_group ? text_range{} : text_range{tokens_[group_].offset, 1};
        found_ =
            cause_of_failure(text_, operation_, {{tokens_, count_}, failure_}, where_.end, opened);
        return true;
    }

    std::string_view text_;
    const char* at_;  // the text by bytes
    verb operation_;
    const token* tokens_;
    std::size_t count_;
    std::uint32_t failure_;
    fault found_{};
    contents seen_{};

    region where_{};
    std::size_t next_ = 0;          // the token under judgement
    std::size_t first_ = 0;         // the first token of this list
    std::size_t group_ = no_group;  // the '(' that is open
    std::size_t items_ = 0;         // so far in this list
    std::size_t axes_ = 0;          // names and numbers so far in this list
    std::size_t axes_before_group_ = 0;
    std::size_t dots_before_ = 0;  // in the lists before this one
};

}  // namespace detail

}  // namespace abax
