#include <abax/ops/explain.hpp>
#include <abax/ops/movement.hpp>
#include <abax/plan/contraction.hpp>
#include <abax/plan/pattern_of.hpp>
#include <abax/plan/transform.hpp>

#include <vector>

namespace abax::detail {

moving_pattern::moving_pattern(std::string_view text) : text_(text) {
    try {
        (void)pattern_of(argument(), verb::rearrange);
    } catch (const error&) {
        try {
            (void)pattern_of(argument(), verb::repeat);
            verb_ = verb::repeat;
        } catch (const error&) {
            // Neither: what is wrong with it as a rearrange is said when it is explained.
        }
    }
}

std::string explained(
    const any_tensor& x,
    verb operation,
    const pattern_argument& text,
    axis_sizes sizes,
    std::optional<kernels::reduction> how
) {
    return explain(plan_transform(pattern_of(text, operation), x.where(), x.type(), sizes, how));
}

std::string explained_einsum(const pattern_argument& text, std::span<const any_tensor> operands) {
    const pattern terms = pattern_of(text, verb::einsum);
    const dtype type = common_dtype("einsum", operands);
    std::vector<layout> layouts;
    for (const any_tensor& x : operands)
        layouts.push_back(x.where());
    return explain(plan_einsum(terms, layouts, type));
}

}  // namespace abax::detail
