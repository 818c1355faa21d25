#pragma once

#include <abax/io/safetensors_header.hpp>

#include <string_view>

namespace abax::io {

/// Reads {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, "__metadata__": {"k": "v"}}.
///
/// Checks that keys and types of values are what the format says, not yet that the numbers fit together.
/// @param where  the file's name, for errors
/// @return  `data_begin` is not known here, and 0
/// @throws  abax::error  file; names the tensor
[[nodiscard]] safetensors_header parse_safetensors_json(
    std::string_view text, std::string_view where
);

}  // namespace abax::io
