#pragma once

#include <abax/io/declared.hpp>
#include <abax/io/file_path.hpp>
#include <abax/io/npy.hpp>
#include <abax/io/npz.hpp>
#include <abax/plan/arguments.hpp>
#include <abax/shape/tensor.hpp>

#include <string_view>

/// NumPy's files read as tensors with their axes in their type: `load_npy<float, "b s m">("x.npy")`. The like for a safetensors file
/// is its member `load<float, "i o">("w")`.
namespace abax {

///@{
/// Reads an array and gives its axes these names, which the file does not keep.
///
/// @param sizes  of merged axes, as of `as`: `load_npy<float, "(h f r) m">("x.npy", {{"h", 4}, {"f", 2}})`
/// @return  a tensor with exactly these axes
/// @throws abax::error  as `load_npy`, `load_npz`; dtype_mismatch: the file holds other elements; rank_mismatch, size_mismatch,
///                      not_divisible, ambiguous_size: it does not hold what the axes say
/// @cost    as `load_npy`, `load_npz`
template <element T, static_axes Axes>
[[nodiscard]] tensor<T, Axes> load_npy(const file_path& path, axis_sizes sizes = {}) {
    const tensor<T> read = load_npy<T>(path);
    return {
        detail::trusted{},
        io::with_declared_axes(read.any(), Axes.view(), sizes, "load_npy", path.string())};
}
template <element T, static_axes Axes>
[[nodiscard]] tensor<T, Axes> load_npz(
    const file_path& path, std::string_view name, axis_sizes sizes = {}
) {
    const tensor<T> read = load_npz<T>(path, name);
    return {
        detail::trusted{},
        io::with_declared_axes(read.any(), Axes.view(), sizes, "load_npz", path.string())};
}
///@}

}  // namespace abax
