#include <abax/io/zip_headers.hpp>

#include <algorithm>

namespace abax::io {

namespace {

constexpr std::uint16_t version = 45;  // 4.5: the first that knows zip64
constexpr std::uint16_t unix_system = 3U << 8U;
constexpr std::uint32_t owner_may_read_and_write = 0600U << 16U;
// 1980-01-01, the first day that zip knows: the same tensors give the same file, whenever they are written.
constexpr std::uint32_t no_time = 0x21U << 16U;

/// Puts little-endian numbers one after another.
class record {
public:
    record& u16(std::uint64_t value) { return number(value, 2); }
    record& u32(std::uint64_t value) { return number(value, 4); }
    record& u64(std::uint64_t value) { return number(value, 8); }
    record& text(const std::string& value) {
        bytes_ += value;
        return *this;
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    record& number(std::uint64_t value, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            bytes_ += static_cast<char>(value >> (8 * i) & 0xFFU);
        return *this;
    }
    std::string bytes_;
};

std::uint64_t in_32_bits(std::uint64_t value) {
    return std::min(value, zip::elsewhere32);
}

/// The zip64 field with those of the numbers that do not fit 32 bits.
std::string zip64_field(std::initializer_list<std::uint64_t> numbers) {
    record wide;
    for (const std::uint64_t number : numbers)
        if (number >= zip::elsewhere32)
            wide.u64(number);
    if (wide.bytes().empty())
        return {};
    return record().u16(zip::zip64_field).u16(wide.bytes().size()).text(wide.bytes()).bytes();
}

std::string central_record(const zip_member& member) {
    const std::string extra = zip64_field({member.bytes, member.packed, member.header_at});
    return record()
        .u32(zip::central_mark)
        .u16(unix_system | version)
        .u16(version)
        .u16(member.flags)
        .u16(member.method)
        .u32(no_time)
        .u32(member.crc)
        .u32(in_32_bits(member.packed))
        .u32(in_32_bits(member.bytes))
        .u16(member.name.size())
        .u16(extra.size())
        .u16(0)  // no comment
        .u16(0)  // the first disk
        .u16(0)  // not marked as text
        .u32(owner_may_read_and_write)
        .u32(in_32_bits(member.header_at))
        .text(member.name)
        .text(extra)
        .bytes();
}

std::string end64_records(std::uint64_t count, std::uint64_t size, std::uint64_t at) {
    return record()
        .u32(zip::end64_mark)
        .u64(zip::end64_bytes - 12)
        .u16(unix_system | version)
        .u16(version)
        .u32(0)  // this disk
        .u32(0)  // and the directory's: the first
        .u64(count)
        .u64(count)
        .u64(size)
        .u64(at)
        .u32(zip::locator_mark)
        .u32(0)  // the first disk
        .u64(at + size)
        .u32(1)  // of one
        .bytes();
}

}  // namespace

std::string format_local_header(const zip_member& member) {
    constexpr std::uint64_t both_sizes =
        16;  // the content of the zip64 field; its mark and length take 4 more
    return record()
        .u32(zip::local_mark)
        .u16(version)
        .u16(member.flags)
        .u16(member.method)
        .u32(no_time)
        .u32(member.crc)
        .u32(zip::elsewhere32)
        .u32(zip::elsewhere32)
        .u16(member.name.size())
        .u16(4 + both_sizes)
        .text(member.name)
        .u16(zip::zip64_field)
        .u16(both_sizes)
        .u64(member.bytes)
        .u64(member.packed)
        .bytes();
}

std::string format_zip_directory(const std::vector<zip_member>& members, std::uint64_t at) {
    std::string text;
    for (const zip_member& member : members)
        text += central_record(member);
    const std::uint64_t count = members.size();
    const std::uint64_t size = text.size();
    if (count >= zip::elsewhere16 || size >= zip::elsewhere32 || at >= zip::elsewhere32)
        text += end64_records(count, size, at);
    const std::uint64_t count_16 = std::min(count, zip::elsewhere16);
    text += record()
                .u32(zip::end_mark)
                .u16(0)  // this disk
                .u16(0)  // and the directory's: the first
                .u16(count_16)
                .u16(count_16)
                .u32(in_32_bits(size))
                .u32(in_32_bits(at))
                .u16(0)  // no comment
                .bytes();
    return text;
}

}  // namespace abax::io
