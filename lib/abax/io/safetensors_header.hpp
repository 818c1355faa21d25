#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace abax {

/// One tensor of a safetensors file, as the header describes it.
struct safetensors_entry {
    std::string name;                   ///< a key of the header, any text
    std::string dtype;                  ///< as the format writes it: "F32", "BF16", ...
    std::vector<std::int64_t> extents;  ///< outermost first; none negative
    std::size_t begin = 0;              ///< its first byte, counted from where the data begins
    std::size_t end = 0;                ///< one behind its last byte

    /// Equal in every member.
    friend bool operator==(const safetensors_entry&, const safetensors_entry&) = default;
};

/// The header of a safetensors file: what is in it, and where.
struct safetensors_header {
    /// The longest header that the format allows.
    static constexpr std::size_t most_bytes = 100'000'000;

    std::vector<safetensors_entry> entries;              ///< in the order of the header
    std::map<std::string, std::string> metadata;         ///< of the key __metadata__
    std::map<std::string, std::size_t, std::less<>> at;  ///< position in `entries`, by name
    std::size_t data_begin = 0;  ///< the byte of the file at which the data begins
};

/// Reads and checks the header of the safetensors file whose bytes are `file`.
///
/// After it has returned, all entries can be trusted: each has a data type of the format and exactly the bytes
/// that its shape needs, and together they cover the rest of the file without overlap or hole.
/// @param where  the file's name, for errors
/// @throws abax::error  file: cut short, left over, not UTF-8 or JSON, keys that are twice, missing, unknown or
///                      of the wrong type, an unknown data type, more than 32 axes, numbers that do not fit,
///                      ranges that overlap, leave holes, or do not fit the shape; names the tensor
/// @cost   memory in proportion to the header, whatever it says
/// @see    https://huggingface.co/docs/safetensors, "Format"
[[nodiscard]] safetensors_header parse_safetensors_header(
    std::span<const std::byte> file, std::string_view where
);

}  // namespace abax
