#pragma once

#include <abax/core/dtype.hpp>

#include <array>
#include <cstdint>

/// Random numbers that are a function of a seed and a position, without a state: the same on every machine, in any
/// order and for any number of threads.
///
/// Every element draws from blocks of Philox4x32-10. The counter of a block is {low half of its number, high half,
/// attempt, domain}; the key is the seed. Domains keep what one seed gives to different distributions apart.
///
/// @see Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011
namespace abax::kernels {

/// Ten rounds of Philox: four words from a counter and a key.
[[nodiscard]] constexpr std::array<std::uint32_t, 4> philox(
    std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key
) noexcept {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t left = std::uint64_t{0xD2511F53U} * counter[0];
        const std::uint64_t right = std::uint64_t{0xCD9E8D57U} * counter[2];
        counter = {
            static_cast<std::uint32_t>(right >> 32U) ^ counter[1] ^ key[0],
            static_cast<std::uint32_t>(right),
            static_cast<std::uint32_t>(left >> 32U) ^ counter[3] ^ key[1],
            static_cast<std::uint32_t>(left)};
        key = {key[0] + 0x9E3779B9U, key[1] + 0xBB67AE85U};
    }
    return counter;
}

/// out[i] = low + (high - low) * k / 2^p, rounded once, and below `high`; k has p bits: 24 for float (a word, four
/// to a block), 53 for double (two words, two to a block). float and double only; low < high, high - low finite.
void uniform(
    dtype type, void* out, std::int64_t count, std::uint64_t seed, double low, double high
);

/// out[i] of the standard normal distribution, by Box and Muller: pairs r cos t, r sin t of two uniform numbers of 32
/// bits (float; it reaches 6.7) or 52 bits (double; 8.5). Computed in double. float and double only.
void normal(dtype type, void* out, std::int64_t count, std::uint64_t seed);

/// out[i] among low .. high - 1, all equally likely; int32 and int64 only; low < high.
void random_integers(
    dtype type,
    void* out,
    std::int64_t count,
    std::uint64_t seed,
    std::int64_t low,
    std::int64_t high
);

/// 0 .. count - 1 in an order that all orders are equally likely to be, as far as 64 bits of seed can tell.
void permutation(std::int64_t* out, std::int64_t count, std::uint64_t seed);

}  // namespace abax::kernels
