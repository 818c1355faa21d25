#include <abax/models/language_model.hpp>
#include <abax/ops/select.hpp>

#include <optional>
#include <string>

namespace abax::models {

namespace {

void check_ids(const language_model& model, const tensor<std::int64_t>& ids, std::int64_t past) {
    if (ids.shape().axes_text() != "b s")
        throw error(
            {.kind = category::name_mismatch,
             .operation = std::string(model.family()),
             .message = "token ids have the axes b s",
             .input = ids.shape().str(),
             .expected = "b s",
             .got = ids.shape().axes_text()}
        );
    const std::int64_t positions = past + ids.extent("s");
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

tensor<float> language_model::forward(
    const tensor<std::int64_t>& ids, nn::kv_cache* cache, logits_of which
) const {
    const std::int64_t past = cache == nullptr ? 0 : cache->past();
    check_ids(*this, ids, past);
    tensor<float> x = hidden(ids, past, cache);  // b s m
    if (cache != nullptr)
        cache->advance(ids.extent("s"));
    if (which == logits_of::last)
        x = slice(x, {"s", -1});
    return logits(x);  // b s v
}

nn::kv_cache language_model::new_cache(std::int64_t batch, std::int64_t context) const {
    std::optional<dry_run> unmade;
    if (is_dry())
        unmade.emplace();
    return {facts_.layers, cached_axes(batch, context)};
}

}  // namespace abax::models
