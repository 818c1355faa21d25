#include <abax/models/config_fields.hpp>
#include <abax/models/llama_config.hpp>
#include <abax/ops/rope.hpp>

#include <algorithm>
#include <numbers>

namespace abax::models {

namespace {

std::int64_t head_extent_of(const config_fields& fields, const llama_config& config) {
    if (fields.has_value("head_dim"))
        return fields.whole_number("head_dim");
    if (config.width % config.heads != 0)
        reject_config(
            fields.file(),
            "the width does not divide among the heads, and there is no 'head_dim'",
            "hidden_size divisible by num_attention_heads = " + std::to_string(config.heads),
            std::to_string(config.width)
        );
    return config.width / config.heads;
}

llama3_scaling scaling_of(const config_fields& rope, const std::string& key) {
    constexpr double most = 1e6;
    for (const char* field :
         {"factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings"})
        if (!rope.has_value(field))
            reject_config(rope.file(), '\'' + key + "' lacks '" + field + '\'', "a number");
    const llama3_scaling scaling{
        rope.number_or("factor", 0, most),
        rope.number_or("low_freq_factor", 0, most),
        rope.number_or("high_freq_factor", 0, most),
        rope.whole_number("original_max_position_embeddings")};
    if (scaling.low_factor >= scaling.high_factor)
        reject_config(
            rope.file(),
            '\'' + key + "': 'low_freq_factor' must be below 'high_freq_factor'",
            "a number below " + rope.text_of("high_freq_factor"),
            rope.text_of("low_freq_factor")
        );
    return scaling;
}

// Older files say rope_theta and rope_scaling, newer ones have both in rope_parameters.
void read_rotary(const config_fields& fields, llama_config& config) {
    constexpr double most_theta = 1e15;
    constexpr const char* known = "default or llama3";
    config.theta = fields.number_or("rope_theta", config.theta, most_theta);
    for (const char* key : {"rope_scaling", "rope_parameters"}) {
        const config_fields rope = fields.object_or_empty(key);
        config.theta = rope.number_or("rope_theta", config.theta, most_theta);
        const char* type_key = rope.has_value("rope_type") ? "rope_type" : "type";
        const std::string type = rope.text_or(type_key, "default", known);
        if (type == "llama3")
            config.scaling = scaling_of(rope, key);
        else if (type != "default" || (!rope.has_value(type_key) && rope.has_value("factor")))
            reject_config(
                fields.file(),
                '\'' + std::string(key) + "' asks for rotary angles that are not computed here",
                "null, or '" + std::string(type_key) + "': " + known,
                fields.text_of(key)
            );
    }
}

attention_bias bias_of(const config_fields& fields) {
    if (fields.boolean_or("attention_bias", false))
        return attention_bias::all;
    return fields.boolean_or("qkv_bias", false) ? attention_bias::qkv : attention_bias::none;
}

void refuse_variants(const config_fields& fields, const llama_config& config) {
    for (const char* key : {"num_local_experts", "num_experts", "n_routed_experts"})
        if (fields.has_value(key))
            reject_config(
                fields.file(),
                '\'' + std::string(key) + "': models with experts are not supported",
                "one MLP a layer",
                fields.text_of(key)
            );
    if (const auto window = fields.whole_number_or("sliding_window", config.context);
        window < config.context)
        reject_config(
            fields.file(),
            "'sliding_window' is not supported",
            "null, or no less than max_position_embeddings = " + std::to_string(config.context),
            std::to_string(window)
        );
    constexpr const char* rotary_part = "partial_rotary_factor";
    if (fields.has_value(rotary_part) && fields.number_or(rotary_part, 1, 2) != 1)
        reject_config(
            fields.file(),
            "'partial_rotary_factor' is not supported",
            "1",
            fields.text_of(rotary_part)
        );
    fields.require_if_present("mlp_bias", false);
    constexpr const char* known = "silu";
    if (const auto activation = fields.text_or("hidden_act", known, known); activation != known)
        reject_config(
            fields.file(), "'hidden_act' is one that Llama does not have here", known, activation
        );
}

}  // namespace

void check(const llama_config& config, const std::string& file) {
    require_positive(
        {config.layers,
         config.width,
         config.heads,
         config.kv_heads,
         config.head_extent,
         config.inner,
         config.context,
         config.vocabulary},
        file
    );
    if (config.heads % config.kv_heads != 0)
        reject_config(
            file,
            "the query heads do not divide among the key/value heads",
            "num_attention_heads divisible by num_key_value_heads = "
                + std::to_string(config.kv_heads),
            std::to_string(config.heads)
        );
    constexpr std::int64_t most_head = 1
                                    << 16;  // far above any; a model holds an angle for each pair
    if (config.head_extent > most_head)
        reject_config(
            file,
            "the extent of a head ('head_dim') is out of range",
            "1 to " + std::to_string(most_head),
            std::to_string(config.head_extent)
        );
    if (config.head_extent % 2 != 0)
        reject_config(
            file,
            "rotary positions turn pairs: the extent of a head ('head_dim') must be even",
            "an even number",
            std::to_string(config.head_extent)
        );
}

std::vector<double> rotary_frequencies(const llama_config& config) {
    std::vector<double> all = rope_frequencies(config.head_extent, config.theta);
    if (!config.scaling)
        return all;
    const llama3_scaling& how = *config.scaling;
    for (double& frequency : all) {
        const double turns =
            static_cast<double>(how.original_context) * frequency / (2 * std::numbers::pi);
        // 0 for the slow ones, 1 for the fast ones, a straight line in between.
        const double kept =
            std::clamp((turns - how.low_factor) / (how.high_factor - how.low_factor), 0.0, 1.0);
        frequency *= kept + (1 - kept) / how.factor;
    }
    return all;
}

llama_config load_llama_config(const file_path& folder) {
    const auto fields = config_fields::open(folder);
    fields.require_model_type("llama", "a Llama");

    llama_config config;
    config.layers = fields.whole_number("num_hidden_layers", config_fields::most_layers);
    config.width = fields.whole_number("hidden_size");
    config.heads = fields.whole_number("num_attention_heads");
    config.kv_heads = fields.whole_number_or("num_key_value_heads", config.heads);
    config.head_extent = head_extent_of(fields, config);
    config.inner = fields.whole_number("intermediate_size");
    config.context = fields.whole_number("max_position_embeddings");
    config.vocabulary = fields.whole_number("vocab_size");
    config.epsilon = fields.number_or("rms_norm_eps", 1e-6, 1);
    read_rotary(fields, config);
    config.tied = fields.boolean_or("tie_word_embeddings", config.tied);
    config.bias = bias_of(fields);
    refuse_variants(fields, config);
    check(config, fields.file());
    return config;
}

}  // namespace abax::models
