// The reduction tells the type of the result, so it is a tag.
// WRONG: write_the_reduction_as_a_tag_by_mean
#include <abax/ops/rearrange.hpp>
#include <abax/ops/refused.hpp>

abax::tensor<float> averaged(const abax::tensor<float>& x) {
#ifdef WRONG
    (void)abax::reduce(x, "b s m -> b m", "mean");
#endif
    return abax::reduce(x, "b s m -> b m", abax::by::mean);
}
