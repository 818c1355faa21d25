// A number of parts in NumPy is the extent of each part in PyTorch.
// With ABAX_EXPECT_ERROR the compiler must name what says which is meant.

#include <abax/ops/select.hpp>
#include <abax/shape/tensor.hpp>

auto parts(const abax::tensor<float>& x) {
#ifdef ABAX_EXPECT_ERROR
    (void)split(x, "m", 3);
#endif
    (void)split(x, "m", {3});
    return chunk(x, "m", 3);
}

int main() {}
