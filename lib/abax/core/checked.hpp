#pragma once

#include <abax/core/error.hpp>

#include <cstdint>
#include <iosfwd>
#include <string>

namespace abax {

/// 128-bit signed integer: a bill of 1e24 FLOPs does not fit 64 bits.
__extension__ using int128 = __int128;

/// Throws `overflow`, saying that `what` does not fit.
[[noreturn]] inline void throw_overflow(const char* what) {
    throw error({.kind = category::overflow, .message = std::string(what) + " does not fit"});
}

/// a + b; throws `overflow` naming `what` when the sum does not fit.
template <class Integer>
[[nodiscard]] constexpr Integer checked_add(Integer a, Integer b, const char* what = "a sum") {
    Integer sum{};
    if (__builtin_add_overflow(a, b, &sum))
        throw_overflow(what);
    return sum;
}

/// a * b; throws `overflow` naming `what` when the product does not fit.
template <class Integer>
[[nodiscard]] constexpr Integer checked_mul(Integer a, Integer b, const char* what = "a product") {
    Integer product{};
    if (__builtin_mul_overflow(a, b, &product))
        throw_overflow(what);
    return product;
}

/// Decimal digits of `value`.
[[nodiscard]] std::string to_string(int128 value);

/// The decimal digits.
std::ostream& operator<<(std::ostream& out, int128 value);

}  // namespace abax
