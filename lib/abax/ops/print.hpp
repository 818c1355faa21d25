#pragma once

#include <abax/ops/veneer.hpp>

#include <iosfwd>
#include <string>

namespace abax {

/// A tensor for people: "float32 (b=2 s=3)" and its elements in rows, of large ones the corners. A dry tensor
/// shows its axes and that it is dry.
[[nodiscard]] std::string to_string(const any_tensor& x);

std::ostream& operator<<(std::ostream& out, const any_tensor& x);
template <element T>
std::ostream& operator<<(std::ostream& out, const tensor<T>& x) {
    return out << x.any();
}

}  // namespace abax
