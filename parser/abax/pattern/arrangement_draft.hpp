#pragma once

#include <abax/pattern/arrangement_parts.hpp>
#include <abax/pattern/token.hpp>
#include <abax/pattern/word.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// An arrangement in the making: names still stand in the texts they come from.
namespace abax::detail {

/// A name with primes added, and the extent if it is given.
struct draft_name {
    std::string_view stem = {};
    std::uint32_t primes = 0;
    std::int64_t extent = 0;  ///< or `no_extent`

    [[nodiscard]] constexpr std::size_t length() const noexcept { return stem.size() + primes; }
    [[nodiscard]] constexpr char at(std::size_t i) const noexcept {
        return i < stem.size() ? stem[i] : '\'';
    }
};

[[nodiscard]] constexpr bool reads_as(const draft_name& a, const draft_name& b) noexcept {
    if (a.length() != b.length())
        return false;
    for (std::size_t i = 0; i < a.length(); ++i)
        if (a.at(i) != b.at(i))
            return false;
    return true;
}

/// The names of one arrangement, or of two, and two sides that refer to them.
struct arrangement_draft {
    std::array<draft_name, 2 * max_names> names{};
    arranged_side left{};
    arranged_side right{};
};

/// Writes a draft: canonical text, axes numbered in the order of the left side.
class arrangement_writer {
public:
    explicit constexpr arrangement_writer(const arrangement_draft& from) : from_(from) {}

    [[nodiscard]] constexpr arranged write() {
        put(from_.left, made_.left);
        put(made_.length == 0 ? "->" : " ->");
        if (from_.right.item_count > 0)
            put(" ");
        put(from_.right, made_.right);
        return made_;
    }

private:
    constexpr void put(char c) {
        if (made_.length == max_arrangement_text)
            the_text_of_an_arrangement_has_at_most_512_characters();
        made_.characters[made_.length++] = c;
    }
    constexpr void put(std::string_view text) {
        for (const char c : text)
            put(c);
    }
    constexpr void put_number(std::int64_t number) {
        std::array<char, 20> digits{};
        std::size_t count = 0;
        do
            digits[count++] = static_cast<char>('0' + number % 10);
        while ((number /= 10) != 0);
        while (count > 0)
            put(digits[--count]);
    }
    constexpr text_range put_name(const draft_name& n) {
        const text_range at{made_.length, static_cast<std::uint32_t>(n.length())};
        for (std::size_t i = 0; i < n.length(); ++i)
            put(n.at(i));
        return at;
    }

    // Every axis is on both sides; its extent is written where it is first met, on the left.
    constexpr void put_factor(axis_id factor, arranged_side& to) {
        if (factor == the_ellipsis) {
            put("...");
            to.add(the_ellipsis);
            return;
        }
        const draft_name& n = from_.names[factor];
        const text_range at = put_name(n);
        if (&to == &made_.left) {
            if (made_.axis_count == max_axes)
                an_arrangement_has_at_most_32_axes_on_a_side();
            made_.names[made_.axis_count] = at;
            made_.extents[made_.axis_count] = n.extent;
            number_[factor] = made_.axis_count++;
            if (n.extent != no_extent) {
                put('=');
                put_number(n.extent);
            }
        }
        to.add(number_[factor]);
    }

    constexpr void put_group(std::span<const axis_id> factors, arranged_side& to) {
        bool first = true;
        for (const axis_id factor : factors) {
            if (!first)
                put(' ');
            first = false;
            put_factor(factor, to);
        }
    }

    constexpr void put(const arranged_side& side, arranged_side& to) {
        for (std::size_t i = 0; i < side.item_count; ++i) {
            if (i > 0)
                put(' ');
            const std::uint32_t start = made_.length;
            put(side.items[i], side.of(side.items[i]), to);
            to.items[i].at = {start, made_.length - start};
        }
    }
    constexpr void put(
        const arranged_item& item, std::span<const axis_id> factors, arranged_side& to
    ) {
        if (item.spread) {
            put("...");
            return to.add_ellipsis();
        }
        // A group that became a unit has lost its name: nothing is merged any more.
        const bool labelled = item.label != no_label && !factors.empty();
        to.begin(labelled ? first_label + made_.label_count : no_label);
        if (factors.empty())
            return put('1');
        const bool group = labelled || factors.size() > 1 || factors[0] == the_ellipsis;
        if (group)
            put('(');
        if (labelled) {
            made_.names[first_label + made_.label_count++] = put_name(from_.names[item.label]);
            put(": ");
        }
        put_group(factors, to);
        if (group)
            put(')');
    }

    const arrangement_draft& from_;
    arranged made_{};
    std::array<axis_id, 2 * max_names> number_{};
};

/// Reads the tokens of a pattern of rearrange in which nothing is wrong.
[[nodiscard]] constexpr arranged arrange(std::string_view text, std::span<const token> tokens) {
    arrangement_draft draft;
    axis_id axes = 0;
    axis_id labels = first_label;
    bool in_group = false;
    arranged_side* side = &draft.left;
    const auto number_of = [&](std::string_view word) {
        for (axis_id i = 0; i < axes; ++i)
            if (draft.names[i].stem == word)
                return i;
        draft.names[axes] = {word, 0, no_extent};
        return axes++;
    };

    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const token& t = tokens[i];
        const std::string_view word = t.in(text);
        switch (t.kind) {
        case token_kind::arrow: side = &draft.right; break;
        case token_kind::open:
            in_group = true;
            if (i + 2 < tokens.size() && tokens[i + 2].kind == token_kind::label) {
                draft.names[labels].stem = tokens[i + 1].in(text);
                side->begin(labels++);
                i += 2;
            } else {
                side->begin();
            }
            break;
        case token_kind::close: in_group = false; break;
        case token_kind::dots:
            if (in_group)
                side->add(the_ellipsis);
            else
                side->add_ellipsis();
            break;
        case token_kind::word: {
            if (!in_group)
                side->begin();
            if (is_digit(word.front()))
                break;  // rearrange takes no number but 1
            const axis_id id = number_of(word);
            side->add(id);
            if (i + 1 < tokens.size() && tokens[i + 1].kind == token_kind::extent)
                draft.names[id].extent = *number_value(tokens[++i].in(text));
            break;
        }
        default: break;
        }
    }
    return arrangement_writer(draft).write();
}

/// The same with its sides swapped.
[[nodiscard]] constexpr arranged swapped(const arranged& from) {
    arrangement_draft draft;
    for (std::size_t i = 0; i < from.axis_count; ++i)
        draft.names[i] = {from.names[i].in(from.text()), 0, from.extents[i]};
    for (std::size_t i = first_label; i < std::size_t{first_label} + from.label_count; ++i)
        draft.names[i].stem = from.names[i].in(from.text());
    draft.left = from.right;
    draft.right = from.left;
    return arrangement_writer(draft).write();
}

}  // namespace abax::detail
