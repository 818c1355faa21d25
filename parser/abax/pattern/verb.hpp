#pragma once

#include <cstdint>
#include <string_view>

namespace abax {

/// Which rules a pattern text has to obey.
enum class verb : std::uint8_t {
    rearrange,  ///< "b (h d) -> b h d": the same names on both sides
    reduce,     ///< "b s m -> b m": names may disappear
    repeat,     ///< "b m -> b s m": names may appear
    einsum,     ///< "b i, i o -> b o": one term for each operand
    axes,       ///< "b s (m: h d)": a bare list of items, without an arrow
};

/// The name of a verb, as in `enum verb`.
[[nodiscard]] constexpr std::string_view to_string(verb operation) noexcept {
    switch (operation) {
    case verb::rearrange: return "rearrange";
    case verb::reduce: return "reduce";
    case verb::repeat: return "repeat";
    case verb::einsum: return "einsum";
    case verb::axes: return "axes";
    }
    return "?";
}

}  // namespace abax
