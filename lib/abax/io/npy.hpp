#pragma once

#include <abax/io/declared.hpp>
#include <abax/io/file_path.hpp>
#include <abax/plan/arguments.hpp>
#include <abax/shape/tensor.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace abax {

/// Reads the npy file `path`, as NumPy's `save` writes it: versions 1 to 3, C and Fortran order, either byte order.
///
/// | in the file      | as                                      |
/// | ---------------- | --------------------------------------- |
/// | f4 f8 i4 i8 b1   | float32 float64 int32 int64 bool        |
/// | f2               | float32, exactly                        |
/// | i1 i2 u1 u2      | int32                                   |
/// | u4               | int64                                   |
///
/// Other element types are refused by name; pickled Python objects are never read. A byte other than 0 in a
/// bool array is true.
/// @return  an unnamed tensor of the array's shape that owns its elements; Fortran order becomes a layout whose
///          first axis has stride 1; dry under a `dry_run`
/// @throws  abax::error  file: not readable, malformed, elements missing or left over, a type or rank (> 32)
///                       that abax does not have; allocation
/// @cost    0 FLOPs; the file read once and the tensor written once; no record
[[nodiscard]] any_tensor load_npy(const file_path& path);

/// The same with names for its axes, which an npy file does not keep: `load_npy("x.npy", "b s (m: h d)", {{"h", 12}})`.
///
/// @param names  one for each axis; `(m: h d)` and `(h d)` remember factors, see `named`
/// @param sizes  extents of factors that the shape alone cannot tell
/// @throws abax::error  as above, and rank_mismatch, size_mismatch, not_divisible, ambiguous_size, syntax, ...: the
///                      file does not hold what `names` say
[[nodiscard]] any_tensor load_npy(
    const file_path& path, std::string_view names, axis_sizes sizes = {}
);

///@{
/// The same as elements T: `load_npy<float>("x.npy", "(h f r) m", {{"h", 4}, {"f", 2}})`.
/// @throws abax::error  dtype_mismatch: the file holds other elements
template <element T>
[[nodiscard]] tensor<T> load_npy(const file_path& path) {
    return tensor<T>(io::with_declared_type(load_npy(path), dtype_of<T>, "load_npy", path.string())
    );
}
template <element T>
[[nodiscard]] tensor<T> load_npy(
    const file_path& path, std::string_view names, axis_sizes sizes = {}
) {
    return tensor<T>(
        io::with_declared_type(load_npy(path, names, sizes), dtype_of<T>, "load_npy", path.string())
    );
}
///@}

/// The same from the bytes of a file; `where` names them in errors.
[[nodiscard]] any_tensor parse_npy(std::span<const std::byte> file, std::string_view where);

/// Writes `x` as an npy file (version 1, C order) that NumPy's `load` reads; names of axes are not kept.
///
/// The file is written beside `path` and renamed: it appears whole or not at all (see `atomic_file`).
/// @throws abax::error  dry: `x` has no elements; file: cannot be written
/// @post   load_npy(path) has the shape, type and elements of x
/// @cost   0 FLOPs; volume(x) elements read, as many written to the file; no record
void save_npy(const file_path& path, const any_tensor& x);

}  // namespace abax
