// `%` leaves different numbers in Python and in C++.
// With ABAX_EXPECT_ERROR the compiler must name the function for each.

#include <abax/ops/elementwise.hpp>
#include <abax/shape/tensor.hpp>

auto left(const abax::tensor<int>& x) {
#ifdef ABAX_EXPECT_ERROR
    (void)(x % 3);
#endif
    return remainder(x, 3) + fmod(x, 3);
}

int main() {}
