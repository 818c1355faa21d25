// The reduction tells the type of the result, so it is a tag.
#include <abax/ops/rearrange.hpp>
#include <abax/ops/refused.hpp>

abax::tensor<float> averaged(const abax::tensor<float>& x) {
#ifdef ABAX_EXPECT_ERROR
    (void)abax::reduce(x, "b s m -> b m", "mean");
#endif
    return abax::reduce(x, "b s m -> b m", abax::by::mean);
}
