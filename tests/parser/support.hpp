#pragma once

#include <abax/core/error.hpp>
#include <abax/pattern/pattern.hpp>

#include <nlohmann/json.hpp>

#include <array>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace abax::test {

inline constexpr auto all_verbs = std::to_array(
    {verb::rearrange,
     verb::reduce,
     verb::repeat,
     verb::einsum,
     verb::axes,
     verb::pack,
     verb::unpack,
     verb::parse_shape}
);

/// What `parse` throws; nothing if it accepts.
[[nodiscard]] inline std::optional<diagnosis> error_of(std::string_view text, verb operation) {
    try {
        (void)parse(text, operation);
        return std::nullopt;
    } catch (const error& thrown) {
        return thrown.details();
    }
}

/// One recorded pattern with what the reference made of it.
struct vector_line {
    std::string id;
    verb operation = verb::rearrange;
    std::string pattern;
    std::string outcome;   ///< "ok" or the category of the failure
    bool is_judge = true;  ///< false for an accident of the reference or an extension of ours
};

[[nodiscard]] inline std::optional<verb> verb_named(std::string_view text) {
    for (const verb candidate : all_verbs)
        if (to_string(candidate) == text)
            return candidate;
    return std::nullopt;
}

/// The recorded patterns of the operations that `parse` knows.
[[nodiscard]] inline std::vector<vector_line> recorded_vectors() {
    std::vector<vector_line> lines;
    for (const std::string file : {"einops.jsonl", "numpy_einsum.jsonl"}) {
        std::ifstream in(std::string(ABAX_TEST_DATA) + "/" + file);
        if (!in)
            throw std::runtime_error("cannot read " + file + " in " ABAX_TEST_DATA);
        for (std::string text; std::getline(in, text);) {
            const auto json = nlohmann::json::parse(text);
            const auto operation = verb_named(json.at("op").get<std::string>());
            if (!operation)
                continue;
            const auto& expect = json.at("expect");
            const bool ok = expect.at("ok").get<bool>();
            lines.push_back(
                {json.at("id").get<std::string>(),
                 *operation,
                 json.at("pattern").get<std::string>(),
                 ok ? "ok" : expect.at("category").get<std::string>(),
                 !json.contains("quirk") && !json.contains("extension")}
            );
        }
    }
    return lines;
}

}  // namespace abax::test
