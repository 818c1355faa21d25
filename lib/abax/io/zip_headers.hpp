#pragma once

#include <abax/io/zip_directory.hpp>

#include <string>

namespace abax::io {

/// The local header of a stored member, byte for byte as NumPy writes it: sizes always in a zip64 field, no time.
/// @pre  the name has at most 65535 bytes
[[nodiscard]] std::string format_local_header(const zip_member& member);

/// The central directory, to be written at byte `at`, and the end records behind it; zip64 only where it is needed.
[[nodiscard]] std::string format_zip_directory(
    const std::vector<zip_member>& members, std::uint64_t at
);

}  // namespace abax::io
