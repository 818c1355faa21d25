#include <abax/models/language_model.hpp>
#include <abax/ops/names.hpp>
#include <abax/ops/typed_names.hpp>
#include <abax/ops/typed_select.hpp>

#include <optional>
#include <string>

namespace abax::models {

namespace {

void check_positions(
    const language_model& model, const tensor<std::int64_t, "b s">& ids, std::int64_t past
) {
    const std::int64_t positions = past + extent<"s">(ids);
    if (positions > model.context())
        throw error(
            {.kind = category::usage,
             .operation = std::string(model.family()),
             .message = std::to_string(positions) + " positions do not fit the context of "
                      + std::to_string(model.context()),
             .expected_extent = model.context(),
             .got_extent = positions,
             .input = ids.shape().str(),
             .help = "use a shorter prompt, or fewer tokens"}
        );
}

}  // namespace

tensor<float, "b s v"> language_model::forward(
    const tensor<std::int64_t, "b s">& ids, nn::kv_cache* cache, logits_of which
) const {
    const std::int64_t past = cache == nullptr ? 0 : cache->past();
    check_positions(*this, ids, past);
    tensor<float, "b s m"> x = hidden(ids, past, cache);
    if (cache != nullptr)
        cache->advance(extent<"s">(ids));
    if (which == logits_of::last)
        x = slice<"s">(x, -1);
    return logits(x);
}

tensor<float, "b s v"> language_model::forward(
    const tensor<std::int64_t>& ids, nn::kv_cache* cache, logits_of which
) const {
    if (ids.shape().axes_text() != "b s")
        throw error(
            {.kind = category::name_mismatch,
             .operation = std::string(family()),
             .message = "token ids have the axes b s",
             .input = ids.shape().str(),
             .expected = "b s",
             .got = ids.shape().axes_text()}
        );
    return forward(as<"b s">(ids), cache, which);
}

nn::kv_cache language_model::new_cache(std::int64_t batch, std::int64_t context) const {
    std::optional<dry_run> unmade;
    if (is_dry())
        unmade.emplace();
    return {facts_.layers, cached_axes(batch, context)};
}

}  // namespace abax::models
