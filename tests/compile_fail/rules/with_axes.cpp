// Generic functions over tensors that have certain axes in their types.
// clang-format off: the cases are a table.
#include <abax/abax.hpp>
#include <abax/shape/with_axes.hpp>

using namespace abax;

bool pooled(const with_axes<"b s ..."> auto&) {
    return true;
}
bool scored(const with_axes<"b s m"> auto&) {
    return true;
}

extern const tensor<float, "b t"> x;
extern const tensor<float, "s b m"> y;
extern const tensor<float> z;

// WRONG 1: with_axes | no matching function for call to | pooled | b s
// WRONG 2: with_axes | no matching function for call to | scored | b s m
// WRONG 3: with_axes | no matching function for call to | scored | b s m
// WRONG 4: with_axes | no matching function for call to | pooled | b s
// WRONG 5: unknown_axis | the_tensor_has_no_such_axis | axis{q}
#if WRONG == 1
const bool another_name = pooled(x);
#elif WRONG == 2
const bool another_rank = scored(x);
#elif WRONG == 3
const bool an_axis_less = scored(sum<"m">(y));
#elif WRONG == 4
const bool names_in_the_value = pooled(z);
#elif WRONG == 5
const bool refused_before = pooled(softmax<"q">(x));  // one mistake, one error
#else
const bool all[] = {pooled(rename<"t -> s">(x)), pooled(y), scored(y), scored(as<"b s m">(z))};
#endif
