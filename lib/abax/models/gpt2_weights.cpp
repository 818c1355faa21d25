#include <abax/models/gpt2.hpp>
#include <abax/models/weight_source.hpp>
#include <abax/ops/select.hpp>

#include <string>
#include <utility>

namespace abax::models {

namespace {

// The one place that knows how the file lays out a weight. GPT-2's linears are stored (in, out). Names have the prefix
// "transformer."; a block's also "h.N.".
constexpr weight<gpt2_weights> model_table[] = {
    {"wte.weight", "v m", &gpt2_weights::token},
    {"wpe.weight", "p m", &gpt2_weights::position},
    {"ln_f.weight", "m", &gpt2_weights::ln_f_gain},
    {"ln_f.bias", "m", &gpt2_weights::ln_f_bias},
};

constexpr weight<gpt2_block> block_table[] = {
    {"ln_1.weight", "m", &gpt2_block::ln_1_gain},
    {"ln_1.bias", "m", &gpt2_block::ln_1_bias},
    {"attn.c_proj.weight", "(h d) m", &gpt2_block::w_o},
    {"attn.c_proj.bias", "m", &gpt2_block::b_o},
    {"ln_2.weight", "m", &gpt2_block::ln_2_gain},
    {"ln_2.bias", "m", &gpt2_block::ln_2_bias},
    {"mlp.c_fc.weight", "m f", &gpt2_block::w_up},
    {"mlp.c_fc.bias", "f", &gpt2_block::b_up},
    {"mlp.c_proj.weight", "f m", &gpt2_block::w_down},
    {"mlp.c_proj.bias", "m", &gpt2_block::b_down},
};

// c_attn holds query, key and value side by side: the three positions of t.
constexpr const char* attention_weight = "attn.c_attn.weight";
constexpr const char* attention_weight_axes = "m (t h d)";
constexpr const char* attention_bias = "attn.c_attn.bias";
constexpr const char* attention_bias_axes = "(t h d)";

std::string layer(std::int64_t i) {
    return "h." + std::to_string(i) + ".";
}

gpt2_block block_of(const weight_reader& reader, const std::string& prefix) {
    gpt2_block b;
    reader.fill(b, block_table, prefix);
    const auto w = reader.get(prefix + attention_weight, attention_weight_axes);  // m t h d
    b.w_q = at(w, "t", 0);
    b.w_k = at(w, "t", 1);
    b.w_v = at(w, "t", 2);
    const auto bias = reader.get(prefix + attention_bias, attention_bias_axes);  // t h d
    b.b_q = at(bias, "t", 0);
    b.b_k = at(bias, "t", 1);
    b.b_v = at(bias, "t", 2);
    return b;
}

gpt2_weights built(const gpt2_config& config, weight_source source) {
    const weight_reader reader(
        std::move(source),
        {{'m', config.width},
         {'h', config.heads},
         {'d', config.head_extent()},
         {'f', config.inner},
         {'v', config.vocabulary},
         {'p', config.context},
         {'t', 3}}
    );
    gpt2_weights all;
    reader.fill(all, model_table);
    for (std::int64_t i = 0; i < config.layers; ++i)
        all.blocks.push_back(block_of(reader, layer(i)));
    all.head = config.tied ? all.token : reader.get(head_name, "v m");
    return all;
}

}  // namespace

gpt2 gpt2::load(const std::filesystem::path& folder) {
    const gpt2_config config = load_gpt2_config(folder);
    const weight_file file("gpt2", folder, "transformer.");
    file.refuse_layer(layer(config.layers) + block_table[0].file_name, config.layers);
    return {config, built(config, file)};
}

gpt2 gpt2::dry(const gpt2_config& config) {
    check(config);
    return {config, built(config, dry_weights())};
}

gpt2 gpt2::random(const gpt2_config& config, std::uint64_t seed) {
    check(config);
    return {config, built(config, random_weights(seed))};
}

}  // namespace abax::models
