#include <abax/report/units.hpp>

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace abax {

namespace {

constexpr std::array<std::string_view, 11> prefixes{
    "", "k", "M", "G", "T", "P", "E", "Z", "Y", "R", "Q"};

// The thresholds are where rounding to three digits would show a fourth: 999.5 is "1.00 k".
std::string scaled(int128 value, std::string_view unit) {
    std::string text;
    if (value > -1000 && value < 1000) {
        text = to_string(value);
        return unit.empty() ? text : text + ' ' + std::string(unit);
    }
    auto rest = static_cast<double>(value);
    std::size_t prefix = 0;
    while (std::abs(rest) >= 999.5 && prefix + 1 < prefixes.size()) {
        rest /= 1000;
        ++prefix;
    }
    return three_digits(rest) + ' ' + std::string(prefixes[prefix]) + std::string(unit);
}

bool continues_a_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

}  // namespace

std::string three_digits(double value) {
    const double size = std::abs(value);
    if (size != 0 && size < 0.0995)
        return fmt::format("{:.3g}", value);
    return fmt::format("{:.{}f}", value, size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}

std::string si_count(int128 value) {
    return scaled(value, "");
}

std::string si_bytes(int128 value) {
    return scaled(value, "B");
}

std::string si_seconds(double seconds) {
    constexpr std::array<std::string_view, 4> units{" s", " ms", " µs", " ns"};
    std::size_t unit = 0;
    while (std::abs(seconds) < 0.9995 && unit + 1 < units.size()) {
        seconds *= 1000;
        ++unit;
    }
    return three_digits(seconds) + std::string(units[unit]);
}

std::size_t columns(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text)
        count += continues_a_character(c) ? 0 : 1;
    return count;
}

std::string elided(std::string_view text, std::size_t width) {
    const bool fits = columns(text) <= width;
    std::string shown;
    std::size_t used = 0;
    for (const char c : text) {
        if (!continues_a_character(c) && !fits && ++used >= width)
            break;
        shown += is_control(c) ? ' ' : c;
    }
    return fits ? shown : shown + "…";
}

}  // namespace abax
