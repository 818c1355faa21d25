#include <abax/models/llama.hpp>
#include <abax/models/weight_source.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace abax::models {

namespace {

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
    reader.fill("", all.token, all.norm_gain);
    for (std::int64_t i = 0; i < config.layers; ++i) {
        const std::string prefix = layer(i);
        llama_block& b = all.blocks.emplace_back();
        reader.fill(prefix, b.attention_gain, b.w_q, b.w_k, b.w_v, b.w_o);
        reader.fill(prefix, b.mlp_gain, b.w_gate, b.w_up, b.w_down);
        if (config.bias != attention_bias::none) {
            reader.fill(prefix, b.b_q);
            reader.fill(prefix, b.b_k);
            reader.fill(prefix, b.b_v);
        }
        if (config.bias == attention_bias::all)
            reader.fill(prefix, b.b_o);
    }
    if (config.tied)
        all.head = all.token;
    else
        reader.fill("", all.head);
    return all;
}

}  // namespace

llama llama::load(const file_path& folder) {
    const llama_config config = load_llama_config(folder);
    const weight_file file("llama", folder, "model.");
    const auto named = [](std::string prefix, std::string_view name) {
        return prefix.append(name);
    };
    using block = llama_block;
    file.refuse_layer(
        named(layer(config.layers), decltype(block::attention_gain)::file_name), config.layers
    );
    const auto refuse_bias = [&](std::string_view unused) {
        file.refuse(
            named(layer(0), unused),
            "the file has a bias that the config does not ask for",
            "'attention_bias' (all four) or 'qkv_bias' (all but the output's) in config.json"
        );
    };
    if (config.bias == attention_bias::none) {
        refuse_bias(decltype(block::b_q)::value_type::file_name);
        refuse_bias(decltype(block::b_k)::value_type::file_name);
        refuse_bias(decltype(block::b_v)::value_type::file_name);
    }
    if (config.bias != attention_bias::all)
        refuse_bias(decltype(block::b_o)::value_type::file_name);
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
