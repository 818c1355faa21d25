#include <abax/io/file_fault.hpp>
#include <abax/io/npy_dictionary.hpp>
#include <abax/io/npy_header.hpp>

#include <utility>

namespace abax::io {

namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr std::size_t version_bytes = 2;

[[noreturn]] void rejected(
    std::string_view where, std::string message, std::string expected, std::string got = {}
) {
    throw_file_fault("load_npy", where, {std::move(message), std::move(expected), std::move(got)});
}

const char* descr_of(dtype type) {
    switch (type) {
    case dtype::float32: return "<f4";
    case dtype::float64: return "<f8";
    case dtype::int32: return "<i4";
    case dtype::int64: return "<i8";
    case dtype::boolean: break;
    }
    return "|b1";
}

}  // namespace

npy_header parse_npy_header(std::span<const std::byte> file, std::string_view where) {
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    if (!text.starts_with(magic))
        rejected(
            where,
            "this is not an npy file",
            "the bytes \\x93NUMPY at the beginning",
            std::to_string(text.size()) + " bytes that begin otherwise"
        );
    const auto byte_at = [&](std::size_t i) {
        return static_cast<std::size_t>(static_cast<unsigned char>(text[i]));
    };
    if (text.size() < magic.size() + version_bytes)
        rejected(where, "the npy file ends within its version", "two bytes after the magic string");
    const std::size_t major = byte_at(magic.size());
    const std::size_t minor = byte_at(magic.size() + 1);
    if (major < 1 || major > 3 || minor != 0)
        rejected(
            where,
            "this version of the npy format is unknown",
            "version 1.0, 2.0 or 3.0",
            std::to_string(major) + '.' + std::to_string(minor)
        );

    const std::size_t length_at = magic.size() + version_bytes;
    const std::size_t length_bytes = major == 1 ? 2 : 4;
    if (text.size() < length_at + length_bytes)
        rejected(
            where,
            "the npy file ends within the length of its header",
            std::to_string(length_bytes) + " bytes for the length"
        );
    std::size_t length = 0;
    for (std::size_t i = 0; i < length_bytes; ++i)
        length |= byte_at(length_at + i) << (8 * i);

    const std::size_t header_at = length_at + length_bytes;
    if (length > text.size() - header_at)
        rejected(
            where,
            "the npy file ends within its header",
            "a header of " + std::to_string(length) + " bytes",
            std::to_string(text.size() - header_at) + " bytes"
        );
    npy_header header = parse_npy_dictionary(text.substr(header_at, length), where);
    header.data_begin = header_at + length;
    return header;
}

std::string format_npy_header(const npy_header& header) {
    std::string dictionary = "{'descr': '" + header.descr + "', 'fortran_order': "
                           + (header.fortran_order ? "True" : "False") + ", 'shape': (";
    for (std::size_t i = 0; i < header.extents.size(); ++i) {
        dictionary += i == 0 ? "" : " ";
        dictionary += std::to_string(header.extents[i]);
        // A tuple of one needs its comma; NumPy writes none behind the last of several.
        dictionary += header.extents.size() == 1 || i + 1 < header.extents.size() ? "," : "";
    }
    dictionary += "), }";

    constexpr std::size_t alignment = 64;
    const std::size_t before = magic.size() + version_bytes + 2;
    const std::size_t unpadded = before + dictionary.size() + 1;
    dictionary.append((alignment - unpadded % alignment) % alignment, ' ');
    dictionary += '\n';

    std::string text(magic);
    text += {'\x01', '\x00'};
    text += static_cast<char>(dictionary.size() & 0xFFU);
    text += static_cast<char>(dictionary.size() >> 8U);
    return text + dictionary;
}

std::string format_npy_header(dtype type, const std::vector<std::int64_t>& extents) {
    return format_npy_header({descr_of(type), false, extents, 0});
}

}  // namespace abax::io
