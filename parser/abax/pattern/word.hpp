#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace abax {

/// What a word of a pattern turns out to be.
enum class word_kind : std::uint8_t {
    name,                    ///< a letter, then letters, digits and '_', then primes
    unit,                    ///< 1, 01
    number,                  ///< 2, 03
    zero,                    ///< 0, 00
    starts_with_digit,       ///< 2b, 0x1: neither a number nor a name
    starts_with_underscore,  ///< _a, and _ alone
    starts_with_prime,       ///< 'a
    ends_with_underscore,    ///< a_, a_'
    prime_inside,            ///< b'atch: a prime closes a name
};

namespace detail {

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool is_word_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '\'';
}

[[nodiscard]] constexpr bool is_number(std::string_view word) noexcept {
    for (const char c : word)
        if (!is_digit(c))
            return false;
    return !word.empty();
}

// A word of digits alone.
[[nodiscard]] constexpr word_kind judge_number(const char* word, std::size_t length) noexcept {
    std::size_t at = 0;
    while (at < length && word[at] == '0')
        ++at;
    if (at == length)
        return word_kind::zero;
    return at + 1 == length && word[at] == '1' ? word_kind::unit : word_kind::number;
}

}  // namespace detail

/// The word without the primes at its end: s for s, s' and s''.
[[nodiscard]] constexpr std::string_view without_primes(std::string_view word) noexcept {
    while (!word.empty() && word.back() == '\'')
        word.remove_suffix(1);
    return word;
}

/// Judges a word that the grammar gathered: letters, digits, '_' and "'" in any order.
///
/// Leading zeros are accepted as in einops: `03` is 3, `01` a unit. Words are ASCII by the grammar.
/// The words of a literal are judged while compiling: hence a pointer, a loop, and few calls.
[[nodiscard]] constexpr word_kind judge(const char* word, std::size_t length) noexcept {
    std::size_t stem = length;  // without the primes at its end
    while (stem > 0 && word[stem - 1] == '\'')
        --stem;
    if (stem == 0 || word[0] == '\'')
        return word_kind::starts_with_prime;
    if (word[0] == '_')
        return word_kind::starts_with_underscore;
    if (detail::is_digit(word[0]))
        return detail::is_number({word, length}) ? detail::judge_number(word, length)
                                                 : word_kind::starts_with_digit;
    for (std::size_t i = 1; i < stem; ++i)
        if (word[i] == '\'')
            return word_kind::prime_inside;
    return word[stem - 1] == '_' ? word_kind::ends_with_underscore : word_kind::name;
}

[[nodiscard]] constexpr word_kind judge(std::string_view word) noexcept {
    return judge(word.data(), word.size());
}

/// Whether `text`, taken alone, is the name of an axis.
[[nodiscard]] constexpr bool is_axis_name(std::string_view text) noexcept {
    for (const char c : text)
        if (!detail::is_word_character(c))
            return false;
    return !text.empty() && judge(text) == word_kind::name;
}

/// The value of a word of digits; nothing when it does not fit 64 bits.
[[nodiscard]] constexpr std::optional<std::int64_t> number_value(std::string_view digits) noexcept {
    std::int64_t value = 0;
    for (const char c : digits) {
        const std::int64_t digit = c - '0';
        if (value > (std::numeric_limits<std::int64_t>::max() - digit) / 10)
            return std::nullopt;
        value = value * 10 + digit;
    }
    return value;
}

}  // namespace abax
