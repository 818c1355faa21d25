#include <abax/ops/compare.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace abax {

namespace {

// |a - b|, which for integers is exact: a double does not hold every int64, and int64 not every distance.
template <class T>
auto distance(T a, T b) {
    if constexpr (std::floating_point<T>)
        return std::abs(static_cast<double>(a) - static_cast<double>(b));
    else
        return a > b ? static_cast<int128>(a) - b : static_cast<int128>(b) - a;
}

template <class T>
bool is_within(T a, T b, const tolerance& within) {
    if (a == b)
        return true;
    if constexpr (std::same_as<T, bool>)
        return false;
    if constexpr (std::floating_point<T>) {
        if (std::isnan(a) || std::isnan(b))
            return within.nan_equal && std::isnan(a) && std::isnan(b);
        // Else the tolerance around an infinity would be infinite, and everything near it.
        if (std::isinf(a) || std::isinf(b))
            return false;
    }
    return static_cast<double>(distance(a, b))
        <= within.absolute + within.relative * std::abs(static_cast<double>(b));
}

std::string coordinate_text(const shape& axes, std::int64_t position) {
    std::vector<std::int64_t> at(axes.rank());
    for (std::size_t i = axes.rank(); i-- > 0;) {
        at[i] = position % axes[i].extent;
        position /= axes[i].extent;
    }
    std::string text;
    for (std::size_t i = 0; i < axes.rank(); ++i)
        text += fmt::format(
            "{}{}={}",
            i == 0 ? "" : " ",
            axes[i].label ? std::string(axes[i].label.text()) : std::to_string(i),
            at[i]
        );
    return text.empty() ? "()" : text;
}

template <class T>
std::string element_text(T value) {
    if constexpr (std::floating_point<T>)
        if (std::isnan(value))
            return "nan";  // its sign means nothing
    return fmt::format("{}", value);
}

// The elements that differ, counted.
template <class T>
struct tally {
    std::int64_t count = 0;
    std::int64_t by_nan = 0;  // NaN on a side: no distance
    std::int64_t first = 0;
    T left = {};
    T right = {};
    decltype(distance(T{}, T{})) most = 0;

    void add(std::int64_t position, T a, T b) {
        if (count++ == 0) {
            first = position;
            left = a;
            right = b;
        }
        if (a != a || b != b)
            ++by_nan;
        else
            most = std::max(most, distance(a, b));
    }

    // " (17 of 24 elements differ, by 0.5 at most)"
    [[nodiscard]] std::string summary(std::int64_t volume) const {
        std::string text = fmt::format(" ({} of {} elements differ", count, volume);
        if (by_nan == count)
            return text + ", by NaN)";
        if (by_nan > 0)
            text += fmt::format(", {} of them by NaN, the others", by_nan);
        else
            text += ",";
        if constexpr (std::same_as<T, bool>)
            return fmt::format(" ({} of {} elements differ)", count, volume);
        else if constexpr (std::floating_point<T>)
            return text + fmt::format(" by {:.6g} at most)", most);
        else
            return text + " by " + to_string(most) + " at most)";
    }
};

template <class T>
std::optional<std::string> differing_elements(
    const any_tensor& a, const any_tensor& b, const tolerance& within
) {
    const flat_range<T> right(b);
    tally<T> differing;
    std::int64_t position = 0;
    auto other = right.begin();
    for (const T value : flat_range<T>(a)) {
        if (!is_within<T>(value, *other, within))
            differing.add(position, value, *other);
        ++position;
        ++other;
    }
    if (differing.count == 0)
        return std::nullopt;
    return fmt::format(
        "at {}: {} and {}{}",
        coordinate_text(a.shape(), differing.first),
        element_text(differing.left),
        element_text(differing.right),
        differing.summary(position)
    );
}

std::string factors_text(const axis& a) {
    if (a.memory == nullptr)
        return "none";
    std::string text;
    for (const factor& f : *a.memory)
        text += fmt::format("{}{}={}", text.empty() ? "" : " ", f.label.text(), f.extent);
    return text;
}

bool is_reordered(const shape& a, const shape& b) {
    return a.is_named() && std::is_permutation(a.begin(), a.end(), b.begin(), b.end());
}

// What differs between two lists of axes: the first thing.
std::string differing_axes(const shape& a, const shape& b) {
    if (a.rank() != b.rank())
        return fmt::format("ranks {} and {}", a.rank(), b.rank());
    if (is_reordered(a, b))
        return "the same axes in another order";
    std::size_t i = 0;
    while (a[i] == b[i])
        ++i;
    const auto called = [](const axis& x) {
        return x.label ? fmt::format("'{}'", x.label.text()) : std::string("unnamed");
    };
    if (a[i].label != b[i].label)
        return fmt::format("axis {} is {} and {}", i, called(a[i]), called(b[i]));
    const std::string which = a[i].label ? called(a[i]) : std::to_string(i);
    if (a[i].extent != b[i].extent)
        return fmt::format("axis {} is {} and {}", which, a[i].extent, b[i].extent);
    return fmt::format(
        "axis {} has the factors {} and {}", which, factors_text(a[i]), factors_text(b[i])
    );
}

}  // namespace

std::optional<std::string> difference(const any_tensor& a, const any_tensor& b, tolerance within) {
    if (a.type() != b.type())
        return fmt::format("element types {} and {}", to_string(a.type()), to_string(b.type()));
    if (!(a.shape() == b.shape()))
        return fmt::format(
            "{}: ({}) and ({})",
            differing_axes(a.shape(), b.shape()),
            a.shape().rank() == 0 ? "" : a.shape().str(),
            b.shape().rank() == 0 ? "" : b.shape().str()
        );
    return with_element(a.type(), [&](auto zero) {
        return differing_elements<decltype(zero)>(a, b, within);
    });
}

bool equal(const any_tensor& a, const any_tensor& b) {
    return !difference(a, b, {0, 0, false}).has_value();
}

bool allclose(const any_tensor& a, const any_tensor& b, tolerance within) {
    return !difference(a, b, within).has_value();
}

}  // namespace abax
