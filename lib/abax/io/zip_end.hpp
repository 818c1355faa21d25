#pragma once

#include <abax/io/zip_fields.hpp>

#include <cstdint>
#include <string_view>

namespace abax::io {

/// Where the central directory lies, and how many members it lists.
struct end_record {
    std::uint64_t count = 0;
    std::uint64_t size = 0;
    std::uint64_t at = 0;
    std::uint64_t behind = 0;  ///< the first byte of the end records
};

/// Reads the records at the end of a zip file, those of zip64 included.
/// @post  [at, at + size) lies in the file and ends where the end records begin
/// @throws abax::error  file: not a zip file, cut short, a comment, several disks, a directory that is not there
[[nodiscard]] end_record parse_zip_end(bytes_view file, std::string_view where);

/// @throws abax::error file: always
[[noreturn]] void several_disks(std::string_view where);

}  // namespace abax::io
