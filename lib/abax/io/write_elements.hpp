#pragma once

#include <abax/core/callback.hpp>
#include <abax/io/atomic_file.hpp>
#include <abax/shape/any_tensor.hpp>

#include <cstddef>
#include <span>

namespace abax::io {

/// Hands the elements of `x` to `piece`, one piece after another: in row-major logical order, little endian.
///
/// A contiguous tensor is one piece, as it lies; any other is gathered through a small buffer, never copied whole.
/// @throws abax::error  dry: `x` has no elements; whatever `piece` throws
void visit_elements(const any_tensor& x, const callback<void(std::span<const std::byte>)>& piece);

/// Writes the elements of `x` in row-major logical order, little endian, whatever its layout.
/// @throws abax::error  dry: `x` has no elements; file: they could not be written
/// @cost   0 FLOPs; volume(x) * size_of(x.type()) bytes read, as many written to the file
void write_elements(atomic_file& out, const any_tensor& x);

}  // namespace abax::io
