#pragma once

#include <abax/io/file_path.hpp>
#include <abax/io/safetensors_header.hpp>
#include <abax/plan/arguments.hpp>
#include <abax/shape/tensor.hpp>

#include <initializer_list>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace abax {

/// An open safetensors file: named tensors, read where they lie.
///
///     const auto weights = safetensors::open("model.safetensors");
///     any_tensor wte = weights.load("transformer.wte.weight");   // (v, m)
///
/// A value; copies share the mapping. Tensors keep it alive and may outlive this object. Never writes.
class safetensors {
public:
    /// Maps `path` and checks its header completely; see `parse_safetensors_header`.
    /// @throws abax::error  file: not readable or malformed; names the tensor
    /// @cost   reads the header, no element
    [[nodiscard]] static safetensors open(const file_path& path);

    /// The names of all tensors, in the order of the header.
    [[nodiscard]] std::vector<std::string> names() const;

    /// Whether the header lists a tensor of this name.
    [[nodiscard]] bool contains(std::string_view name) const;

    /// What the header says of one tensor. @throws abax::error file: there is none of this name
    [[nodiscard]] const safetensors_entry& entry(std::string_view name) const;

    /// The elements of one tensor: F32, F64, I32, I64 and BOOL as they are, F16 and BF16 widened to float32, exactly.
    ///
    /// What needs no change and lies at a multiple of its element size is used in place: its pages are read when
    /// they are first touched. The tensor is a value nevertheless: writing to it changes neither the file nor what
    /// the next `load` returns.
    /// @return  a contiguous tensor, with the names of axes and the factors they remember as it was saved by
    ///          `save_safetensors`, unnamed from any other writer; dry under a `dry_run`
    /// @throws  abax::error  file: no such tensor, a data type that abax does not have, or names of axes that do
    ///                       not fit the tensor; allocation
    /// @cost    0 FLOPs; 0 bytes in place (BOOL: read once, to check it), else read once and written once; no record
    [[nodiscard]] any_tensor load(std::string_view name) const;

    /// The same with names for its axes, where the file keeps none: `load("w", "(h f r) m", {{"h", 4}, {"f", 2}})`.
    /// Those that a file keeps must be these.
    /// @throws  abax::error  as above, and rank_mismatch, name_mismatch, size_mismatch, not_divisible, ambiguous_size,
    ///                       syntax, ...: the file does not hold what `axes` say
    [[nodiscard]] any_tensor load(
        std::string_view name, std::string_view axes, axis_sizes sizes = {}
    ) const;

    ///@{
    /// The same as elements T: `load<float>("w")`, `load<float>("w", "i o")`.
    /// @throws  abax::error  dtype_mismatch: the file holds other elements
    template <element T>
    [[nodiscard]] tensor<T> load(std::string_view name) const {
        return tensor<T>(as_declared(load(name), name, dtype_of<T>));
    }
    template <element T>
    [[nodiscard]] tensor<T> load(
        std::string_view name, std::string_view axes, axis_sizes sizes = {}
    ) const {
        return tensor<T>(as_declared(load(name, axes, sizes), name, dtype_of<T>));
    }
    ///@}

    /// The same with its axes in its type: `load<float, "i o">("w")`, `load<float, "(h f r) m">("w", {{"h", 4}, {"f", 2}})`. Names
    /// that a file keeps must be these; factors that the list does not tell are forgotten.
    /// @throws  abax::error  as above; rank_mismatch, name_mismatch
    template <element T, static_axes Axes>
    [[nodiscard]] tensor<T, Axes> load(std::string_view name, axis_sizes sizes = {}) const {
        return {
            detail::trusted{},
            with_axes(as_declared(load(name), name, dtype_of<T>), name, Axes.view(), sizes)};
    }

    /// What stands under __metadata__, without the names of axes ("abax.axes.x"); empty if nothing does.
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const noexcept;

private:
    [[nodiscard]] any_tensor as_declared(any_tensor x, std::string_view name, dtype wanted) const;
    [[nodiscard]] any_tensor with_axes(
        const any_tensor& x, std::string_view name, std::string_view axes, axis_sizes sizes
    ) const;

    struct contents;
    explicit safetensors(std::shared_ptr<const contents> opened) noexcept
        : contents_(std::move(opened)) {}

    std::shared_ptr<const contents> contents_;
};

/// All tensors of the safetensors file `path` with their names, in the order of its header; see `safetensors::load`.
/// @throws abax::error  file: as `safetensors::open` and `load`; one tensor that cannot be read refuses all
[[nodiscard]] std::vector<std::pair<std::string, any_tensor>> load_safetensors(const file_path& path
);

///@{
/// Writes a safetensors file with these tensors, in this order: `save_safetensors("x.safetensors", {{"w", w}})`.
///
/// The axes of a named tensor x are kept under the key "abax.axes.x" of __metadata__, with the extents of factors:
/// "b s (m: h=12 d=64)". Other readers pass over them.
/// The file is written beside `path` and renamed: it appears whole or not at all (see `atomic_file`).
/// The data begins at a multiple of 8 bytes; so does each tensor whose predecessors fill multiples of 8.
/// @throws abax::error  usage: a name twice, reserved, or not UTF-8; a key of `metadata` that begins with "abax.axes.";
///                      dry: a tensor has no elements; file: cannot be written
/// @post   safetensors::open(path).load(name) has the axes, type and elements of each tensor
/// @cost   0 FLOPs; each element read once and written to the file once; no record
void save_safetensors(
    const file_path& path,
    std::span<const std::pair<std::string, any_tensor>> tensors,
    const std::map<std::string, std::string>& metadata = {}
);
void save_safetensors(
    const file_path& path,
    std::initializer_list<std::pair<std::string, any_tensor>> tensors,
    const std::map<std::string, std::string>& metadata = {}
);
///@}

}  // namespace abax
