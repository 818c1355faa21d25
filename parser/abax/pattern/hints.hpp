#pragma once

#include <abax/pattern/text_range.hpp>
#include <abax/pattern/verb.hpp>

#include <span>
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

/// Whether one name may have been meant by the other: they differ in primes or capitals only, or names of three letters and more
/// in one character, of six and more in two; neighbours that are swapped are one.
[[nodiscard]] bool are_similar(std::string_view a, std::string_view b);

/// "did you mean 's' or 's''?", the names that are similar to a wrong one; "" if none is.
[[nodiscard]] std::string did_you_mean(
    std::string_view wrong, std::span<const std::string_view> names
);

/// What may have been meant by a name that stands on one side only: a similar name of the other
/// side if there is one, else what the verb allows.
[[nodiscard]] std::string one_sided_help(std::string_view text, verb operation, text_range name);

}  // namespace abax
