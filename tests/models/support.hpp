#pragma once

#include <abax/io/safetensors.hpp>
#include <abax/models/load_model.hpp>
#include <abax/ops/create.hpp>
#include <abax/ops/elementwise.hpp>

#include "../io/scratch.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <utility>
#include <vector>

/// Model folders made for a test, and the ones that come with the library.
namespace abax::testing {

using json = nlohmann::json;
using weights_list = std::vector<std::pair<std::string, any_tensor>>;

inline const std::filesystem::path tiny_gpt2 = ABAX_TEST_DATA "/models/tiny-gpt2";
inline const std::filesystem::path tiny_llama = ABAX_TEST_DATA "/models/tiny-llama";
inline const std::filesystem::path byte_gpt2 = ABAX_EXAMPLE_DATA "/byte-gpt2";

[[nodiscard]] inline json json_of(const std::filesystem::path& path) {
    std::ifstream in(path);
    return json::parse(in);
}

/// token_ids of a model's expected.json, as axes b s.
[[nodiscard]] inline tensor<std::int64_t> expected_ids(const std::filesystem::path& folder) {
    const auto rows = json_of(folder / "expected.json")
                          .at("token_ids")
                          .get<std::vector<std::vector<std::int64_t>>>();
    std::vector<std::int64_t> all;
    for (const auto& row : rows)
        all.insert(all.end(), row.begin(), row.end());
    return from(
        all,
        axes(
            "b s",
            {static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(rows[0].size())}
        )
    );
}

/// b s ids that differ, from 0 to vocabulary - 1.
[[nodiscard]] inline tensor<std::int64_t> some_ids(
    std::int64_t b, std::int64_t s, std::int64_t vocabulary
) {
    std::vector<std::int64_t> all;
    for (std::int64_t i = 0; i < b * s; ++i)
        all.push_back(i * 37 % vocabulary);
    return from(all, axes("b s", {b, s}));
}

[[nodiscard]] inline std::vector<std::int64_t> bytes_of(const std::string& text) {
    std::vector<std::int64_t> ids;
    for (const char c : text)
        ids.push_back(static_cast<unsigned char>(c));
    return ids;
}

/// The largest distance between elements of two tensors of equal extents.
[[nodiscard]] inline double distance(const tensor<float>& a, const any_tensor& b) {
    const auto left = a.to_vector();
    const auto right = tensor<float>(cast(b, dtype::float32)).to_vector();
    REQUIRE(left.size() == right.size());
    double most = 0;
    for (std::size_t i = 0; i < left.size(); ++i)
        most = std::max(most, std::abs(double(left[i]) - double(right[i])));
    return most;
}

/// Every tensor of a model's file.
[[nodiscard]] inline weights_list weights_of(const std::filesystem::path& folder) {
    const auto file = safetensors::open(folder / "model.safetensors");
    weights_list all;
    for (const std::string& name : file.names())
        all.emplace_back(name, file.load(name));
    return all;
}

[[nodiscard]] inline any_tensor& weight(weights_list& all, const std::string& name) {
    for (auto& [label, x] : all)
        if (label == name)
            return x;
    FAIL("no weight called " << name);
    return all.front().second;
}

/// A model with changes, in a folder that is gone after the test.
class changed_model {
public:
    explicit changed_model(
        const std::function<void(json&)>& change_config,
        const std::function<void(weights_list&)>& change_weights = {},
        const std::filesystem::path& original = tiny_gpt2
    ) {
        json config = json_of(original / "config.json");
        if (change_config)
            change_config(config);
        std::ofstream(folder_ / "config.json") << config.dump();
        weights_list all = weights_of(original);
        if (change_weights)
            change_weights(all);
        save_safetensors(folder_ / "model.safetensors", all);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }

private:
    scratch_folder folder_;
};

}  // namespace abax::testing
