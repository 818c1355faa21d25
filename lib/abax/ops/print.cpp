#include <abax/ops/print.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <vector>

namespace abax {

namespace {

constexpr std::int64_t most_shown_whole = 1000;
constexpr std::int64_t corner = 3;

// Which positions of an axis are shown: all, or the first and last few with a gap (-1) between.
std::vector<std::int64_t> shown(std::int64_t extent, bool whole) {
    std::vector<std::int64_t> positions;
    for (std::int64_t i = 0; i < extent; ++i) {
        if (whole || extent <= 2 * corner || i < corner || i >= extent - corner)
            positions.push_back(i);
        else if (i == corner)
            positions.push_back(-1);
    }
    return positions;
}

template <class T>
class printer {
public:
    printer(const T* data, const layout& where)
        : data_(data), where_(where), whole_(where.axes.volume() <= most_shown_whole) {}

    std::string text() {
        measure(0, 0);
        print(0, 0);
        return text_;
    }

private:
    std::string element(std::int64_t offset) const {
        if constexpr (std::floating_point<T>)
            return fmt::format("{:.5g}", data_[offset]);
        else
            return fmt::format("{}", static_cast<T>(data_[offset]));
    }

    void measure(std::size_t from, std::int64_t offset) {
        if (from == where_.rank()) {
            width_ = std::max(width_, element(offset).size());
            return;
        }
        for (const std::int64_t i : shown(where_.axes[from].extent, whole_))
            if (i >= 0)
                measure(from + 1, offset + i * where_.stride[from]);
    }

    void print(std::size_t from, std::int64_t offset) {
        if (from == where_.rank()) {
            text_ += fmt::format("{:>{}}", element(offset), width_);
            return;
        }
        const bool innermost = from + 1 == where_.rank();
        text_ += '[';
        bool first = true;
        for (const std::int64_t i : shown(where_.axes[from].extent, whole_)) {
            if (!first)
                text_ += innermost ? " " : "\n" + std::string(from + 1, ' ');
            first = false;
            if (i < 0)
                text_ += "...";
            else
                print(from + 1, offset + i * where_.stride[from]);
        }
        text_ += ']';
    }

    const T* data_;
    layout where_;
    bool whole_;
    std::size_t width_ = 0;
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

std::ostream& operator<<(std::ostream& out, const any_tensor& x) {
    return out << to_string(x);
}

}  // namespace abax
