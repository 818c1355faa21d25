#pragma once

#include <abax/kernels/kernels.hpp>

#include <cstdint>

namespace abax::kernels {

/// Which two elements of a row turn together.
enum class pairing : std::uint8_t {
    halves,     ///< i and i + extent/2
    neighbours  ///< 2i and 2i + 1
};

/// How the tables move along a row.
struct angles {
    std::int64_t cosine_stride = 1;
    std::int64_t sine_stride = 1;
    bool for_each_element = false;  ///< an entry for each element of the row, not for each pair
};

/// (a, b) becomes (a cos - b sin, b cos + a sin), for each pair of each row. float and double; the extent is even.
///
/// Operands of `rows`: out, in, cosines, sines. Where the tables hold an entry for each element, a takes that at its
/// own place and b that at its.
void rotate(
    dtype type,
    void* out,
    const void* in,
    const void* cosines,
    const void* sines,
    const loops<4>& rows,
    row along,
    pairing pairs,
    angles tables
);

/// cosines and sines of (first + p) * frequencies[i] at [p, i], both row-major; the angles are computed in double.
void rotation_tables(
    dtype type,
    void* cosines,
    void* sines,
    std::int64_t first,
    std::int64_t positions,
    const double* frequencies,
    std::int64_t count
);

}  // namespace abax::kernels
