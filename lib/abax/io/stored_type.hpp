#pragma once

#include <abax/core/dtype.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace abax::io {

/// The element types that files hold and abax reads; more than a tensor can have, so some are widened.
enum class stored_type : std::uint8_t {
    f16,
    bf16,
    f32,
    f64,
    i8,
    i16,
    i32,
    i64,
    u8,
    u16,
    u32,
    boolean
};

/// Bytes of one element in the file.
[[nodiscard]] constexpr std::size_t size_of(stored_type type) noexcept {
    switch (type) {
    case stored_type::i8:
    case stored_type::u8:
    case stored_type::boolean: return 1;
    case stored_type::f16:
    case stored_type::bf16:
    case stored_type::i16:
    case stored_type::u16: return 2;
    case stored_type::f32:
    case stored_type::i32:
    case stored_type::u32: return 4;
    case stored_type::f64:
    case stored_type::i64: return 8;
    }
    return 0;
}

/// The element type it becomes: the smallest of ours that holds every value.
[[nodiscard]] constexpr dtype read_as(stored_type type) noexcept {
    switch (type) {
    case stored_type::f16:
    case stored_type::bf16:
    case stored_type::f32: return dtype::float32;
    case stored_type::f64: return dtype::float64;
    case stored_type::i8:
    case stored_type::i16:
    case stored_type::i32:
    case stored_type::u8:
    case stored_type::u16: return dtype::int32;
    case stored_type::i64:
    case stored_type::u32: return dtype::int64;
    case stored_type::boolean: break;
    }
    return dtype::boolean;
}

/// Turns the stored elements `from`, in byte order `order`, into elements of `read_as(type)` at `to`.
///
/// Values are kept exactly, NaNs bit by bit; a bool byte other than 0 becomes true.
/// @param to  room for from.size() / size_of(type) elements; neither side needs to be aligned
/// @pre   from.size() is a multiple of size_of(type)
/// @cost  0 FLOPs; each byte read and each element written once
void decode(stored_type type, std::endian order, std::span<const std::byte> from, std::byte* to);

}  // namespace abax::io
