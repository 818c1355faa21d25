// `==` between tensors does not say whether one answer is meant or many.
// With ABAX_EXPECT_ERROR the compiler must name both functions that do.

#include <abax/ops/compare.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/shape/tensor.hpp>

bool same(const abax::tensor<float>& a, const abax::tensor<float>& b) {
#ifdef ABAX_EXPECT_ERROR
    return a == b;
#else
    return equal(a, b) || equal_to(a, b).is_dry();
#endif
}

int main() {}
