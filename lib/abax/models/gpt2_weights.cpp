#include <abax/models/gpt2.hpp>
#include <abax/models/weight_source.hpp>
#include <abax/ops/typed_select.hpp>

#include <string>
#include <utility>

namespace abax::models {

namespace {

std::string layer(std::int64_t i) {
    return "h." + std::to_string(i) + ".";
}

gpt2_block block_of(const weight_reader& reader, const std::string& prefix) {
    gpt2_block b;
    reader.fill(
        prefix,
        b.ln_1_gain,
        b.ln_1_bias,
        b.w_qkv,
        b.b_qkv,
        b.w_o,
        b.b_o,
        b.ln_2_gain,
        b.ln_2_bias,
        b.w_up,
        b.b_up,
        b.w_down,
        b.b_down
    );
    b.w_q = at<"t">(b.w_qkv, 0);
    b.w_k = at<"t">(b.w_qkv, 1);
    b.w_v = at<"t">(b.w_qkv, 2);
    b.b_q = at<"t">(b.b_qkv, 0);
    b.b_k = at<"t">(b.b_qkv, 1);
    b.b_v = at<"t">(b.b_qkv, 2);
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
    reader.fill("", all.token, all.position, all.ln_f_gain, all.ln_f_bias);
    for (std::int64_t i = 0; i < config.layers; ++i)
        all.blocks.push_back(block_of(reader, layer(i)));
    if (config.tied)
        all.head = all.token;
    else
        reader.fill("", all.head);
    return all;
}

}  // namespace

gpt2 gpt2::load(const file_path& folder) {
    const gpt2_config config = load_gpt2_config(folder);
    const weight_file file("gpt2", folder, "transformer.");
    file.refuse_layer(
        layer(config.layers) + std::string(decltype(gpt2_block::ln_1_gain)::file_name),
        config.layers
    );
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
