#pragma once

#include <abax/shape/any_tensor.hpp>

#include "../ops/support.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

/// The oracle's tensors: values by logical coordinate, with names and an element type, and no verb of the library.
namespace abax::laws {

using testing::extents;
using labels = std::vector<std::string>;

/// Values of any element type as doubles: all integers here are small, so each is exact.
struct grid {
    dtype type = dtype::float32;
    labels names = {};  ///< "" for an axis without a name
    extents shape = {};
    std::vector<double> values = {};  ///< row-major

    [[nodiscard]] std::size_t rank() const { return shape.size(); }
    [[nodiscard]] std::int64_t volume() const { return static_cast<std::int64_t>(values.size()); }
    [[nodiscard]] std::int64_t bytes() const {
        return volume() * static_cast<std::int64_t>(size_of(type));
    }
    [[nodiscard]] double operator()(const extents& at) const {
        std::int64_t row = 0;
        for (std::size_t i = 0; i < shape.size(); ++i)
            row = row * shape[i] + at[i];
        return values[static_cast<std::size_t>(row)];
    }
    /// Where an axis stands; the rank if it is not there.
    [[nodiscard]] std::size_t find(const std::string& name) const {
        std::size_t i = 0;
        while (i < names.size() && names[i] != name)
            ++i;
        return i;
    }
};

using grids = std::vector<grid>;

/// value(coordinate) at each coordinate.
template <class Value>
[[nodiscard]] grid build(dtype type, labels names, extents shape, const Value& value) {
    grid g{type, std::move(names), std::move(shape), {}};
    testing::for_each_position(g.shape, [&](const extents& at) {
        g.values.push_back(static_cast<double>(value(at)));
    });
    return g;
}

template <class List>
[[nodiscard]] List erased(List list, std::size_t at) {
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(at));
    return list;
}
template <class List>
[[nodiscard]] List inserted(List list, std::size_t at, typename List::value_type value) {
    list.insert(list.begin() + static_cast<std::ptrdiff_t>(at), std::move(value));
    return list;
}
template <class List>
[[nodiscard]] List replaced(List list, std::size_t at, typename List::value_type value) {
    list[at] = std::move(value);
    return list;
}

/// offset(coordinate) for each coordinate of a tensor: strides added up, and no other code of the library.
template <class Visit>
void for_each_offset(const any_tensor& x, const Visit& visit) {
    testing::for_each_position(x.shape().extents(), [&](const extents& at) {
        std::int64_t offset = 0;
        for (std::size_t i = 0; i < at.size(); ++i)
            offset += at[i] * x.where().stride[i];
        visit(offset);
    });
}

/// What a tensor says: its names, extents and elements, read one by one.
[[nodiscard]] inline grid grid_of(const any_tensor& x) {
    grid g{x.type(), x.names(), x.shape().extents(), {}};
    with_element(x.type(), [&](auto zero) {
        using T = decltype(zero);
        for_each_offset(x, [&](std::int64_t offset) {
            g.values.push_back(static_cast<double>(reinterpret_cast<const T*>(x.data())[offset]));
        });
    });
    return g;
}

/// The elements bit for bit, in logical order.
[[nodiscard]] inline std::string bits_of(const any_tensor& x) {
    std::string bits;
    for_each_offset(x, [&](std::int64_t offset) {
        const auto size = static_cast<std::int64_t>(size_of(x.type()));
        bits.append(
            reinterpret_cast<const char*>(x.data() + offset * size), static_cast<std::size_t>(size)
        );
    });
    return bits;
}

[[nodiscard]] inline std::string text_of(const grid& g) {
    std::ostringstream out;
    out << to_string(g.type) << " (";
    for (std::size_t i = 0; i < g.rank(); ++i)
        out << (i == 0 ? "" : " ") << g.names[i] << '=' << g.shape[i];
    out << ')';
    return out.str();
}

/// How far apart two values may be, relative to the larger of them and 1.
[[nodiscard]] inline double tolerance_of(dtype type) {
    return type == dtype::float32 ? 2e-5 : type == dtype::float64 ? 1e-11 : 0;
}

[[nodiscard]] inline bool near(double a, double b, double tolerance) {
    if (std::isnan(a) || std::isnan(b))
        return std::isnan(a) && std::isnan(b);
    if (std::isinf(a) || std::isinf(b))
        return a == b;
    return std::abs(a - b) <= tolerance * std::fmax(1, std::fmax(std::abs(a), std::abs(b)));
}

/// Says where they differ, names and element types included, or nothing if they agree.
[[nodiscard]] inline std::string difference(
    const grid& got, const grid& wanted, std::optional<double> tolerance = std::nullopt
) {
    std::ostringstream out;
    if (got.type != wanted.type || got.names != wanted.names || got.shape != wanted.shape) {
        out << "got " << text_of(got) << ", wanted " << text_of(wanted);
        return out.str();
    }
    const double within = tolerance.value_or(tolerance_of(wanted.type));
    for (std::size_t i = 0; i < got.values.size(); ++i) {
        // Beyond the floats lies infinity.
        const double value = wanted.type == dtype::float32
                               ? static_cast<double>(static_cast<float>(wanted.values[i]))
                               : wanted.values[i];
        if (!near(got.values[i], value, within)) {
            out << "element " << i << " of " << text_of(wanted) << ": got " << got.values[i]
                << ", wanted " << value;
            return out.str();
        }
    }
    return {};
}

}  // namespace abax::laws
