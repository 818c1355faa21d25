#pragma once

#include <abax/core/callback.hpp>
#include <abax/io/file_path.hpp>
#include <abax/io/safetensors.hpp>
#include <abax/models/weight_table.hpp>
#include <abax/ops/names.hpp>
#include <abax/shape/tensor.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace abax::models {

/// The head, where it is not the token table. It never has the prefix of the other names.
inline constexpr const char* head_name = "lm_head.weight";

/// Gives the weight that the file calls so, with these axes.
using weight_source = callback<tensor<float>(const std::string& file_name, const shape& axes)>;

/// Weights without elements.
[[nodiscard]] weight_source dry_weights();

/// Normally distributed weights of deviation 0.02; what ends with ".bias" is 0, and any other weight of one axis, which is
/// the gain of a norm, is 1.
[[nodiscard]] weight_source random_weights(std::uint64_t seed);

/// The weights in model.safetensors of a folder; each is checked against the axes that the config gives it.
class weight_file {
public:
    /// @param family  the operation in messages: "gpt2"
    /// @param prefix  of the names in the file; files saved from the bare decoder lack it
    /// @throws abax::error file
    weight_file(std::string family, const file_path& folder, const std::string& prefix);

    /// @throws abax::error config: no such tensor, or one of another shape; dtype_mismatch
    [[nodiscard]] tensor<float> operator()(const std::string& file_name, const shape& axes) const;

    /// Throws if the file has this tensor, which the model would not use: it would run, and be wrong.
    /// @throws abax::error config
    void refuse(
        const std::string& file_name, const std::string& message, const std::string& expected
    ) const;

    /// The same for `file_name`, a tensor of the layer behind the last.
    void refuse_layer(const std::string& file_name, std::int64_t layers) const {
        refuse(
            file_name,
            "the file has more layers than the config asks for",
            std::to_string(layers) + " layers"
        );
    }

private:
    [[nodiscard]] std::string full_name(const std::string& file_name) const;
    [[nodiscard]] std::string in_file(const std::string& file_name) const;

    std::string family_;
    std::string path_;
    safetensors file_;
    std::string prefix_;
};

/// Fills the weights of a model from a source, as its tables say.
class weight_reader {
public:
    /// @param extents  of the axes in the tables, from the config
    weight_reader(weight_source source, std::map<char, std::int64_t> extents)
        : source_(std::move(source)), extents_(std::move(extents)) {}

    /// One weight, its merged axes split.
    [[nodiscard]] tensor<float> get(const std::string& file_name, std::string_view axes) const;

    /// Reads weights, in this order; `prefix` stands before each one's name in the file.
    /// @throws abax::error  as `get`
    template <fixed_text... File, fixed_text... InFile>
    void fill(const std::string& prefix, weight<File, InFile>&... weights) const {
        (fill_one(prefix, weights), ...);
    }
    /// The same for a weight that need not be there.
    template <fixed_text File, fixed_text InFile>
    void fill(const std::string& prefix, std::optional<weight<File, InFile>>& one) const {
        fill_one(prefix, one.emplace());
    }

private:
    template <fixed_text File, fixed_text InFile>
    void fill_one(const std::string& prefix, weight<File, InFile>& one) const {
        using held = typename weight<File, InFile>::held;
        const std::string name(one.file_name);
        one = as<held::static_names>(get(prefix + name, one.file_axes));
    }
    [[nodiscard]] shape axes_of(std::string_view names) const;

    weight_source source_;
    std::map<char, std::int64_t> extents_;
};

}  // namespace abax::models
