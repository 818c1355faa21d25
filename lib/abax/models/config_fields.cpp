#include <abax/core/error.hpp>
#include <abax/models/config_fields.hpp>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace abax::models {

namespace {

using json = nlohmann::json;

std::string quoted(std::string_view key) {
    return '\'' + std::string(key) + '\'';
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
    // Printing a value recurses, one call a level: a file of brackets alone would end the program.
    constexpr int most_levels = 64;
    const auto checked_depth = [&](int depth, json::parse_event_t, json&) {
        if (depth > most_levels)
            reject_config(path.string(), "config.json nests deeper than 64 levels");
        return true;
    };
    try {
        return json::parse(text.str(), checked_depth);
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

}  // namespace

struct config_fields::contents {
    json all;
    std::string file;
};

void reject_config(
    const std::string& file, std::string message, std::string expected, std::string got
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

void require_positive(std::initializer_list<std::int64_t> extents, const std::string& file) {
    for (const std::int64_t extent : extents)
        if (extent < 1)
            reject_config(
                file, "every extent of the model must be 1 or more", {}, std::to_string(extent)
            );
}

config_fields config_fields::open(const file_path& folder) {
    const auto path = std::filesystem::path(folder.string()) / "config.json";
    json all = parsed(path);
    if (!all.is_object())
        reject_config(path.string(), "config.json holds no object");
    return config_fields(std::make_shared<contents>(contents{std::move(all), path.string()}));
}

const std::string& config_fields::file() const noexcept {
    return contents_->file;
}

bool config_fields::contains(std::string_view key) const {
    return contents_->all.contains(key);
}

bool config_fields::has_value(std::string_view key) const {
    return contains(key) && !contents_->all.at(std::string(key)).is_null();
}

std::string config_fields::text_of(std::string_view key) const {
    return contents_->all.at(std::string(key)).dump();
}

std::string config_fields::model_type() const {
    if (!contains("model_type") || !contents_->all.at("model_type").is_string())
        return {};
    return contents_->all.at("model_type").get<std::string>();
}

void config_fields::require_model_type(std::string_view wanted, std::string_view title) const {
    const std::string type = model_type();
    if (type != wanted)
        reject_config(
            file(),
            "not " + std::string(title),
            "\"model_type\": \"" + std::string(wanted) + '"',
            type.empty() ? "no model_type" : '"' + type + '"'
        );
}

std::int64_t config_fields::whole_number(std::string_view key, std::int64_t most) const {
    if (!contains(key))
        reject_config(file(), quoted(key) + " is missing", "a whole number");
    const json& value = contents_->all.at(std::string(key));
    if (!value.is_number_integer())
        reject_config(file(), quoted(key) + " is no whole number", "a whole number", value.dump());
    const auto number =
        value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(most)
            ? most + 1
            : value.get<std::int64_t>();
    if (number < 1 || number > most)
        reject_config(
            file(),
            quoted(key) + " is out of range",
            "1 to " + (most == most_extent ? "2^40" : std::to_string(most)),
            value.dump()
        );
    return number;
}

std::int64_t config_fields::whole_number_or(
    std::string_view key, std::int64_t fallback, std::int64_t most
) const {
    return has_value(key) ? whole_number(key, most) : fallback;
}

double config_fields::number_or(std::string_view key, double fallback, double below) const {
    if (!has_value(key))
        return fallback;
    const json& value = contents_->all.at(std::string(key));
    if (!value.is_number() || value.get<double>() <= 0 || value.get<double>() >= below) {
        std::ostringstream limit;
        limit << below;
        reject_config(
            file(),
            quoted(key) + " is out of range",
            "a number between 0 and " + limit.str(),
            value.dump()
        );
    }
    return value.get<double>();
}

bool config_fields::boolean_or(std::string_view key, bool fallback) const {
    if (!has_value(key))
        return fallback;
    const json& value = contents_->all.at(std::string(key));
    if (!value.is_boolean())
        reject_config(file(), quoted(key) + " is no boolean", "true or false", value.dump());
    return value.get<bool>();
}

std::string config_fields::text_or(
    std::string_view key, std::string_view fallback, std::string_view expected
) const {
    if (!has_value(key))
        return std::string(fallback);
    const json& value = contents_->all.at(std::string(key));
    if (!value.is_string())
        reject_config(file(), quoted(key) + " is no text", std::string(expected), value.dump());
    return value.get<std::string>();
}

config_fields config_fields::object_or_empty(std::string_view key) const {
    json held = has_value(key) ? contents_->all.at(std::string(key)) : json::object();
    if (!held.is_object())
        reject_config(file(), quoted(key) + " is no object", "an object or null", held.dump());
    return config_fields(std::make_shared<contents>(contents{std::move(held), file()}));
}

void config_fields::require_if_present(std::string_view key, bool supported) const {
    if (boolean_or(key, supported) != supported)
        reject_config(
            file(),
            quoted(key) + " is not supported",
            supported ? "true" : "false",
            supported ? "false" : "true"
        );
}

}  // namespace abax::models
