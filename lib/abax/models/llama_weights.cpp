#include <abax/models/llama.hpp>
#include <abax/models/weight_source.hpp>

#include <string>
#include <utility>

namespace abax::models {

namespace {

// The one place that knows how the file lays out a weight. Llama's linears are stored (out, in). Names have the prefix
// "model."; a block's also "layers.N.".
constexpr weight<llama_weights> model_table[] = {
    {"embed_tokens.weight", "v m", &llama_weights::token},
    {"norm.weight", "m", &llama_weights::norm_gain},
};

constexpr weight<llama_block> block_table[] = {
    {"input_layernorm.weight", "m", &llama_block::attention_gain},
    {"self_attn.q_proj.weight", "(g r d) m", &llama_block::w_q},
    {"self_attn.k_proj.weight", "(g d) m", &llama_block::w_k},
    {"self_attn.v_proj.weight", "(g d) m", &llama_block::w_v},
    {"self_attn.o_proj.weight", "m (g r d)", &llama_block::w_o},
    {"post_attention_layernorm.weight", "m", &llama_block::mlp_gain},
    {"mlp.gate_proj.weight", "f m", &llama_block::w_gate},
    {"mlp.up_proj.weight", "f m", &llama_block::w_up},
    {"mlp.down_proj.weight", "m f", &llama_block::w_down},
};

using bias = weight<llama_block, std::optional<tensor<float>>>;
constexpr bias qkv_bias_table[] = {
    {"self_attn.q_proj.bias", "(g r d)", &llama_block::b_q},
    {"self_attn.k_proj.bias", "(g d)", &llama_block::b_k},
    {"self_attn.v_proj.bias", "(g d)", &llama_block::b_v},
};
constexpr bias output_bias_table[] = {
    {"self_attn.o_proj.bias", "m", &llama_block::b_o},
};

std::string layer(std::int64_t i) {
    return "layers." + std::to_string(i) + ".";
}

llama_weights built(const llama_config& config, weight_source source) {
    const weight_reader reader(
        std::move(source),
        {{'m', config.width},
         {'g', config.kv_heads},
         {'r', config.queries_per_group()},
         {'d', config.head_extent},
         {'f', config.inner},
         {'v', config.vocabulary}}
    );
    llama_weights all;
    reader.fill(all, model_table);
    for (std::int64_t i = 0; i < config.layers; ++i) {
        llama_block& block = all.blocks.emplace_back();
        reader.fill(block, block_table, layer(i));
        if (config.bias != attention_bias::none)
            reader.fill(block, qkv_bias_table, layer(i));
        if (config.bias == attention_bias::all)
            reader.fill(block, output_bias_table, layer(i));
    }
    all.head = config.tied ? all.token : reader.get(head_name, "v m");
    return all;
}

}  // namespace

llama llama::load(const std::filesystem::path& folder) {
    const llama_config config = load_llama_config(folder);
    const weight_file file("llama", folder, "model.");
    file.refuse_layer(layer(config.layers) + block_table[0].file_name, config.layers);
    const auto refuse_bias = [&](const bias& unused) {
        file.refuse(
            layer(0) + unused.file_name,
            "the file has a bias that the config does not ask for",
            "'attention_bias' (all four) or 'qkv_bias' (all but the output's) in config.json"
        );
    };
    if (config.bias == attention_bias::none)
        for (const bias& unused : qkv_bias_table)
            refuse_bias(unused);
    if (config.bias != attention_bias::all)
        refuse_bias(output_bias_table[0]);
    return {config, built(config, file)};
}

llama llama::dry(const llama_config& config) {
    check(config);
    return {config, built(config, dry_weights())};
}

llama llama::random(const llama_config& config, std::uint64_t seed) {
    check(config);
    return {config, built(config, random_weights(seed))};
}

}  // namespace abax::models
