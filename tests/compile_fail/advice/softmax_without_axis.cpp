// A softmax names its axis: there is no default.
// WRONG: usage | this_verb_needs_an_axis__name_one_of_the_tensors

#include <abax/ops/rows.hpp>
#include <abax/shape/tensor.hpp>

auto rows(const abax::tensor<float>& x) {
#ifdef WRONG
    (void)softmax(x);
#endif
    return softmax(x, "m");
}

int main() {}
