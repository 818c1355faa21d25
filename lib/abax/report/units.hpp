#pragma once

#include <abax/core/checked.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace abax {

/// `value` with three significant digits: "0.25", "1.23", "12.3", "1234".
[[nodiscard]] std::string three_digits(double value);

/// A count with a suffix k, M, G, T, P, E, Z, Y, R, Q, by powers of 1000: "999", "1.00 k", "12.3 G".
[[nodiscard]] std::string si_count(int128 value);

/// Bytes, by powers of 1000: "999 B", "1.23 kB", "12.3 GB".
[[nodiscard]] std::string si_bytes(int128 value);

/// "1.23 s", "12.3 ms", "123 µs", "1.00 ns".
[[nodiscard]] std::string si_seconds(double seconds);

/// The columns that `text` (UTF-8) takes in a terminal, one for each character.
[[nodiscard]] std::size_t columns(std::string_view text);

/// `text` on one line and within `width` columns: a longer one ends in "…", control characters become spaces.
[[nodiscard]] std::string elided(std::string_view text, std::size_t width);

}  // namespace abax
