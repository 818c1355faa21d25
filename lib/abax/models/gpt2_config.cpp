#include <abax/models/config_fields.hpp>
#include <abax/models/gpt2_config.hpp>

namespace abax::models {

namespace {

gelu_form activation_of(const config_fields& fields) {
    constexpr const char* known = "gelu_new, gelu_pytorch_tanh or gelu";
    const std::string activation = fields.text_or("activation_function", "gelu_new", known);
    if (activation == "gelu")
        return gelu_form::erf;
    if (activation != "gelu_new" && activation != "gelu_pytorch_tanh")
        reject_config(
            fields.file(),
            "'activation_function' is one that GPT-2 does not have here",
            known,
            activation
        );
    return gelu_form::tanh;
}

}  // namespace

void check(const gpt2_config& config, const std::string& file) {
    require_positive(
        {config.layers,
         config.width,
         config.heads,
         config.inner,
         config.context,
         config.vocabulary},
        file
    );
    if (config.width % config.heads != 0)
        reject_config(
            file,
            "the width does not divide among the heads",
            "n_embd divisible by n_head = " + std::to_string(config.heads),
            std::to_string(config.width)
        );
}

gpt2_config load_gpt2_config(const file_path& folder) {
    const auto fields = config_fields::open(folder);
    fields.require_model_type("gpt2", "a GPT-2");

    gpt2_config config;
    config.layers = fields.whole_number("n_layer", config_fields::most_layers);
    config.width = fields.whole_number("n_embd");
    config.heads = fields.whole_number("n_head");
    config.context = fields.whole_number(fields.contains("n_positions") ? "n_positions" : "n_ctx");
    config.vocabulary = fields.whole_number("vocab_size");
    config.inner = fields.whole_number_or("n_inner", 4 * config.width);
    config.epsilon = fields.number_or("layer_norm_epsilon", config.epsilon, 1);
    config.tied = fields.boolean_or("tie_word_embeddings", config.tied);
    config.activation = activation_of(fields);
    fields.require_if_present("scale_attn_by_inverse_layer_idx", false);
    fields.require_if_present("scale_attn_weights", true);
    check(config, fields.file());
    return config;
}

}  // namespace abax::models
