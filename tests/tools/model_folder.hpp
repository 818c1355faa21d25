#pragma once

#include "process.hpp"

#include <cstring>
#include <filesystem>
#include <functional>
#include <string>

namespace abax::testing {

inline const std::filesystem::path byte_gpt2 =
    std::filesystem::path(ABAX_EXAMPLE_DATA) / "byte-gpt2";

/// vocabulary 97, width 48, 3 heads, 2 layers, context 64
inline const std::filesystem::path tiny_gpt2 =
    std::filesystem::path(ABAX_TEST_DATA) / "models" / "tiny-gpt2";

/// vocabulary 101, width 48, 6 query heads and 2 of keys and values, 2 layers, context 64
inline const std::filesystem::path tiny_llama =
    std::filesystem::path(ABAX_TEST_DATA) / "models" / "tiny-llama";

/// A safetensors file taken apart, to be put together wrongly.
struct safetensors_parts {
    nlohmann::ordered_json header;
    std::string data;

    [[nodiscard]] static safetensors_parts of(const std::filesystem::path& file) {
        const std::string all = content_of(file);
        std::uint64_t length = 0;
        std::memcpy(&length, all.data(), sizeof length);
        return {
            nlohmann::ordered_json::parse(all.substr(sizeof length, length)),
            all.substr(sizeof length + length)};
    }

    [[nodiscard]] std::string joined() const {
        const std::string text = header.dump();
        return little_endian(text.size(), 8) + text + data;
    }
};

/// Gives a folder the files of a model, changed.
inline void make_model(
    const std::filesystem::path& folder,
    const std::function<void(nlohmann::json&)>& change_config = [](auto&) {},
    const std::function<void(safetensors_parts&)>& change_weights = [](auto&) {},
    const std::filesystem::path& original = tiny_gpt2
) {
    std::filesystem::create_directories(folder);
    auto config = json_of(original / "config.json");
    change_config(config);
    std::ofstream(folder / "config.json") << config.dump();
    auto weights = safetensors_parts::of(original / "model.safetensors");
    change_weights(weights);
    std::ofstream(folder / "model.safetensors", std::ios::binary) << weights.joined();
}

}  // namespace abax::testing
