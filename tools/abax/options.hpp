#pragma once

#include <abax/pattern/verb.hpp>
#include <abax/plan/arguments.hpp>

#include <cstdint>
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

/// Throws unless `path` could be written to: asked before long work. "-" and "" can.
void check_writable(const std::string& path);

}  // namespace cli
