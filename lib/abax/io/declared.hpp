#pragma once

#include <abax/plan/arguments.hpp>
#include <abax/shape/any_tensor.hpp>

#include <string_view>

namespace abax::io {

/// `named(x, names, sizes)`, whose errors are those of `operation` on the file `where`.
/// @throws abax::error  rank_mismatch, size_mismatch, not_divisible, name_mismatch, syntax, ...: the file does not
///                      hold what the caller declares
[[nodiscard]] any_tensor with_declared_names(
    const any_tensor& x,
    std::string_view names,
    axis_sizes sizes,
    const char* operation,
    std::string_view where
);

/// `x` read as a tensor with these axes in its type, as `as` does it; the errors are those of `operation` on the file `where`.
/// @throws abax::error  rank_mismatch, name_mismatch; as `named` for sizes
[[nodiscard]] any_tensor with_declared_axes(
    const any_tensor& x,
    std::string_view axes,
    axis_sizes sizes,
    const char* operation,
    std::string_view where
);

/// `x`, if it holds elements of type `wanted`.
/// @throws abax::error  dtype_mismatch, of `operation` on the file `where`
[[nodiscard]] any_tensor with_declared_type(
    any_tensor x, dtype wanted, const char* operation, std::string_view where
);

}  // namespace abax::io
