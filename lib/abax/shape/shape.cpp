#include <abax/pattern/hints.hpp>
#include <abax/shape/shape.hpp>

#include <algorithm>
#include <ostream>

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

bool is_factor_of(const axis& a, std::string_view label) {
    return a.memory != nullptr
        && std::any_of(a.memory->begin(), a.memory->end(), [&](const factor& f) {
               return f.label.text() == label;
           });
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
    std::int64_t count = 1;
    bool overflows = false;
    for (const axis& a : *this) {
        // An extent of 0 anywhere makes the volume 0, even beside extents whose product overflows.
        if (a.extent == 0)
            return 0;
        overflows = __builtin_mul_overflow(count, a.extent, &count) || overflows;
    }
    if (overflows)
        throw error(
            {.kind = category::overflow,
             .message = "the number of elements does not fit",
             .input = str(),
             .expected = "at most 2^63 - 1 elements"}
        );
    return count;
}

std::optional<std::size_t> shape::find(name label) const noexcept {
    if (label)
        for (std::size_t i = 0; i < size(); ++i)
            if ((*this)[i].label == label)
                return i;
    return std::nullopt;
}

std::optional<std::size_t> shape::find(std::string_view label) const noexcept {
    // Compared as text: interning a name that nothing has would keep it for ever.
    if (!label.empty())
        for (std::size_t i = 0; i < size(); ++i)
            if ((*this)[i].label.text() == label)
                return i;
    return std::nullopt;
}

std::vector<std::string> shape::names() const {
    std::vector<std::string> result;
    for (const axis& a : *this)
        result.emplace_back(a.label.text());
    return result;
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

std::string help_for_axis(const shape& axes, std::string_view label) {
    if (!axes.is_named())
        return "it is unnamed: give positions, or name its axes with named";
    const std::string all = "its axes are " + axes.axes_text();
    std::vector<std::string_view> names;
    for (const axis& a : axes) {
        if (is_factor_of(a, label))
            return '\'' + std::string(label) + "' is a factor of the axis "
                 + std::string(a.label.text()) + "; " + all;
        if (a.label)
            names.push_back(a.label.text());
    }
    const std::string meant = did_you_mean(label, names);
    return meant.empty() ? all : meant + ' ' + all;
}

error no_such_axis(std::string_view operation, const shape& axes, std::string_view label) {
    return error(
        {.kind = category::unknown_axis,
         .operation = std::string(operation),
         .message = "the tensor has no axis '" + std::string(label) + "'",
         .axis = std::string(label),
         .input = axes.str(),
         .help = help_for_axis(axes, label)}
    );
}

std::ostream& operator<<(std::ostream& out, const shape& axes) {
    return out << axes.str();
}

}  // namespace abax
