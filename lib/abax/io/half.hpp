#pragma once

#include <bit>
#include <cstdint>

namespace abax::io {

/// The bits of the float that equals the IEEE binary16 number with these bits.
///
/// Exact for all 65536 patterns: every half, subnormals included, is a normal float. A NaN keeps its
/// sign and payload. Bits rather than floats, so that no register quiets a signalling NaN.
/// @cost 0 FLOPs; a few integer instructions
[[nodiscard]] constexpr std::uint32_t float_bits_of_f16(std::uint16_t half) noexcept {
    // s eeeee mmmmmmmmmm  ->  s eeeeeeee mmmmmmmmmm 0000000000000, and the bias moves from 15 to 127
    const std::uint32_t sign = (half & 0x8000U) << 16U;
    const std::uint32_t exponent = (half >> 10U) & 0x1FU;
    const std::uint32_t mantissa = half & 0x3FFU;
    if (exponent == 0x1F)
        return sign | 0x7F800000U | (mantissa << 13U);
    if (exponent != 0)
        return sign | ((exponent + 127 - 15) << 23U) | (mantissa << 13U);
    if (mantissa == 0)
        return sign;
    // A subnormal is mantissa * 2^-24: its highest set bit becomes the leading one that a float implies.
    const auto highest = static_cast<std::uint32_t>(std::bit_width(mantissa)) - 1;
    const std::uint32_t fraction = (mantissa << (23U - highest)) & 0x7FFFFFU;
    return sign | ((highest + 127 - 24) << 23U) | fraction;
}

/// The bits of the float that equals the bfloat16 number with these bits: the upper half of a float.
/// @cost 0 FLOPs
[[nodiscard]] constexpr std::uint32_t float_bits_of_bf16(std::uint16_t brain) noexcept {
    return std::uint32_t{brain} << 16U;
}

}  // namespace abax::io
