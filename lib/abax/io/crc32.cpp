#include <abax/io/crc32.hpp>

#include <array>

namespace abax::io {

namespace {

constexpr std::size_t slices = 8;
using table = std::array<std::uint32_t, 256>;

// tables[k][b]: what byte b does to the register when k more bytes follow it in the same step.
constexpr std::array<table, slices> tables = [] {
    constexpr std::uint32_t reflected_polynomial = 0xEDB88320U;
    std::array<table, slices> made{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t bits = byte;
        for (int i = 0; i < 8; ++i)
            bits = (bits >> 1U) ^ ((bits & 1U) != 0 ? reflected_polynomial : 0U);
        made[0][byte] = bits;
    }
    for (std::size_t k = 1; k < slices; ++k)
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t before = made[k - 1][byte];
            made[k][byte] = (before >> 8U) ^ made[0][before & 0xFFU];
        }
    return made;
}();

std::uint32_t at(std::span<const std::byte> bytes, std::size_t i) {
    return std::to_integer<std::uint32_t>(bytes[i]);
}

}  // namespace

void crc32::add(std::span<const std::byte> bytes) noexcept {
    std::uint32_t bits = register_;
    for (; bytes.size() >= slices; bytes = bytes.subspan(slices)) {
        bits ^= at(bytes, 0) | at(bytes, 1) << 8U | at(bytes, 2) << 16U | at(bytes, 3) << 24U;
        bits = tables[7][bits & 0xFFU] ^ tables[6][bits >> 8U & 0xFFU]
             ^ tables[5][bits >> 16U & 0xFFU] ^ tables[4][bits >> 24U] ^ tables[3][at(bytes, 4)]
             ^ tables[2][at(bytes, 5)] ^ tables[1][at(bytes, 6)] ^ tables[0][at(bytes, 7)];
    }
    for (const std::byte byte : bytes)
        bits = (bits >> 8U) ^ tables[0][(bits ^ std::to_integer<std::uint32_t>(byte)) & 0xFFU];
    register_ = bits;
}

}  // namespace abax::io
