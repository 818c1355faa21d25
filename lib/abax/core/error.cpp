#include <abax/core/callback.hpp>
#include <abax/core/error.hpp>

#include <array>
#include <utility>

namespace abax {

namespace {

constexpr auto category_names = std::to_array<std::string_view>(
    {"syntax",
     "duplicate_axis",
     "unknown_axis",
     "rank_mismatch",
     "size_mismatch",
     "not_divisible",
     "ambiguous_size",
     "missing_size",
     "ellipsis",
     "anonymous_axis",
     "unexpected_size_argument",
     "other",
     "name_mismatch",
     "dtype_mismatch",
     "file",
     "config",
     "usage",
     "overflow",
     "allocation",
     "dry"}
);

bool continues_a_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Control characters would break the caret's column, or the reader's terminal.
std::string printable(std::string_view text) {
    std::string shown;
    for (const char c : text)
        shown += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    return shown;
}

// One column for each character, not for each byte of UTF-8.
std::size_t columns(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text)
        count += continues_a_character(c) ? 0 : 1;
    return count;
}

std::string caret_line(std::string_view pattern, std::size_t offset, std::size_t length) {
    offset = offset < pattern.size() ? offset : pattern.size();
    const std::size_t marked = columns(pattern.substr(offset, length));
    std::string line(columns(pattern.substr(0, offset)), ' ');
    line += '^';
    if (marked > 1)
        line.append(marked - 1, '~');
    return line;
}

void add_field(std::string& text, std::string_view label, std::string_view value) {
    constexpr std::size_t label_width = 10;
    if (value.empty())
        return;
    text += "\n  ";
    text += label;
    text.append(label_width - label.size(), ' ');
    text += printable(value);
}

std::string format(const diagnosis& d) {
    std::string text = "abax: ";
    if (!d.operation.empty())
        text += d.operation + ": ";
    text += printable(d.message);
    if (!d.pattern.empty() || d.offset != diagnosis::nowhere) {
        text += "\n  " + printable(d.pattern);
        if (d.offset != diagnosis::nowhere)
            text += "\n  " + caret_line(d.pattern, d.offset, d.length);
    }
    add_field(text, "file", d.file);
    add_field(text, "input", d.input);
    add_field(text, "expected", d.expected);
    add_field(text, "got", d.got);
    add_field(text, "help", d.help);
    return text;
}

}  // namespace

std::string_view to_string(category kind) noexcept {
    return category_names[static_cast<std::size_t>(kind)];
}

error::error(diagnosis what_happened)
    : details_(std::move(what_happened)), text_(format(details_)) {}

void throw_empty_callback() {
    throw error(
        {.kind = category::usage,
         .operation = "callback",
         .message = "a function was called that was never given",
         .expected = "something to call",
         .got = "an empty function"}
    );
}

}  // namespace abax
