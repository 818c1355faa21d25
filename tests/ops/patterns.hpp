#pragma once

#include <abax/plan/arguments.hpp>

#include "support.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

/// Random patterns with extents, and the index arithmetic that they stand for.
namespace abax::testing {

/// One side: items, each a list of elementary axes; an empty one is a unit.
struct random_side {
    std::vector<std::vector<std::size_t>> items;
    std::size_t ellipsis_at = 0;  ///< the item before which `...` stands
};

/// A pattern over elementary axes; those from `named_count` on are members of `...`.
struct random_pattern {
    extents elementary;
    std::size_t named_count = 0;
    bool has_ellipsis = false;
    random_side left;
    random_side right;

    [[nodiscard]] static std::string name_of(std::size_t i) { return "x" + std::to_string(i); }

    [[nodiscard]] std::string text(const random_side& s) const {
        std::string result;
        for (std::size_t i = 0; i <= s.items.size(); ++i) {
            if (has_ellipsis && i == s.ellipsis_at)
                result += "... ";
            if (i < s.items.size())
                result += text(s.items[i]) + ' ';
        }
        if (!result.empty())
            result.pop_back();
        return result;
    }
    [[nodiscard]] std::string text() const { return text(left) + " -> " + text(right); }
    [[nodiscard]] std::string inverse_text() const { return text(right) + " -> " + text(left); }

    /// The extent of every name, as sizes to pass.
    [[nodiscard]] std::vector<std::pair<std::string, std::int64_t>> sizes() const {
        std::vector<std::pair<std::string, std::int64_t>> result;
        for (std::size_t i = 0; i < named_count; ++i)
            result.emplace_back(name_of(i), elementary[i]);
        return result;
    }

    /// The extents of a tensor that a side describes.
    [[nodiscard]] extents shape_of(const random_side& s) const {
        extents result;
        for_each_axis(s, [&](const std::vector<std::size_t>& item) {
            std::int64_t extent = 1;
            for (const std::size_t i : item)
                extent *= elementary[i];
            result.push_back(extent);
        });
        return result;
    }

    /// Where the element at these elementary positions stands in such a tensor.
    [[nodiscard]] extents position(const random_side& s, const extents& at) const {
        extents result;
        for_each_axis(s, [&](const std::vector<std::size_t>& item) {
            std::int64_t position = 0;
            for (const std::size_t i : item)
                position = position * elementary[i] + at[i];
            result.push_back(position);
        });
        return result;
    }

private:
    [[nodiscard]] static std::string text(const std::vector<std::size_t>& item) {
        if (item.empty())
            return "1";
        if (item.size() == 1)
            return name_of(item[0]);
        std::string result = "(";
        for (const std::size_t i : item)
            result += name_of(i) + ' ';
        result.back() = ')';
        return result;
    }

    template <class Visit>
    void for_each_axis(const random_side& s, const Visit& visit) const {
        for (std::size_t i = 0; i <= s.items.size(); ++i) {
            if (has_ellipsis && i == s.ellipsis_at)
                for (std::size_t k = named_count; k < elementary.size(); ++k)
                    visit({k});
            if (i < s.items.size())
                visit(s.items[i]);
        }
    }
};

/// The sizes as the verbs take them; they refer to the strings in `from`.
[[nodiscard]] inline std::vector<axis_size> as_sizes(
    const std::vector<std::pair<std::string, std::int64_t>>& from
) {
    std::vector<axis_size> result;
    for (const auto& [label, extent] : from)
        result.push_back({label, extent});
    return result;
}

/// Cuts a list of axes into items at random places, with units between some.
[[nodiscard]] inline random_side random_items(std::vector<std::size_t> axes, std::mt19937& random) {
    random_side s;
    std::shuffle(axes.begin(), axes.end(), random);
    for (std::size_t i = 0; i < axes.size();) {
        const std::size_t count = std::min(axes.size() - i, 1 + random() % 3 / 2 + random() % 2);
        s.items.emplace_back(
            axes.begin() + static_cast<std::ptrdiff_t>(i),
            axes.begin() + static_cast<std::ptrdiff_t>(i + count)
        );
        i += count;
        if (random() % 5 == 0)
            s.items.emplace_back();
    }
    s.ellipsis_at = random() % (s.items.size() + 1);
    return s;
}

/// A random rearrange; of a reduce the right side lacks some axes, of a repeat the left side.
enum class shape_of_pattern { same, drops, adds };
[[nodiscard]] inline random_pattern make_pattern(std::mt19937& random, shape_of_pattern how) {
    constexpr std::int64_t choices[] = {0, 1, 2, 2, 3, 3, 5, 7};
    random_pattern p;
    p.named_count = random() % 6;
    p.has_ellipsis = random() % 3 == 0;
    const std::size_t dots = p.has_ellipsis ? random() % 3 : 0;
    for (std::size_t i = 0; i < p.named_count + dots; ++i)
        p.elementary.push_back(choices[random() % 20 == 0 ? 0 : 1 + random() % 7]);
    std::vector<std::size_t> left;
    std::vector<std::size_t> right;
    for (std::size_t i = 0; i < p.named_count; ++i) {
        const bool one_side = random() % 3 == 0;
        if (!(one_side && how == shape_of_pattern::adds))
            left.push_back(i);
        if (!(one_side && how == shape_of_pattern::drops))
            right.push_back(i);
    }
    p.left = random_items(left, random);
    p.right = random_items(right, random);
    return p;
}

}  // namespace abax::testing
