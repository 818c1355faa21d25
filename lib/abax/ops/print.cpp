#include <abax/account/counter_fields.hpp>
#include <abax/ops/print.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ostream>
#include <vector>

namespace abax {

namespace {

constexpr std::int64_t most_shown = 1000;
constexpr std::int64_t widest_corner = 3;
constexpr std::size_t line_width = 80;

// What is shown of one axis: all, or the first and the last few with a gap between.
struct window {
    std::int64_t extent = 0;
    std::int64_t head = 0;
    std::int64_t tail = 0;

    [[nodiscard]] bool has_gap() const { return head + tail < extent; }
    [[nodiscard]] std::int64_t count() const { return head + tail; }

    // body(position), and body(-1) for the gap.
    template <class Body>
    void for_each(const Body& body) const {
        for (std::int64_t i = 0; i < head; ++i)
            body(i);
        if (has_gap())
            body(std::int64_t{-1});
        for (std::int64_t i = extent - tail; i < extent; ++i)
            body(i);
    }
};

window corners(std::int64_t extent, std::int64_t corner) {
    return extent <= 2 * corner ? window{extent, extent, 0} : window{extent, corner, corner};
}

// Corners of 3 where there is room; the outer axes give way first, down to a single position, so that 32 axes are no
// more text than 3.
std::vector<window> windows_of(const shape& axes) {
    std::vector<window> all(axes.rank());
    const bool whole = axes.volume() <= most_shown;
    std::int64_t room = most_shown;
    for (std::size_t i = axes.rank(); i-- > 0;) {
        const std::int64_t extent = axes[i].extent;
        window chosen = whole ? window{extent, extent, 0} : corners(extent, widest_corner);
        for (std::int64_t corner = widest_corner - 1; corner > 0 && chosen.count() > room; --corner)
            chosen = corners(extent, corner);
        if (chosen.count() > room)
            chosen = {extent, 1, 0};
        room /= std::max<std::int64_t>(chosen.count(), 1);
        all[i] = chosen;
    }
    return all;
}

// How the floating elements of one tensor are written.
struct number_format {
    int decimals = 0;
    bool exponent = false;

    [[nodiscard]] std::string text(double value) const {
        if (std::isnan(value))
            return "nan";  // its sign means nothing, and x86 makes negative ones
        return exponent && std::isfinite(value) ? fmt::format("{:.{}e}", value, decimals)
                                                : fmt::format("{:.{}f}", value, decimals);
    }
};

int power_of_ten(double magnitude) {
    return static_cast<int>(std::floor(std::log10(magnitude)));
}

// Digits after the point that every value needs of those it is given: 0.50 and 1.25, but 0.5 and 1.5.
int needed_decimals(const std::vector<double>& values, number_format format) {
    int needed = 0;
    for (const double value : values) {
        if (!std::isfinite(value))
            continue;
        const std::string text = format.text(value);
        const std::size_t point = text.find('.');
        const std::size_t last =
            point == std::string::npos ? 0 : text.find_last_not_of('0', text.find('e') - 1);
        if (point != std::string::npos)
            needed = std::max(needed, static_cast<int>(last - point));
    }
    return needed;
}

number_format format_for(const std::vector<double>& values) {
    constexpr double too_large = 1e8;
    constexpr int digits = 4;  // behind the first one
    double most = 0;
    double least = INFINITY;
    bool whole = true;
    for (const double value : values) {
        if (!std::isfinite(value))
            continue;
        most = std::max(most, std::abs(value));
        least = value != 0 ? std::min(least, std::abs(value)) : least;
        whole = whole && value == std::trunc(value);
    }
    if (whole && most < too_large)
        return {};
    const int power = power_of_ten(most);
    // 0.00012346, 1.2346, 123.4560, 123456.7: 5 digits of numbers below 1, at most 7 of larger ones (a float has no more).
    const int decimals = power < 0 ? digits - power : std::clamp(6 - power, 0, digits);
    const bool vanishes = least < 0.5 * std::pow(10, -decimals);
    number_format format{decimals, false};
    if (most >= too_large || power < -digits || vanishes)
        format = {digits, true};
    format.decimals = needed_decimals(values, format);
    return format;
}

template <class T>
class printer {
public:
    printer(const T* data, const layout& where)
        : data_(data), where_(where), windows_(windows_of(where.axes)) {}

    std::string text() {
        if (where_.axes.volume() == 0)
            return "[]";
        collect(0, 0);
        write_elements();
        print(0);
        return text_;
    }

private:
    // Row-major, the elements that are shown.
    void collect(std::size_t from, std::int64_t offset) {
        if (from == where_.rank()) {
            shown_.push_back(data_[offset]);
            return;
        }
        windows_[from].for_each([&](std::int64_t i) {
            if (i >= 0)
                collect(from + 1, offset + i * where_.stride[from]);
        });
    }

    void write_elements() {
        if constexpr (std::floating_point<T>) {
            const std::vector<double> values(shown_.begin(), shown_.end());
            const number_format format = format_for(values);
            for (const double value : values)
                texts_.push_back(format.text(value));
        } else {
            for (const T value : shown_)
                texts_.push_back(fmt::format("{}", value));
        }
        for (const std::string& text : texts_)
            width_ = std::max(width_, text.size());
    }

    void print(std::size_t from) {
        if (from == where_.rank()) {
            text_ += fmt::format("{:>{}}", texts_[next_++], width_);
            return;
        }
        const bool innermost = from + 1 == where_.rank();
        text_ += '[';
        bool first = true;
        windows_[from].for_each([&](std::int64_t i) {
            if (!first)
                separate(from, innermost, i < 0 ? gap.size() : width_);
            first = false;
            if (i < 0)
                text_ += gap;
            else
                print(from + 1);
        });
        text_ += ']';
    }

    // The brackets that may follow an element, one for each axis, count too.
    void separate(std::size_t from, bool innermost, std::size_t width) {
        const std::size_t column = text_.size() - (text_.rfind('\n') + 1);
        if (innermost && column + 1 + width + where_.rank() <= line_width)
            text_ += ' ';
        else
            text_ += '\n' + std::string(from + 1, ' ');
    }

    static constexpr std::string_view gap = "...";

    const T* data_;
    const layout& where_;
    std::vector<window> windows_;
    std::vector<T> shown_;
    std::vector<std::string> texts_;
    std::size_t width_ = 0;
    std::size_t next_ = 0;
    std::string text_;
};

}  // namespace

std::string to_string(const any_tensor& x) {
    const std::string head =
        fmt::format("{} ({})", to_string(x.type()), x.shape().rank() == 0 ? "" : x.shape().str());
    if (x.is_dry())
        return head + " dry";
    return head + '\n' + with_element(x.type(), [&](auto zero) {
               using T = decltype(zero);
               return printer<T>(reinterpret_cast<const T*>(x.data()), x.where()).text();
           });
}

std::string to_string(const cost& price) {
    std::string text;
    for (const counter_field& field : counter_fields)
        if (!(price.*field.price).is_zero())
            text += fmt::format(
                "{}{} = {}", text.empty() ? "" : ", ", field.name, (price.*field.price).str()
            );
    return text.empty() ? "0" : text;
}

std::ostream& operator<<(std::ostream& out, const any_tensor& x) {
    return out << to_string(x);
}

std::ostream& operator<<(std::ostream& out, name label) {
    return out << label.text();
}

std::ostream& operator<<(std::ostream& out, dtype type) {
    return out << to_string(type);
}

std::ostream& operator<<(std::ostream& out, const polynomial& p) {
    return out << p.str();
}

std::ostream& operator<<(std::ostream& out, const cost& price) {
    return out << to_string(price);
}

}  // namespace abax
