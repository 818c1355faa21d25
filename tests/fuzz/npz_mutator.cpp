// A mutation that changes a member fails its checksum, and one that renames it in one place contradicts the other:
// nothing behind these checks would ever run. So most mutants are mended. Linked into the fuzzer alone.

#include <abax/io/crc32.hpp>
#include <abax/io/zip_directory.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace {

namespace zip = abax::io::zip;

std::uint64_t number_at(const std::uint8_t* data, std::size_t bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        value |= std::uint64_t{data[i]} << (8 * i);
    return value;
}

void put(std::uint8_t* data, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i)
        data[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

/// Gives both headers of the member whose central record begins at `record` the same name and the right checksum.
void mend_member(std::span<std::uint8_t> file, std::uint8_t* record) {
    const std::uint64_t at = number_at(record + 42, 4);
    const std::uint64_t bytes = number_at(record + 20, 4);
    const std::uint64_t name_bytes = number_at(record + 28, 2);
    if (at > file.size() || file.size() - at < zip::local_bytes)
        return;
    std::uint8_t* const header = file.data() + at;
    const std::uint64_t texts = number_at(header + 26, 2) + number_at(header + 28, 2);
    const std::uint64_t behind = file.size() - at - zip::local_bytes;
    const auto left = static_cast<std::uint64_t>(file.data() + file.size() - record);
    if (texts > behind || bytes > behind - texts || name_bytes != number_at(header + 26, 2)
        || left < zip::central_bytes + name_bytes)
        return;
    // The records of a mutant may lie over each other.
    std::memmove(header + zip::local_bytes, record + zip::central_bytes, name_bytes);
    abax::io::crc32 sum;
    sum.add(std::as_bytes(std::span(header + zip::local_bytes + texts, bytes)));
    put(header + 14, sum.value(), 4);
    put(record + 16, sum.value(), 4);
}

void mend(std::span<std::uint8_t> file) {
    if (file.size() < zip::end_bytes)
        return;
    // Where the directory begins and how long it is, in case something was inserted before it.
    std::size_t first = file.size();
    for (std::size_t i = 0; i + zip::central_bytes <= file.size(); ++i)
        if (number_at(file.data() + i, 4) == zip::central_mark) {
            first = std::min(first, i);
            mend_member(file, file.data() + i);
        }
    std::uint8_t* const end = file.data() + file.size() - zip::end_bytes;
    if (number_at(end, 4) != zip::end_mark || first > file.size() - zip::end_bytes)
        return;
    put(end + 12, file.size() - zip::end_bytes - first, 4);
    put(end + 16, first, 4);
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(
    std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed
) {
    const std::size_t mutated = LLVMFuzzerMutate(data, size, most);
    if (seed % 4 != 0)
        mend({data, mutated});
    return mutated;
}
