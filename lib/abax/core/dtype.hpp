#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace abax {

/// The element types of a tensor.
enum class dtype : std::uint8_t { float32, float64, int32, int64, boolean };

/// What an element of `tensor<T>` can be: float, double, int32, int64 or bool.
template <class T>
concept element = std::same_as<T, float> || std::same_as<T, double> || std::
    same_as<T, std::int32_t> || std::same_as<T, std::int64_t> || std::same_as<T, bool>;

/// The `dtype` of the element type T.
template <element T>
inline constexpr dtype dtype_of = std::same_as<T, float>        ? dtype::float32
                                : std::same_as<T, double>       ? dtype::float64
                                : std::same_as<T, std::int32_t> ? dtype::int32
                                : std::same_as<T, std::int64_t> ? dtype::int64
                                                                : dtype::boolean;

/// Bytes an element takes: 4, 8, or 1 for a bool.
[[nodiscard]] constexpr std::size_t size_of(dtype type) noexcept {
    switch (type) {
    case dtype::float32:
    case dtype::int32: return 4;
    case dtype::float64:
    case dtype::int64: return 8;
    case dtype::boolean: return 1;
    }
    return 0;
}

/// Whether elements are float32 or float64: what `exp`, `softmax` and `mean` ask for.
[[nodiscard]] constexpr bool is_floating(dtype type) noexcept {
    return type == dtype::float32 || type == dtype::float64;
}

/// "float32", "float64", "int32", "int64", "bool".
[[nodiscard]] constexpr std::string_view to_string(dtype type) noexcept {
    switch (type) {
    case dtype::float32: return "float32";
    case dtype::float64: return "float64";
    case dtype::int32: return "int32";
    case dtype::int64: return "int64";
    case dtype::boolean: return "bool";
    }
    return "?";
}

/// Calls `body` with a value of the element type that `type` names.
template <class Body>
decltype(auto) with_element(dtype type, Body&& body) {
    switch (type) {
    case dtype::float32: return body(float{});
    case dtype::float64: return body(double{});
    case dtype::int32: return body(std::int32_t{});
    case dtype::int64: return body(std::int64_t{});
    case dtype::boolean: break;
    }
    return body(bool{});
}

}  // namespace abax
