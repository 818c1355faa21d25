#pragma once

#include <abax/pattern/verb.hpp>
#include <abax/plan/arguments.hpp>

#include <CLI/CLI.hpp>

#include <charconv>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// Sizes as they are written on the command line: "h=12".
class size_options {
public:
    /// @throws abax::error usage: not NAME=NUMBER
    explicit size_options(const std::vector<std::string>& texts);

    [[nodiscard]] abax::axis_sizes sizes() const { return sizes_; }

private:
    std::vector<std::string> names_;
    std::vector<abax::axis_size> sizes_;
};

/// The command line, with a blank before each pattern that begins with an arrow: "-> 1" would be taken for an option.
[[nodiscard]] std::vector<std::string> arguments_of(int argc, const char* const* argv);

/// "8,128,768"; the empty text is rank 0. @throws abax::error usage
[[nodiscard]] std::vector<std::int64_t> extents_in(const std::string& text);

/// Whole numbers, separated by commas or spaces. @throws abax::error usage
[[nodiscard]] std::vector<std::int64_t> numbers_in(const std::string& text, std::string_view what);

/// rearrange, reduce, repeat or einsum. @throws abax::error usage
[[nodiscard]] abax::verb verb_named(const std::string& text);

/// The verb that a pattern without one is meant for: einsum with a comma, else the first of rearrange, reduce and repeat
/// whose rules it obeys, else rearrange.
[[nodiscard]] abax::verb guessed_verb(const std::string& pattern);

/// Writes to a file, at once or not at all; "-" is stdout.
void write_text(const std::string& path, std::string_view text);

/// Throws unless each of `outputs` could be written to, is none of the `inputs`, and is none of the other outputs: asked
/// before long work. "-" and "" can be written.
/// @throws abax::error  file, usage
void check_outputs(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs);

/// Throws if `path` is empty or "-": arrays go to files only. @throws abax::error usage
void check_array_file(const std::string& option, const std::string& path);

/// Reads a whole number of `least` or more, in decimal: what the command line's own conversion would round, clip or take
/// for octal is refused.
template <std::integral Number>
[[nodiscard]] CLI::Validator whole_number(Number least = std::numeric_limits<Number>::min()) {
    return CLI::Validator(
        [least](std::string& text) -> std::string {
            Number value = 0;
            const char* const last = text.data() + text.size();
            const auto [end, fault] = std::from_chars(text.data(), last, value);
            if (fault != std::errc{} || end != last || value < least)
                return "a whole number from " + std::to_string(least) + " to "
                     + std::to_string(std::numeric_limits<Number>::max()) + " is expected, got '"
                     + text + "'";
            text = std::to_string(value);  // 010 is ten
            return {};
        },
        ""
    );
}

}  // namespace cli
