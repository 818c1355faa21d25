#include <abax/ops/compare.hpp>

#include <fmt/format.h>

#include <cmath>
#include <vector>

namespace abax {

namespace {

bool is_within(double a, double b, const tolerance& within) {
    if (std::isnan(a) || std::isnan(b))
        return within.nan_equal && std::isnan(a) && std::isnan(b);
    if (a == b)
        return true;
    return std::abs(a - b) <= within.absolute + within.relative * std::abs(b);
}

template <class T>
bool is_within(T a, T b, const tolerance& within) {
    // Integers are compared as they are: a double does not hold every int64.
    return a == b || is_within(static_cast<double>(a), static_cast<double>(b), within);
}

std::string coordinate_text(const shape& axes, std::int64_t position) {
    std::vector<std::int64_t> at(axes.rank());
    for (std::size_t i = axes.rank(); i-- > 0;) {
        at[i] = position % axes[i].extent;
        position /= axes[i].extent;
    }
    std::string text;
    for (std::size_t i = 0; i < axes.rank(); ++i) {
        text += i == 0 ? "" : " ";
        text +=
            (axes[i].label ? axis_text(axes[i]) : std::to_string(i)) + '=' + std::to_string(at[i]);
    }
    return text.empty() ? "()" : text;
}

template <class T>
std::optional<std::string> differing_elements(
    const any_tensor& a, const any_tensor& b, const tolerance& within
) {
    const std::vector<T> left = tensor<T>(a).to_vector();
    const std::vector<T> right = tensor<T>(b).to_vector();
    std::size_t first = left.size();
    std::size_t count = 0;
    double most = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (is_within<T>(left[i], right[i], within))
            continue;
        if (count++ == 0)
            first = i;
        most =
            std::fmax(most, std::abs(static_cast<double>(left[i]) - static_cast<double>(right[i])));
    }
    if (count == 0)
        return std::nullopt;
    return fmt::format(
        "at {}: {} and {} ({} of {} elements differ, by {} at most)",
        coordinate_text(a.shape(), static_cast<std::int64_t>(first)),
        static_cast<T>(left[first]),
        static_cast<T>(right[first]),
        count,
        left.size(),
        most
    );
}

}  // namespace

std::optional<std::string> difference(const any_tensor& a, const any_tensor& b, tolerance within) {
    if (a.type() != b.type())
        return fmt::format("element types {} and {}", to_string(a.type()), to_string(b.type()));
    if (!(a.shape() == b.shape()))
        return fmt::format("shapes ({}) and ({})", a.shape().str(), b.shape().str());
    return with_element(a.type(), [&](auto zero) {
        return differing_elements<decltype(zero)>(a, b, within);
    });
}

bool equal(const any_tensor& a, const any_tensor& b) {
    return !difference(a, b).has_value();
}

bool allclose(const any_tensor& a, const any_tensor& b, tolerance within) {
    return !difference(a, b, within).has_value();
}

}  // namespace abax
