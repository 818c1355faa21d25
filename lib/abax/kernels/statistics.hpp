#pragma once

#include <abax/core/dtype.hpp>
#include <abax/kernels/loops.hpp>

#include <cstdint>

/// Statistics of floating elements. Everything is computed in double and rounded once, to the type of the elements.
namespace abax::kernels {

enum class statistic : std::uint8_t {
    variance,            ///< sum of (x - mean)^2 / (count - correction)
    standard_deviation,  ///< its root
    norm_one,            ///< sum of |x|
    norm_two,            ///< root of the sum of x^2
    norm_infinity,       ///< the largest |x|
    logsumexp            ///< log of the sum of exp(x)
};

/// One number for the `reduced` loops of each iteration of `kept`. Operand 0 is out (its stride in `reduced` is 0), 1 is in.
/// NaN makes NaN. Of no elements: norms 0, logsumexp -inf, variance NaN; as it is where count - correction is 0 or less.
/// The variance takes two passes, the mean and then the squares about it; logsumexp two, the largest and then the rest
/// relative to it. Squares of doubles beyond 1e154 overflow, those of floats do not.
void summarize(
    statistic which,
    dtype type,
    void* out,
    const void* in,
    const loops<2>& kept,
    const loops<2>& reduced,
    double correction = 0
);

}  // namespace abax::kernels
