#pragma once

#include <abax/shape/static_axes.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace abax {

/// The axes of a `static_axes`, taken apart: what name rules are computed with while compiling.
///
/// Views of the text that it was made of, which outlives it.
class axis_table {
public:
    /// One axis of the list.
    struct entry {
        std::string_view text;     ///< as it is written: "m", "(m: h d)", "(h d)", "1", "_"
        std::string_view label;    ///< what it is called: "m", "m", "(h d)", "", ""
        std::string_view factors;  ///< "h d" if it remembers them, else ""

        /// Whether it has a name: units and numbers have none.
        [[nodiscard]] constexpr bool is_named() const noexcept { return !label.empty(); }
        /// Whether it is merged, and knows of what.
        [[nodiscard]] constexpr bool remembers() const noexcept { return !factors.empty(); }
        /// Whether it is called by its factors: a merged axis without a name of its own.
        [[nodiscard]] constexpr bool is_anonymous() const noexcept {
            return !label.empty() && label.front() == '(';
        }
    };

    /// Takes the canonical text of legal axes apart.
    constexpr explicit axis_table(std::string_view canonical) {
        const char* at = canonical.data();
        const char* const end = at + canonical.size();
        while (at < end) {
            const char* const begin = at;
            if (*at == '(')
                at = add_group(begin);
            else
                at = add_word(begin, end);
            if (at < end)
                ++at;  // the space
        }
    }

    /// Number of axes.
    [[nodiscard]] constexpr std::size_t rank() const noexcept { return rank_; }
    /// By position.
    [[nodiscard]] constexpr const entry& operator[](std::size_t i) const noexcept {
        return entries_[i];
    }
    /// Whether any axis has a name: else the tensor is an unnamed one, of rank 0 too.
    [[nodiscard]] constexpr bool is_named() const noexcept {
        for (std::size_t i = 0; i < rank_; ++i)
            if (entries_[i].is_named())
                return true;
        return false;
    }
    /// The position of the axis called so; the rank if there is none.
    [[nodiscard]] constexpr std::size_t find(std::string_view label) const noexcept {
        for (std::size_t i = 0; i < rank_; ++i)
            if (same(entries_[i].label, label))
                return i;
        return rank_;
    }
    /// Whether an axis is called so.
    [[nodiscard]] constexpr bool has(std::string_view label) const noexcept {
        return find(label) != rank_;
    }

    /// Whether two texts are equal: constant evaluation pays for every call, so lengths come first.
    [[nodiscard]] static constexpr bool same(std::string_view a, std::string_view b) noexcept {
        if (a.size() != b.size())
            return false;
        const char* p = a.data();
        const char* q = b.data();
        for (const char* const end = p + a.size(); p != end; ++p, ++q)
            if (*p != *q)
                return false;
        return true;
    }

private:
    constexpr const char* add_word(const char* begin, const char* end) {
        const char* at = begin;
        while (at < end && *at != ' ')
            ++at;
        const std::string_view word(begin, static_cast<std::size_t>(at - begin));
        const bool unnamed = *begin == '_' || (*begin >= '0' && *begin <= '9');
        entries_[rank_++] = {word, unnamed ? std::string_view{} : word, {}};
        return at;
    }

    constexpr const char* add_group(const char* begin) {
        const char* first = begin + 1;
        const char* at = first;
        std::string_view label;
        for (; *at != ')'; ++at)
            if (*at == ':') {
                label = {begin + 1, static_cast<std::size_t>(at - begin - 1)};
                first = at + 2;
            }
        const std::string_view text(begin, static_cast<std::size_t>(at + 1 - begin));
        entries_[rank_++] = {
            text, label.empty() ? text : label, {first, static_cast<std::size_t>(at - first)}};
        return at + 1;
    }

    std::array<entry, 32> entries_{};
    std::size_t rank_ = 0;
};

/// The axes of a type, taken apart once for each type.
template <static_axes Axes>
inline constexpr axis_table table_of{Axes.view()};

}  // namespace abax
