// A softmax names its axis: there is no default.
// With ABAX_EXPECT_ERROR the compiler must show how.

#include <abax/ops/rows.hpp>
#include <abax/shape/tensor.hpp>

auto rows(const abax::tensor<float>& x) {
#ifdef ABAX_EXPECT_ERROR
    (void)softmax(x);
#endif
    return softmax(x, "m");
}

int main() {}
