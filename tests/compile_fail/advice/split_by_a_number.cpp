// A number of parts in NumPy is the extent of each part in PyTorch.
// WRONG: write_chunk_for_n_parts_or_split_with_a_list_of_extents

#include <abax/ops/select.hpp>
#include <abax/shape/tensor.hpp>

auto parts(const abax::tensor<float>& x) {
#ifdef WRONG
    (void)split(x, "m", 3);
#endif
    (void)split(x, "m", {3});
    return chunk(x, "m", 3);
}

int main() {}
