#pragma once

#include <abax/core/name.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace abax {

/// A pattern known only at run time: `rearrange(x, pattern_text(line))`.
class pattern_text {
public:
    explicit pattern_text(std::string text) : text_(std::move(text)) {}
    [[nodiscard]] std::string_view text() const noexcept { return text_; }

private:
    std::string text_;
};

/// What a verb takes as its pattern: a literal, or a `pattern_text`.
class pattern_argument {
public:
    template <std::size_t N>
    pattern_argument(const char (&literal)[N]
    )  // NOLINT(google-explicit-constructor): so that calls read as in einops
        : text_(literal, N - 1) {}
    pattern_argument(const pattern_text& text)
        : text_(text.text()) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] std::string_view text() const noexcept { return text_; }

private:
    std::string_view text_;
};

/// The extent of a named axis: {"h", 12}, or "h"_ax = 12.
struct axis_size {
    std::string_view axis;
    std::int64_t extent;

    // A constructor, so that {{"h", 12}} can only be a list of one size: an aggregate would also take {"h", 12} for
    // the 12 characters that begin at "h".
    constexpr axis_size(std::string_view label, std::int64_t count) : axis(label), extent(count) {}
};

/// The extents passed to a verb, in the order in which they were passed.
class axis_sizes {
public:
    axis_sizes() = default;
    axis_sizes(std::initializer_list<axis_size> sizes)  // NOLINT(google-explicit-constructor)
        : view_(sizes.begin(), sizes.size()) {}
    axis_sizes(std::span<const axis_size> sizes)
        : view_(sizes) {}  // NOLINT(google-explicit-constructor)
    axis_sizes(const std::vector<axis_size>& sizes)
        : view_(sizes) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] auto begin() const noexcept { return view_.begin(); }
    [[nodiscard]] auto end() const noexcept { return view_.end(); }
    [[nodiscard]] bool empty() const noexcept { return view_.empty(); }

private:
    std::span<const axis_size> view_;
};

/// `"h"_ax`: an axis that waits for its extent.
struct axis_literal {
    std::string_view axis;
    constexpr axis_size operator=(std::int64_t extent
    ) const {  // NOLINT(misc-unconventional-assign-operator): "h"_ax = 12
        return {axis, extent};
    }
};

inline namespace literals {
[[nodiscard]] constexpr axis_literal operator""_ax(const char* text, std::size_t length) {
    return {std::string_view(text, length)};
}
}  // namespace literals

/// One axis of a tensor, by name ("s'") or, for unnamed tensors, by position (-1 is the last).
class axis_argument {
public:
    axis_argument(const char* label) : label_(label) {}       // NOLINT(google-explicit-constructor)
    axis_argument(std::string_view label) : label_(label) {}  // NOLINT(google-explicit-constructor)
    axis_argument(const std::string& label)
        : label_(label) {}  // NOLINT(google-explicit-constructor)
    axis_argument(int position)
        : position_(position), by_position_(true) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool by_position() const noexcept { return by_position_; }
    [[nodiscard]] std::string_view label() const noexcept { return label_; }
    [[nodiscard]] int position() const noexcept { return position_; }

private:
    std::string_view label_;
    int position_ = 0;
    bool by_position_ = false;
};

/// Several axes: "b s" by name, or {0, 2} by position.
class axes_argument {
public:
    axes_argument(const std::string& labels)
        : axes_argument(std::string_view(labels)) {}  // NOLINT(google-explicit-constructor)
    axes_argument(const char* labels)
        : axes_argument(std::string_view(labels)) {}  // NOLINT(google-explicit-constructor)
    axes_argument(std::string_view labels
    );  // NOLINT(google-explicit-constructor): names, separated by spaces
    axes_argument(int position)
        : axes_{axis_argument(position)} {}  // NOLINT(google-explicit-constructor)
    axes_argument(std::initializer_list<int> positions)
        : axes_(positions.begin(), positions.end()) {}

    [[nodiscard]] const std::vector<axis_argument>& axes() const noexcept { return axes_; }

private:
    std::vector<axis_argument> axes_;
};

}  // namespace abax
