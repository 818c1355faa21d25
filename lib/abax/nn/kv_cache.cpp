#include <abax/nn/kv_cache.hpp>
#include <abax/ops/assign.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/select.hpp>

namespace abax::nn {

kv_cache::kv_cache(
    std::int64_t layers,
    std::int64_t batch,
    std::int64_t context,
    std::int64_t heads,
    std::int64_t head_extent
)
    : context_(context) {
    const shape room = axes("b s' h d", {batch, context, heads, head_extent});
    for (std::int64_t i = 0; i < layers; ++i)
        layers_.push_back({zeros<float>(room), zeros<float>(room)});
}

kv_cache::entries kv_cache::append(
    std::size_t layer, const tensor<float>& k, const tensor<float>& v
) {
    const std::int64_t end = past_ + k.extent("s'");
    if (end > context_)
        throw error(
            {.kind = category::usage,
             .operation = "kv_cache",
             .message = "position " + std::to_string(end) + " lies behind the context of "
                      + std::to_string(context_),
             .expected_extent = context_,
             .got_extent = end}
        );
    entries& held = layers_[layer];
    assign(held.k, {"s'", past_, end}, k);
    assign(held.v, {"s'", past_, end}, v);
    return {slice(held.k, {"s'", 0, end}), slice(held.v, {"s'", 0, end})};
}

}  // namespace abax::nn
