#pragma once

#include <abax/io/safetensors.hpp>
#include <abax/shape/tensor.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace abax::models {

/// One row of a model's table: what the file calls a weight, its axes there, and where it goes.
template <class Owner, class Held = tensor<float>>
struct weight {
    const char* file_name;
    const char* axes;  ///< names of one letter; a merged axis is split: "(h d) m" becomes h d m
    Held Owner::*member;
};

/// The head, where it is not the token table. It never has the prefix of the other names.
inline constexpr const char* head_name = "lm_head.weight";

/// Gives the weight that the file calls so, with these axes.
using weight_source = std::function<tensor<float>(const std::string& file_name, const shape& axes)>;

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
    weight_file(std::string family, const std::filesystem::path& folder, const std::string& prefix);

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

    /// The weights of a table.
    template <class Owner, class Held, std::size_t rows>
    void fill(
        Owner& owner, const weight<Owner, Held> (&table)[rows], const std::string& prefix = {}
    ) const {
        for (const auto& w : table)
            owner.*w.member = get(prefix + w.file_name, w.axes);
    }

private:
    [[nodiscard]] shape axes_of(std::string_view names) const;

    weight_source source_;
    std::map<char, std::int64_t> extents_;
};

}  // namespace abax::models
