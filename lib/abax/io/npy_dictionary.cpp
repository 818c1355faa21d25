#include <abax/io/file_fault.hpp>
#include <abax/io/npy_dictionary.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace abax::io {

namespace {

[[noreturn]] void rejected(
    std::string_view where, std::string message, std::string expected, std::string got = {}
) {
    throw_file_fault("load_npy", where, {std::move(message), std::move(expected), std::move(got)});
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class dictionary_reader {
public:
    dictionary_reader(std::string_view text, std::string_view where)
        : rest_(text), size_(text.size()), where_(where) {}

    npy_header read() {
        expect('{', "the header to be a Python dictionary, which begins with '{'");
        while (!taken('}')) {
            read_entry();
            if (!taken(',')) {
                expect('}', "',' or '}' after an entry of the header");
                break;
            }
        }
        if (skip_spaces(); !rest_.empty())
            rejected_here(
                "the header goes on after its dictionary", "spaces up to the end of the header"
            );
        require_key(descr_.has_value(), "descr");
        require_key(fortran_order_.has_value(), "fortran_order");
        require_key(extents_.has_value(), "shape");
        return {*std::move(descr_), *fortran_order_, *std::move(extents_), 0};
    }

private:
    void read_entry() {
        const std::string key = read_string("a key in quotes");
        expect(':', "':' after the key " + shown(key));
        if (key == "descr")
            set_once(descr_, key, [this] { return read_descr(); });
        else if (key == "fortran_order")
            set_once(fortran_order_, key, [this] { return read_bool(); });
        else if (key == "shape")
            set_once(extents_, key, [this] { return read_extents(); });
        else
            rejected(
                where_,
                "the header has an unknown key " + shown(key),
                "the keys 'descr', 'fortran_order' and 'shape'"
            );
    }

    template <class Value, class Read>
    void set_once(std::optional<Value>& value, const std::string& key, Read read) {
        if (value.has_value())
            rejected(where_, "the header has the key '" + key + "' twice", "each key once");
        value = read();
    }

    void require_key(bool is_there, std::string_view key) const {
        if (!is_there)
            rejected(
                where_,
                "the header lacks the key '" + std::string(key) + "'",
                "the keys 'descr', 'fortran_order' and 'shape'"
            );
    }

    std::string read_descr() {
        if (skip_spaces(); rest_.starts_with('[') || rest_.starts_with('('))
            rejected(
                where_,
                "the elements have a structured type, which abax does not read",
                "one element type, as '<f4'",
                shown(rest_)
            );
        return read_string("an element type in quotes");
    }

    bool read_bool() {
        if (skip_spaces(); taken_word("True"))
            return true;
        if (taken_word("False"))
            return false;
        rejected_here("'fortran_order' is neither True nor False", "True or False");
    }

    std::vector<std::int64_t> read_extents() {
        std::vector<std::int64_t> extents;
        expect('(', "'shape' to be a tuple, which begins with '('");
        while (!taken(')')) {
            extents.push_back(read_extent());
            // (3) is a number in Python, only (3,) is a tuple.
            if (extents.size() == 1)
                expect(',', "',' after the first extent");
            else if (!taken(',')) {
                expect(')', "',' or ')' after an extent");
                break;
            }
        }
        return extents;
    }

    std::int64_t read_extent() {
        if (skip_spaces(); rest_.starts_with('-'))
            rejected_here("an extent in 'shape' is negative", "extents of 0 or more");
        const std::string_view digits = rest_.substr(
            0,
            static_cast<std::size_t>(
                std::find_if_not(rest_.begin(), rest_.end(), is_digit) - rest_.begin()
            )
        );
        if (digits.empty() || (digits.size() > 1 && digits.front() == '0'))
            rejected_here("'shape' holds something that is no extent", "a decimal number");
        std::int64_t extent = 0;
        for (const char digit : digits)
            if (__builtin_mul_overflow(extent, 10, &extent)
                || __builtin_add_overflow(extent, digit - '0', &extent))
                rejected_here(
                    "an extent in 'shape' does not fit 64 bits", "extents up to 9223372036854775807"
                );
        rest_.remove_prefix(digits.size());
        if (rest_.starts_with('L'))  // as Python 2 wrote its long integers
            rest_.remove_prefix(1);
        return extent;
    }

    std::string read_string(const char* expected) {
        skip_spaces();
        if (!rest_.starts_with('\'') && !rest_.starts_with('"'))
            rejected_here(std::string("the header lacks ") + expected, expected);
        const std::size_t end = rest_.find(rest_.front(), 1);
        if (end == std::string_view::npos)
            rejected_here("a quote in the header is not closed", "a closing quote");
        const std::string_view text = rest_.substr(1, end - 1);
        // Nothing we read needs an escape or a letter beyond ASCII.
        const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) {
            return c >= ' ' && c <= '~' && c != '\\';
        });
        if (!is_plain)
            rejected_here(
                "a text in the header holds more than plain ASCII",
                "plain ASCII without backslashes"
            );
        std::string result(text);
        rest_.remove_prefix(end + 1);
        return result;
    }

    bool taken(char c) {
        if (skip_spaces(); !rest_.starts_with(c))
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool taken_word(std::string_view word) {
        if (!rest_.starts_with(word))
            return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    void expect(char c, const std::string& expected) {
        if (!taken(c))
            rejected_here("the header is malformed", expected);
    }

    void skip_spaces() {
        while (!rest_.empty() && is_space(rest_.front()))
            rest_.remove_prefix(1);
    }

    [[noreturn]] void rejected_here(std::string message, std::string expected) const {
        std::string seen = "the end of the header";
        if (!rest_.empty()) {
            // Bytes beyond ASCII are anybody's guess here, and may not be UTF-8.
            std::string next(rest_.substr(0, 20));
            std::replace_if(
                next.begin(), next.end(), [](char c) { return c < ' ' || c > '~'; }, '?'
            );
            seen = shown(next);
        }
        rejected(
            where_,
            std::move(message),
            std::move(expected),
            seen + " at byte " + std::to_string(size_ - rest_.size()) + " of the header"
        );
    }

    std::string_view rest_;
    std::size_t size_;
    std::string_view where_;
    std::optional<std::string> descr_;
    std::optional<bool> fortran_order_;
    std::optional<std::vector<std::int64_t>> extents_;
};

}  // namespace

npy_header parse_npy_dictionary(std::string_view text, std::string_view where) {
    return dictionary_reader(text, where).read();
}

}  // namespace abax::io
