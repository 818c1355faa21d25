#pragma once

#include <abax/pattern/check.hpp>
#include <abax/pattern/fault.hpp>
#include <abax/pattern/walker.hpp>
#include <abax/pattern/word.hpp>
#include <abax/shape/refusal.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace abax {

/// One of the four lists of an EinMix, read: the names of its elementary axes, as they stand.
struct mix_list {
    /// A name, or `...`.
    struct entry {
        std::string_view name;
        text_range at;             ///< where it stands in the list
        std::int64_t extent = -1;  ///< of `h=12`; -1 without
        bool in_group = false;     ///< stands in parentheses
    };

    std::string_view text;  ///< as it was written
    std::array<entry, max_literal_tokens>
        entries{};          ///< names and `...` in order; the first `count`
    std::size_t count = 0;  ///< how many there are
    bool is_flat = true;    ///< has neither parentheses nor units
    std::optional<text_range> number = std::nullopt;      ///< the first number of at least 2
    std::optional<text_range> not_a_name = std::nullopt;  ///< the first thing that is no name

    /// The position of a name, or `...`; `count` if it is not there.
    [[nodiscard]] constexpr std::size_t find(std::string_view name) const {
        std::size_t i = 0;
        while (i < count && !axis_table::same(entries[i].name, name))
            ++i;
        return i;
    }
    [[nodiscard]] constexpr bool has(std::string_view name) const { return find(name) != count; }
    [[nodiscard]] constexpr const entry* begin() const { return entries.data(); }
    [[nodiscard]] constexpr const entry* end() const { return entries.data() + count; }
};

/// Why a text is no EinMix.
struct mix_fault {
    std::string_view text;           ///< the pattern, or the list, in which it stands
    fault broken{};                  ///< what and where; the kind counts only if `what` is `none`
    sentence what = sentence::none;  ///< a rule of EinMix alone
    category kind = category::syntax;
    bool is_list = false;  ///< the text is a bare list, without an arrow
};

/// The texts of an EinMix, "b s (h d) -> b s m" with the weight "h d m" and perhaps the bias "m", read and checked while compiling
/// or when the program runs.
///
/// The rules are einops': names on the right are on the left or in the weight; the weight and the bias are bare names; each name of
/// the weight is on a side, each of the bias on the right and, if there is one, behind the ellipsis, which stands on both sides or on
/// none, on the left not in parentheses. A list has at most 64 words and signs.
class mix_text {
public:
    constexpr mix_text(
        std::string_view pattern, std::string_view weight, std::optional<std::string_view> bias
    )
        : pattern_(pattern), has_bias_(bias.has_value()) {
        const std::size_t arrow = next_arrow(pattern, 0);
        if (arrow == pattern.size() || next_arrow(pattern, arrow + 2) != pattern.size()) {
            wrong_ = mix_fault{pattern, *detail::wrong_arrows(pattern)};
            return;
        }
        read(pattern.substr(0, arrow), left_) && read(pattern.substr(arrow + 2), right_)
            && read(weight, weight_) && read(bias.value_or(""), bias_) && check();
    }

    /// What is wrong, if something is.
    [[nodiscard]] constexpr const std::optional<mix_fault>& wrong() const { return wrong_; }

    [[nodiscard]] constexpr const mix_list& left() const { return left_; }
    [[nodiscard]] constexpr const mix_list& right() const { return right_; }
    [[nodiscard]] constexpr const mix_list& weight() const { return weight_; }
    [[nodiscard]] constexpr const mix_list& bias() const { return bias_; }
    /// Whether there is a bias; it may have no axis.
    [[nodiscard]] constexpr bool has_bias() const { return has_bias_; }

    /// The einsum that makes elementary axes, "b s (h d), h d m -> b s m"; `add` takes the pieces of the text.
    template <class Add>
    constexpr void write_einsum(const Add& add) const {
        add(left_.text);
        add(", ");
        add(weight_.text);
        add(" ->");
        write_flat(add);
    }
    /// The rearrange that merges them, "b s h d -> b s (h d)".
    template <class Add>
    constexpr void write_merge(const Add& add) const {
        write_flat(add);
        add(" -> ");
        add(right_.text);
    }
    /// Whether that has something to do.
    [[nodiscard]] constexpr bool merges() const { return !right_.is_flat; }

private:
    template <class Add>
    constexpr void write_flat(const Add& add) const {
        for (const mix_list::entry& e : right_) {
            add(" ");
            add(e.name);
        }
    }

    // By hand: under the sanitizers GCC 12 does not take `find` on a template argument for a constant.
    static constexpr std::size_t next_arrow(std::string_view text, std::size_t at) {
        while (at + 1 < text.size() && !(text[at] == '-' && text[at + 1] == '>'))
            ++at;
        return at + 1 < text.size() ? at : text.size();
    }

    constexpr bool read(std::string_view text, mix_list& list) {
        while (text.starts_with(' '))
            text.remove_prefix(1);
        while (text.ends_with(' '))
            text.remove_suffix(1);
        const token_array tokens = walk(text, verb::axes);
        if (tokens.overflowed) {
            wrong_ = mix_fault{
                text,
                {fault_kind::too_many_tokens, {0, static_cast<std::uint32_t>(text.size())}, {}}};
            wrong_->is_list = true;
            return false;
        }
        // `(...)` is no axis of a tensor, but may stand on the right here.
        if (const auto wrong = first_fault(text, verb::axes, tokens.view());
            wrong && wrong->kind != fault_kind::ellipsis_in_group) {
            wrong_ = mix_fault{text, *wrong};
            wrong_->is_list = true;
            return false;
        }
        list.text = text;
        bool in_group = false;
        for (std::size_t i = 0; i < tokens.count; ++i) {
            const token& t = tokens.storage[i];
            const text_range at{t.offset, t.length};
            const bool is_number = t.kind == token_kind::word && detail::is_number(t.in(text));
            const bool is_label =
                i + 1 < tokens.count && tokens.storage[i + 1].kind == token_kind::label;
            if (t.kind == token_kind::extent) {
                const auto extent = number_value(t.in(text));
                if (!extent)
                    return refuse(list, at, fault_kind::number_too_large);
                list.entries[list.count - 1].extent = *extent;
                continue;
            }
            if (t.kind == token_kind::dots
                || (t.kind == token_kind::word && !is_number && !is_label))
                list.entries[list.count++] = {t.in(text), at, -1, in_group};
            if (t.kind == token_kind::open || t.kind == token_kind::close)
                in_group = t.kind == token_kind::open;
            if (is_number && number_value(t.in(text)) != 1 && !list.number)
                list.number = at;
            if ((t.kind != token_kind::word || is_number || is_label) && !list.not_a_name)
                list.not_a_name = at;
            if (t.kind != token_kind::dots && (t.kind != token_kind::word || is_number))
                list.is_flat = false;
        }
        return true;
    }

    constexpr bool refuse(const mix_list& where, text_range at, fault_kind what) {
        wrong_ = mix_fault{where.text, {what, at, {}}};
        wrong_->kind = category_of(what);
        wrong_->is_list = true;
        return false;
    }
    constexpr bool refuse(const mix_list& where, text_range at, sentence what, category kind) {
        wrong_ = mix_fault{where.text, {fault_kind::one_sided_name, at, {}}, what, kind, true};
        return false;
    }

    constexpr bool check() {
        using enum sentence;
        for (const mix_list* side : {&left_, &right_})
            if (side->number)
                return refuse(*side, *side->number, fault_kind::number_refused);
        for (const mix_list* list : {&weight_, &bias_})
            if (list->not_a_name) {
                const char first = list->text[list->not_a_name->offset];
                return refuse(
                    *list,
                    *list->not_a_name,
                    a_list_of_names,
                    first == '.'              ? category::ellipsis
                    : detail::is_digit(first) ? category::anonymous_axis
                                              : category::syntax
                );
            }
        for (const mix_list::entry& e : right_)
            if (e.name[0] != '.' && !left_.has(e.name) && !weight_.has(e.name))
                return refuse(
                    right_,
                    e.at,
                    the_right_side_has_a_name_that_neither_the_left_side_nor_the_weight_has,
                    category::unknown_axis
                );
        return check_ellipsis() && check_weight() && check_bias();
    }

    constexpr bool check_ellipsis() {
        const std::size_t on_left = left_.find("...");
        const std::size_t on_right = right_.find("...");
        if (on_left == left_.count && on_right == right_.count)
            return true;
        if (on_left == left_.count)
            return refuse(right_, right_.entries[on_right].at, fault_kind::ellipsis_only_right);
        if (on_right == right_.count)
            return refuse(left_, left_.entries[on_left].at, fault_kind::ellipsis_only_left);
        if (left_.entries[on_left].in_group)
            return refuse(left_, left_.entries[on_left].at, fault_kind::ellipsis_in_group);
        return true;
    }

    constexpr bool check_weight() {
        for (const mix_list::entry& e : weight_)
            if (!left_.has(e.name) && !right_.has(e.name))
                return refuse(
                    weight_,
                    e.at,
                    sentence::the_weight_has_a_name_that_neither_side_has,
                    category::unknown_axis
                );
        return true;
    }

    constexpr bool check_bias() {
        const std::size_t dots = right_.find("...");
        for (const mix_list::entry& e : bias_) {
            const std::size_t at = right_.find(e.name);
            if (at == right_.count)
                return refuse(
                    bias_,
                    e.at,
                    sentence::the_bias_has_a_name_that_the_right_side_lacks,
                    category::unknown_axis
                );
            if (dots != right_.count && at < dots)
                return refuse(
                    bias_,
                    e.at,
                    sentence::the_axes_of_a_bias_stand_behind_the_ellipsis,
                    category::ellipsis
                );
        }
        return true;
    }

    std::string_view pattern_;
    mix_list left_;
    mix_list right_;
    mix_list weight_;
    mix_list bias_;
    bool has_bias_ = false;
    std::optional<mix_fault> wrong_;
};

/// The error of what is wrong with a text that is known at run time only.
[[nodiscard]] error refused_mix(const mix_fault& what);

}  // namespace abax
