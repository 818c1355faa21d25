#pragma once

#include <abax/core/dtype.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace abax::io {

/// What the header of an npy file says.
struct npy_header {
    std::string descr;                  ///< the element type as NumPy writes it: "<f4"
    bool fortran_order = false;         ///< column-major: the first axis is the innermost
    std::vector<std::int64_t> extents;  ///< outermost first; none negative
    std::size_t data_begin = 0;         ///< the byte of the file at which the elements begin

    friend bool operator==(const npy_header&, const npy_header&) = default;
};

/// Reads the header of the npy file whose bytes are `file` (the elements need not be there), versions 1 to 3.
///
/// The dictionary must have exactly the keys 'descr', 'fortran_order' and 'shape', each once; nothing is
/// evaluated, and nothing nests.
/// @param where  the file's name, for errors
/// @throws abax::error  file: not an npy file, an unknown version, a header that is cut short or malformed,
///                      a structured type, an extent that is negative or does not fit
/// @see    numpy.lib.format, "Format Version 1.0" to "3.0"
[[nodiscard]] npy_header parse_npy_header(std::span<const std::byte> file, std::string_view where);

/// The header, padded with spaces so that the elements begin at a multiple of 64 bytes; version 1.
/// @pre  the extents are few enough for 65535 bytes; 32 are
[[nodiscard]] std::string format_npy_header(const npy_header& header);

/// The header of a tensor in C order with elements of this type.
[[nodiscard]] std::string format_npy_header(dtype type, const std::vector<std::int64_t>& extents);

}  // namespace abax::io
