#pragma once

#include <abax/account/cost.hpp>
#include <abax/ops/veneer.hpp>

#include <iosfwd>
#include <string>

namespace abax {

/// A tensor for people: "float32 (b=2 s=3)" and its elements in rows, in columns of one width; never more than a
/// thousand elements, and rows of at most 80 characters.
///
/// - Of more than 1000 elements the corners are shown: the first and last 3 of each axis, of the outer ones fewer if
///   there are many. Formats and widths come from what is shown.
/// - Floating elements have one format for all: whole numbers as such, else as many decimals as keep 5 digits, else
///   (1e8 and more, or something so small that it would look like 0) an exponent. nan, inf and -0 are shown as they are.
/// - A row that is too long goes on in the next line, indented. A tensor without elements is "[]".
/// - A dry tensor shows its axes and that it is dry.
[[nodiscard]] std::string to_string(const any_tensor& x);

/// The counters that are not zero: "flops_vec = n, bytes_read = 4*n"; "0" for a view.
[[nodiscard]] std::string to_string(const cost& price);

///@{
/// The text of `to_string(x)`, without a newline at its end.
std::ostream& operator<<(std::ostream& out, const any_tensor& x);
template <element T>
std::ostream& operator<<(std::ostream& out, const tensor<T>& x) {
    return out << x.any();
}
///@}

///@{
/// The text of `text()`, `to_string` or `str()`: "s'", "float32", "2*m*n", "flops_vec = n, bytes_read = 4*n".
std::ostream& operator<<(std::ostream& out, name label);
std::ostream& operator<<(std::ostream& out, dtype type);
std::ostream& operator<<(std::ostream& out, const polynomial& p);
std::ostream& operator<<(std::ostream& out, const cost& price);
///@}

}  // namespace abax
