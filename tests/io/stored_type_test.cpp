#include <abax/io/half.hpp>
#include <abax/io/stored_type.hpp>

#include "scratch.hpp"

#include <cmath>
#include <limits>

using namespace abax;
using namespace abax::testing;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The number that a sign, exponent and mantissa stand for in an IEEE format, by its definition; NaN excluded.
double number_of(unsigned bits, int exponent_bits, int mantissa_bits) {
    const double sign = (bits >> (exponent_bits + mantissa_bits)) != 0 ? -1.0 : 1.0;
    const int largest = (1 << exponent_bits) - 1;
    const int bias = largest / 2;
    const int exponent = static_cast<int>(bits >> mantissa_bits) & largest;
    const int mantissa = static_cast<int>(bits) & ((1 << mantissa_bits) - 1);
    if (exponent == largest)
        return sign * infinity;
    if (exponent == 0)
        return sign * std::ldexp(mantissa, 1 - bias - mantissa_bits);
    return sign * std::ldexp(mantissa + (1 << mantissa_bits), exponent - bias - mantissa_bits);
}

/// The first pattern of 16 bits at which the widened float is not the number by definition; 65536 if there is none.
template <class Widen>
unsigned first_difference(Widen widen, int exponent_bits, int mantissa_bits) {
    const unsigned infinite = ((1U << exponent_bits) - 1) << mantissa_bits;
    for (unsigned bits = 0; bits <= 0xFFFF; ++bits) {
        const std::uint32_t wide = widen(static_cast<std::uint16_t>(bits));
        const auto value = std::bit_cast<float>(wide);
        const bool sign_kept = (wide >> 31U) == (bits >> 15U);  // also of zeros and NaNs
        const bool is_nan = (bits & 0x7FFFU) > infinite;
        const bool payload_kept =
            (wide & 0x7FFFFFU) == (bits & ((1U << mantissa_bits) - 1)) << (23 - mantissa_bits);
        const bool same =
            is_nan ? std::isnan(value) && payload_kept
                   : static_cast<double>(value) == number_of(bits, exponent_bits, mantissa_bits);
        if (!same || !sign_kept)
            return bits;
    }
    return 65536;
}

template <element T>
std::vector<T> decoded(io::stored_type type, std::endian order, std::string_view bytes) {
    std::vector<std::byte> room(bytes.size() / io::size_of(type) * sizeof(T));
    io::decode(type, order, as_bytes(bytes), room.data());
    std::vector<T> result;
    for (std::size_t at = 0; at < room.size(); at += sizeof(T)) {
        T value{};
        std::memcpy(&value, &room[at], sizeof(T));
        result.push_back(value);
    }
    return result;
}

}  // namespace

static_assert(std::bit_cast<float>(io::float_bits_of_f16(0x3C00)) == 1.0F);
static_assert(
    std::bit_cast<float>(io::float_bits_of_f16(0x0001)) == 0x1p-24F
);  // the smallest subnormal
static_assert(std::bit_cast<float>(io::float_bits_of_f16(0xFBFF)) == -65504.0F);
static_assert(std::bit_cast<float>(io::float_bits_of_bf16(0x3F80)) == 1.0F);

TEST_CASE("half: all 65536 patterns of f16 widen to the number they stand for") {
    CHECK(first_difference(io::float_bits_of_f16, 5, 10) == 65536);
}

TEST_CASE("half: all 65536 patterns of bf16 widen to the number they stand for") {
    CHECK(first_difference(io::float_bits_of_bf16, 8, 7) == 65536);
}

TEST_CASE("decode: elements of either byte order have the same values") {
    using io::stored_type;
    const std::endian little = std::endian::little;
    const std::endian big = std::endian::big;

    CHECK(decoded<float>(stored_type::f32, little, {"\x00\x00\xC0\x3F", 4}) == std::vector{1.5F});
    CHECK(decoded<float>(stored_type::f32, big, {"\x3F\xC0\x00\x00", 4}) == std::vector{1.5F});
    CHECK(decoded<double>(stored_type::f64, big, {"\xBF\xF8\0\0\0\0\0\0", 8}) == std::vector{-1.5});
    CHECK(
        decoded<std::int64_t>(stored_type::i64, big, {"\0\0\0\0\0\0\x01\x02", 8})
        == std::vector<std::int64_t>{258}
    );
    CHECK(
        decoded<std::int32_t>(stored_type::i32, big, {"\xFF\xFF\xFF\xFE", 4})
        == std::vector<std::int32_t>{-2}
    );
    CHECK(decoded<float>(stored_type::f16, big, {"\x3E\x00", 2}) == std::vector{1.5F});
    CHECK(decoded<float>(stored_type::bf16, little, {"\xC0\x3F", 2}) == std::vector{1.5F});
}

TEST_CASE("decode: small integers widen with their sign, or without one") {
    using io::stored_type;
    using ints = std::vector<std::int32_t>;
    const std::endian little = std::endian::little;

    CHECK(
        decoded<std::int32_t>(stored_type::i8, little, {"\x00\x7F\x80\xFF", 4})
        == ints{0, 127, -128, -1}
    );
    CHECK(
        decoded<std::int32_t>(stored_type::u8, little, {"\x00\x7F\x80\xFF", 4})
        == ints{0, 127, 128, 255}
    );
    CHECK(
        decoded<std::int32_t>(stored_type::i16, little, {"\x00\x80\xFF\xFF", 4}) == ints{-32768, -1}
    );
    CHECK(
        decoded<std::int32_t>(stored_type::u16, little, {"\x00\x80\xFF\xFF", 4})
        == ints{32768, 65535}
    );
    CHECK(
        decoded<std::int64_t>(stored_type::u32, little, {"\xFF\xFF\xFF\xFF", 4})
        == std::vector<std::int64_t>{4294967295}
    );
}

TEST_CASE("decode: every bool byte but 0 is stored as 1") {
    std::byte room[4] = {};

    io::decode(
        io::stored_type::boolean, std::endian::little, as_bytes({"\x00\x01\x02\xFF", 4}), room
    );

    CHECK(
        std::string_view(reinterpret_cast<const char*>(room), 4)
        == std::string_view("\x00\x01\x01\x01", 4)
    );
}
