#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

/// A scalar that counts what is done with it: run on it, a reference kernel proves the closed form of its price.
namespace kernels_test {

/// What the ledger counts: arithmetic and comparisons, and the functions that cost more.
struct tally {
    std::int64_t flops = 0;
    std::int64_t specials = 0;
    friend bool operator==(const tally&, const tally&) = default;
};

inline tally counted;

/// A double that counts the operations on it.
struct counting {
    double value = 0;

    counting() = default;
    explicit counting(double x) : value(x) {}
    static counting flop(double x) {
        ++counted.flops;
        return counting(x);
    }
    static counting special(double x) {
        ++counted.specials;
        return counting(x);
    }

    friend counting operator+(counting a, counting b) { return flop(a.value + b.value); }
    friend counting operator-(counting a, counting b) { return flop(a.value - b.value); }
    friend counting operator*(counting a, counting b) { return flop(a.value * b.value); }
    friend counting operator/(counting a, counting b) { return flop(a.value / b.value); }
    friend counting operator-(counting a) { return flop(-a.value); }
    friend bool operator<(counting a, counting b) { return flop(a.value < b.value).value != 0; }
    friend bool operator!=(counting a, counting b) { return a.value != b.value; }
    friend counting abs(counting x) { return flop(std::abs(x.value)); }
    friend counting exp(counting x) { return special(std::exp(x.value)); }
    friend counting log(counting x) { return special(std::log(x.value)); }
    friend counting sqrt(counting x) { return special(std::sqrt(x.value)); }
    friend counting rsqrt(counting x) { return special(1 / std::sqrt(x.value)); }
    friend counting tanh(counting x) { return special(std::tanh(x.value)); }
    friend counting erf(counting x) { return special(std::erf(x.value)); }
    friend counting sin(counting x) { return special(std::sin(x.value)); }
    friend counting cos(counting x) { return special(std::cos(x.value)); }
};

/// Numbers for a logarithm and a root: all are positive.
inline std::vector<counting> numbers(std::int64_t count) {
    std::vector<counting> x(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < x.size(); ++i)
        x[i].value = 0.1 * static_cast<double>(i * 7 % 11) + 0.1;
    return x;
}

template <class Body>
tally count_of(const Body& body) {
    counted = {};
    body();
    return counted;
}

}  // namespace kernels_test
