#include "options.hpp"

#include <abax/core/error.hpp>
#include <abax/io/atomic_file.hpp>
#include <abax/pattern/pattern.hpp>

#include <charconv>
#include <iostream>
#include <optional>

namespace cli {

namespace {

[[noreturn]] void misused(std::string message, std::string expected, std::string got) {
    throw abax::error(
        {.kind = abax::category::usage,
         .message = std::move(message),
         .expected = std::move(expected),
         .got = std::move(got)}
    );
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

bool obeys(const std::string& pattern, abax::verb operation) {
    try {
        (void)abax::parse(pattern, operation);
        return true;
    } catch (const abax::error&) {
        return false;
    }
}

}  // namespace

size_options::size_options(const std::vector<std::string>& texts) {
    names_.reserve(texts.size());
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        const auto extent = equals == std::string::npos ? std::nullopt
                                                        : number_in(std::string_view(text).substr(equals + 1));
        if (!extent)
            misused("a size reads NAME=NUMBER", "for example --size h=12", text);
        names_.push_back(text.substr(0, equals));
        sizes_.push_back({names_.back(), *extent});
    }
}

std::vector<std::int64_t> numbers_in(const std::string& text, std::string_view what) {
    std::vector<std::int64_t> numbers;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find_first_of(", ", at), text.size());
        if (end > at) {
            const auto number = number_in(std::string_view(text).substr(at, end - at));
            if (!number)
                misused(std::string(what) + " must be whole numbers", "for example 8,128,768", text);
            numbers.push_back(*number);
        }
        at = end + 1;
    }
    return numbers;
}

std::vector<std::int64_t> extents_in(const std::string& text) {
    return numbers_in(text, "the extents of --shape");
}

abax::verb verb_named(const std::string& text) {
    for (const auto operation :
         {abax::verb::rearrange, abax::verb::reduce, abax::verb::repeat, abax::verb::einsum})
        if (abax::to_string(operation) == text)
            return operation;
    misused("there is no operation '" + text + "'", "rearrange, reduce, repeat or einsum", text);
}

abax::verb guessed_verb(const std::string& pattern) {
    if (pattern.find(',') != std::string::npos)
        return abax::verb::einsum;
    for (const auto operation : {abax::verb::rearrange, abax::verb::reduce, abax::verb::repeat})
        if (obeys(pattern, operation))
            return operation;
    return abax::verb::rearrange;
}

void write_text(const std::string& path, std::string_view text) {
    if (path == "-") {
        std::cout << text << '\n' << std::flush;
        return;
    }
    abax::atomic_file file(path);
    file.write(text);
    file.write("\n");
    file.commit();
}

void check_writable(const std::string& path) {
    if (path.empty() || path == "-")
        return;
    const abax::atomic_file probe(path);  // what is not committed disappears
}

}  // namespace cli
