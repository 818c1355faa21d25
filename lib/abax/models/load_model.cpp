#include <abax/models/config_fields.hpp>
#include <abax/models/gpt2.hpp>
#include <abax/models/llama.hpp>
#include <abax/models/load_model.hpp>

#include <string>

namespace abax::models {

namespace {

struct family {
    const char* model_type;
    std::unique_ptr<language_model> (*load)(const file_path& folder);
    std::unique_ptr<language_model> (*load_dry)(const file_path& folder);
};

constexpr family families[] = {
    {"gpt2",
     [](const file_path& folder) -> std::unique_ptr<language_model> {
         return std::make_unique<gpt2>(gpt2::load(folder));
     },
     [](const file_path& folder) -> std::unique_ptr<language_model> {
         return std::make_unique<gpt2>(gpt2::dry(load_gpt2_config(folder)));
     }},
    {"llama",
     [](const file_path& folder) -> std::unique_ptr<language_model> {
         return std::make_unique<llama>(llama::load(folder));
     },
     [](const file_path& folder) -> std::unique_ptr<language_model> {
         return std::make_unique<llama>(llama::dry(load_llama_config(folder)));
     }},
};

const family& family_of(const file_path& folder) {
    const auto fields = config_fields::open(folder);
    const std::string type = fields.model_type();
    std::string known;
    for (const family& f : families) {
        if (type == f.model_type)
            return f;
        known +=
            (known.empty() ? "" : " or ") + std::string("\"model_type\": \"") + f.model_type + '"';
    }
    reject_config(
        fields.file(),
        "not a model of a family that is known here",
        known,
        type.empty() ? "no model_type" : '"' + type + '"'
    );
}

}  // namespace

std::unique_ptr<language_model> load_model(const file_path& folder) {
    return family_of(folder).load(folder);
}

std::unique_ptr<language_model> load_dry_model(const file_path& folder) {
    return family_of(folder).load_dry(folder);
}

}  // namespace abax::models
