#include <abax/nn/attention.hpp>
#include <abax/nn/kv_cache.hpp>
#include <abax/ops/assign.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/select.hpp>

#include <cmath>

namespace abax::detail {

double scale_of_scores(std::int64_t width) noexcept {
    return 1 / std::sqrt(static_cast<double>(width));
}

}  // namespace abax::detail

namespace abax::nn {

namespace {

[[noreturn]] void misused(std::string message, std::int64_t most, std::int64_t got) {
    throw error(
        {.kind = category::usage,
         .operation = "kv_cache",
         .message = std::move(message),
         .expected_extent = most,
         .got_extent = got}
    );
}

}  // namespace

kv_cache::kv_cache(std::int64_t layers, const shape& room)
    : context_(any_tensor::dry(dtype::float32, room).extent("s'")) {
    for (std::int64_t i = 0; i < layers; ++i)
        layers_.push_back({zeros<float>(room), zeros<float>(room)});
}

kv_cache::entries<> kv_cache::written(
    std::size_t layer, const tensor<float>& k, const tensor<float>& v
) {
    const std::int64_t end = past_ + k.extent("s'");
    if (layer >= layers_.size())
        misused(
            "there is no layer " + std::to_string(layer) + ", the cache is for "
                + std::to_string(layers_.size()),
            static_cast<std::int64_t>(layers_.size()),
            static_cast<std::int64_t>(layer)
        );
    if (end > context_)
        misused(
            "position " + std::to_string(end) + " lies behind the context of "
                + std::to_string(context_),
            context_,
            end
        );
    entries<>& held = layers_[layer];
    assign(held.k, {"s'", past_, end}, k);
    assign(held.v, {"s'", past_, end}, v);
    return {slice(held.k, {"s'", 0, end}), slice(held.v, {"s'", 0, end})};
}

}  // namespace abax::nn
