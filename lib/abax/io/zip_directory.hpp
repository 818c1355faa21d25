#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace abax::io {

/// The marks with which the records of a zip file begin, and the numbers that stand for "see the zip64 record".
namespace zip {
inline constexpr std::uint32_t local_mark = 0x04034B50;
inline constexpr std::uint32_t central_mark = 0x02014B50;
inline constexpr std::uint32_t end_mark = 0x06054B50;
inline constexpr std::uint32_t end64_mark = 0x06064B50;
inline constexpr std::uint32_t locator_mark = 0x07064B50;
inline constexpr std::uint64_t elsewhere16 = 0xFFFF;
inline constexpr std::uint64_t elsewhere32 = 0xFFFFFFFF;
inline constexpr std::uint16_t zip64_field = 1;  ///< the extra field with sizes of 64 bits
inline constexpr std::size_t local_bytes = 30;   ///< of the records, without the texts behind them
inline constexpr std::size_t central_bytes = 46;
inline constexpr std::size_t end_bytes = 22;
inline constexpr std::size_t end64_bytes = 56;
inline constexpr std::size_t locator_bytes = 20;
inline constexpr std::uint16_t is_encrypted = 1U << 0U;  ///< flags
inline constexpr std::uint16_t sizes_follow =
    1U << 3U;  ///< written to a stream: sizes are behind the data
inline constexpr std::uint16_t name_is_utf8 = 1U << 11U;
inline constexpr std::uint16_t stored = 0;  ///< the method: as it is, not compressed
}  // namespace zip

/// One file inside a zip file.
struct zip_member {
    std::string name;             ///< as stored: "x.npy". Only a key; abax never makes a path of it
    std::uint16_t method = 0;     ///< 0: stored as it is; 8: deflate; ...
    std::uint16_t flags = 0;      ///< see `zip`
    std::uint32_t crc = 0;        ///< of the unpacked bytes
    std::uint64_t packed = 0;     ///< bytes in the file
    std::uint64_t bytes = 0;      ///< bytes when unpacked
    std::uint64_t header_at = 0;  ///< where its local header begins
    std::uint64_t data_at = 0;    ///< where its bytes begin

    [[nodiscard]] bool encrypted() const noexcept { return (flags & zip::is_encrypted) != 0; }
};

/// Finds the members of the zip file whose bytes are `file`; reads no member's content.
///
/// After it has returned, the members can be trusted to lie in the file without overlap, to have different names
/// that are UTF-8, and to be described alike by the central directory and their local headers. Zip64 records
/// are read where they are. The file must begin with its first record and end with the end record: no comment
/// on the archive and nothing in front of it, so that every reader finds the same directory.
/// @param where  the file's name, for errors
/// @throws abax::error  file: names the member
/// @cost   memory in proportion to the directory
/// @see    PKWARE, APPNOTE.TXT 6.3
[[nodiscard]] std::vector<zip_member> parse_zip_directory(
    std::span<const std::byte> file, std::string_view where
);

}  // namespace abax::io
