#include <abax/pattern/hints.hpp>
#include <abax/pattern/word.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace abax {

namespace {

struct lookalike {
    std::string_view character;
    std::string_view help;
};

constexpr std::string_view only_spaces = "only the space separates axes";
constexpr std::string_view plain_prime = "write a prime as a plain apostrophe: s'";

// What editors, keyboards and papers put in the place of the plain character.
constexpr auto lookalikes = std::to_array<lookalike>({
    {"\xE2\x80\xA6", "write three dots '...'"},  // U+2026
    {"\xE2\x86\x92", "write '->'"},              // U+2192
    {"\xE2\x80\xB2", plain_prime},               // U+2032
    {"\xE2\x80\x99", plain_prime},               // U+2019
    {"\xC2\xA0", "write a plain space; this one is U+00A0"},
    {"\xE3\x80\x80", "write a plain space; this one is U+3000"},
    {"\t", only_spaces},
    {"\n", only_spaces},
    {"\r", only_spaces},
    {"-", "the arrow is '->'; names may hold '_' but no '-'"},
    {">", "the arrow is '->'"},
    {"*", "'*' stands only in the patterns of pack and unpack"},
    {"[", "axes are merged by parentheses: (h d)"},
    {"]", "axes are merged by parentheses: (h d)"},
    {"\"", plain_prime},
});

struct named_control {
    char character;
    std::string_view name;
};

constexpr auto controls = std::to_array<named_control>(
    {{'\0', "null"}, {'\t', "tab"}, {'\n', "newline"}, {'\r', "carriage return"}}
);

std::string hexadecimal(unsigned value, std::size_t digits) {
    constexpr std::string_view digit = "0123456789ABCDEF";
    std::string text(digits, '0');
    for (std::size_t i = digits; i > 0; --i, value /= 16)
        text[i - 1] = digit[value % 16];
    return text;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

// How many characters must be added, dropped, replaced, or swapped with their neighbour to turn `a` into `b`.
std::size_t edits_between(std::string_view a, std::string_view b) {
    const std::size_t width = b.size() + 1;
    std::vector<std::size_t> table((a.size() + 1) * width);
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t k = 0; k <= b.size(); ++k) {
            std::size_t& edits = table[i * width + k];
            if (i == 0 || k == 0) {
                edits = i + k;
                continue;
            }
            const bool same = a[i - 1] == b[k - 1];
            edits = std::min(
                {(&edits)[-1] + 1,
                 table[(i - 1) * width + k] + 1,
                 table[(i - 1) * width + k - 1] + (same ? 0 : 1)}
            );
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                edits = std::min(edits, table[(i - 2) * width + k - 2] + 1);
        }
    return table.back();
}

bool in_word(char c) {
    return std::string_view(" ().,->=:").find(c) == std::string_view::npos;
}

struct found_word {
    std::string_view text;
    bool is_label = false;
};

// The words of a text that has passed the grammar.
std::vector<found_word> words_of(std::string_view text) {
    std::vector<found_word> words;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && in_word(text[end]))
            ++end;
        if (end > at && judge(text.substr(at, end - at)) == word_kind::name)
            words.push_back({text.substr(at, end - at), end < text.size() && text[end] == ':'});
        at = end + 1;
    }
    return words;
}

std::string_view rule_of(verb operation, bool on_left) {
    switch (operation) {
    case verb::rearrange:
        return on_left ? "rearrange keeps every axis; reduce drops axes"
                       : "rearrange keeps every axis; repeat adds axes";
    case verb::reduce: return "reduce only drops axes; repeat adds them";
    case verb::repeat: return "repeat keeps every axis; reduce drops axes";
    default: return "";
    }
}

}  // namespace

bool are_similar(std::string_view a, std::string_view b) {
    constexpr std::size_t one_edit =
        3;  // h and w are one edit apart, and nobody mistakes one for the other
    constexpr std::size_t two_edits = 6;
    constexpr std::size_t longest = 64;  // nobody misspells more, and the search is quadratic
    if (equal_but_for_case(without_primes(a), without_primes(b)))
        return true;
    const std::size_t shorter = std::min(a.size(), b.size());
    if (shorter < one_edit || std::max(a.size(), b.size()) > longest)
        return false;
    return edits_between(a, b) <= (shorter < two_edits ? 1U : 2U);
}

std::string did_you_mean(std::string_view wrong, std::span<const std::string_view> names) {
    std::string text;
    for (const std::string_view candidate : names)
        if (are_similar(wrong, candidate))
            text += (text.empty() ? "did you mean '" : " or '") + std::string(candidate) + '\'';
    return text.empty() ? text : text + '?';
}

std::string describe_character(std::string_view character) {
    const auto first = static_cast<unsigned char>(character.empty() ? '\0' : character.front());
    if (character.size() > 1 || (first >= 0x20 && first < 0x7F))
        return "'" + std::string(character) + "'";
    if (first >= 0x80)
        return "byte 0x" + hexadecimal(first, 2);
    std::string text = "U+" + hexadecimal(first, 4);
    for (const auto& control : controls)
        if (control.character == static_cast<char>(first))
            text += " (" + std::string(control.name) + ")";
    return text;
}

std::string character_help(std::string_view character) {
    for (const auto& known : lookalikes)
        if (known.character == character)
            return std::string(known.help);
    if (!character.empty() && static_cast<unsigned char>(character.front()) >= 0x80)
        return "patterns are ASCII: names of letters, digits and '_', and '...' for an ellipsis";
    return "";
}

std::string with_spaced_stars(std::string_view chunk) {
    std::string text;
    for (std::size_t i = 0; i < chunk.size(); ++i) {
        const bool star = chunk[i] == '*';
        const bool after_star = i > 0 && chunk[i - 1] == '*';
        if (star && after_star)
            continue;
        text += i > 0 && star != after_star ? " " : "";
        text += chunk[i];
    }
    return text;
}

std::string unpackable_help(std::string_view chunk) {
    const auto has = [=](std::string_view what) {
        return chunk.find(what) != std::string_view::npos;
    };
    if (has("..."))
        return "'*' stands for any number of axes";
    if (has("->"))
        return "there is one list of axes here, without an arrow: 'b *'";
    if (has(","))
        return "part axes by spaces; only einsum has several operands";
    if (has("=") || has(":"))
        return "only names and one '*' stand here";
    if (judge(chunk) != word_kind::name && !has("(") && !has(")"))
        return "give the axis a name; only names and one '*' stand here";
    return "split and merge axes by rearrange, before or after";
}

std::string one_sided_help(std::string_view text, verb operation, text_range name) {
    const auto arrow = text.find("->");
    const bool on_left = name.offset < arrow;
    const auto wanted = name.in(text);
    for (const auto& other : words_of(on_left ? text.substr(arrow + 2) : text.substr(0, arrow))) {
        if (other.is_label && other.text == wanted)
            return "'" + std::string(wanted)
                 + "' there is the name of a merged axis; write its group on both sides";
        if (!other.is_label && are_similar(wanted, other.text))
            return "did you mean '" + std::string(other.text) + "'?";
    }
    return std::string(rule_of(operation, on_left));
}

}  // namespace abax
