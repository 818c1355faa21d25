// A view is a value: assigning to what `slice` returns would change nothing.
// WRONG: write_assign_z_range_value
#include <abax/ops/assign.hpp>
#include <abax/ops/create.hpp>

void write_a_part(abax::tensor<float>& z, const abax::tensor<float>& value) {
    abax::assign(z, {"s", 0, 2}, value);
#ifdef WRONG
    abax::slice(z, {"s", 0, 2}) = value;
#endif
}
