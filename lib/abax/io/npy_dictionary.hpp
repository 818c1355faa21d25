#pragma once

#include <abax/io/npy_header.hpp>

#include <string_view>

namespace abax::io {

/// Reads {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }: the one Python dictionary there is.
///
/// Keys in any order, spaces anywhere, a last comma or none; all else that Python would take is refused.
/// @param where  the file's name, for errors
/// @return  `data_begin` is not known here, and 0
/// @throws  abax::error  file; says at which byte of `text`
[[nodiscard]] npy_header parse_npy_dictionary(std::string_view text, std::string_view where);

}  // namespace abax::io
