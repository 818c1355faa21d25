#include <abax/core/checked.hpp>
#include <abax/core/error.hpp>
#include <abax/io/file_fault.hpp>
#include <abax/io/safetensors_header.hpp>
#include <abax/io/safetensors_json.hpp>
#include <abax/shape/shape.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace abax {

namespace {

struct format_type {
    std::string_view name;
    std::int64_t bits;
};

// All types of the format, also those whose elements abax does not read: a file may hold them beside others.
constexpr auto format_types = std::to_array<format_type>({
    {"BOOL", 8}, {"F4", 4},      {"F6_E2M3", 6}, {"F6_E3M2", 6}, {"U8", 8},
    {"I8", 8},   {"F8_E5M2", 8}, {"F8_E4M3", 8}, {"F8_E8M0", 8}, {"I16", 16},
    {"U16", 16}, {"F16", 16},    {"BF16", 16},   {"I32", 32},    {"U32", 32},
    {"F32", 32}, {"C64", 64},    {"F64", 64},    {"I64", 64},    {"U64", 64},
});

[[noreturn]] void rejected(std::string_view where, io::fault what) {
    io::throw_file_fault("safetensors", where, std::move(what));
}

std::string range_text(const safetensors_entry& entry) {
    return '[' + std::to_string(entry.begin) + ", " + std::to_string(entry.end) + ')';
}

/// The bytes of an entry by its type and shape.
std::size_t bytes_needed(const safetensors_entry& entry, std::string_view where) {
    const auto type =
        std::find_if(format_types.begin(), format_types.end(), [&](const format_type& known) {
            return known.name == entry.dtype;
        });
    if (type == format_types.end())
        rejected(
            io::tensor_in(where, entry.name),
            {"the format has no data type " + io::shown(entry.dtype),
             "F32, F16, BF16, I64, ...",
             io::shown(entry.dtype)}
        );
    std::int64_t bits = 0;
    try {
        bits = checked_mul(shape::of(entry.extents).volume(), type->bits);
    } catch (const error&) {  // too many elements to count are a fault of the file, as any wrong number
        rejected(
            io::tensor_in(where, entry.name),
            {"the size of the tensor does not fit 64 bits",
             {},
             "shape " + shape::of(entry.extents).str()}
        );
    }
    if (bits % 8 != 0)
        rejected(
            io::tensor_in(where, entry.name),
            {"the elements do not fill whole bytes",
             {},
             std::to_string(bits) + " bits of " + entry.dtype}
        );
    return static_cast<std::size_t>(bits) / 8;
}

void check_range(const safetensors_entry& entry, std::size_t data_bytes, std::string_view where) {
    if (entry.begin > entry.end)
        rejected(
            io::tensor_in(where, entry.name),
            {"'data_offsets' ends before it begins", "begin <= end", range_text(entry)}
        );
    if (entry.end > data_bytes)
        rejected(
            io::tensor_in(where, entry.name),
            {"'data_offsets' goes beyond the end of the file",
             "at most " + std::to_string(data_bytes) + " bytes of data",
             range_text(entry)}
        );
    const std::size_t needed = bytes_needed(entry, where);
    if (entry.end - entry.begin != needed)
        rejected(
            io::tensor_in(where, entry.name),
            {"'data_offsets' does not fit the shape",
             std::to_string(needed) + " bytes for shape " + shape::of(entry.extents).str() + " of "
                 + entry.dtype,
             std::to_string(entry.end - entry.begin) + " bytes"}
        );
}

/// Sorted by place, each entry begins where the one before ends. Entries without bytes lie anywhere between.
void check_coverage(
    const safetensors_header& header, std::size_t data_bytes, std::string_view where
) {
    std::vector<const safetensors_entry*> by_place;
    for (const safetensors_entry& entry : header.entries)
        by_place.push_back(&entry);
    std::sort(by_place.begin(), by_place.end(), [](const auto* a, const auto* b) {
        return std::pair(a->begin, a->end) < std::pair(b->begin, b->end);
    });

    std::size_t covered = 0;
    const safetensors_entry* before = nullptr;
    for (const safetensors_entry* entry : by_place) {
        if (entry->begin < covered)
            rejected(
                io::tensor_in(where, entry->name),
                {"the tensor overlaps tensor " + io::shown(before->name),
                 "a beginning at byte " + std::to_string(covered),
                 range_text(*entry)}
            );
        if (entry->begin > covered)
            rejected(
                io::tensor_in(where, entry->name),
                {"there is a hole before the tensor",
                 "a beginning at byte " + std::to_string(covered),
                 range_text(*entry)}
            );
        covered = entry->end;
        before = entry;
    }
    if (covered != data_bytes)
        rejected(
            where,
            {"the file goes on after its last tensor",
             std::to_string(covered) + " bytes of data",
             std::to_string(data_bytes) + " bytes"}
        );
}

/// The text of the header, behind its length in 8 bytes, little endian.
std::string_view header_text(std::span<const std::byte> file, std::string_view where) {
    constexpr std::size_t length_bytes = 8;
    if (file.size() < length_bytes)
        rejected(
            where,
            {"the file ends within the length of its header",
             "8 bytes",
             std::to_string(file.size()) + " bytes"}
        );
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < length_bytes; ++i)
        length |= std::to_integer<std::uint64_t>(file[i]) << (8 * i);
    if (length > safetensors_header::most_bytes)
        rejected(
            where,
            {"the header is longer than the format allows, or this is not a safetensors file",
             "at most 100000000 bytes",
             std::to_string(length) + " bytes"}
        );
    if (length > file.size() - length_bytes)
        rejected(
            where,
            {"the file ends within its header",
             "a header of " + std::to_string(length) + " bytes",
             std::to_string(file.size() - length_bytes) + " bytes"}
        );
    const std::string_view text(reinterpret_cast<const char*>(file.data()) + length_bytes, length);
    if (!text.starts_with('{'))
        rejected(where, {"the header does not begin with '{'", "one JSON object"});
    return text;
}

}  // namespace

safetensors_header parse_safetensors_header(
    std::span<const std::byte> file, std::string_view where
) {
    const std::string_view text = header_text(file, where);
    safetensors_header header = io::parse_safetensors_json(text, where);
    header.data_begin = sizeof(std::uint64_t) + text.size();
    const std::size_t data_bytes = file.size() - header.data_begin;
    for (const safetensors_entry& entry : header.entries)
        check_range(entry, data_bytes, where);
    check_coverage(header, data_bytes, where);
    return header;
}

}  // namespace abax
