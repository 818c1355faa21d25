// `%` leaves different numbers in Python and in C++.
// WRONG: write_remainder_as_in_python_or_fmod_as_in_cpp

#include <abax/ops/elementwise.hpp>
#include <abax/shape/tensor.hpp>

auto left(const abax::tensor<int>& x) {
#ifdef WRONG
    (void)(x % 3);
#endif
    return remainder(x, 3) + fmod(x, 3);
}

int main() {}
