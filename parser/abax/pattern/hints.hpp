#pragma once

#include <abax/pattern/text_range.hpp>
#include <abax/pattern/verb.hpp>

#include <string>
#include <string_view>

namespace abax {

/// A character in words: "'é'", "U+0009 (tab)", "the byte 0xFF".
[[nodiscard]] std::string describe_character(std::string_view character);

/// What to write in the place of a character that patterns do not have.
[[nodiscard]] std::string character_help(std::string_view character);

/// "a*" as "a *": every run of stars one '*' with spaces around it.
[[nodiscard]] std::string with_spaced_stars(std::string_view chunk);

/// What to do about a chunk of a pack pattern that is neither a name nor '*'.
[[nodiscard]] std::string unpackable_help(std::string_view chunk);

/// What may have been meant by a name that stands on one side only: a similar name of the other
/// side if there is one, else what the verb allows.
[[nodiscard]] std::string one_sided_help(std::string_view text, verb operation, text_range name);

}  // namespace abax
