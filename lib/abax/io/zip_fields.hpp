#pragma once

#include <abax/io/file_fault.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace abax::io {

using bytes_view = std::span<const std::byte>;

/// Takes little-endian numbers and texts off the front of a record.
class fields {
public:
    fields(bytes_view bytes, std::string_view where) : rest_(bytes), where_(where) {}

    [[nodiscard]] std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    [[nodiscard]] std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    [[nodiscard]] std::uint64_t u64() { return number(8); }
    [[nodiscard]] bytes_view take(std::size_t count) {
        if (count > rest_.size())
            throw_file_fault(
                "load_npz",
                where_,
                {"a record of the archive is cut short",
                 std::to_string(count) + " more bytes",
                 std::to_string(rest_.size())}
            );
        const bytes_view taken = rest_.first(count);
        rest_ = rest_.subspan(count);
        return taken;
    }
    [[nodiscard]] std::string text(std::size_t count) {
        const bytes_view taken = take(count);
        return {reinterpret_cast<const char*>(taken.data()), taken.size()};
    }
    void skip(std::size_t count) { (void)take(count); }
    [[nodiscard]] bytes_view rest() const { return rest_; }

private:
    std::uint64_t number(std::size_t count) {
        std::uint64_t value = 0;
        std::size_t shift = 0;
        for (const std::byte byte : take(count)) {
            value |= std::to_integer<std::uint64_t>(byte) << shift;
            shift += 8;
        }
        return value;
    }

    bytes_view rest_;
    std::string_view where_;
};

/// Whether a record of this kind begins here.
[[nodiscard]] inline bool begins_with(bytes_view bytes, std::uint32_t mark) {
    return bytes.size() >= 4 && fields(bytes, {}).u32() == mark;
}

}  // namespace abax::io
