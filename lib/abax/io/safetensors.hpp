#pragma once

#include <abax/io/safetensors_header.hpp>
#include <abax/shape/any_tensor.hpp>

#include <filesystem>
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
    [[nodiscard]] static safetensors open(const std::filesystem::path& path);

    /// The names of all tensors, in the order of the header.
    [[nodiscard]] std::vector<std::string> names() const;

    [[nodiscard]] bool contains(std::string_view name) const;

    /// What the header says of one tensor. @throws abax::error file: there is none of this name
    [[nodiscard]] const safetensors_entry& entry(std::string_view name) const;

    /// The elements of one tensor: F32, F64, I32, I64 and BOOL as they are, F16 and BF16 widened to float32, exactly.
    ///
    /// What needs no change and lies at a multiple of its element size is used in place: its pages are read when
    /// they are first touched. The tensor is a value nevertheless: writing to it changes neither the file nor what
    /// the next `load` returns.
    /// @return  an unnamed, contiguous tensor; dry under a `dry_run`
    /// @throws  abax::error  file: no such tensor, or a data type that abax does not have; allocation
    /// @cost    0 FLOPs; 0 bytes in place (BOOL: read once, to check it), else read once and written once
    [[nodiscard]] any_tensor load(std::string_view name) const;

    /// What stands under __metadata__; empty if nothing does.
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const noexcept;

private:
    struct contents;
    explicit safetensors(std::shared_ptr<const contents> opened) noexcept
        : contents_(std::move(opened)) {}

    std::shared_ptr<const contents> contents_;
};

/// Writes a safetensors file with these tensors, in this order; names of axes are not kept.
///
/// The file is written beside `path` and renamed: it appears whole or not at all (see `atomic_file`).
/// The data begins at a multiple of 8 bytes; so does each tensor whose predecessors fill multiples of 8.
/// @throws abax::error  usage: a name twice, reserved, or not UTF-8; dry: a tensor has no elements;
///                      file: cannot be written
/// @post   safetensors::open(path).load(name) has the shape, type and elements of each tensor
/// @cost   0 FLOPs; each element read once and written to the file once
void save_safetensors(
    const std::filesystem::path& path,
    std::span<const std::pair<std::string, any_tensor>> tensors,
    const std::map<std::string, std::string>& metadata = {}
);

}  // namespace abax
