#pragma once

#include <abax/io/file_path.hpp>
#include <abax/models/language_model.hpp>

#include <memory>

namespace abax::models {

/// Reads the model of a Hugging Face folder, of the family that `model_type` in its config.json names: gpt2 or llama.
/// @throws abax::error  config: another family; what `gpt2::load` and `llama::load` throw
[[nodiscard]] std::unique_ptr<language_model> load_model(const file_path& folder);

/// The same model without elements, from config.json alone: for bills. @throws abax::error file, config
[[nodiscard]] std::unique_ptr<language_model> load_dry_model(const file_path& folder);

}  // namespace abax::models
