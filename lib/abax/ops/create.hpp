#pragma once

#include <abax/ops/veneer.hpp>
#include <abax/plan/arguments.hpp>

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace abax {

/// A shape with names: `axes("b s (m: h d)", {8, 128, 768}, {{"h", 12}})`.
///
/// @param text     names, separated by spaces; `(m: h d)` and `(h d)` remember factors, whose extents are passed or deduced
/// @param extents  one for each axis
/// @throws abax::error  rank_mismatch, duplicate_axis, ambiguous_size, not_divisible, size_mismatch, syntax
[[nodiscard]] shape axes(
    std::string_view text, const std::vector<std::int64_t>& extents, axis_sizes sizes = {}
);

/// Undefined names become these: `named(x, "b s m")`; a named tensor must have exactly these names already.
/// Shares the buffer. @throws abax::error rank_mismatch, name_mismatch, duplicate_axis
[[nodiscard]] any_tensor named(const any_tensor& x, std::string_view names, axis_sizes sizes = {});
template <element T>
[[nodiscard]] tensor<T> named(const tensor<T>& x, std::string_view names, axis_sizes sizes = {}) {
    return tensor<T>(named(x.any(), names, sizes));
}

/// The same elements under new names: "s -> s'", or "a -> b, b -> a" at once. Shares the buffer.
/// @throws abax::error unknown_axis, duplicate_axis, syntax
[[nodiscard]] any_tensor rename(const any_tensor& x, std::string_view changes);
template <element T>
[[nodiscard]] tensor<T> rename(const tensor<T>& x, std::string_view changes) {
    return tensor<T>(rename(x.any(), changes));
}

/// The same tensor, whose axis no longer remembers its factors. Shares the buffer. @throws abax::error unknown_axis
[[nodiscard]] any_tensor forget(const any_tensor& x, axis_argument which);
template <element T>
[[nodiscard]] tensor<T> forget(const tensor<T>& x, axis_argument which) {
    return tensor<T>(forget(x.any(), which));
}

/// All elements `value`. @throws abax::error overflow, allocation, dtype_mismatch: the value does not fit
/// @cost 0 FLOPs; writes volume * sizeof(T) bytes
[[nodiscard]] any_tensor full(dtype type, const shape& axes, double value);
template <element T>
[[nodiscard]] tensor<T> full(const shape& axes, T value);
template <element T>
[[nodiscard]] tensor<T> zeros(const shape& axes) {
    return full<T>(axes, T{});
}

/// first, first + 1, ... in row-major order. @throws abax::error overflow, allocation
/// @cost 0 FLOPs; writes volume * sizeof(T) bytes
[[nodiscard]] any_tensor iota(dtype type, const shape& axes, std::int64_t first = 0);
template <element T>
[[nodiscard]] tensor<T> iota(const shape& axes, std::int64_t first = 0) {
    return tensor<T>(iota(dtype_of<T>, axes, first));
}

/// These elements, row-major. @throws abax::error size_mismatch: not as many as the shape holds
template <element T>
[[nodiscard]] tensor<T> from(const std::vector<T>& elements, const shape& axes);
/// An unnamed row of these elements.
template <element T>
[[nodiscard]] tensor<T> from(std::initializer_list<T> elements) {
    return from(std::vector<T>(elements), shape::of({static_cast<std::int64_t>(elements.size())}));
}

/// A tensor without elements: shapes, names, plans and the bill, at no memory.
template <element T>
[[nodiscard]] tensor<T> dry(const shape& axes) {
    return tensor<T>(any_tensor::dry(dtype_of<T>, axes));
}

/// Foreign memory, row-major, which must outlive all that shares it and is never written through.
/// The first write copies it.
template <element T>
[[nodiscard]] tensor<T> borrow(const T* elements, const shape& axes);

/// true where a query may see a key: key <= query + (keys - queries), the queries being the last positions.
///
/// @return  bool, axes (queries, keys)
/// @cost    0 FLOPs; writes queries * keys bytes
[[nodiscard]] tensor<bool> causal(
    std::string_view queries,
    std::int64_t query_extent,
    std::string_view keys,
    std::int64_t key_extent
);

}  // namespace abax
