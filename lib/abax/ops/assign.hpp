#pragma once

#include <abax/ops/elementwise.hpp>
#include <abax/ops/select.hpp>
#include <abax/ops/veneer.hpp>

#include <initializer_list>
#include <span>

namespace abax {

/// Where one element stands: its position on each axis in order, {1, 2}, or by name, {"s"_ax = 2, "b"_ax = 1}.
class coordinate {
public:
    coordinate() = default;  ///< of rank 0, whose only element has no position
    ///@{
    /// Refers to the list, which outlives the call it is passed to; the verb checks it.
    coordinate(std::initializer_list<std::int64_t> positions
    )  // NOLINT(google-explicit-constructor): set(x, {1, 2}, 7)
        : positions_(positions.begin(), positions.size()) {}
    coordinate(std::initializer_list<axis_size> positions
    )  // NOLINT(google-explicit-constructor): set(x, {"b"_ax = 1, "s"_ax = 2}, 7)
        : named_(positions.begin(), positions.size()) {}
    ///@}

    /// The offset of this element from the first one. @throws abax::error as `offset_of`
    [[nodiscard]] std::int64_t in(const layout& where) const {
        return named_.empty() ? offset_of(where, positions_) : offset_of(where, named_);
    }

private:
    std::span<const std::int64_t> positions_;
    std::span<const axis_size> named_;
};

///@{
/// As for typed tensors, below.
[[nodiscard]] any_tensor copy(const any_tensor& x);
void assign(any_tensor& x, const any_tensor& from);
void assign(any_tensor& x, const range& where, const any_tensor& from);
void assign(any_tensor& x, scalar value);
void assign(any_tensor& x, const range& where, scalar value);
void set(any_tensor& x, const coordinate& where, scalar value);
///@}

/// The same elements under the same axes, memory included, in a buffer of its own, row-major.
/// @throws abax::error  allocation
/// @cost    0 FLOPs; each element read and written once, those of a broadcast axis read once
template <element T, static_axes Axes>
[[nodiscard]] tensor<T, Axes> copy(const tensor<T, Axes>& x) {
    return detail::typed<tensor<T, Axes>>(copy(x.any()));
}

/// Writes the elements of `from` into x. Axes must be the same, in the same order: assignment never permutes or
/// broadcasts. A buffer that x shares is copied first; `from` may share x's buffer.
/// @throws abax::error  name_mismatch, rank_mismatch, size_mismatch, dtype_mismatch, allocation; dry: one is dry and the
///                      other is not, or a copy is due in a dry run
/// @cost    0 FLOPs; each element read and written once, and a `copy` of its own where the buffer is shared
template <element T>
void assign(tensor<T>& x, const tensor<T>& from) {
    assign(x.any(), from.any());
}

/// As assign(x, from), for a part of x: `assign(cache, {"s'", past, past + 1}, k)`. In place when nobody shares x's buffer.
/// @throws abax::error  as above; unknown_axis, usage: a part outside the axis
/// @cost    0 FLOPs; each element of the part read and written once, and a `copy` of x where its buffer is shared
template <element T>
void assign(tensor<T>& x, const range& where, const tensor<T>& from) {
    assign(x.any(), where, from.any());
}

///@{
/// Writes one number everywhere: `assign(x, 0)`, or in a part: `assign(x, {"s", 0, 1}, 0)`. A buffer that x shares is
/// copied first.
/// @throws abax::error  dtype_mismatch: the number does not fit; unknown_axis, usage: a part outside the axis; allocation;
///                      dry: a copy is due in a dry run
/// @cost    0 FLOPs; each element written once, and a `copy` of x where its buffer is shared. In a dry run: the bill, and no
///          element is touched
template <element T>
void assign(tensor<T>& x, scalar value) {
    assign(x.any(), value);
}
template <element T>
void assign(tensor<T>& x, const range& where, scalar value) {
    assign(x.any(), where, value);
}
///@}

/// Writes one element: `set(x, {1, 2}, 7)`, or by name and in any order: `set(x, {"s"_ax = 2, "b"_ax = 1}, 7)`; what
/// x(1, 2) reads. Each axis exactly once; nothing counts from the end. A buffer that x shares is copied first.
///
/// Each call is a record and checks its coordinate: who writes many elements takes `x.mut()`, or a verb for all of them.
/// @throws abax::error  rank_mismatch, usage (outside), unknown_axis, duplicate_axis; dtype_mismatch: the number does not fit;
///                      allocation; dry: a copy is due in a dry run
/// @cost    0 FLOPs; one element written, and a `copy` of x where its buffer is shared
template <element T>
void set(tensor<T>& x, const coordinate& where, scalar value) {
    set(x.any(), where, value);
}

}  // namespace abax
