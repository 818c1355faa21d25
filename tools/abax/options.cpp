#include "options.hpp"

#include <abax/core/error.hpp>
#include <abax/io/atomic_file.hpp>
#include <abax/pattern/pattern.hpp>

#include <charconv>
#include <filesystem>
#include <iostream>
#include <optional>

namespace cli {

namespace {

namespace fs = std::filesystem;

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

bool are_one_file(const fs::path& a, const fs::path& b) {
    std::error_code failed;
    if (fs::equivalent(a, b, failed))
        return true;
    // Of files that do not exist yet the names decide.
    const fs::path whole = fs::weakly_canonical(a, failed);
    return !failed && !whole.empty() && whole == fs::weakly_canonical(b, failed);
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
        const auto extent = equals == std::string::npos
                              ? std::nullopt
                              : number_in(std::string_view(text).substr(equals + 1));
        if (!extent)
            misused("a size reads NAME=NUMBER", "for example --size h=12", text);
        names_.push_back(text.substr(0, equals));
        sizes_.push_back({names_.back(), *extent});
    }
}

std::vector<std::int64_t> numbers_in(const std::string& text, std::string_view what) {
    constexpr const char* blanks = " \t\r\n";
    std::vector<std::int64_t> numbers;
    std::size_t at = text.find_first_not_of(blanks);
    while (at < text.size()) {
        const std::size_t end = std::min(text.find_first_of(", \t\r\n", at), text.size());
        const auto number = number_in(std::string_view(text).substr(at, end - at));
        std::size_t next = std::min(text.find_first_not_of(blanks, end), text.size());
        bool is_complete = true;  // a comma stands between two numbers
        if (next < text.size() && text[next] == ',') {
            next = std::min(text.find_first_not_of(blanks, next + 1), text.size());
            is_complete = next < text.size();
        }
        if (!number || !is_complete)
            misused(
                std::string(what) + " must be whole numbers",
                "numbers separated by commas or blanks, such as 8,128,768",
                text
            );
        numbers.push_back(*number);
        at = next;
    }
    return numbers;
}

std::vector<std::string> arguments_of(int argc, const char* const* argv) {
    std::vector<std::string> arguments(argv + 1, argv + argc);
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        const bool is_value = arguments[i - 1].starts_with('-');  // of the option before it
        if (arguments[i].starts_with("->") && !is_value)
            arguments[i].insert(0, 1, ' ');
    }
    return arguments;
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

void check_outputs(
    const std::vector<std::string>& outputs, const std::vector<std::string>& inputs
) {
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const std::string& path = outputs[i];
        if (path.empty() || path == "-")
            continue;
        for (const std::string& input : inputs)
            if (are_one_file(path, input))
                misused("an output would replace an input", "another file", path);
        for (std::size_t before = 0; before < i; ++before)
            if (are_one_file(path, outputs[before]))
                misused("two outputs would go to one file", "another file", path);
        const abax::atomic_file probe(path);  // what is not committed disappears
    }
}

void check_array_file(const std::string& option, const std::string& path) {
    if (path.empty() || path == "-")
        misused(option + " needs the name of a file", "for example y.npy", "'" + path + "'");
}

}  // namespace cli
