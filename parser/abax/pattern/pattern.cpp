#include <abax/core/error.hpp>
#include <abax/pattern/check.hpp>
#include <abax/pattern/diagnose.hpp>
#include <abax/pattern/engine.hpp>
#include <abax/pattern/pattern.hpp>
#include <abax/pattern/word.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace abax {

namespace {

text_range range_of(token t) {
    return {t.offset, t.length};
}

text_range spanning(text_range first, text_range last) {
    return {first.offset, last.offset + last.length - first.offset};
}

/// Builds the sides of a pattern whose tokens have passed every check; so nothing here can fail.
class builder {
public:
    builder(std::string_view text, std::span<const token> tokens) : text_(text), tokens_(tokens) {}

    /// The next list of axes, up to the comma, the arrow or the end.
    [[nodiscard]] side next_side() {
        side made;
        made.at = {next_ == 0 ? 0 : tokens_[next_ - 1].end(), 0};
        while (!at(token_kind::comma) && !at(token_kind::arrow) && next_ < tokens_.size())
            made.items.push_back(next_item());
        if (!made.items.empty())
            made.at = spanning(made.items.front().at, made.items.back().at);
        return made;
    }

    /// Steps over the separator; true if it was of this kind.
    bool skip(token_kind separator) {
        const bool found = at(separator);
        next_ += found ? 1 : 0;
        return found;
    }

private:
    [[nodiscard]] bool at(token_kind kind) const {
        return next_ < tokens_.size() && tokens_[next_].kind == kind;
    }
    token take() { return tokens_[next_++]; }

    [[nodiscard]] item next_item() {
        item made;
        if (!at(token_kind::open)) {
            made.at = add_factor(made.atoms);
            return made;
        }
        made.group = true;
        made.at = range_of(take());
        if (next_ + 1 < tokens_.size() && tokens_[next_ + 1].kind == token_kind::label) {
            made.label = name(take().in(text_));
            (void)take();
        }
        while (!at(token_kind::close))
            add_factor(made.atoms);
        made.at = spanning(made.at, range_of(take()));
        return made;
    }

    // Adds the next factor, unless it is a unit, and tells where it stands.
    text_range add_factor(std::vector<atom>& atoms) {
        const token t = take();
        atom made{.at = range_of(t)};
        const auto word = t.in(text_);
        if (word == "*" || word == "_") {  // only verbs that know them let them pass
            made.kind = word == "*" ? atom_kind::star : atom_kind::skip;
            atoms.push_back(made);
            return made.at;
        }
        const auto kind = t.kind == token_kind::dots ? word_kind::name : judge(word);
        if (kind == word_kind::unit)
            return made.at;
        if (t.kind == token_kind::dots) {
            made.kind = atom_kind::ellipsis;
        } else if (kind == word_kind::number) {
            made.kind = atom_kind::number;
            made.number = number_value(word).value_or(std::numeric_limits<std::int64_t>::max());
        } else {
            made.label = name(word);
        }
        if (at(token_kind::extent)) {
            made.at = spanning(made.at, range_of(tokens_[next_]));
            made.extent = number_value(take().in(text_));
        }
        atoms.push_back(made);
        return made.at;
    }

    std::string_view text_;
    std::span<const token> tokens_;
    std::size_t next_ = 0;
};

bool has_primes(name n) {
    return n.text().ends_with('\'');
}

bool is_extension(const atom& a) {
    return a.extent.has_value() || has_primes(a.label);
}

bool is_extension(const item& i, verb operation) {
    const bool group_in_einsum =
        operation == verb::einsum && !i.is_simple_name() && (i.group || i.is_unit());
    return i.label || group_in_einsum
        || std::ranges::any_of(i.atoms, [](const atom& a) { return is_extension(a); });
}

bool is_extension(const side& s, verb operation) {
    return std::ranges::any_of(s.items, [=](const item& i) { return is_extension(i, operation); });
}

void require_short(std::string_view text, verb operation) {
    if (text.size() >= std::numeric_limits<std::uint32_t>::max())
        throw error(
            {.kind = category::overflow,
             .operation = std::string(to_string(operation)),
             .message = "a pattern of 4 GiB or more"}
        );
}

}  // namespace

bool side::has_ellipsis() const noexcept {
    return std::ranges::any_of(items, [](const item& i) {
        return std::ranges::any_of(i.atoms, [](const atom& a) {
            return a.kind == atom_kind::ellipsis;
        });
    });
}

bool pattern::is_einops() const noexcept {
    const auto extends = [this](const side& s) { return is_extension(s, operation_); };
    return !std::ranges::any_of(inputs_, extends) && !extends(output_);
}

void pattern::build(std::string_view text, verb operation, std::span<const token> tokens) {
    text_ = text;
    operation_ = operation;
    builder sides(text_, tokens);
    do
        inputs_.push_back(sides.next_side());
    while (sides.skip(token_kind::comma));
    if (sides.skip(token_kind::arrow))
        output_ = sides.next_side();
}

pattern parse(std::string_view text, verb operation) {
    require_short(text, operation);
    const token_list found = tokenize(text, operation);
    if (const auto wrong = first_fault(text, operation, found.view()))
        throw error(diagnose(text, operation, *wrong));

    pattern parsed;
    parsed.build(text, operation, found.tokens);
    return parsed;
}

pattern parse_packed(std::string_view text, verb operation, std::span<const packed_token> tokens) {
    std::vector<token> unpacked;
    unpacked.reserve(tokens.size());
    for (const packed_token t : tokens)
        unpacked.push_back(t.unpacked());

    pattern parsed;
    parsed.build(text, operation, unpacked);
    return parsed;
}

}  // namespace abax
