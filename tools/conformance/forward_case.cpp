#include <abax/account/ledger.hpp>
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

// What the matrix products of the parts of a block cost. A part is a scope of that name, in every layer.
struct part_sums {
    std::map<std::string, abax::int128> each;
    abax::int128 attention = 0;
    abax::int128 attention_useful = 0;
};

part_sums sums_by_part(const abax::ledger& bill) {
    part_sums sums;
    for (const abax::bill_row& row : bill.totals(abax::grouping::scope)) {
        const std::string part = row.label.substr(row.label.rfind('/') + 1);
        sums.each[part] += row.total.flops_mm;
        if (part == "scores" || part == "attn_v") {
            sums.attention += row.total.flops_mm;
            sums.attention_useful += row.total.flops_mm_useful;
        }
    }
    return sums;
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
    const part_sums sums = sums_by_part(bill);
    json by_op = json::object();
    for (const auto& [part, sum] : sums.each)
        by_op[part] = integer(sum);
    const abax::counters total = bill.total();
    return json{
        {"total", integer(total.flops_mm)},
        {"by_op", by_op},
        {"attention_matmuls", integer(sums.attention)},
        {"attention_matmuls_causal_exact", integer(sums.attention_useful)},
        {"per_token", static_cast<double>(total.flops_mm) / static_cast<double>(batch * seq)},
        {"total_causal_exact", integer(total.flops_mm_useful)},
    };
}

}  // namespace conformance
