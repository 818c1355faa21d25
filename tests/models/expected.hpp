#pragma once

#include <abax/io/npy.hpp>
#include <abax/models/gpt2.hpp>
#include <abax/ops/create.hpp>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace abax::test {

/// A model folder of the data: what the model is, and what PyTorch computed in float64.
struct expected_model {
    std::filesystem::path folder;
    nlohmann::json expected;

    explicit expected_model(std::filesystem::path where) : folder(std::move(where)) {
        std::ifstream in(folder / "expected.json");
        expected = nlohmann::json::parse(in);
    }

    /// b s
    [[nodiscard]] tensor<std::int64_t> ids() const {
        const auto rows = expected.at("token_ids").get<std::vector<std::vector<std::int64_t>>>();
        std::vector<std::int64_t> flat;
        for (const auto& row : rows)
            flat.insert(flat.end(), row.begin(), row.end());
        return from(
            flat,
            axes(
                "b s",
                {static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(rows[0].size())}
            )
        );
    }

    /// b s v
    [[nodiscard]] tensor<float> logits() const {
        return named(
            tensor<float>(load_npy(folder / expected.at("logits_file").get<std::string>())), "b s v"
        );
    }

    [[nodiscard]] double tolerance() const {
        return expected.at("logits_tolerance_float32").get<double>();
    }
};

inline expected_model tiny_gpt2() {
    return expected_model(std::filesystem::path(ABAX_TEST_DATA) / "models" / "tiny-gpt2");
}

inline expected_model byte_gpt2() {
    return expected_model(std::filesystem::path(ABAX_EXAMPLE_DATA) / "byte-gpt2");
}

}  // namespace abax::test
