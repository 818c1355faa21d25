#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

/// Every pattern of a few elementary axes: every grouping of either side, every order of the right one.
///
/// Elementary axes are numbers in the order of the left side, and letters in the text: 0 is a.
namespace abax::laws {

using axis_numbers = std::vector<std::size_t>;

/// One axis of a tensor as a side writes it.
struct written_axis {
    axis_numbers of = {};  ///< the elementary axes merged in it, the last fastest; none for a unit
    std::string label = {};  ///< the p of `(p: a b)`
};

/// One side of a pattern, and the tensor that it describes.
struct written_side {
    std::string text = {};
    std::vector<written_axis> axes = {};
    bool merges_dots = false;  ///< has `(... c)`, which may stand on the right only
};

using written_sides = std::vector<written_side>;

struct written_pattern {
    written_side left;
    written_side right;

    [[nodiscard]] std::string text() const {
        return left.text + (left.text.empty() ? "->" : " ->") + (right.text.empty() ? "" : " ")
             + right.text;
    }
};

/// What stands between two spaces: `a`, a unit, or `...` for a run of axes.
struct piece {
    std::string text = {};
    axis_numbers axes = {};
    bool is_dots = false;
};

using pieces = std::vector<piece>;

[[nodiscard]] inline std::string letter_of(std::size_t axis) {
    return std::string(1, static_cast<char>('a' + axis));
}
inline const piece unit_piece{"1", {}, false};
[[nodiscard]] inline piece dots_for(axis_numbers axes) {
    return {"...", std::move(axes), true};
}
/// The letters from `first` to before `end`.
[[nodiscard]] inline pieces letters(std::size_t first, std::size_t end) {
    pieces all;
    for (std::size_t i = first; i < end; ++i)
        all.push_back({letter_of(i), {i}, false});
    return all;
}

// How one group of neighbours is written.

[[nodiscard]] inline written_side bare(const piece& one) {
    written_side side{one.text, {}, false};
    if (!one.is_dots)
        side.axes.push_back({one.axes, {}});
    else
        for (const std::size_t axis : one.axes)
            side.axes.push_back({{axis}, {}});
    return side;
}
[[nodiscard]] inline written_side merged(const pieces& group, const std::string& label = {}) {
    written_side side{label.empty() ? "(" : "(" + label + ": ", {{{}, label}}, false};
    for (const piece& one : group) {
        side.text += (&one == &group.front() ? "" : " ") + one.text;
        side.axes[0].of.insert(side.axes[0].of.end(), one.axes.begin(), one.axes.end());
        side.merges_dots = side.merges_dots || one.is_dots;
    }
    side.text += ')';
    return side;
}
/// One alone stands bare, several are merged: `a`, `(a b)`, `...`, `(... a)`, `1`, `(1 a)`.
[[nodiscard]] inline written_sides in_one_way(const pieces& group) {
    return {group.size() == 1 ? bare(group[0]) : merged(group)};
}
/// Also `(a)`.
[[nodiscard]] inline written_sides in_parentheses_too(const pieces& group) {
    if (group.size() > 1)
        return {merged(group)};
    return {bare(group[0]), merged(group)};
}
/// Also `(p: a b)` and `(p: a)`; the label tells which axis is the outermost.
[[nodiscard]] inline written_sides with_label_too(const pieces& group) {
    const auto label = static_cast<char>('p' + group[0].axes.front());
    return {in_one_way(group)[0], merged(group, std::string(1, label))};
}
/// A unit that stands alone is `1` or `()`.
[[nodiscard]] inline written_sides with_unit_in_two_ways(const pieces& group) {
    if (group.size() > 1 || !group[0].axes.empty())
        return in_one_way(group);
    return {bare(group[0]), bare({"()", {}, false})};
}
/// A left side merges no ellipsis.
[[nodiscard]] inline written_sides with_bare_dots(const pieces& group) {
    if (group.size() > 1 && merged(group).merges_dots)
        return {};
    return in_one_way(group);
}
/// An ellipsis that stands alone is `...`, its axes one by one, or `(...)`, one axis.
[[nodiscard]] inline written_sides with_dots_in_two_ways(const pieces& group) {
    return group[0].is_dots ? in_parentheses_too(group) : in_one_way(group);
}

/// Every way to cut a list into groups of neighbours, each group written in each way that `hand` knows.
[[nodiscard]] inline written_sides every_grouping(
    const pieces& order, const std::function<written_sides(const pieces&)>& hand
) {
    if (order.empty())
        return {{}};
    written_sides all;
    for (std::size_t count = 1; count <= order.size(); ++count) {
        const auto cut = order.begin() + static_cast<std::ptrdiff_t>(count);
        const written_sides heads = hand({order.begin(), cut});
        const written_sides tails = every_grouping({cut, order.end()}, hand);
        for (const written_side& head : heads)
            for (const written_side& tail : tails) {
                written_side side = head;
                side.text += (tail.text.empty() ? "" : " ") + tail.text;
                side.axes.insert(side.axes.end(), tail.axes.begin(), tail.axes.end());
                side.merges_dots = head.merges_dots || tail.merges_dots;
                all.push_back(std::move(side));
            }
    }
    return all;
}

/// `one` at each place of a list: n + 1 lists.
[[nodiscard]] inline std::vector<pieces> at_each_place(const pieces& order, const piece& one) {
    std::vector<pieces> all(order.size() + 1, order);
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i].insert(all[i].begin() + static_cast<std::ptrdiff_t>(i), one);
    return all;
}

/// All sides that some hand writes of a list of pieces.
using writer = std::function<written_sides(const pieces&)>;

[[nodiscard]] inline writer groupings(written_sides (*hand)(const pieces&)) {
    return [hand](const pieces& order) { return every_grouping(order, hand); };
}
/// Without a unit, and with one at each place, in a group and between them.
[[nodiscard]] inline written_sides with_and_without_a_unit(const pieces& order) {
    written_sides all = every_grouping(order, in_one_way);
    for (const pieces& longer : at_each_place(order, unit_piece))
        for (written_side& side : every_grouping(longer, with_unit_in_two_ways))
            all.push_back(std::move(side));
    return all;
}

/// Patterns that are written by one pair of hands.
struct family {
    std::string name;
    std::vector<pieces> starts;  ///< what their left sides are made of
    writer left;
    writer right;
};

/// visit(pattern, number of elementary axes): each left side, with each right side of each order of the same pieces.
template <class Visit>
void for_each_pattern(const family& written, const Visit& visit) {
    for (const pieces& from : written.starts) {
        std::size_t count = 0;
        for (const piece& one : from)
            count += one.axes.size();
        const written_sides lefts = written.left(from);
        axis_numbers order(from.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        do {
            pieces to;
            for (const std::size_t i : order)
                to.push_back(from[i]);
            const written_sides rights = written.right(to);
            for (const written_side& left : lefts)
                for (const written_side& right : rights)
                    visit(written_pattern{left, right}, count);
        } while (std::next_permutation(order.begin(), order.end()));
    }
}

[[nodiscard]] inline std::vector<pieces> letters_up_to(std::size_t most_axes) {
    std::vector<pieces> all;
    for (std::size_t n = 0; n <= most_axes; ++n)
        all.push_back(letters(0, n));
    return all;
}

/// m letters, for m below `most_axes`, with dots at each place, which stand for none to all of the axes that are left.
[[nodiscard]] inline std::vector<pieces> dots_among_letters(std::size_t most_axes) {
    std::vector<pieces> all;
    for (std::size_t m = 0; m < most_axes; ++m)
        for (std::size_t run = 0; m + run <= most_axes; ++run)
            for (std::size_t place = 0; place <= m; ++place) {
                axis_numbers behind_dots(run);
                std::iota(behind_dots.begin(), behind_dots.end(), place);
                all.push_back(letters(0, place));
                all.back().push_back(dots_for(behind_dots));
                for (piece& one : letters(place + run, m + run))
                    all.back().push_back(std::move(one));
            }
    return all;
}

/// "a (b c d) -> (b d) c a", ...
[[nodiscard]] inline family plain_patterns() {
    return {"plain", letters_up_to(4), groupings(in_one_way), groupings(in_one_way)};
}
/// "(a) (b c) -> (c) b a", ...
[[nodiscard]] inline family parenthesised_patterns() {
    const writer hand = groupings(in_parentheses_too);
    return {"parenthesised", letters_up_to(4), hand, hand};
}
/// "(p: a b) c -> (r: c b) (p: a)", ...
[[nodiscard]] inline family labelled_patterns() {
    return {"labelled", letters_up_to(3), groupings(with_label_too), groupings(with_label_too)};
}
/// "1 (a b) -> b () a", "(a 1 b) -> (b 1) a", ...
[[nodiscard]] inline family patterns_with_units() {
    return {"with units", letters_up_to(3), with_and_without_a_unit, with_and_without_a_unit};
}
/// "... a -> (a ...)", "(a b) ... -> b (...) a", ...
[[nodiscard]] inline family patterns_with_dots() {
    const writer right = groupings(with_dots_in_two_ways);
    return {"with dots", dots_among_letters(4), groupings(with_bare_dots), right};
}
[[nodiscard]] inline std::vector<family> every_family() {
    return {
        plain_patterns(),
        parenthesised_patterns(),
        labelled_patterns(),
        patterns_with_units(),
        patterns_with_dots()};
}

}  // namespace abax::laws
