#pragma once

#include <abax/ops/assign.hpp>
#include <abax/ops/rearrange.hpp>

#include "../ops/support.hpp"
#include "support.hpp"

/// Models whose weights contradict their config, and what loading them says.
namespace abax::testing {

/// A model that is refused: what is changed, and the tensor that the error names.
struct contradiction {
    const char* label;
    category kind;
    std::string tensor;
    std::function<void(json&)> config;
    std::function<void(weights_list&)> weights;
};

/// What can be wrong with the weight `name`, a matrix that is not square.
[[nodiscard]] inline std::vector<contradiction> contradictions_of(const std::string& name) {
    return {
        {"missing",
         category::config,
         name,
         {},
         [=](weights_list& all) {
             std::erase_if(all, [&](const auto& w) { return w.first == name; });
         }},
        {"transposed",
         category::config,
         name,
         {},
         [=](weights_list& all) {
             weight(all, name) = copy(rearrange(weight(all, name), "a b -> b a"));
         }},
        {"another rank",
         category::config,
         name,
         {},
         [=](weights_list& all) {
             weight(all, name) = rearrange(weight(all, name), "a b -> (a b)");
         }},
        {"float64",
         category::dtype_mismatch,
         name,
         {},
         [=](weights_list& all) { weight(all, name) = cast(weight(all, name), dtype::float64); }},
        {"int64",
         category::dtype_mismatch,
         name,
         {},
         [=](weights_list& all) { weight(all, name) = cast(weight(all, name), dtype::int64); }},
    };
}

/// Checks that loading each as a Model throws, naming the file and the tensor.
template <class Model>
void check_refused(
    const std::vector<contradiction>& all,
    const std::filesystem::path& original,
    const std::string& operation
) {
    for (const contradiction& row : all) {
        CAPTURE(row.label);
        const changed_model model(row.config, row.weights, original);
        const diagnosis e = thrown_by([&] { (void)Model::load(model.path()); });
        CHECK(e.kind == row.kind);
        CHECK(e.operation == operation);
        CAPTURE(e.file);
        CHECK(e.file.find("model.safetensors") != std::string::npos);
        CHECK(e.file.find("'" + row.tensor + "'") != std::string::npos);
    }
}

/// Checks that a folder with the config alone is refused, and one with a weights file that is none.
template <class Model>
void check_broken_folders_refused(const std::filesystem::path& original) {
    const scratch_folder folder;
    std::filesystem::copy(original / "config.json", folder.path());
    CHECK(category_of([&] { (void)Model::load(folder.path()); }) == "file");
    (void)folder.with("model.safetensors", "no weights");
    CHECK(category_of([&] { (void)Model::load(folder.path()); }) == "file");
}

}  // namespace abax::testing
