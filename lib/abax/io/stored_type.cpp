#include <abax/io/half.hpp>
#include <abax/io/stored_type.hpp>

#include <algorithm>
#include <cstring>

namespace abax::io {

namespace {

template <class Unsigned>
Unsigned swapped(Unsigned value) {
    if constexpr (sizeof(Unsigned) == 8)
        return __builtin_bswap64(value);
    else if constexpr (sizeof(Unsigned) == 4)
        return __builtin_bswap32(value);
    else if constexpr (sizeof(Unsigned) == 2)
        return __builtin_bswap16(value);
    else
        return value;
}

/// Reads elements as unsigned bits, passes them through `widen`, writes what comes out.
template <class Unsigned, class Widen>
void decode_each(std::endian order, std::span<const std::byte> from, std::byte* to, Widen widen) {
    for (std::size_t at = 0; at < from.size(); at += sizeof(Unsigned)) {
        Unsigned bits{};
        std::memcpy(&bits, from.data() + at, sizeof(bits));
        const auto element = widen(order == std::endian::native ? bits : swapped(bits));
        std::memcpy(to, &element, sizeof(element));
        to += sizeof(element);
    }
}

template <class Unsigned>
void decode_bits(std::endian order, std::span<const std::byte> from, std::byte* to) {
    if (order == std::endian::native)
        std::copy(from.begin(), from.end(), to);
    else
        decode_each<Unsigned>(order, from, to, [](Unsigned bits) { return bits; });
}

std::int32_t signed_of(std::uint8_t bits) {
    return std::bit_cast<std::int8_t>(bits);
}

std::int32_t signed_of(std::uint16_t bits) {
    return std::bit_cast<std::int16_t>(bits);
}

}  // namespace

void decode(stored_type type, std::endian order, std::span<const std::byte> from, std::byte* to) {
    using u8 = std::uint8_t;
    using u16 = std::uint16_t;
    using u32 = std::uint32_t;
    using u64 = std::uint64_t;
    switch (type) {
    case stored_type::f16: return decode_each<u16>(order, from, to, float_bits_of_f16);
    case stored_type::bf16: return decode_each<u16>(order, from, to, float_bits_of_bf16);
    case stored_type::f32:
    case stored_type::i32: return decode_bits<u32>(order, from, to);
    case stored_type::f64:
    case stored_type::i64: return decode_bits<u64>(order, from, to);
    case stored_type::i8:
        return decode_each<u8>(order, from, to, [](u8 x) { return signed_of(x); });
    case stored_type::i16:
        return decode_each<u16>(order, from, to, [](u16 x) { return signed_of(x); });
    case stored_type::u8:
        return decode_each<u8>(order, from, to, [](u8 x) { return std::int32_t{x}; });
    case stored_type::u16:
        return decode_each<u16>(order, from, to, [](u16 x) { return std::int32_t{x}; });
    case stored_type::u32:
        return decode_each<u32>(order, from, to, [](u32 x) { return std::int64_t{x}; });
    // Any byte but 0 and 1 would be undefined behaviour the moment it is read as a bool.
    case stored_type::boolean: return decode_each<u8>(order, from, to, [](u8 x) { return x != 0; });
    }
}

}  // namespace abax::io
