#pragma once

#include <cstdint>
#include <string_view>

namespace abax {

/// Which rules a pattern text has to obey.
enum class verb : std::uint8_t {
    rearrange,    ///< "b (h d) -> b h d": the same names on both sides
    reduce,       ///< "b s m -> b m": names may disappear
    repeat,       ///< "b m -> b s m": names may appear
    einsum,       ///< "b i, i o -> b o": one term for each operand
    axes,         ///< "b s (m: h d)": a bare list of items, without an arrow
    pack,         ///< "b * c": names, and one '*' for the axes that are packed into one
    unpack,       ///< the same, read backwards
    parse_shape,  ///< "b _ h": a list in which '_' skips an axis
};

/// The name of a verb, as in `enum verb`.
[[nodiscard]] constexpr std::string_view to_string(verb operation) noexcept {
    switch (operation) {
    case verb::rearrange: return "rearrange";
    case verb::reduce: return "reduce";
    case verb::repeat: return "repeat";
    case verb::einsum: return "einsum";
    case verb::axes: return "axes";
    case verb::pack: return "pack";
    case verb::unpack: return "unpack";
    case verb::parse_shape: return "parse_shape";
    }
    return "?";
}

/// Whether a pattern of this verb has a '*' among names, and nothing else.
[[nodiscard]] constexpr bool has_star(verb operation) noexcept {
    return operation == verb::pack || operation == verb::unpack;
}

/// Whether a pattern of this verb has a left and a right side; else it is one list of axes.
[[nodiscard]] constexpr bool has_arrow(verb operation) noexcept {
    return operation != verb::axes && operation != verb::parse_shape && !has_star(operation);
}

}  // namespace abax
