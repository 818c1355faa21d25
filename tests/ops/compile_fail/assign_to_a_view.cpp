// A view is a value: assigning to what `slice` returns would change nothing.
#include <abax/ops/assign.hpp>
#include <abax/ops/create.hpp>

void write_a_part(abax::tensor<float>& z, const abax::tensor<float>& value) {
    abax::assign(z, {"s", 0, 2}, value);
#ifdef ABAX_EXPECT_ERROR
    abax::slice(z, {"s", 0, 2}) = value;
#endif
}
