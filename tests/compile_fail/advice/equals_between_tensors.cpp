// `==` between tensors does not say whether one answer is meant or many.
// WRONG: write_equal_for_one_answer_equal_to_for_many

#include <abax/ops/compare.hpp>
#include <abax/ops/elementwise.hpp>
#include <abax/shape/tensor.hpp>

bool same(const abax::tensor<float>& a, const abax::tensor<float>& b) {
#ifdef WRONG
    return a == b;
#else
    return equal(a, b) || equal_to(a, b).is_dry();
#endif
}

int main() {}
