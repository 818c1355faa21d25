#pragma once

#include <abax/plan/align_rule.hpp>
#include <abax/plan/axis_rule.hpp>
#include <abax/plan/transform_rule.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// The texts of `expect`, "b s m, m f -> b s f", and what they say of names, said while compiling.
///
/// A text is a list of axes, as of `axes`, for each operand: separated by commas, and by '->' before that of a result. So whatever
/// a list of axes may hold, groups, numbers, `h=12` and an ellipsis, may stand here, and a name stands once for each operand.
namespace abax {

/// The terms of a text of `expect`: at most as many as an einsum has.
class expected_terms {
public:
    /// One operand's list of axes.
    struct term {
        std::string_view text;
        std::uint32_t at = 0;  ///< where it begins
    };

    /// So many operands may stand in one call.
    static constexpr std::size_t most = 32;

    /// Takes the text apart; whether its terms are legal is not asked.
    constexpr explicit expected_terms(std::string_view text) : text_(text) {
        const std::size_t arrow = next_arrow(0);
        std::size_t begin = 0;
        for (std::size_t at = 0; at < arrow; ++at)
            if (text[at] == ',') {
                add(begin, at);
                begin = at + 1;
            }
        add(begin, arrow);
        if (arrow < text.size())
            add(arrow + 2, text.size());
    }

    /// How many there are, also of those that are too many to be kept.
    [[nodiscard]] constexpr std::size_t count() const { return count_; }
    [[nodiscard]] constexpr const term& operator[](std::size_t i) const { return terms_[i]; }

    /// The first fault of the text; nothing for a legal one.
    [[nodiscard]] constexpr std::optional<fault> first_fault() const {
        const std::size_t first = next_arrow(0);
        if (const std::size_t second = next_arrow(first + 2); second < text_.size())
            return fault{
                fault_kind::second_arrow,
                {static_cast<std::uint32_t>(second), 2},
                {static_cast<std::uint32_t>(first), 2}};
        if (count_ > terms_.size())
            return fault{fault_kind::too_many_operands, {terms_.back().at, 0}, {}};
        for (std::size_t i = 0; i < count_; ++i)
            if (auto wrong = static_fault(terms_[i].text, verb::axes)) {
                wrong->at.offset += terms_[i].at;
                return wrong;
            }
        return std::nullopt;
    }

private:
    // Spelled out: under its sanitizers GCC 12 evaluates no find of a text that is a template argument.
    [[nodiscard]] constexpr std::size_t next_arrow(std::size_t from) const {
        for (std::size_t at = from; at + 1 < text_.size(); ++at)
            if (text_[at] == '-' && text_[at + 1] == '>')
                return at;
        return text_.size();
    }
    constexpr void add(std::size_t begin, std::size_t end) {
        if (count_ < terms_.size())
            terms_[count_] = {text_.substr(begin, end - begin), static_cast<std::uint32_t>(begin)};
        ++count_;
    }

    std::string_view text_;
    std::array<term, most> terms_{};
    std::size_t count_ = 0;
};

/// Calls visit(name, first) for each name of a legal text of `expect`, where `first` tells whether it stands there for the first time.
template <class Visit>
constexpr void for_each_name(std::string_view text, const Visit& visit) {
    const auto word_end = [&](std::size_t at) {
        while (at < text.size() && (detail::is_word_character(text[at])))
            ++at;
        return at;
    };
    const auto is_name = [&](std::size_t at) { return text[at] < '0' || text[at] > '9'; };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::size_t end = word_end(at);
        if (end == at)
            continue;
        const std::string_view word = text.substr(at, end - at);
        bool first = is_name(at);
        for (std::size_t k = 0; first && k < at; ++k)
            if (const std::size_t other = word_end(k); other != k) {
                first = !axis_table::same(text.substr(k, other - k), word);
                k = other;
            }
        if (is_name(at))
            visit(word, first);
        at = end;
    }
}

/// How many different names a legal text of `expect` has.
[[nodiscard]] constexpr std::size_t count_names(std::string_view text) {
    std::size_t names = 0;
    for_each_name(text, [&](std::string_view, bool first) { names += first ? 1U : 0U; });
    return names;
}

namespace detail {

/// The syntax tree of a legal list of axes.
[[nodiscard]] constexpr static_pattern list_tree(std::string_view text, literal_tokens<>& tokens) {
    (void)read_literal(text, verb::axes, tokens);
    return static_pattern(text, tokens.view());
}

/// The axes that names stand for, as far as the operands are known: axes of one name with other factors do not meet.
class expected_names {
public:
    constexpr verdict add(const axis_table::entry& axis) {
        for (std::size_t i = 0; i < count_; ++i)
            if (axis_table::same(known_[i].label, axis.label)) {
                if (!meet(known_[i], axis))
                    return other_factors(known_[i], axis);
                if (!known_[i].remembers())
                    known_[i] = axis;
                return {};
            }
        if (count_ < known_.size())
            known_[count_++] = axis;
        return {};
    }

private:
    std::array<axis_table::entry, 128> known_{};
    std::size_t count_ = 0;
};

/// The pattern that puts axes into the order of a list, if only their order is another: "b s m -> s b m".
[[nodiscard]] constexpr fragment reordering(const static_pattern& p, const axis_table& axes) {
    const auto& list = p.input();
    if (list.count != axes.rank())
        return {};
    fragment hint(fragment_kind::hint, "");
    for (std::size_t i = 0; i < axes.rank(); ++i)
        hint.add(axes[i].label).add(" ");
    hint.add("->");
    for (std::size_t i = 0; i < list.count; ++i) {
        if (!p.is_simple_name(p.at(list, i)) || !axes.has(p.at(p.at(list, i)).text))
            return {};
        hint.add(" ").add(p.at(p.at(list, i)).text);
    }
    return hint;
}

/// Shows where the term stands in the whole text.
[[nodiscard]] constexpr verdict in_whole_text(
    verdict v, std::string_view text, const expected_terms::term& t
) {
    if (v.parts[0].kind != fragment_kind::pattern)
        return v;
    std::size_t caret = 0;
    while (v.parts[0].characters[caret] != '^')
        ++caret;
    v.parts[0] = with_caret(text, t.at + caret);
    return v;
}

}  // namespace detail

/// The verdict on operands with these axes at a function's door. Those with names in their value are passed over.
[[nodiscard]] constexpr verdict expect_rule(
    std::string_view text, std::span<const static_axes> operands
) {
    const expected_terms terms(text);
    if (const auto wrong = terms.first_fault())
        return verdict::faulty(text, *wrong);
    if (terms.count() != operands.size())
        return verdict::refused(
            category::other,
            sentence::the_pattern_has_another_number_of_terms_than_there_are_operands,
            fragment(fragment_kind::pattern, text)
        );
    detail::expected_names names;
    for (std::size_t k = 0; k < operands.size(); ++k) {
        if (operands[k] == names_in_value)
            continue;
        literal_tokens<> tokens;
        const static_pattern p = detail::list_tree(terms[k].text, tokens);
        const axis_table axes(operands[k].view());
        const auto& list = p.input();
        if (verdict v = detail::match_term(p, list, axes, operands[k].view()); !v.ok()) {
            if (const fragment hint = detail::reordering(p, axes); hint.length > 0) {
                v.parts[1] = quoted(fragment_kind::tensor, operands[k].view());
                v.parts[2] = hint;
            }
            return detail::in_whole_text(v, text, terms[k]);
        }
        const std::size_t dots = p.ellipsis(list);
        for (std::size_t i = 0, at = 0; i < list.count; ++i) {
            if (i == dots)
                at += axes.rank() + 1 - list.count;
            else if (const auto& axis = axes[at++]; axis.is_named())
                if (const verdict v = names.add(axis); !v.ok())
                    return v;
        }
    }
    return verdict::of(names_in_value);
}

namespace detail {

/// expect<"b s m, m f -> b s f">(x, w, y).
template <fixed_text Text, static_axes... Operands>
struct expect_check {
    static constexpr verdict judge() {
        if (((Operands.is == static_axes::state::refused) || ...))
            return verdict::silent();
        const static_axes all[] = {Operands..., names_in_value};
        return expect_rule(Text.view(), std::span(all).first(sizeof...(Operands)));
    }
    static constexpr verdict says = judge();
};

}  // namespace detail

}  // namespace abax
