#pragma once

#include <abax/io/declared.hpp>
#include <abax/io/file_path.hpp>
#include <abax/plan/arguments.hpp>
#include <abax/shape/tensor.hpp>

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace abax {

/// A tensor and what it is called in a file.
using npz_entry = std::pair<std::string, any_tensor>;

/// Reads all tensors of the npz file `path`, as NumPy's `savez` writes it, in the order of its directory.
///
/// Each is an npy file inside a zip file, see `load_npy`; a tensor is called what the member is, without ".npy".
/// Names are keys and nothing else: "../x" is a tensor of this name. Members must be stored as they are:
/// compressed ones (`savez_compressed`), encrypted ones and pickled objects are refused by name.
/// @throws abax::error  file: not readable, malformed, a member damaged (CRC-32), compressed, encrypted, or not an npy
///                      file that abax reads; names the member. allocation
/// @cost   0 FLOPs; the file read twice (once for the checksums), each tensor written once; no record
/// @see    numpy.savez; docs/decisions/0012-npz-without-a-zip-library.md
[[nodiscard]] std::vector<npz_entry> load_npz(const file_path& path);

/// Reads the tensor called `name` alone; of the others only the directory is looked at.
/// @throws abax::error  as above, and file: there is none of this name
[[nodiscard]] any_tensor load_npz(const file_path& path, std::string_view name);

/// The same with names for its axes, which an npz file does not keep; see `load_npy`.
[[nodiscard]] any_tensor load_npz(
    const file_path& path, std::string_view name, std::string_view axes, axis_sizes sizes = {}
);

///@{
/// The same as elements T: `load_npz<float>("x.npz", "w", "(h f r) m", {{"h", 4}, {"f", 2}})`.
/// @throws abax::error  dtype_mismatch: the file holds other elements
template <element T>
[[nodiscard]] tensor<T> load_npz(const file_path& path, std::string_view name) {
    return tensor<T>(
        io::with_declared_type(load_npz(path, name), dtype_of<T>, "load_npz", path.string())
    );
}
template <element T>
[[nodiscard]] tensor<T> load_npz(
    const file_path& path, std::string_view name, std::string_view axes, axis_sizes sizes = {}
) {
    return tensor<T>(io::with_declared_type(
        load_npz(path, name, axes, sizes), dtype_of<T>, "load_npz", path.string()
    ));
}
///@}

///@{
/// Writes an npz file with these tensors, in this order, uncompressed; names of axes are not kept.
///
///     save_npz("x.npz", {{"w", w}, {"bias", b}});
///
/// NumPy's `load` reads it, and `savez` would write the same bytes. The file is written beside `path` and renamed:
/// it appears whole or not at all (see `atomic_file`).
/// @throws abax::error  usage: a name twice, too long, with a zero byte, or not UTF-8; dry: a tensor has no elements;
///                      file: cannot be written
/// @post   load_npz(path) has the names, shapes, types and elements of `tensors`
/// @cost   0 FLOPs; each element read twice (once for the checksum) and written to the file once; no record
void save_npz(const file_path& path, std::span<const npz_entry> tensors);
void save_npz(const file_path& path, std::initializer_list<npz_entry> tensors);
///@}

}  // namespace abax
