#include <abax/models/gpt2_config.hpp>

#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

namespace abax::models {

namespace {

using json = nlohmann::json;

[[noreturn]] void reject(
    const std::string& file, std::string message, std::string expected = {}, std::string got = {}
) {
    throw error(
        {.kind = category::config,
         .operation = "config",
         .message = std::move(message),
         .expected = std::move(expected),
         .got = std::move(got),
         .file = file}
    );
}

json parsed(const std::filesystem::path& path) {
    std::ifstream in(path);
    if (!in)
        throw error(
            {.kind = category::file,
             .operation = "config",
             .message = "the model's config.json cannot be read",
             .help = "pass a Hugging Face folder: config.json and model.safetensors",
             .file = path.string()}
        );
    std::ostringstream text;
    text << in.rdbuf();
    try {
        return json::parse(text.str());
    } catch (const json::exception& e) {
        throw error(
            {.kind = category::file,
             .operation = "config",
             .message = "not valid JSON",
             .got = e.what(),
             .file = path.string()}
        );
    }
}

std::int64_t whole_number(const json& all, const char* key, const std::string& file) {
    if (!all.contains(key))
        reject(file, std::string("'") + key + "' is missing", "a whole number");
    const json& value = all.at(key);
    if (!value.is_number_integer())
        reject(
            file, std::string("'") + key + "' is no whole number", "a whole number", value.dump()
        );
    // Far above any model, far below where products of extents would overflow.
    constexpr std::int64_t most = std::int64_t{1} << 40U;
    const auto number =
        value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(most)
            ? most + 1
            : value.get<std::int64_t>();
    if (number < 1 || number > most)
        reject(file, std::string("'") + key + "' is out of range", "1 to 2^40", value.dump());
    return number;
}

}  // namespace

void check(const gpt2_config& config, const std::string& file) {
    for (const auto extent :
         {config.layers,
          config.width,
          config.heads,
          config.inner,
          config.context,
          config.vocabulary})
        if (extent < 1)
            reject(file, "every extent of the model must be 1 or more", {}, std::to_string(extent));
    if (config.width % config.heads != 0)
        reject(
            file,
            "the width does not divide among the heads",
            "n_embd divisible by n_head = " + std::to_string(config.heads),
            std::to_string(config.width)
        );
}

gpt2_config load_gpt2_config(const std::filesystem::path& folder) {
    const auto path = folder / "config.json";
    const std::string file = path.string();
    const json all = parsed(path);
    if (!all.is_object())
        reject(file, "config.json holds no object");
    const std::string type = all.contains("model_type") && all["model_type"].is_string()
                               ? all["model_type"].get<std::string>()
                               : "";
    if (type != "gpt2")
        reject(
            file,
            "not a GPT-2",
            "\"model_type\": \"gpt2\"",
            type.empty() ? "no model_type" : '"' + type + '"'
        );

    gpt2_config config;
    config.layers = whole_number(all, "n_layer", file);
    constexpr std::int64_t most_layers =
        10000;  // more than any model has; each costs time, even dry
    if (config.layers > most_layers)
        reject(file, "'n_layer' is out of range", "1 to 10000", std::to_string(config.layers));
    config.width = whole_number(all, "n_embd", file);
    config.heads = whole_number(all, "n_head", file);
    config.context = whole_number(all, all.contains("n_positions") ? "n_positions" : "n_ctx", file);
    config.vocabulary = whole_number(all, "vocab_size", file);
    config.inner = all.contains("n_inner") && !all["n_inner"].is_null()
                     ? whole_number(all, "n_inner", file)
                     : 4 * config.width;
    if (all.contains("layer_norm_epsilon")) {
        const json& epsilon = all["layer_norm_epsilon"];
        if (!epsilon.is_number() || epsilon.get<double>() <= 0 || epsilon.get<double>() >= 1)
            reject(
                file,
                "'layer_norm_epsilon' is out of range",
                "a number between 0 and 1",
                epsilon.dump()
            );
        config.epsilon = epsilon.get<double>();
    }
    if (all.contains("tie_word_embeddings")) {
        if (!all["tie_word_embeddings"].is_boolean())
            reject(
                file,
                "'tie_word_embeddings' is no boolean",
                "true or false",
                all["tie_word_embeddings"].dump()
            );
        config.tied = all["tie_word_embeddings"].get<bool>();
    }
    std::string activation = "gelu_new";
    if (all.contains("activation_function")) {
        if (!all["activation_function"].is_string())
            reject(
                file,
                "'activation_function' is no text",
                "gelu_new, gelu_pytorch_tanh or gelu",
                all["activation_function"].dump()
            );
        activation = all["activation_function"].get<std::string>();
    }
    if (activation == "gelu")
        config.activation = gelu_form::erf;
    else if (activation != "gelu_new" && activation != "gelu_pytorch_tanh")
        reject(
            file,
            "'activation_function' is one that GPT-2 does not have here",
            "gelu_new, gelu_pytorch_tanh or gelu",
            activation
        );
    // Switches of variants that change the arithmetic: ignoring them would give wrong numbers silently.
    if (all.contains("scale_attn_by_inverse_layer_idx")
        && all["scale_attn_by_inverse_layer_idx"] == true)
        reject(file, "'scale_attn_by_inverse_layer_idx' is not supported", "false", "true");
    if (all.contains("scale_attn_weights") && all["scale_attn_weights"] == false)
        reject(file, "'scale_attn_weights' is not supported", "true", "false");
    check(config, file);
    return config;
}

}  // namespace abax::models
