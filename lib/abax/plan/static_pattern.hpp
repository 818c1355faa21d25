#pragma once

#include <abax/core/fixed_text.hpp>
#include <abax/pattern/static_check.hpp>
#include <abax/pattern/word.hpp>
#include <abax/plan/pattern_literal.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace abax {

/// The syntax tree of a legal pattern, flat, so that rules can walk it in a constant expression.
class static_pattern {
public:
    /// An elementary axis: a name, a number of at least 2, the ellipsis, `_` or `*`.
    struct atom {
        std::string_view text;    ///< "h", "3", "...", "_", "*"
        std::uint32_t at = 0;     ///< where it stands
        bool is_name = false;     ///< else a number or a sign
        bool has_extent = false;  ///< `h=12`
    };
    /// What stands for one axis of a tensor.
    struct item {
        std::string_view label;  ///< m of `(m: h d)`
        std::uint32_t at = 0;    ///< where it stands
        std::uint32_t size = 0;  ///< how long its text is
        std::uint8_t first = 0;  ///< its first atom
        std::uint8_t count = 0;  ///< how many atoms it has; units leave none
        bool group = false;      ///< written with parentheses
        bool has_dots = false;   ///< an ellipsis is among its atoms
    };
    /// The items of one term: the left side, a term of an einsum, the right side.
    struct term {
        std::uint8_t first = 0;
        std::uint8_t count = 0;
        std::uint32_t at = 0;  ///< where it begins
    };

    /// Reads a legal text from its tokens.
    constexpr static_pattern(std::string_view text, std::span<const packed_token> tokens)
        : text_(text) {
        for (std::size_t i = 0; i < tokens.size();) {
            const packed_token& t = tokens[i];
            if (t.kind == token_kind::comma || t.kind == token_kind::arrow) {
                output_ = t.kind == token_kind::arrow ? terms_ + 1U : output_;
                term_[++terms_] = {items_, 0, t.offset + std::uint32_t{t.length}};
                ++i;
            } else {
                i = add_item(tokens, i);
                ++term_[terms_].count;
            }
        }
    }

    [[nodiscard]] constexpr std::string_view text() const { return text_; }
    /// The left side; term k of an einsum.
    [[nodiscard]] constexpr const term& input(std::size_t k = 0) const { return term_[k]; }
    /// How many terms stand left of the arrow.
    [[nodiscard]] constexpr std::size_t inputs() const {
        return output_ != 0 ? output_ : terms_ + 1U;
    }
    /// The right side.
    [[nodiscard]] constexpr const term& output() const { return term_[output_]; }
    /// Item i of a term.
    [[nodiscard]] constexpr const item& at(const term& t, std::size_t i) const {
        return item_[t.first + i];
    }
    /// Atom k of an item.
    [[nodiscard]] constexpr const atom& at(const item& i, std::size_t k = 0) const {
        return atom_[i.first + k];
    }
    /// As it was written, parentheses included.
    [[nodiscard]] constexpr std::string_view text(const item& i) const {
        return text_.substr(i.at, i.size);
    }
    /// `a`, `(a)`, `(a 1)`: means exactly the axis a.
    [[nodiscard]] constexpr bool is_simple_name(const item& i) const {
        return i.count == 1 && i.label.empty() && atom_[i.first].is_name;
    }
    /// A bare `...`.
    [[nodiscard]] static constexpr bool is_ellipsis(const item& i) {
        return i.has_dots && !i.group;
    }
    /// The index of the bare `...` in a term; the number of items if there is none.
    [[nodiscard]] constexpr std::size_t ellipsis(const term& t) const {
        for (std::size_t i = 0; i < t.count; ++i)
            if (is_ellipsis(at(t, i)))
                return i;
        return t.count;
    }

private:
    // @return the index behind the item
    constexpr std::size_t add_item(std::span<const packed_token> tokens, std::size_t i) {
        item& made = item_[items_++];
        made.at = tokens[i].offset;
        made.first = atoms_;
        if (tokens[i].kind != token_kind::open) {
            made.size = tokens[i].length;
            return add_atom(made, tokens, i);
        }
        made.group = true;
        ++i;
        if (i + 1 < tokens.size() && tokens[i + 1].kind == token_kind::label) {
            made.label = word(tokens[i]);
            i += 2;
        }
        while (tokens[i].kind != token_kind::close)
            i = add_atom(made, tokens, i);
        made.size = tokens[i].offset + 1U - made.at;
        return i + 1;
    }

    constexpr std::size_t add_atom(item& i, std::span<const packed_token> tokens, std::size_t k) {
        const std::string_view text = word(tokens[k]);
        const bool dots = tokens[k].kind == token_kind::dots;
        const bool extent = k + 1 < tokens.size() && tokens[k + 1].kind == token_kind::extent;
        const char c = text[0];
        const bool name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (name || dots || c == '_' || c == '*' || number_value(text) != 1) {
            atom_[atoms_++] = {text, tokens[k].offset, name, extent};
            ++i.count;
            i.has_dots = i.has_dots || dots;
        }
        return k + (extent ? 2 : 1);
    }

    [[nodiscard]] constexpr std::string_view word(const packed_token& t) const {
        return {text_.data() + t.offset, t.length};
    }

    std::string_view text_;
    std::array<atom, max_literal_tokens> atom_{};
    std::array<item, max_literal_tokens> item_{};
    std::array<term, max_literal_tokens + 1> term_{};
    std::uint8_t atoms_ = 0;
    std::uint8_t items_ = 0;
    std::uint8_t terms_ = 0;
    std::uint8_t output_ = 0;  // 0: there is no arrow
};

/// A pattern that is a template argument, read once: `rearrange<"b s (h d) -> b h s d">(x)`.
template <fixed_text Text, verb Verb>
struct static_text {
    /// The tokens, in as many places as there may be, and what is wrong.
    struct reading {
        literal_tokens<> tokens{};
        std::optional<fault> wrong{};
    };
    static constexpr reading read() {
        reading r;
        r.wrong = read_literal(Text.view(), Verb, r.tokens);
        return r;
    }
    static constexpr reading all = read();
    static constexpr bool ok = !all.wrong;
    /// What runs: the text and the tokens in one piece.
    static constexpr stored_literal<ok ? all.tokens.count : 0, sizeof(Text.characters)> stored{
        Text.view(), all.tokens.view().first(ok ? all.tokens.count : 0)};
    /// The syntax tree; of a faulty text that of none.
    static constexpr static_pattern tree{
        ok ? Text.view() : std::string_view{}, all.tokens.view().first(ok ? all.tokens.count : 0)};
};

}  // namespace abax
