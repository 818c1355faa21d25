#include <abax/shape/shape.hpp>

#include <algorithm>

namespace abax {

namespace {

template <class Extents>
shape unnamed(const Extents& extents) {
    shape result;
    for (const std::int64_t extent : extents) {
        if (extent < 0)
            throw error(
                {.kind = category::size_mismatch,
                 .message = "an extent cannot be negative",
                 .got_extent = extent,
                 .expected = "extents of 0 or more",
                 .got = std::to_string(extent)}
            );
        result.push_back({name{}, extent, nullptr});
    }
    return result;
}

}  // namespace

shape shape::of(std::initializer_list<std::int64_t> extents) {
    return unnamed(extents);
}

shape shape::of(const std::vector<std::int64_t>& extents) {
    return unnamed(extents);
}

bool shape::is_named() const noexcept {
    return std::any_of(begin(), end(), [](const axis& a) { return static_cast<bool>(a.label); });
}

std::int64_t shape::volume() const {
    // An extent of 0 anywhere makes the volume 0, even beside extents whose product overflows.
    if (std::any_of(begin(), end(), [](const axis& a) { return a.extent == 0; }))
        return 0;
    std::int64_t count = 1;
    for (const axis& a : *this)
        count = checked_mul(count, a.extent, "the number of elements");
    return count;
}

std::optional<std::size_t> shape::find(name label) const noexcept {
    if (label)
        for (std::size_t i = 0; i < size(); ++i)
            if ((*this)[i].label == label)
                return i;
    return std::nullopt;
}

std::vector<std::int64_t> shape::extents() const {
    std::vector<std::int64_t> result;
    for (const axis& a : *this)
        result.push_back(a.extent);
    return result;
}

std::string shape::str() const {
    if (empty())
        return "()";
    std::string text;
    for (const axis& a : *this) {
        text += text.empty() ? "" : " ";
        if (a.label)
            text += axis_text(a) + '=';
        text += std::to_string(a.extent);
    }
    return text;
}

std::string shape::axes_text() const {
    std::string text;
    for (const axis& a : *this) {
        text += text.empty() ? "" : " ";
        text += axis_text(a);
    }
    return text;
}

std::string axis_text(const axis& a) {
    if (!a.label)
        return std::to_string(a.extent);
    const std::string label(a.label.text());
    if (a.memory == nullptr || label.starts_with('('))
        return label;
    std::string text = '(' + label + ':';
    for (const factor& f : *a.memory)
        text += ' ' + std::string(f.label.text());
    return text + ')';
}

}  // namespace abax
