#pragma once

/// Tensors as Eigen's matrices, and back. Opt-in: the only public header with Eigen in it; <abax/abax.hpp> leaves it out.
///
/// ONE INSTRUCTION SET PER PROGRAM. Eigen is templates: every file that includes it makes weak copies of the same
/// functions, and the linker keeps one of each. Files compiled with different `-m` flags (-march=native here, none
/// there) make different functions of one name: memory that one side aligned to 16 bytes is read by the other as if
/// aligned to 64, and a program for an old processor may run instructions that it does not have. So compile what
/// includes this header with the flags of the library (ABAX_NATIVE: -march=native, else -march=x86-64-v3), and with
/// the same EIGEN_MAX_ALIGN_BYTES if you set it. Nothing of Eigen crosses the library's own interface.

#include <abax/io/matrix_layout.hpp>
#include <abax/shape/tensor.hpp>

#include <Eigen/Core>

#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

namespace abax {

/// A row-major matrix of Eigen whose extents are known at run time.
template <element T>
using eigen_matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
/// A column vector of Eigen whose extent is known at run time.
template <element T>
using eigen_vector = Eigen::Matrix<T, Eigen::Dynamic, 1>;

/// The elements of a tensor where they lie, as a matrix that any expression of Eigen takes.
template <element T>
using eigen_view = Eigen::
    Map<const eigen_matrix<T>, Eigen::Unaligned, Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>>;
/// The same for writing.
template <element T>
using eigen_mutable_view =
    Eigen::Map<eigen_matrix<T>, Eigen::Unaligned, Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>>;
/// The elements of a tensor where they lie, as a column vector whose neighbours may be any distance apart.
template <element T>
using eigen_vector_view =
    Eigen::Map<const eigen_vector<T>, Eigen::Unaligned, Eigen::InnerStride<Eigen::Dynamic>>;
/// The same for writing.
template <element T>
using eigen_mutable_vector_view =
    Eigen::Map<eigen_vector<T>, Eigen::Unaligned, Eigen::InnerStride<Eigen::Dynamic>>;

/// The elements of `x` as a matrix, without a copy: `as_matrix(x, "b s", "m")` has b*s rows and m columns.
///
/// @param rows     the axes that become the rows, the last one fastest; by name, or of an unnamed tensor by position
/// @param columns  those that become the columns; each axis of `x` is in one of the lists, either may be empty
/// @return  good while `x` lives and is not written to
/// @throws abax::error  unknown_axis, usage (positions of a named tensor), duplicate_axis; rank_mismatch: an axis is in
///                      neither list; other: merging the axes would need a copy (`copy(x)` first); dry
/// @cost    nothing, and no record
template <element T>
[[nodiscard]] eigen_view<T> as_matrix(
    const tensor<T>& x, const axes_argument& rows, const axes_argument& columns
) {
    const io::matrix_layout m = io::matrix_layout_of("as_matrix", x.any(), rows, columns);
    return {x.data(), m.rows, m.columns, {m.row_stride, m.column_stride}};
}
template <element T>
eigen_view<T> as_matrix(const tensor<T>&&, const axes_argument&, const axes_argument&) = delete;

/// The same for writing: the buffer of `x` is first made its own, as `x.mut()` does, so nobody who shares it sees
/// the write. What is written is not on the bill; the copy of a shared buffer is.
/// @throws abax::error  as as_matrix, then nothing is copied; allocation
template <element T>
[[nodiscard]] eigen_mutable_view<T> as_mutable_matrix(
    tensor<T>& x, const axes_argument& rows, const axes_argument& columns
) {
    (void)io::matrix_layout_of("as_mutable_matrix", x.any(), rows, columns);
    T* const first = x.mut();  // may lay the elements out anew
    const io::matrix_layout m = io::matrix_layout_of("as_mutable_matrix", x.any(), rows, columns);
    return {first, m.rows, m.columns, {m.row_stride, m.column_stride}};
}

/// All elements of `x` in row-major order as a column vector, without a copy.
/// @throws abax::error  other: they do not lie at equal distances (`copy(x)` first); dry
template <element T>
[[nodiscard]] eigen_vector_view<T> as_vector(const tensor<T>& x) {
    const io::matrix_layout m = io::vector_layout_of("as_vector", x.any());
    return {x.data(), m.rows, Eigen::InnerStride<Eigen::Dynamic>(m.row_stride)};
}
template <element T>
eigen_vector_view<T> as_vector(const tensor<T>&&) = delete;

/// The same for writing; see as_mutable_matrix.
template <element T>
[[nodiscard]] eigen_mutable_vector_view<T> as_mutable_vector(tensor<T>& x) {
    (void)io::vector_layout_of("as_mutable_vector", x.any());
    T* const first = x.mut();
    const io::matrix_layout m = io::vector_layout_of("as_mutable_vector", x.any());
    return {first, m.rows, Eigen::InnerStride<Eigen::Dynamic>(m.row_stride)};
}

/// The coefficients of a matrix, vector or expression of Eigen in a tensor of its own: `from_eigen(a * b, "b m")`.
///
/// @param names  one for each of rows and columns, as `axes` takes them ("b (m: h d)"); one name for what is a vector
///               while compiling, which gives rank 1; none gives an unnamed tensor
/// @throws abax::error  rank_mismatch, duplicate_axis, not_divisible, ... as `axes`; allocation
/// @cost    0 FLOPs on the bill, whatever the expression computes; writes rows * columns elements
template <class Derived>
requires element<typename Derived::Scalar>
[[nodiscard]] tensor<typename Derived::Scalar> from_eigen(
    const Eigen::DenseBase<Derived>& x, std::string_view names = {}, axis_sizes sizes = {}
) {
    using T = typename Derived::Scalar;
    constexpr bool is_array = std::is_base_of_v<Eigen::ArrayBase<Derived>, Derived>;
    using array = Eigen::Array<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    using target = Eigen::Map<std::conditional_t<is_array, array, eigen_matrix<T>>>;
    constexpr bool is_vector = Derived::IsVectorAtCompileTime;
    const shape axes = io::matrix_shape(x.rows(), x.cols(), is_vector, names, sizes);
    return tensor<T>(io::filled_from_outside("from_eigen", dtype_of<T>, axes, [&](std::byte* out) {
        target(reinterpret_cast<T*>(out), x.rows(), x.cols()) = x.derived();
    }));
}

/// The same for a plain matrix that is given away: its memory becomes the tensor's, and nothing is copied.
/// @post    a column-major matrix gives a tensor whose first axis has stride 1
/// @cost    nothing, and no record
template <element T, int Rows, int Columns, int Options, int MaxRows, int MaxColumns>
[[nodiscard]] tensor<T> from_eigen(
    Eigen::Matrix<T, Rows, Columns, Options, MaxRows, MaxColumns>&& x,
    std::string_view names = {},
    axis_sizes sizes = {}
) {
    using matrix = Eigen::Matrix<T, Rows, Columns, Options, MaxRows, MaxColumns>;
    constexpr bool is_vector = matrix::IsVectorAtCompileTime;
    const shape axes = io::matrix_shape(x.rows(), x.cols(), is_vector, names, sizes);
    if (dry_run::is_on())
        return tensor<T>(any_tensor::dry(dtype_of<T>, axes));
    const auto owned = std::make_shared<matrix>(std::move(x));
    layout where = layout::row_major(axes);
    if constexpr (!is_vector && !matrix::IsRowMajor)
        where.stride = {1, owned->rows()};
    const auto bytes = static_cast<std::size_t>(owned->size()) * sizeof(T);
    buffer storage = buffer::adopt(owned->data(), bytes, [owned] {});
    return tensor<T>(any_tensor(dtype_of<T>, std::move(where), std::move(storage)));
}

}  // namespace abax
