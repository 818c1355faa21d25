#include <abax/account/ledger.hpp>
#include <abax/core/checked.hpp>
#include <abax/models/gpt2.hpp>
#include <abax/models/llama.hpp>
#include <abax/ops/create.hpp>

#include "case_kinds.hpp"

#include <map>
#include <memory>
#include <string>

namespace conformance {

namespace {

using json = nlohmann::json;

json integer(abax::int128 value) {
    constexpr abax::int128 largest_exact = abax::int128{1} << 53U;
    if (value >= largest_exact)
        return abax::to_string(value);
    return static_cast<std::int64_t>(value);
}

abax::models::gpt2_config gpt2_config_of(const json& model) {
    abax::models::gpt2_config config;
    config.layers = model.at("n_layer");
    config.width = model.at("d_model");
    config.heads = model.at("n_head");
    config.inner = model.at("d_ff");
    config.context = model.at("n_ctx");
    config.vocabulary = model.at("vocab");
    config.tied = model.at("tied");
    return config;
}

abax::models::llama_config llama_config_of(const json& model) {
    abax::models::llama_config config;
    config.layers = model.at("n_layer");
    config.width = model.at("d_model");
    config.heads = model.at("n_head");
    config.kv_heads = model.at("n_kv_head");
    config.head_extent = model.at("head_dim");
    config.inner = model.at("d_ff");
    config.context = model.at("n_ctx");
    config.vocabulary = model.at("vocab");
    config.tied = model.at("tied");
    if (model.value("qkv_bias", false))
        config.bias = abax::models::attention_bias::qkv;
    return config;
}

// Nothing for models that do not exist here: with experts, or with a window that is narrower than the sequence.
std::unique_ptr<abax::models::language_model> model_of(const json& model, std::int64_t seq) {
    using namespace abax::models;
    if (model.at("arch") == "gpt2")
        return std::make_unique<gpt2>(gpt2::dry(gpt2_config_of(model)));
    if (model.at("arch") != "llama" || model.contains("n_experts")
        || model.value("sliding_window", seq) < seq)
        return nullptr;
    return std::make_unique<llama>(llama::dry(llama_config_of(model)));
}

}  // namespace

figures forward_figures(const json& inputs) {
    const std::int64_t batch = inputs.at("batch");
    const std::int64_t seq = inputs.at("seq");
    const auto model = model_of(inputs.at("model"), seq);
    if (model == nullptr)
        return std::nullopt;
    abax::ledger bill;
    {
        const abax::recording on(bill);
        (void)model->forward(abax::dry<std::int64_t>(abax::axes("b s", {batch, seq})));
    }
    // A part of a block is a scope of that name, in every layer.
    json by_op = json::object();
    std::map<std::string, abax::int128> sums;
    abax::int128 attention = 0;
    abax::int128 attention_useful = 0;
    for (const abax::bill_row& row : bill.totals(abax::grouping::scope)) {
        const std::string part = row.label.substr(row.label.rfind('/') + 1);
        sums[part] += row.total.flops_mm;
        if (part == "scores" || part == "attn_v") {
            attention += row.total.flops_mm;
            attention_useful += row.total.flops_mm_useful;
        }
    }
    for (const auto& [part, sum] : sums)
        by_op[part] = integer(sum);
    const abax::counters total = bill.total();
    return json{
        {"total", integer(total.flops_mm)},
        {"by_op", by_op},
        {"attention_matmuls", integer(attention)},
        {"attention_matmuls_causal_exact", integer(attention_useful)},
        {"per_token", static_cast<double>(total.flops_mm) / static_cast<double>(batch * seq)},
        {"total_causal_exact", integer(total.flops_mm_useful)},
    };
}

}  // namespace conformance
